"""Rows looked at: which are right, which are wrong and why, which are there already."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from collaboration.importing.kinds import Session, WrongCells
from collaboration.importing.tables import Row

MOST_FAULTS_KEPT = 1_000
SHOWN = 20
LONGEST_SHOWN = 160
REPORT_EVERY = 200


@dataclass(frozen=True)
class Column:
    """A column that means something."""

    index: int
    key: str
    head: str


@dataclass
class Judged:
    """What a table would bring."""

    drafts: list[Any] = field(default_factory=list)
    faults: list[list[Any]] = field(default_factory=list)
    """[row, heading, words] each, not more than are kept."""
    wrong: int = 0
    doubles: int = 0
    total: int = 0
    crowded: list[str] = field(default_factory=list)
    preview: list[list[Any]] = field(default_factory=list)
    """[row, `new`, `double` or `wrong`, the cells] of the first rows."""

    def may_go(self, options: dict[str, str]) -> bool:
        """Whether it can be imported as it was decided."""
        left_out = options.get("wrong") == "leave"
        return bool(self.drafts) and not self.crowded and (left_out or not self.wrong)

    def as_findings(self, options: dict[str, str]) -> dict[str, Any]:
        return {
            "total": self.total,
            "new": len(self.drafts),
            "wrong": self.wrong,
            "doubles": self.doubles,
            "faults": self.faults,
            "crowded": self.crowded,
            "preview": self.preview,
            "may_go": self.may_go(options),
        }


def judge(
    session: Session,
    rows: Iterable[Row],
    columns: Sequence[Column],
    options: dict[str, str],
    report: Callable[[int], None],
) -> Judged:
    """Look at every row; `report` is told how many it were so far."""
    found, seen = Judged(), set[Hashable]()
    heads = {column.key: column.head for column in columns}
    again = options.get("duplicates") == "import"
    for number, cells in rows:
        found.total += 1
        if found.total % REPORT_EVERY == 0:
            report(found.total)
        status = _look(session, (number, cells), columns, heads, found, seen, again=again)
        if len(found.preview) < SHOWN:
            shown = [cells[one.index][:LONGEST_SHOWN] for one in columns]
            found.preview.append([number, status, shown])
    found.crowded = session.crowded(found.drafts)
    return found


def _look(  # noqa: PLR0913 (one row with all that is known about its file)
    session: Session,
    row: Row,
    columns: Sequence[Column],
    heads: dict[str, str],
    found: Judged,
    seen: set[Hashable],
    *,
    again: bool,
) -> str:
    number, cells = row
    try:
        said = {one.key: cells[one.index] for one in columns if cells[one.index]}
        draft = session.draft(said)
    except WrongCells as fault:
        found.wrong += 1
        for key, words in fault.words.items():
            if len(found.faults) < MOST_FAULTS_KEPT:
                found.faults.append([number, heads.get(key, ""), words])
        return "wrong"
    same_by = session.key(draft)
    is_double = same_by in seen or session.is_there(same_by)
    seen.add(same_by)
    found.doubles += is_double
    if again or not is_double:
        found.drafts.append(draft)
    return "double" if is_double else "new"
