"""One step on the map: up, down, left or right of where something stands."""

from typing import Any

from journeys.models import Lane, Note, Stage
from journeys.services import move_note
from teams.access import Actor


def step_note(note: Note, *, direction: str, by: Actor) -> None:
    """Move a note one step: `up` or `down` in its cell and on into the next lane of notes,
    `left` or `right` to the next stage.

    At the edge of the map it stays where it is.
    """
    with note.board.editing(by=by):
        if place := step_from(note, direction):
            move_note(note, stage=place[0], lane=note.lane, before=place[1], by=by)
        elif lane := _next_lane(note.lane, direction):
            there = Note.objects.filter(stage=note.stage, lane=lane).order_by("position")
            before = there.first() if direction == "down" else None
            move_note(note, stage=note.stage, lane=lane, before=before, by=by)


def step_from(item: Any, direction: str) -> tuple[Stage, Any] | None:
    """The stage one step away and the sibling to stand before there; None at the edge.

    `item` is ordered within its stage: a note, or what a lane of another app shows.
    """
    siblings = item.siblings().exclude(pk=item.pk)
    if direction == "up":
        above = siblings.filter(position__lt=item.position).order_by("-position").first()
        return (item.stage, above) if above else None
    if direction == "down":
        below = siblings.filter(position__gt=item.position).order_by("position")
        return (item.stage, below[1:2].first()) if below.exists() else None
    stage = stage_beside(item.stage, direction)
    return (stage, None) if stage else None


def stage_beside(stage: Stage | None, direction: str) -> Stage | None:
    """The stage to the `left` or `right`; None at the edge, and for any other direction."""
    if stage is None or direction not in ("left", "right"):
        return None
    stages = stage.siblings()
    if direction == "left":
        return stages.filter(position__lt=stage.position).order_by("-position").first()
    return stages.filter(position__gt=stage.position).order_by("position").first()


def _next_lane(lane: Lane, direction: str) -> Lane | None:
    """The next lane above or below that holds notes and shows them."""
    lanes = lane.siblings().filter(collapsed=False)
    if direction == "up":
        wanted = lanes.filter(position__lt=lane.position).order_by("-position")
    elif direction == "down":
        wanted = lanes.filter(position__gt=lane.position).order_by("position")
    else:
        return None
    return next((one for one in wanted if one.kind_of.item_model is Note), None)
