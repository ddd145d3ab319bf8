"""Where on the map something was said: a stage in scope, and perhaps a touchpoint of it."""

from collections import defaultdict
from dataclasses import dataclass

from collaboration.editing import ItemGone
from collaboration.models import Board
from touchpoints.models import Touchpoint
from workshops.models import Contribution, ScopeStage

WHOLE_JOURNEY = "0"
MOST_DIGITS = 18


@dataclass(frozen=True)
class Stop:
    """A stage that the workshop works on, with its touchpoints as they are now."""

    stage: ScopeStage
    touchpoints: list[Touchpoint]


@dataclass(frozen=True)
class Place:
    stage: ScopeStage | None
    touchpoint: int | None = None


def stops_of(workshop: Board) -> list[Stop]:
    """The map's part in scope, in its order; two queries."""
    scope = list(ScopeStage.objects.filter(board=workshop.pk).order_by("position", "pk"))
    found: dict[int, list[Touchpoint]] = defaultdict(list)
    touchpoints = Touchpoint.objects.filter(stage__in=[one.journey_stage_id for one in scope])
    for touchpoint in touchpoints.order_by("position", "pk"):
        found[touchpoint.stage_id].append(touchpoint)
    return [Stop(stage, found[stage.journey_stage_id]) for stage in scope]


def name_of(stage_id: int | None, touchpoint: int | None) -> str:
    """A place as forms say it: `0`, `12`, `12:77`."""
    if stage_id is None:
        return WHOLE_JOURNEY
    return f"{stage_id}:{touchpoint}" if touchpoint else str(stage_id)


def place_named(workshop: Board, name: str) -> Place | None:
    """What a form said, or None where there is no such stage in scope. A touchpoint that is not
    there any more is let go."""
    stage, _colon, touchpoint = name.partition(":")
    if not all(not part or _is_number(part) for part in (stage, touchpoint)):
        return None
    if stage in ("", WHOLE_JOURNEY):
        return Place(None)
    found = ScopeStage.objects.filter(board=workshop.pk, pk=int(stage)).first()
    if found is None:
        return None
    number = int(touchpoint) if touchpoint else None
    there = Touchpoint.objects.filter(pk=number, stage=found.journey_stage_id)
    return Place(found, number if number and there.exists() else None)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MOST_DIGITS


def tie(contribution: Contribution, touchpoint: int | None) -> None:
    """Say that it is about this touchpoint of the workshop's journey; None: about none.

    Its title is kept as it is now. Without a stage of its own it goes to the touchpoint's, where
    the workshop works on that. ItemGone for a touchpoint of another map.
    """
    if touchpoint is None:
        contribution.touchpoint, contribution.touchpoint_title = None, ""
        return
    found = Touchpoint.objects.filter(
        pk=touchpoint, board__journey__workshops=contribution.board_id
    ).first()
    if found is None:
        raise ItemGone(f"touchpoint {touchpoint}")
    contribution.touchpoint, contribution.touchpoint_title = found.pk, found.title
    if contribution.stage_id is None:
        contribution.stage = ScopeStage.objects.filter(
            board=contribution.board_id, journey_stage_id=found.stage_id
        ).first()
