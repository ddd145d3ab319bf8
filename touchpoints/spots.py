"""Touchpoints on the emotion curve, which the map draws without knowing this app."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from collaboration.models import Board
from journeys.models import Feeling
from journeys.spots import Spot, SpotKind
from touchpoints.models import Touchpoint, TouchpointFeeling


class TouchpointSpots(SpotKind):
    key = "touchpoint"
    route = "touchpoints:feeling"
    place_model = Touchpoint
    feeling_model = TouchpointFeeling
    shown_fields = SpotKind.shown_fields | {"moment_of_truth"}

    def spots(self, board: Board, stage_ids: Collection[int] | None) -> Iterable[Spot]:
        places = Touchpoint.objects.filter(board=board.pk).order_by("position")
        feelings = TouchpointFeeling.objects.filter(board=board.pk).order_by("pk")
        if stage_ids is not None:
            places = places.filter(stage__in=stage_ids)
            feelings = feelings.filter(touchpoint__stage__in=stage_ids)
        felt: dict[int, dict[int | None, Feeling]] = defaultdict(dict)
        for feeling in feelings:
            felt[feeling.touchpoint_id][feeling.persona_id] = feeling
        named = places.values_list("pk", "stage_id", "title", "moment_of_truth")
        for pk, stage_id, title, moment in named:
            yield Spot(self, pk, stage_id, title, moment, felt.get(pk, {}))
