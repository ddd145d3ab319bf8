"""Where something was learnt, stage by stage: by which sources, of what kind, and how customers
see what we do there."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count

from collaboration.models import Board
from insights.grounds import WHAT
from insights.models import ChosenSource, Evidence, InsightKind, SourceKind
from journeys.models import Stage
from touchpoints.choices import Use
from touchpoints.models import Touchpoint


@dataclass
class Learnt:
    """What is known of a stage. `satisfaction` is the mean of its touchpoints, 1 to 5."""

    stage: Stage
    sources: Counter[str] = field(default_factory=Counter)
    """Insights by the kind of their source; "" is an opinion."""
    chosen: set[str] = field(default_factory=set)
    """The kinds of sources by which it is to be learnt about."""
    what: int = 0
    why: int = 0
    performance: int = 0
    """Insights that tell how customers see our performance."""
    satisfaction: float | None = None
    rated: int = 0
    worst: bool = False

    @property
    def count(self) -> int:
        return sum(self.sources.values())

    @property
    def silent(self) -> int:
        """How many of those that were chosen have told nothing yet."""
        return sum(1 for kind in self.chosen if not self.sources[kind])

    @property
    def is_guessed(self) -> bool:
        """Whether no source at all has told us anything."""
        return not self.count - self.sources[""]


@dataclass(frozen=True)
class Cell:
    """A kind of source in a stage: how many insights it gave, and whether it was chosen."""

    stage: Stage
    kind: SourceKind
    number: int
    chosen: bool


def sourced(journey: Board) -> dict[str, Any]:
    """What the table of sources shows: stages across, kinds of sources down."""
    learnt = learnt_of(journey)
    rows = [
        (
            kind,
            [Cell(one.stage, kind, one.sources[kind], kind.value in one.chosen) for one in learnt],
        )
        for kind in SourceKind
    ]
    return {"learnt": learnt, "source_rows": rows}


def learnt_of(board: Board) -> list[Learnt]:
    """The stages in order; four queries. An insight counts once a stage."""
    stages = Stage.objects.filter(board=board.pk).order_by("position")
    found = {stage.pk: Learnt(stage) for stage in stages}
    _count_insights(board, found)
    for pk, kind in ChosenSource.objects.filter(board=board.pk).values_list("stage_id", "kind"):
        found[pk].chosen.add(kind)
    used = Touchpoint.objects.filter(board=board.pk, missing=False).exclude(use=Use.NOT)
    rows = used.order_by().values_list("stage_id")
    for pk, mean, number in rows.annotate(Avg("satisfaction"), Count("satisfaction")):
        found[pk].satisfaction, found[pk].rated = mean, number
    _mark_the_worst(list(found.values()))
    return list(found.values())


def _count_insights(board: Board, found: dict[int, Learnt]) -> None:
    rows = (
        Evidence.objects.filter(board=board.pk)
        .order_by()
        .values_list("stage_id", "insight_id", "insight__kind", "insight__source__kind")
    )
    seen: dict[int, set[int]] = defaultdict(set)
    for stage_id, insight_id, kind, source in rows:
        if insight_id in seen[stage_id]:
            continue
        seen[stage_id].add(insight_id)
        learnt = found[stage_id]
        learnt.sources[source or ""] += 1
        learnt.performance += kind == InsightKind.PERFORMANCE
        if kind in WHAT:
            learnt.what += 1
        else:
            learnt.why += 1


def _mark_the_worst(stages: list[Learnt]) -> None:
    rated = [one for one in stages if one.satisfaction is not None]
    if len(rated) > 1:
        min(rated, key=lambda one: one.satisfaction or 0).worst = True
