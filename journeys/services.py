"""Writing journeys. Every function edits through the board's one door."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Refused, editing_all
from collaboration.library import touch_everywhere
from collaboration.limits import LimitReached
from collaboration.models import Board
from collaboration.pictures import keep_portrait
from journeys.lanes import kind_of
from journeys.models import (
    Emotion,
    Journey,
    JourneyPersona,
    Lane,
    Note,
    Persona,
    PersonaVersion,
    Stage,
)
from journeys.spots import feeling_models, voiced_models
from journeys.starters import Starter
from journeys.starting import put_on_map
from journeys.versions import keep_version, values_of
from teams.access import Actor
from teams.models import Role, Workspace


# --- Journeys ------------------------------------------------------------------------------
def create_journey(
    workspace: Workspace, *, title: str, starter: Starter, by: Actor, **fields: Any
) -> Journey:
    """A new journey with what a starter puts on it, in the language in force.

    It is of the starter's perspective where none is given.
    """
    by.must(Role.EDITOR)
    fields.setdefault("perspective", starter.perspective)
    given = {name: value for name, value in fields.items() if value not in ("", None)}
    journey = Journey(workspace=workspace, title=title, **{**fields, **starter.goals, **given})
    journey.start(by=by)
    with journey.editing(by=by, lasting=True) as edit:
        put_on_map(starter, edit)
    return journey


def delete_journey(journey: Journey, *, by: Actor) -> None:
    """Put a journey into the trash; restore_journey takes it out again."""
    with journey.editing(by=by, needs=Role.EDITOR):
        journey.deleted_at = timezone.now()
        journey.save()


def restore_journey(journey: Journey, *, by: Actor) -> None:
    with journey.editing(by=by, needs=Role.EDITOR):
        journey.deleted_at = None
        journey.save()


# --- Stages --------------------------------------------------------------------------------
def create_stage(
    journey: Journey, *, title: str, before: Stage | None = None, by: Actor, **fields: Any
) -> Stage:
    """A new stage before another, or last. It lies in its left neighbour's period unless given."""
    with journey.editing(by=by):
        siblings = Stage.objects.filter(board=journey.pk)
        stage = Stage(board_id=journey.pk, title=title, **fields)
        stage.place(before=before)
        if "period" not in fields:
            left = siblings.filter(position__lt=stage.position).order_by("-position").first()
            stage.period = left.period if left else Stage._meta.get_field("period").default
        stage.save()
    return stage


def move_stage(stage: Stage, *, before: Stage | None, by: Actor) -> None:
    """Put a stage before another, or last. It joins the period of the place it lands in."""
    with stage.board.editing(by=by):
        stage.place(before=before)
        stage.period = _period_at(stage)
        stage.save()


def _period_at(stage: Stage) -> str:
    """A stage between two of one period belongs to it; at a border it keeps its own if it fits."""
    others = Stage.objects.filter(board=stage.board_id).exclude(pk=stage.pk)
    left = others.filter(position__lt=stage.position).order_by("-position").first()
    right = others.filter(position__gt=stage.position).order_by("position").first()
    around: list[str] = [neighbour.period for neighbour in (left, right) if neighbour]
    return stage.period if not around or stage.period in around else around[0]


def delete_stage(stage: Stage, *, by: Actor) -> None:
    """Delete a stage with everything in it; Undo brings all of it back."""
    with stage.board.editing(by=by):
        stage.delete()


# --- Lanes ---------------------------------------------------------------------------------
def create_lane(
    journey: Journey, *, kind: str, title: str = "", before: Lane | None = None, by: Actor
) -> Lane:
    with journey.editing(by=by):
        if kind_of(kind).once and journey_has_lane(journey, kind):
            raise LimitReached(_("This map already has that lane."))
        lane = Lane(board_id=journey.pk, kind=kind, title=title)
        lane.place(before=before)
        lane.save()
    return lane


def journey_has_lane(journey: Journey, kind: str) -> bool:
    return Lane.objects.filter(board=journey.pk, kind=kind).exists()


def move_lane(lane: Lane, *, before: Lane | None, by: Actor) -> None:
    with lane.board.editing(by=by):
        lane.place(before=before)
        lane.save()


def collapse_lane(lane: Lane, *, collapsed: bool, by: Actor) -> None:
    with lane.board.editing(by=by):
        lane.collapsed = collapsed
        lane.save()


def delete_lane(lane: Lane, *, by: Actor) -> None:
    """Delete a lane with the notes in it; Undo brings all of it back."""
    with lane.board.editing(by=by):
        lane.delete()


# --- Notes ---------------------------------------------------------------------------------
def create_note(
    *,
    stage: Stage,
    lane: Lane,
    text: str,
    persona: Persona | None = None,
    before: Note | None = None,
    by: Actor,
) -> Note:
    """A new note in a cell, before another or last; stage and lane are on the same board."""
    with stage.board.editing(by=by):
        require_notes(lane)
        require_shown(stage.board_id, persona)
        note = Note(board_id=stage.board_id, stage=stage, lane=lane, text=text, persona=persona)
        note.place(before=before)
        note.save()
    return note


def move_note(
    note: Note, *, stage: Stage, lane: Lane, before: Note | None = None, by: Actor
) -> None:
    """Put a note into a cell of its board, before another note there or last."""
    with note.board.editing(by=by):
        require_notes(lane)
        note.stage, note.lane = stage, lane
        note.place(before=before)
        note.save()


def require_notes(lane: Lane) -> None:
    """Raise Refused for a lane that would not show a note."""
    if lane.kind_of.item_model is not Note:
        raise Refused(_("This lane does not hold notes. Choose a cell of another lane."))


def give_voice(note: Note, persona: Persona | None, *, by: Actor) -> None:
    """Say whose voice a note is: a persona that its map shows, or nobody's in particular."""
    with note.board.editing(by=by):
        require_shown(note.board_id, persona)
        note.persona = persona
        note.save()


def require_shown(journey_id: int, persona: Persona | None) -> None:
    """Raises Refused for a persona that is not on the map."""
    links = JourneyPersona.objects.filter(board=journey_id)
    if persona is not None and not links.filter(persona=persona).exists():
        raise Refused(_("This map does not show that persona (any more)."))


def delete_note(note: Note, *, by: Actor) -> None:
    with note.board.editing(by=by):
        note.delete()


# --- Feelings ------------------------------------------------------------------------------
def record_emotion(
    stage: Stage, *, persona: Persona | None, score: int, reason: str | None = None, by: Actor
) -> Emotion:
    """Say how a persona, or all customers, feel in a stage: -2 very bad to 2 very good."""
    with stage.board.editing(by=by):
        emotion = Emotion.objects.filter(stage=stage, persona=persona).first()
        if emotion is None:
            emotion = Emotion(board_id=stage.board_id, stage=stage, persona=persona)
        emotion.score = score
        if reason is not None:
            emotion.reason = reason
        emotion.save()
    return emotion


# --- Personas ------------------------------------------------------------------------------
def create_persona(workspace: Workspace, *, by: Actor, **fields: Any) -> Persona:
    by.must(Role.EDITOR)
    fields.setdefault("colour", next_colour(workspace))
    return Persona.objects.create(workspace=workspace, **fields)


def next_colour(workspace: Workspace) -> int:
    """The colour of the next persona, 1 to 8 in turn."""
    return workspace.personas.count() % 8 + 1


@contextmanager
def editing_persona(persona: Persona, *, by: Actor) -> Iterator[Persona]:
    """The persona as it is stored now, to be changed and saved; the journeys that show it are
    redrawn. Locks boards first and the library's row second, as everybody does.

    Roll the transaction back to leave everything as it was.
    """
    by.must(Role.EDITOR)
    with transaction.atomic():
        touch_everywhere(JourneyPersona.objects.filter(persona=persona), by=by)
        present = Persona.objects.select_for_update(no_key=True).get(pk=persona.pk)
        before = values_of(present)
        yield present
        if not transaction.get_rollback():
            keep_version(persona, before, by=by)


def change_persona(persona: Persona, *, by: Actor) -> None:
    """Save a persona whose fields were set, and redraw the journeys that show it."""
    with editing_persona(persona, by=by):
        persona.save()


def change_portrait(persona: Persona, *, file: IO[bytes] | None, by: Actor) -> None:
    """Give a persona a face, or take it away; raises NotAPicture, in words, for what is none."""
    by.must(Role.EDITOR)
    stored = keep_portrait(file).name if file else ""
    with editing_persona(persona, by=by) as present:
        present.portrait = stored
        present.save()


def put_back_persona(version: PersonaVersion, *, by: Actor) -> None:
    """Make a persona what it was in an earlier version; what it is now is kept as one."""
    with editing_persona(version.persona, by=by) as present:
        for name, value in version.values.items():
            setattr(present, name, value)
        present.save()


def delete_persona(persona: Persona, *, by: Actor) -> None:
    """Delete a persona that no journey shows; raises LimitReached otherwise."""
    by.must(Role.EDITOR)
    if JourneyPersona.objects.filter(persona=persona).exists():
        raise LimitReached(_("A journey still shows this persona. Take it off the journey first."))
    felt = [one for kind in feeling_models() for one in kind.objects.filter(persona=persona)]
    said = [one for kind in voiced_models() for one in kind.objects.filter(persona=persona)]
    boards = Board.objects.filter(pk__in={item.board_id for item in [*felt, *said]})
    with editing_all(boards, by=by):
        for feeling in felt:
            feeling.delete()
        for item in said:
            item.persona = None
            item.save()
        persona.delete()


def attach_persona(journey: Journey, persona: Persona, *, by: Actor) -> JourneyPersona:
    """Show a persona of the same workspace on a journey; once is enough."""
    with journey.editing(by=by):
        links = JourneyPersona.objects.filter(board=journey.pk)
        present: JourneyPersona | None = links.filter(persona=persona).first()
        if present:
            return present
        link = JourneyPersona(board_id=journey.pk, persona=persona)
        link.save()
    return link


def detach_persona(journey: Journey, persona: Persona, *, by: Actor) -> None:
    """Take a persona off a journey; what it feels and says is kept for when it comes back."""
    with journey.editing(by=by):
        for link in JourneyPersona.objects.filter(board=journey.pk, persona=persona):
            link.delete()
