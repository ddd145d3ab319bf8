"""What becomes of decisions: their status, what proves them, and questions that open again."""

from typing import IO

from django.utils.translation import gettext as _

from collaboration.comments import target_of
from collaboration.editing import Refused
from collaboration.models import Comment, Recorded
from collaboration.pictures import keep_picture
from collaboration.services import create_comment, reopen_comment
from journeys.models import Journey, Stage
from teams.access import Actor
from workshops.models import Action, ActionStatus


# --- Status --------------------------------------------------------------------------------
def set_status(action: Action, *, status: str, by: Actor) -> None:
    """Say how far it is; what is dropped opens its question on the map again."""
    with action.board.editing(by=by):
        action.status = ActionStatus(status)
        save_action(action, by=by)


def save_action(action: Action, *, by: Actor) -> None:
    """Write an action whose fields were set; the one door for its status."""
    with action.board.editing(by=by):
        is_dropped = "status" in action.changed_fields() and action.status == ActionStatus.DROPPED
        action.save()
        if is_dropped and not by.is_guest and living_journey(action):
            reopen_question(action, by=by)


# --- The question on the map ---------------------------------------------------------------
def reopen_question(action: Action, *, by: Actor) -> Comment:
    """Ask again, on the map, what a dropped action was to solve: as a comment on the stage that
    it came from, or on the whole journey. Refused where the journey is gone.

    A question that is open again already is left alone.
    """
    journey = living_journey(action)
    if journey is None:
        raise Refused(_("The journey of this workshop is in the trash or in the archive."))
    with action.board.editing(by=by), journey.editing(by=by):
        comment = Comment.objects.filter(board=journey.pk, pk=action.question or 0).first()
        if comment is None:
            place = place_on(journey, action)
            comment = create_comment(journey, target=place, body=_words(action), by=by)
        elif comment.resolved_at:
            reopen_comment(comment, by=by)
        action.question = comment.pk
        action.save()
    return comment


def living_journey(action: Action) -> Journey | None:
    """The journey of the action's workshop, while it can be edited."""
    return (
        Journey.objects.alive()
        .filter(archived_at=None, workshops=action.board_id)
        .select_related("workspace")
        .first()
    )


def place_on(journey: Journey, action: Action) -> Recorded:
    """The touchpoint or stage that the action's problem is about, as far as it is still there."""
    for kind, pk in _origins(action):
        if place := target_of(journey, kind, pk):
            return place
    return journey


def _origins(action: Action) -> list[tuple[str, int]]:
    """What the action came from, the closest first, by type and number on the map."""
    proposal = action.proposal
    if proposal is None:
        return []
    problem = proposal.solves
    stages = [source.stage for source in (problem, proposal) if source]
    return [
        *([("touchpoint", problem.touchpoint)] if problem and problem.touchpoint else []),
        *((Stage.type_name(), stage.journey_stage_id) for stage in stages if stage),
    ]


def _words(action: Action) -> str:
    proposal = action.proposal
    asked = action.title
    if proposal:
        asked = proposal.solves.text if proposal.solves else proposal.title
    tried, never = _("“%(title)s” was tried and dropped."), _("“%(title)s” was dropped.")
    again = _("The question is open again: %(question)s")
    lines = [
        (tried if action.result else never) % {"title": action.title},
        action.result,
        again % {"question": asked},
    ]
    return "\n".join(line for line in lines if line)


# --- What proves it ------------------------------------------------------------------------
def prove_with_picture(action: Action, *, file: IO[bytes], alt: str, by: Actor) -> None:
    """Keep a picture of what came of it, in the place of an earlier one; raises NotAPicture."""
    stored = keep_picture(file)
    with action.board.editing(by=by):
        action.picture, action.picture_alt = stored.name, alt
        action.save()


def remove_proof_picture(action: Action, *, by: Actor) -> None:
    """Its file stays, so that Undo finds it."""
    with action.board.editing(by=by):
        action.picture, action.picture_alt = "", ""
        action.save()
