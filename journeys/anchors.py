"""Where the items of a map stand on its page: what a link to one of them ends with."""

from collaboration.history import AnchorOf
from collaboration.models import Board, Recorded
from journeys.models import Lane, Stage


def anchors(board: Board) -> AnchorOf:
    """A function from an item to the id of the element that shows it; two queries."""
    lanes = list(Lane.objects.filter(board=board.pk).order_by("position"))
    stages = set(Stage.objects.filter(board=board.pk).values_list("pk", flat=True))

    def anchor(item: Recorded) -> str | None:
        if isinstance(item, Stage):
            return f"stage-{item.pk}" if item.pk in stages else None
        if isinstance(item, Lane):
            return f"lane-name-{item.pk}"
        stage_id = getattr(item, "stage_id", None)
        if stage_id not in stages:
            return None
        lane_id = lane_showing(lanes, item)
        return f"cell-{stage_id}-{lane_id}" if lane_id else f"stage-{stage_id}"

    return anchor


def lane_showing(lanes: list[Lane], item: Recorded) -> int | None:
    """The lane that an item of a stage is shown in: its own, or the one of its kind."""
    if hasattr(item, "lane_id"):
        lane_id: int | None = item.lane_id
        return lane_id
    kinds = (lane.pk for lane in lanes if isinstance(item, lane.kind_of.item_model))
    return next(kinds, None)
