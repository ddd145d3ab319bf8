"""The customer's side of a journey held against ours, per stage and channel.

A pair is a stage and a channel on which somebody is. The customer is there where customers use a
touchpoint of it, mainly or sometimes; we are there where we have an activity on it today. What is
still to be started, a touchpoint that is missing, and what has no stage or channel do not count.

    match   both are there             gap     the customer is there, we are not
    waste   we are, customers are not  unused  neither, and customers said why

Alignment, in per cent = matches / (matches + gaps + wastes) x 100, per stage and over all pairs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models import TextChoices as Choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.models import Journey, Stage
from touchpoints.activities import activities_of
from touchpoints.choices import Decision, Use
from touchpoints.models import Activity, Channel, Touchpoint

MATTERS_MUCH, MATTERS_LITTLE = 4, 2
MOST_NOES = 300
"""How many answers of No are listed."""


class Verdict(Choices):
    MATCH = "match", gettext_lazy("Match")
    GAP = "gap", gettext_lazy("Gap")
    WASTE = "waste", gettext_lazy("Waste")
    UNUSED = "unused", gettext_lazy("Unused")


PAIRS = """
WITH customer AS (
    SELECT stage_id, channel_id,
           count(*) FILTER (WHERE use <> 'not') AS used,
           count(*) FILTER (WHERE use = 'not') AS not_used,
           max(importance) FILTER (WHERE use <> 'not') AS importance
    FROM touchpoints_touchpoint
    WHERE board_id = %(board)s AND NOT missing AND channel_id IS NOT NULL
      AND (%(persona)s::bigint IS NULL OR persona_id IS NULL OR persona_id = %(persona)s::bigint)
    GROUP BY stage_id, channel_id
), company AS (
    SELECT stage_id, channel_id, count(*) AS activities,
           coalesce(sum(hours_per_month), 0) AS hours,
           coalesce(sum(cost_per_month), 0) AS cost
    FROM touchpoints_activity
    WHERE board_id = %(board)s AND decision <> 'start'
      AND stage_id IS NOT NULL AND channel_id IS NOT NULL
    GROUP BY stage_id, channel_id
)
SELECT stage_id, channel_id, coalesce(used, 0), coalesce(not_used, 0), importance,
       coalesce(activities, 0), coalesce(hours, 0), coalesce(cost, 0),
       CASE WHEN used > 0 AND activities > 0 THEN 'match'
            WHEN used > 0 THEN 'gap'
            WHEN activities > 0 THEN 'waste'
            ELSE 'unused' END
FROM customer FULL JOIN company USING (stage_id, channel_id)
JOIN journeys_stage AS stage ON stage.id = stage_id
JOIN touchpoints_channel AS channel ON channel.id = channel_id
WHERE %(period)s = '' OR stage.period = %(period)s
ORDER BY stage.position, lower(channel.name), channel.id
"""


@dataclass(frozen=True)
class Advice:
    """What the figures speak for, and why."""

    decision: str
    reason: str

    @property
    def label(self) -> str:
        return str(Decision(self.decision).label) if self.decision else ""


@dataclass(frozen=True)
class Pair:
    """A stage and a channel on which somebody is. `used` and `not_used` count touchpoints,
    `importance` is the highest of those that are used, 1 to 5."""

    stage_id: int
    channel_id: int
    used: int
    not_used: int
    importance: int | None
    activities: int
    hours: float
    cost: float
    verdict: str

    @property
    def label(self) -> str:
        return str(Verdict(self.verdict).label)


@dataclass(frozen=True)
class Narrowed:
    """Whose journey, and when; None and "" are all."""

    persona_id: int | None = None
    period: str = ""


@dataclass(frozen=True)
class GapAnalysis:
    """The whole analysis; a constant number of queries."""

    journey: Journey
    narrowed: Narrowed
    stages: list[Stage]
    channels: list[Channel]
    pairs: list[Pair]
    activities: list[Activity]
    noes: list[Touchpoint]
    touchpoints_without_channel: int

    @cached_property
    def by_place(self) -> Mapping[tuple[int, int], Pair]:
        return {(pair.stage_id, pair.channel_id): pair for pair in self.pairs}

    def pair_of(self, item: Any) -> Pair | None:
        return self.by_place.get((item.stage_id, item.channel_id))

    def count(self, verdict: str, stage: Stage | None = None) -> int:
        return sum(pair.verdict == verdict for pair in self._pairs_of(stage))

    def alignment(self, stage: Stage | None = None) -> float | None:
        """In per cent; None where nobody is."""
        return alignment_of(self._pairs_of(stage))

    def _pairs_of(self, stage: Stage | None) -> list[Pair]:
        return [pair for pair in self.pairs if stage is None or pair.stage_id == stage.pk]

    @property
    def hours(self) -> float:
        """A month, on all pairs."""
        return sum(pair.hours for pair in self.pairs)

    @property
    def wasted_hours(self) -> float:
        """A month, where no customer is."""
        return sum(pair.hours for pair in self.pairs if pair.verdict == Verdict.WASTE)

    @property
    def wasted_cost(self) -> float:
        return sum(pair.cost for pair in self.pairs if pair.verdict == Verdict.WASTE)

    @cached_property
    def average_hours(self) -> float:
        """Of the pairs on which we are."""
        ours = [pair.hours for pair in self.pairs if pair.activities]
        return sum(ours) / len(ours) if ours else 0

    @property
    def placed(self) -> list[Activity]:
        """The activities that have both a stage and a channel."""
        shown = {stage.pk for stage in self.stages}
        return [one for one in self.activities if one.channel_id and one.stage_id in shown]

    @property
    def outside(self) -> list[Activity]:
        """The activities that are tied to no stage, or to no channel."""
        return [one for one in self.activities if not (one.channel_id and one.stage_id)]

    def advice(self, pair: Pair) -> Advice:
        """Drop waste, start where there is a gap; a match by what it matters and takes: more where
        it matters much (4 or 5) and takes less than the average pair, less where it matters
        little (1 or 2) and takes more."""
        if pair.verdict == Verdict.WASTE:
            return Advice(Decision.DROP, _("No customer is there."))
        if pair.verdict == Verdict.GAP:
            return Advice(Decision.START, _("Customers are there, and you are not."))
        if pair.verdict == Verdict.UNUSED:
            return Advice("", _("Nobody is there, and customers said why."))
        return self._advice_on_match(pair)

    def _advice_on_match(self, pair: Pair) -> Advice:
        importance, less = pair.importance or 0, pair.hours < self.average_hours
        if importance >= MATTERS_MUCH and less:
            return Advice(Decision.INCREASE, _("It matters much and takes less time than most."))
        if 0 < importance <= MATTERS_LITTLE and pair.hours > self.average_hours:
            return Advice(Decision.DROP, _("It matters little and takes more time than most."))
        return Advice(Decision.KEEP, _("You meet customers there."))


def alignment_of(pairs: Iterable[Pair]) -> float | None:
    """Matches / (matches + gaps + wastes) x 100; None where there are none of these."""
    counted = [pair.verdict for pair in pairs if pair.verdict != Verdict.UNUSED]
    return 100 * counted.count(Verdict.MATCH) / len(counted) if counted else None


# --- Reading -------------------------------------------------------------------------------
def gaps_of(journey: Journey, narrowed: Narrowed | None = None) -> GapAnalysis:
    """Five queries, whatever the number of touchpoints."""
    narrowed = narrowed or Narrowed()
    pairs = pairs_of(journey, narrowed)
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    if narrowed.period:
        stages = stages.filter(period=narrowed.period)
    channels = Channel.objects.filter(pk__in={pair.channel_id for pair in pairs})
    touchpoints = _touchpoints(journey, narrowed)
    noes = touchpoints.filter(use=Use.NOT).select_related("stage", "channel")
    return GapAnalysis(
        journey,
        narrowed,
        list(stages),
        list(channels.order_by("-online", "name", "pk")),
        pairs,
        list(activities_of(journey)),
        list(noes.order_by("stage__position", "position")[:MOST_NOES]),
        touchpoints.filter(channel=None).count(),
    )


def pairs_of(journey: Journey, narrowed: Narrowed | None = None) -> list[Pair]:
    """By stage in order, then by the channel's name; one query."""
    narrowed = narrowed or Narrowed()
    asked = {
        "board": journey.pk,
        "persona": narrowed.persona_id,
        "period": narrowed.period,
    }
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, asked)
        return [Pair(*row) for row in cursor.fetchall()]


def _touchpoints(journey: Journey, narrowed: Narrowed) -> "QuerySet[Touchpoint]":
    found = Touchpoint.objects.filter(board=journey.pk, missing=False)
    if narrowed.persona_id is not None:
        found = found.filter(Q(persona=None) | Q(persona=narrowed.persona_id))
    if narrowed.period:
        found = found.filter(stage__period=narrowed.period)
    return cast("QuerySet[Touchpoint]", found)
