"""The metric lane: what is measured in each stage, as number, target and small chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.lanes import Group, LaneKind
from journeys.models import Metric, MetricPoint, Stage
from journeys.plain import Plain, facts_of

if TYPE_CHECKING:
    from collaboration.models import Board
    from journeys.selectors import JourneyMap

WIDTH, HEIGHT, MARGIN = 120, 32, 4
"""Of the small chart, in units of its drawing."""


@dataclass(frozen=True)
class Scale:
    """The values that a kind of metric can have, and how they are shown."""

    low: float
    high: float
    range_words: str | Promise
    factor: int = 1
    unit: str | Promise = ""

    def shown(self, value: float, unit: str = "") -> str:
        """A value as people read it: in their digits, with its unit, never longer than needed."""
        number = round(value * self.factor, 2)
        text = number_format(
            f"{number:.2f}".rstrip("0").rstrip("."), use_l10n=True, force_grouping=True
        )
        unit = unit or str(self.unit)
        return f"{text} {unit}" if unit else text


MOST = 1_000_000_000_000
SCALES = {
    Metric.Kind.NPS: Scale(-100, 100, gettext_lazy("NPS lies between -100 and 100.")),
    Metric.Kind.CSAT: Scale(
        0, 100, gettext_lazy("CSAT lies between 0 and 100 per cent."), unit="%"
    ),
    Metric.Kind.CES: Scale(1, 7, gettext_lazy("CES lies between 1 and 7.")),
    Metric.Kind.NUMBER: Scale(-MOST, MOST, gettext_lazy("This number is too large.")),
    Metric.Kind.RATIO: Scale(
        0, 1, gettext_lazy("A ratio lies between 0 and 100 per cent."), factor=100, unit="%"
    ),
}


def scale_of(kind: str) -> Scale:
    return SCALES[Metric.Kind(kind)]


class MetricLane(LaneKind):
    key = "metric"
    name = gettext_lazy("Metrics")
    prompt = gettext_lazy("What do you measure here?")
    icon = "metric"
    colour = 5
    group = Group.EVIDENCE
    template = "journeys/_metric_cell.html"
    add_label = gettext_lazy("Add metric")

    @property
    def item_model(self) -> type[Metric]:
        return Metric

    def items(self, board: "Board", stage_ids: Sequence[int] | None) -> Iterable[Metric]:
        points = Prefetch("points", MetricPoint.objects.order_by("date"))
        found = Metric.objects.filter(board=board.pk).prefetch_related(points)
        if stage_ids is not None:
            found = found.filter(stage__in=stage_ids)
        return found.order_by("position")

    def depends_on(self, items: Sequence[Metric]) -> tuple[object, ...]:
        return tuple(
            (item.pk, item.version, *((point.pk, point.version) for point in item.points.all()))
            for item in items
        )

    def context(self, loaded: "JourneyMap", stage: Stage, items: Sequence[Any]) -> dict[str, Any]:
        return {"measures": [Measure(metric) for metric in items]}

    def plain(self, loaded: "JourneyMap", items: Sequence[Metric]) -> list[Plain]:
        return [_plain_measure(Measure(metric)) for metric in items]


def _plain_measure(measure: "Measure") -> Plain:
    name, *more = facts_of(measure.metric)
    target = _("Target: %(target)s") % {"target": measure.target} if measure.target else ""
    return Plain(
        f"{name[1]}: {measure.value}" if measure.value else str(name[1]),
        detail=target,
        facts=(name, (_("Latest value"), measure.value), *more),
    )


class Measure:
    """A metric as a cell shows it; its points are loaded, the earliest first."""

    def __init__(self, metric: Metric) -> None:
        self.metric = metric
        self.points = list(metric.points.all())
        self.scale = scale_of(metric.kind)

    @property
    def latest(self) -> MetricPoint | None:
        return self.points[-1] if self.points else None

    @property
    def value(self) -> str:
        """The latest value as people read it, or nothing."""
        return self.shown(self.latest.value) if self.latest else ""

    @property
    def target(self) -> str:
        return "" if self.metric.target is None else self.shown(self.metric.target)

    @property
    def is_met(self) -> bool | None:
        """Whether the latest value reaches the target; None without value or target."""
        target = self.metric.target
        if self.latest is None or target is None:
            return None
        value = self.latest.value
        return value <= target if self.metric.less_is_better else value >= target

    def shown(self, value: float) -> str:
        return self.scale.shown(value, self.metric.unit)

    @property
    def in_words(self) -> str:
        """The small chart for those who cannot see it."""
        first, last = self.points[0], self.points[-1]
        values = [point.value for point in self.points]
        return _(
            "%(count)s measurements from %(first)s on %(start)s to %(last)s on %(end)s; "
            "lowest %(low)s, highest %(high)s"
        ) % {
            "count": len(values),
            "first": self.shown(first.value),
            "start": date_format(first.date, "SHORT_DATE_FORMAT"),
            "last": self.shown(last.value),
            "end": date_format(last.date, "SHORT_DATE_FORMAT"),
            "low": self.shown(min(values)),
            "high": self.shown(max(values)),
        }

    # --- The small chart -------------------------------------------------------------------
    @property
    def has_chart(self) -> bool:
        return len(self.points) > 1

    @cached_property
    def _extent(self) -> tuple[float, float]:
        values = [point.value for point in self.points]
        if self.metric.target is not None:
            values.append(self.metric.target)
        return min(values), max(values)

    def _height(self, value: float) -> float:
        """Downwards in units of the drawing; what never changes lies in the middle."""
        low, high = self._extent
        share = (value - low) / (high - low) if high > low else 0.5
        return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)

    def _across(self, point: MetricPoint) -> float:
        start, end = self.points[0].date, self.points[-1].date
        share: float = (point.date - start).days / (end - start).days
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    @property
    def line(self) -> str:
        places = (f"{self._across(point):g} {self._height(point.value):g}" for point in self.points)
        return "M" + "L".join(places)

    @property
    def end(self) -> str:
        """A path of no length at the latest value: a dot, drawn by its round ends."""
        return f"M{self._across(self.points[-1]):g} {self._height(self.points[-1].value):g}h0"

    @property
    def target_line(self) -> str:
        if self.metric.target is None:
            return ""
        return f"M{MARGIN} {self._height(self.metric.target):g}H{WIDTH - MARGIN}"
