"""What a worker does with an import: read, check, apply, take back; each once, whole or not."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from collaboration.editing import BoardGone, Refused
from collaboration.importing import asking, sending
from collaboration.importing.checking import Column, Judged, judge
from collaboration.importing.kinds import Session
from collaboration.importing.matching import offered, remembered_of
from collaboration.importing.models import Import
from collaboration.importing.reading import read_table
from collaboration.importing.tables import NotATable, Row, table_of
from teams.access import Actor
from teams.middleware import zone_of

State = Import.State
KEPT_FOR = timedelta(days=7)
"""How long the rows of a file that is not imported, and what was found in it, are kept."""

logger = structlog.get_logger(__name__)


class ClaimLost(RuntimeError):
    """Another worker has this import now; what was written here is rolled back."""


def work(import_id: int) -> None:
    """Do the next step, unless another copy of the task does or has done so."""
    row = _claim(import_id)
    if row is None:
        return
    with translation.override(row.language), timezone.override(zone_of(row.requested_by)):
        try:
            STEPS[row.state](row, _permitted(row))
        except (Refused, BoardGone) as reason:
            sending.fail(row, str(reason) or _("This map is gone."))
        except ClaimLost:
            logger.warning("import_claim_lost", import_id=row.pk)
        except Exception:
            logger.exception("import_failed", import_id=row.pk, attempt=row.attempts)
            _put_back(row)


def _claim(import_id: int) -> Import | None:
    """One UPDATE decides which copy of the task works."""
    waiting = Import.objects.filter(pk=import_id, state__in=Import.WORK, working=False)
    claimed = waiting.update(
        working=True, started_at=timezone.now(), attempts=F("attempts") + 1, progress=0, error=""
    )
    if not claimed:
        return None
    return Import.objects.select_related("workspace", "board", "requested_by").get(pk=import_id)


def _permitted(row: Import) -> Actor:
    """The person as they are now; raises Refused where they may no longer."""
    actor = asking.actor_for(row)
    if actor is None or not actor.may(asking.NEEDS):
        raise NotATable(_("You may no longer import anything here."))
    return actor


def _put_back(row: Import) -> None:
    if row.attempts < sending.MOST_ATTEMPTS:
        _mine(row).update(working=False, sent_at=None)
    else:
        sending.fail(row, _("Something went wrong on our side."))


def _mine(row: Import) -> "QuerySet[Import]":
    """The row, as long as this attempt holds it."""
    return Import.objects.filter(pk=row.pk, working=True, attempts=row.attempts)


def _finish(row: Import, state: str, **fields: Any) -> bool:
    fields = {"working": False, "attempts": 0, "progress": 0, "sent_at": None, **fields}
    fields["updated_at"] = timezone.now()
    return bool(_mine(row).update(state=state, **fields))


# --- Reading -----------------------------------------------------------------------------------
def _read(row: Import, by: Actor) -> None:
    packed = _packed(row)
    kind, table = asking.kind_of_import(row), table_of(packed)
    facts = json.loads(packed[: packed.index(b"\n")])
    mapping = offered(kind, table.heads, remembered_of(row.workspace_id, kind))
    name = asking.keep(packed, "jsonl")
    upload = row.upload.name or ""
    if not _finish(row, State.READ, table=facts, mapping=mapping, rows_file=name, upload=""):
        default_storage.delete(name)
        return
    default_storage.delete(upload)
    row.refresh_from_db()
    if wanted := row.outcome.get("wanted"):
        _go_on(row, wanted, by)


def _packed(row: Import) -> bytes:
    """The table in the file; a file that holds none is not kept."""
    with default_storage.open(row.upload.name or "") as file:
        content = file.read()
    try:
        return read_table(content)
    except NotATable:
        _mine(row).update(upload="")
        default_storage.delete(row.upload.name or "")
        raise


def _go_on(row: Import, wanted: dict[str, Any], by: Actor) -> None:
    """What was told with the file is done at once; where it does not fit, it says why."""
    Import.objects.filter(pk=row.pk).update(outcome={})
    try:
        mapping = mapping_by_heads(row, wanted.get("mapping"))
        asking.choose(row, mapping=mapping, options=wanted.get("options") or {}, by=by)
    except Refused as reason:
        Import.objects.filter(pk=row.pk, state=State.READ).update(error=str(reason)[:1000])


def mapping_by_heads(row: Import, named: dict[str, str] | None) -> list[str]:
    """A mapping of headings to fields, by column; the one that was offered where none is given."""
    if named is None:
        return list(row.mapping)
    if unknown := [head for head in named if head not in row.heads]:
        words = _("There is no column “%(name)s”.")
        raise Refused(words % {"name": str(unknown[0])[:60]})
    return [str(named.get(head) or "") for head in row.heads]


# --- Checking and applying -----------------------------------------------------------------------
def _check(row: Import, by: Actor) -> None:
    kind = asking.kind_of_import(row)
    with kind.session(asking.target_of(row), by=by, writing=False) as session:
        found = _judged(row, session)
    _finish(row, State.CHECKED, findings=found.as_findings(row.options))


def _apply(row: Import, by: Actor) -> None:
    """Look at every row again, with what is there held, and write all of them as one."""
    kind = asking.kind_of_import(row)
    with (
        transaction.atomic(),
        kind.session(asking.target_of(row), by=by, writing=True) as session,
    ):
        found = _judged(row, session)
        if not found.may_go(row.options):
            raise NotATable(_what_is_wrong(found))
        outcome = session.write(found.drafts, lambda: _report(row, 90))
        _finish_or_lose(row, outcome | {"doubles": found.doubles, "wrong": found.wrong})
    default_storage.delete(row.rows_file.name or "")


def _finish_or_lose(row: Import, outcome: dict[str, Any]) -> None:
    done = _finish(
        row, State.DONE, outcome=outcome, rows_file="", applied_at=timezone.now(),
        findings={}, table=row.table | {"samples": []},
    )  # fmt: skip
    if not done:
        raise ClaimLost


def _what_is_wrong(found: Judged) -> str:
    if found.crowded:
        return found.crowded[0]
    if not found.faults:
        return _("There is nothing left to import.")
    number, head, words = found.faults[0]
    said = _("Row %(row)s, %(column)s: %(words)s") if head else _("Row %(row)s: %(words)s")
    return said % {"row": number, "column": head, "words": words}


def _judged(row: Import, session: Session) -> Judged:
    columns = [
        Column(index, key, head)
        for index, (key, head) in enumerate(zip(row.mapping, row.heads, strict=True))
        if key
    ]
    whole = max(int(row.table.get("count", 1)), 1)
    return judge(
        session, _rows(row), columns, row.options, lambda done: _report(row, done * 80 // whole)
    )


def _rows(row: Import) -> Iterator[Row]:
    with default_storage.open(row.rows_file.name or "") as file:
        lines: Iterable[bytes] = file
        for number, line in enumerate(lines):
            if number:
                at, *cells = json.loads(line)
                yield at, cells


def _report(row: Import, per_cent: int) -> None:
    if not _mine(row).update(progress=min(per_cent, 99)):
        raise ClaimLost


# --- Taking back ---------------------------------------------------------------------------------
def _undo(row: Import, by: Actor) -> None:
    kind = asking.kind_of_import(row)
    with transaction.atomic():
        kept = kind.take_back(row, by=by)
        if not _finish(row, State.UNDONE, outcome=row.outcome | {"ids": [], "kept": kept}):
            raise ClaimLost


STEPS: dict[str, Callable[[Import, Actor], None]] = {
    State.UPLOADED: _read,
    State.MAPPED: _check,
    State.APPLYING: _apply,
    State.UNDOING: _undo,
}


# --- Every day -----------------------------------------------------------------------------------
def purge_old() -> int:
    """Delete the files of imports that nobody went on with, and what they showed of them."""
    old = Import.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR, working=False)
    with_files = old.exclude(upload="", rows_file="")
    return forget_files(with_files)


def forget_files(imports: "QuerySet[Import]") -> int:
    """Delete what these imports still hold of their files; those under way end."""
    many = 0
    for row in imports.order_by("pk")[:500]:
        names = [name for name in (row.upload.name, row.rows_file.name) if name]
        with translation.override(row.language):
            words = _("The file was deleted. Choose it again.")
        ended = Import.objects.filter(pk=row.pk)
        ended.update(upload="", rows_file="", findings={}, table={}, mapping=[])
        ended.exclude(state__in=[State.DONE, State.UNDONE, State.UNDOING]).update(
            state=State.FAILED, failed_in=State.MAPPED, error=words, working=False
        )
        for name in names:
            transaction.on_commit(partial(default_storage.delete, name))
        many += 1
    return many
