"""Reading a map: a constant number of queries, whatever its size."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count

from collaboration.models import Comment
from journeys.lanes import Cells, LaneKind
from journeys.models import Emotion, Journey, JourneyPersona, Lane, Period, Persona, Stage


@dataclass
class JourneyMap:
    """A journey with everything that its grid shows, loaded."""

    journey: Journey
    stages: list[Stage]
    lanes: list[Lane]
    personas: list[Persona] = field(default_factory=list)
    cells: Cells = field(default_factory=dict)
    open_comments: dict[int, int] = field(default_factory=dict)

    @property
    def periods(self) -> list[tuple[Period, int]]:
        """Runs of neighbouring stages in one period, with their length."""
        runs = groupby(self.stages, key=lambda stage: stage.period)
        return [(Period(period), len(list(stages))) for period, stages in runs]


def map_of(journey: Journey) -> JourneyMap:
    """The whole map: stages, lanes, personas, open comments, and one query per item type."""
    loaded = outline_of(journey)
    loaded.personas = personas_of(journey)
    loaded.cells = cells_of(journey, loaded.lanes)
    loaded.open_comments = open_comments_by_stage(journey)
    return loaded


def outline_of(journey: Journey) -> JourneyMap:
    """Stages and lanes alone, in order."""
    return JourneyMap(
        journey,
        list(Stage.objects.filter(board=journey.pk).order_by("position")),
        list(Lane.objects.filter(board=journey.pk).order_by("position")),
    )


def cells_of(
    journey: Journey, lanes: Sequence[Lane], stage_ids: Sequence[int] | None = None
) -> Cells:
    """The items of these lanes by (stage id, lane id); one query per item type."""
    found: Cells = {}
    for kind, group in _by_item_model(lanes):
        found.update(kind.cells(journey, group, stage_ids))
    return found


def _by_item_model(lanes: Sequence[Lane]) -> list[tuple[LaneKind, list[Lane]]]:
    groups: dict[type, tuple[LaneKind, list[Lane]]] = {}
    for lane in lanes:
        kind = lane.kind_of
        groups.setdefault(kind.item_model, (kind, []))[1].append(lane)
    return list(groups.values())


def personas_of(journey: Journey) -> list[Persona]:
    """The personas of a journey in the order in which they were added."""
    links = JourneyPersona.objects.filter(board=journey.pk).select_related("persona")
    return [link.persona for link in links.order_by("created_at", "pk")]


def open_comments_by_stage(journey: Journey) -> dict[int, int]:
    """Number of unresolved threads by stage id; stages without any are not named."""
    threads = Comment.objects.filter(
        board=journey.pk, target_type="stage", parent=None, resolved_at=None
    )
    return dict(threads.values_list("target_id").annotate(count=Count("pk")).order_by())


def emotions_of(journey: Journey) -> list[Emotion]:
    return list(Emotion.objects.filter(board=journey.pk).order_by("stage__position", "pk"))
