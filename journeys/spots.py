"""Where customers feel something within a stage: what higher apps add to curve and table.

An app registers its kind of spot in AppConfig.ready(), so the curve runs through touchpoints
without knowing them:

    class TouchpointSpots(SpotKind):
        key, route = "touchpoint", "touchpoints:feeling"
        place_model, feeling_model = Touchpoint, TouchpointFeeling

        def spots(self, board, stage_ids): ...
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from collaboration.itemtypes import item_models
from collaboration.models import Board, BoardItem, Recorded
from journeys.models import Emotion, Feeling, Persona


@dataclass(frozen=True)
class Spot:
    """Something in a stage at which customers feel something, with the feelings by persona id."""

    kind: "SpotKind"
    pk: int
    stage_id: int
    title: str
    moment: bool = False
    """Whether it is a moment of truth."""

    feelings: Mapping[int | None, Feeling] = field(default_factory=dict)

    @property
    def version(self) -> tuple[object, ...]:
        """All that a drawing of it depends on."""
        felt = sorted((one.pk, one.version) for one in self.feelings.values())
        return (self.kind.key, self.pk, self.title, self.moment, *felt)


Spots = dict[int, list[Spot]]
"""By stage id, in the order in which customers meet them."""


class SpotKind:
    """One kind of spot; `place_model` has a stage, `feeling_model` a field named like `key`."""

    key: ClassVar[str]
    route: ClassVar[str]
    """The view that edits a feeling there: its address takes the board and the place."""

    place_model: ClassVar[type[BoardItem]]
    feeling_model: ClassVar[type[Feeling]]
    shown_fields: ClassVar[frozenset[str]] = frozenset({"title", "position", "stage_id"})
    """The fields of a place that curve and table show."""

    def spots(self, board: Board, stage_ids: Collection[int] | None) -> Iterable[Spot]:
        """The spots in these stages (None: in all), in order; a constant number of queries."""
        raise NotImplementedError


_kinds: dict[str, SpotKind] = {}


def register(kind: SpotKind) -> None:
    """Let the curve of every map run through these; called from AppConfig.ready()."""
    _kinds[kind.key] = kind


def spot_kinds() -> list[SpotKind]:
    return list(_kinds.values())


def spots_of(board: Board, stage_ids: Collection[int] | None = None) -> Spots:
    """Every spot of these stages, or of the whole board."""
    found: Spots = defaultdict(list)
    for kind in spot_kinds():
        for spot in kind.spots(board, stage_ids):
            found[spot.stage_id].append(spot)
    return found


def feeling_models() -> list[type[Feeling]]:
    """Every type of feeling: in a stage, and at each kind of spot."""
    return [Emotion, *(kind.feeling_model for kind in spot_kinds())]


def voiced_models() -> list[Any]:
    """Every type of item that may speak for one persona, and stays when that persona goes."""
    return [model for model in item_models().values() if _is_voiced(model)]


def _is_voiced(model: type[Recorded]) -> bool:
    for one in model.recorded_fields():
        if one.related_model is Persona and one.null:
            return not issubclass(model, Feeling)
    return False
