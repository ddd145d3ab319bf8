"""Writing what stands ready in a stage, and which doubts and needs it answers."""

from typing import Any

from django.utils.translation import gettext as _

from collaboration.editing import Refused
from insights.models import Answer, Evidence, Readiness
from journeys.models import Note, Stage
from journeys.stepping import step_from
from teams.access import Actor
from touchpoints.services import require_channel

Asked = Note | Evidence
"""What can be answered: a note, or an insight on a stage."""


def create_readiness(
    *,
    stage: Stage,
    title: str,
    before: Readiness | None = None,
    answers: Asked | None = None,
    by: Actor,
    **fields: Any,
) -> Readiness:
    """Something new for the customers of a stage, before another or last; it may answer a doubt
    or need at once."""
    with stage.board.editing(by=by):
        readiness = Readiness(board_id=stage.board_id, stage=stage, title=title, **fields)
        readiness.place(before=before)
        save_readiness(readiness, by=by)
        if answers is not None:
            answer_doubt(answers, readiness=readiness, by=by)
    return readiness


def save_readiness(readiness: Readiness, *, by: Actor) -> None:
    """Write it as its fields were set; refuses a channel that is not there (any more)."""
    with readiness.board.editing(by=by):
        if "channel_id" in readiness.changed_fields():
            require_channel(readiness.board.workspace_id, readiness.channel_id)
        readiness.save()


def move_readiness(
    readiness: Readiness, *, stage: Stage, before: Readiness | None = None, by: Actor
) -> None:
    """Put it into a stage of its board, before another there or last."""
    with readiness.board.editing(by=by):
        readiness.stage = stage
        readiness.place(before=before)
        readiness.save()


def step_readiness(readiness: Readiness, *, direction: str, by: Actor) -> None:
    """Move one step: `up` or `down` in its stage, `left` or `right` to the next stage.

    At the edge of the map it stays where it is.
    """
    if place := step_from(readiness, direction):
        move_readiness(readiness, stage=place[0], before=place[1], by=by)


def delete_readiness(readiness: Readiness, *, by: Actor) -> None:
    """The doubts that it answered are open again."""
    with readiness.board.editing(by=by):
        readiness.delete()


def answer_doubt(asked: Asked, *, readiness: Readiness, by: Actor) -> Answer:
    """Pair a doubt or need of the board with what answers it; once is enough."""
    with asked.board.editing(by=by):
        if asked.board_id != readiness.board_id:
            raise Refused(_("This belongs to another journey."))
        named = {
            "note": asked if isinstance(asked, Note) else None,
            "evidence": asked if isinstance(asked, Evidence) else None,
        }
        present: Answer | None = Answer.objects.filter(readiness=readiness, **named).first()
        if present:
            return present
        answer = Answer(board_id=asked.board_id, readiness=readiness, **named)
        answer.save()
    return answer


def take_back_answer(answer: Answer, *, by: Actor) -> None:
    """The two are no longer a pair."""
    with answer.board.editing(by=by):
        answer.delete()
