"""What a file has to hold to be a table: heads, and rows below them, within limits."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from collaboration.cells import guarded, unguarded
from collaboration.editing import Refused

MOST_BYTES = 10_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_LETTERS_IN_A_CELL = 10_000
MOST_LETTERS = 20_000_000
LONGEST_HEAD = 120
SAMPLES = 5

Row = tuple[int, list[str]]
"""The number that a spreadsheet shows beside a row, and the row's cells."""


class NotATable(Refused):
    """A file that cannot be brought in; says in words why, with the row where there is one."""


@dataclass(frozen=True)
class Table:
    """What a file holds, before anybody has said what its columns mean."""

    heads: list[str]
    samples: list[list[str]]
    count: int
    how: dict[str, str] = field(default_factory=dict)
    """How it was read: `encoding` and `separator`, or `sheet`."""


def letter_of(column: int) -> str:
    """What a spreadsheet calls the column of this index: A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def tidied(cell: str) -> str:
    """A cell's text without the guard of our own files; one that needs none, without blanks."""
    text = unguarded(cell)
    return text if text != cell or guarded(cell) != cell else cell.strip()


# --- From raw rows to lines ------------------------------------------------------------------
def packed(rows: Iterable[Row], how: dict[str, str]) -> bytes:
    """The table as one line of facts and one line for each row, JSON each; raises NotATable.

    Rows and columns without any text are left out; rows keep their numbers.
    """
    filled = ((number, cells) for number, cells in rows if any(map(str.strip, cells)))
    heads: list[str] | None = None
    lines: list[str] = []
    samples: list[list[str]] = []
    letters = 0
    for number, raw in filled:
        cells = [tidied(cell) for cell in raw]
        if heads is None:
            heads = _heads(number, cells)
            continue
        _fitting(number, cells, len(heads))
        letters += sum(map(len, cells))
        _within(len(lines) + 1, letters)
        cells += [""] * (len(heads) - len(cells))
        samples += [[cell[:160] for cell in cells]] if len(samples) < SAMPLES else []
        lines.append(json.dumps([number, *cells], ensure_ascii=False))
    if heads is None:
        raise NotATable(_("This file is empty."))
    if not lines:
        raise NotATable(_("There is nothing below the headings in this file."))
    facts = {"heads": heads, "samples": samples, "count": len(lines), "how": how}
    return "\n".join([json.dumps(facts, ensure_ascii=False), *lines]).encode()


def _heads(number: int, cells: Sequence[str]) -> list[str]:
    """The headings, those without a name called by their letter."""
    names = list(cells)
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        words = _("This table has %(count)s columns; at most %(most)s can be imported.")
        raise NotATable(words % {"count": len(names), "most": MOST_COLUMNS})
    said = [" ".join(name.split())[:LONGEST_HEAD] for name in names]
    twice = Counter(name.casefold() for name in said if name)
    for column, name in enumerate(said):
        if name and twice[name.casefold()] > 1:
            first = [one.casefold() for one in said].index(name.casefold())
            last = max(at for at, one in enumerate(said) if one.casefold() == name.casefold())
            words = _("Row %(row)s: the heading “%(name)s” stands in column %(first)s and in column %(last)s. Give each column its own.")  # fmt: skip
            raise NotATable(
                words
                % {"row": number, "name": name, "first": letter_of(first), "last": letter_of(last)}
            )
        said[column] = name or _("Column %(letter)s") % {"letter": letter_of(column)}
    return said


def _fitting(number: int, cells: list[str], width: int) -> None:
    beyond = [column for column, cell in enumerate(cells[width:], width) if cell]
    if beyond:
        words = _("Row %(row)s: column %(column)s has a text and no heading. Is a separator or a quotation mark missing?")  # fmt: skip
        raise NotATable(words % {"row": number, "column": letter_of(beyond[0])})
    del cells[width:]
    for column, cell in enumerate(cells):
        if len(cell) > MOST_LETTERS_IN_A_CELL:
            words = _("Row %(row)s, column %(column)s: this text has %(count)s letters; at most %(most)s can be imported.")  # fmt: skip
            values = {"row": number, "column": letter_of(column), "count": len(cell)}
            raise NotATable(words % {**values, "most": MOST_LETTERS_IN_A_CELL})


def _within(rows: int, letters: int) -> None:
    if rows > MOST_ROWS:
        words = _("This table has more than %(most)s rows. Bring it in as several files.")
        raise NotATable(words % {"most": f"{MOST_ROWS:,}"})
    if letters > MOST_LETTERS:
        raise NotATable(_("There is too much text in this file. Bring it in as several files."))


# --- And back --------------------------------------------------------------------------------
def table_of(content: bytes) -> Table:
    """The facts of a packed table."""
    facts: dict[str, Any] = json.loads(content[: content.index(b"\n")])
    return Table(**facts)
