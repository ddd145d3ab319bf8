"""Writing walks and what was met on them."""

from datetime import date
from typing import IO, Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused
from collaboration.following import moved_in
from collaboration.pictures import keep_picture
from journeys.models import Journey
from teams.access import Actor
from touchpoints.models import Touchpoint
from touchpoints.walk_models import Walk, WalkStep

NO_PHOTO: dict[str, Any] = {"photo": "", "photo_width": 0, "photo_height": 0}


class NotOnThisJourney(Refused):
    """A stage or a touchpoint of another journey was named."""


def start_walk(
    journey: Journey,
    *,
    competitor: bool = False,
    company: str = "",
    walker: str = "",
    walked_on: date | None = None,
    by: Actor,
) -> Walk:
    """A new walk; the walker is whoever starts it where nobody else is named."""
    with journey.editing(by=by):
        walk = Walk(
            board_id=journey.pk,
            competitor=competitor,
            company=company,
            walker=walker or by.name,
            walked_on=walked_on or timezone.localdate(),
        )
        save_walk(walk, by=by)
    return walk


def save_walk(walk: Walk, *, by: Actor) -> None:
    """Write a walk whose fields were set; a competitor has a name."""
    if walk.competitor and not walk.company:
        raise Refused(_("Name the competitor."))
    with walk.board.editing(by=by):
        walk.save()


def finish_walk(walk: Walk, *, finished: bool = True, by: Actor) -> None:
    """Say that a walk is done, or that it goes on."""
    with walk.board.editing(by=by):
        walk.finished = finished
        walk.save()


def delete_walk(walk: Walk, *, by: Actor) -> None:
    """Delete a walk with its steps; Undo brings all of it back."""
    with walk.board.editing(by=by):
        walk.delete()


def answer_step(
    walk: Walk, *, key: str = "", file: IO[bytes] | None = None, by: Actor, **fields: Any
) -> WalkStep:
    """Write what was met at a touchpoint: onto the step of this key where there is one, onto a
    new one otherwise; a key is made where none is given. Only the given fields are written, and
    the photo in `file`.

    A touchpoint brings its stage. Raises NotAPicture, in words, for a photo that is none.
    """
    stored = keep_picture(file) if file else None
    with walk.board.editing(by=by):
        key = key or str(uuid4())
        step = WalkStep.objects.filter(walk=walk, key=key).first()
        step = step or WalkStep(board_id=walk.board_id, walk=walk, key=key)
        for name, value in fields.items():
            setattr(step, name, value)
        if stored:
            step.photo, step.photo_width, step.photo_height = (
                stored.name, stored.width, stored.height,
            )  # fmt: skip
        save_step(step, by=by)
    return step


def save_step(step: WalkStep, *, by: Actor) -> None:
    """Write a step whose fields were set; what it names is on its journey."""
    if step.touchpoint:
        step.stage = step.touchpoint.stage
    for item in (step.stage, step.touchpoint):
        if item is not None and item.board_id != step.board_id:
            raise NotOnThisJourney(_("This is not on the journey of the walk."))
    with step.board.editing(by=by):
        step.save()


def take_photo_away(step: WalkStep, *, by: Actor) -> None:
    """The step shows no photo any more; its file stays, so that Undo finds it."""
    with step.board.editing(by=by):
        for name, value in NO_PHOTO.items():
            setattr(step, name, value)
        step.save()


def delete_step(step: WalkStep, *, by: Actor) -> None:
    with step.board.editing(by=by):
        step.delete()


def follow_touchpoints(edit: Edit) -> None:
    """What was met at a touchpoint goes along to another stage."""
    moved = moved_in(edit, Touchpoint, "stage_id")
    if not moved:
        return
    steps = WalkStep.objects.filter(touchpoint__in=moved, board=edit.board.pk)
    behind = [step for step in steps.select_related("touchpoint") if _is_behind(step)]
    for step in behind:
        step.stage_id = step.touchpoint.stage_id
    if behind:
        edit.save_all(behind)


def _is_behind(step: WalkStep) -> bool:
    return step.touchpoint is not None and step.touchpoint.stage_id != step.stage_id
