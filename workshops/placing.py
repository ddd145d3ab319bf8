"""Where on the map something was said: a stage in scope, and perhaps a touchpoint of it."""

from collections import defaultdict
from dataclasses import dataclass

from collaboration.editing import ItemGone
from collaboration.models import Board
from touchpoints.models import Touchpoint
from workshops.models import Contribution, ScopeStage

WHOLE_JOURNEY = "0"


@dataclass(frozen=True)
class Stop:
    """A stage that the workshop works on, with its touchpoints as they are now."""

    stage: ScopeStage
    touchpoints: list[Touchpoint]


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
