"""Writing in silence: notes that nobody else reads until the facilitator reveals them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collaboration.editing import Edit, ItemGone
from collaboration.models import Board
from collaboration.ordering import room_for
from collaboration.unnamed import forget_who
from teams.access import Actor
from teams.models import Role
from touchpoints.models import Touchpoint
from workshops.agenda_models import AgendaItem
from workshops.allowing import NotNow, running_item
from workshops.collecting_models import SilentNote
from workshops.models import Contribution, Participant, ScopeStage, Workshop
from workshops.services import (
    MOST_CONTRIBUTIONS,
    WorkshopFull,
    require_same_board,
    set_fields,
    taking_part,
)
from workshops.writers import new_mark, write_unnamed, writer_on


# --- Writing -------------------------------------------------------------------------------
def add_silent_note(
    workshop: Workshop,
    *,
    text: str,
    kind: str = "problem",
    stage: ScopeStage | None = None,
    touchpoint: int | None = None,
    by: Actor,
) -> SilentNote:
    """Write a note that nobody else reads before the reveal; in an anonymous activity without a
    name. NotNow where no activity collects in silence."""
    with workshop.editing(by=by, needs=Role.COMMENTER) as edit:
        running = _collecting(workshop)
        require_same_board(workshop, stage)
        _require_room(workshop)
        note = SilentNote(
            board_id=workshop.pk,
            activity=running.pk,
            writer=writer_on(workshop, by),
            mark=new_mark(workshop, by),
            text=text,
            kind=kind,
            stage=stage.pk if stage else None,
            touchpoint=touchpoint,
        )
        if not running.anonymous:
            _sign(note, workshop, by)
        is_first = not own_notes(workshop, by).exists()
        note.save()
        _tell(edit, running, counts=is_first)
    return note


def change_silent_note(note: SilentNote, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields of one's own note: kind, text, stage, touchpoint."""
    with note.board.editing(by=by, needs=Role.COMMENTER):
        _collecting(note.board)
        forget_who()
        present = own_notes(note.board, by).filter(pk=note.pk).first()
        if present is None:
            raise ItemGone(f"silent note {note.pk}")
        stage = fields.get("stage")
        require_same_board(note.board, stage)
        numbered = {"stage": stage and stage.pk} if "stage" in fields else {}
        set_fields(present, {**fields, **numbered})


def delete_silent_note(note: SilentNote, *, by: Actor) -> None:
    """One's own, for good."""
    with note.board.editing(by=by, needs=Role.COMMENTER) as edit:
        running = _collecting(note.board)
        mine = own_notes(note.board, by)
        if not mine.filter(pk=note.pk).delete()[0]:
            raise ItemGone(f"silent note {note.pk}")
        _tell(edit, running, counts=not mine.exists())


def _collecting(workshop: Board) -> AgendaItem:
    running = running_item(workshop)
    if running is None or not (running.silent and running.may_add):
        raise NotNow(_("This is closed right now. The facilitator opens it."))
    return running


def _require_room(workshop: Board) -> None:
    waiting = SilentNote.objects.filter(board=workshop.pk).count()
    if Contribution.objects.filter(board=workshop.pk).count() + waiting >= MOST_CONTRIBUTIONS:
        raise WorkshopFull(
            _("A workshop holds at most %(most)s of these. Delete some first.")
            % {"most": MOST_CONTRIBUTIONS}
        )


def _sign(note: SilentNote, workshop: Workshop, by: Actor) -> None:
    participant = taking_part(workshop, by=by)
    note.participant = participant.pk if participant else None
    note.author, note.author_name = by.user, by.name


def _tell(edit: Edit, running: AgendaItem, *, counts: bool) -> None:
    """Where one more or one less has written, open pages count anew; nobody's name is said."""
    write_unnamed(edit)
    if counts:
        edit.touch(running)


# --- The reveal ----------------------------------------------------------------------------
def reveal_notes(workshop: Workshop, *, by: Actor) -> int:
    """Make contributions of all that waits, and let the running activity go on in the open.
    Returns how many there were.

    What was written without a name comes in no order of time. It is not offered to Undo: what
    has been read stays read.
    """
    with workshop.editing(by=by, lasting=True) as edit:
        running = running_item(workshop)
        if running and running.silent:
            set_fields(running, {"silent": False})
        notes = list(SilentNote.objects.filter(board=workshop.pk))
        notes.sort(key=lambda note: (0, note.pk) if note.author_name else (1, note.mark))
        edit.create(_contributions(workshop, notes))
        SilentNote.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return len(notes)


def _contributions(workshop: Workshop, notes: Sequence[SilentNote]) -> list[Contribution]:
    stages = ScopeStage.objects.filter(board=workshop.pk).in_bulk()
    people = Participant.objects.filter(board=workshop.pk).in_bulk()
    wanted = {note.touchpoint for note in notes if note.touchpoint}
    touchpoints = Touchpoint.objects.filter(board=workshop.subject_id).in_bulk(wanted)
    found = [
        _contribution(
            note,
            stages.get(note.stage),
            people.get(note.participant),
            touchpoints.get(note.touchpoint),
        )
        for note in notes
    ]
    for stage_id in {one.stage_id for one in found}:
        together = [one for one in found if one.stage_id == stage_id]
        places = room_for(len(together), together[0].siblings())
        for one, place in zip(together, places, strict=True):
            one.position = place
    return found


def _contribution(
    note: SilentNote,
    stage: ScopeStage | None,
    participant: Participant | None,
    touchpoint: Touchpoint | None,
) -> Contribution:
    return Contribution(
        board_id=note.board_id,
        stage=stage,
        kind=note.kind,
        text=note.text,
        participant=participant,
        author_id=note.author_id,
        author_name=note.author_name,
        mark=_mark_of(note),
        touchpoint=touchpoint.pk if touchpoint else None,
        touchpoint_title=touchpoint.title if touchpoint else "",
    )


def _mark_of(note: SilentNote) -> str:
    """What lets its writer mend it: an account says so itself."""
    if note.author_id:
        return ""
    return note.writer if note.author_name else note.mark


# --- Reading -------------------------------------------------------------------------------
def own_notes(workshop: Board, actor: Actor) -> "QuerySet[SilentNote]":
    """What this person has written in silence and nobody else may read."""
    return SilentNote.objects.filter(board=workshop.pk, writer=writer_on(workshop, actor))


@dataclass(frozen=True)
class Waiting:
    """How much waits for the reveal, and by how many; `names` of those who gave one."""

    notes: int
    writers: int
    names: list[str]


def waiting_on(workshop: Board) -> Waiting:
    """No word of what they wrote; one query."""
    rows = SilentNote.objects.filter(board=workshop.pk).values_list("writer", "author_name")
    written = list(rows)
    names = sorted({name for _writer, name in written if name}, key=str.casefold)
    return Waiting(len(written), len({writer for writer, _name in written}), names)
