"""The lane of insights, which the map draws without knowing this app."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from insights.models import Evidence, Insight
from journeys.filters import MapFilter
from journeys.lanes import Group, LaneKind
from journeys.plain import Plain
from journeys.selectors import JourneyMap


class InsightLane(LaneKind):
    key = "insights"
    name = _("Insights")
    prompt = _("What did customers really say about this stage?")
    icon = "quote"
    colour = 7
    group = Group.EVIDENCE
    template = "insights/_cell.html"
    add_label = _("Add insight")

    @property
    def item_model(self) -> type[Evidence]:
        return Evidence

    def items(self, board: Board, stage_ids: Sequence[int] | None) -> Iterable[Evidence]:
        found = (
            Evidence.objects.filter(board=board.pk)
            .select_related("insight__source")
            .defer("insight__found_by")
        )
        if stage_ids is not None:
            found = found.filter(stage__in=stage_ids)
        return found.order_by("position")

    def plain(self, loaded: JourneyMap, items: Sequence[Evidence]) -> list[Plain]:
        return [_plain_insight(evidence.insight) for evidence in items]

    def stage_mark(self, items: Sequence[Evidence]) -> str:
        count = len(items)
        return ngettext("%(count)s insight", "%(count)s insights", count) % {"count": count}

    def depends_on(self, items: Sequence[Evidence]) -> tuple[object, ...]:
        """A changed insight, or a renamed source, shows in its evidence too."""
        return tuple(
            (item.pk, item.version, item.insight.updated_at.timestamp(), _source_version(item))
            for item in items
        )

    def filters(self, board: Board) -> list[MapFilter]:
        return [MapFilter("evidence", _("Only stages without evidence"), ".insight", by_stage=True)]


def _source_version(evidence: Evidence) -> float | None:
    source = evidence.insight.source
    return source.updated_at.timestamp() if source else None


def _plain_insight(insight: Insight) -> Plain:
    source = insight.source.name if insight.source else ""
    kind = insight.get_kind_display()
    return Plain(
        f"“{insight.quote}”" if insight.quote else insight.text,
        detail=" · ".join(filter(None, (kind, source))),
        facts=(
            (gettext("Kind"), kind),
            (gettext("Quote"), insight.quote),
            (gettext("Insight"), insight.text),
            (gettext("Source"), source),
            (gettext("How sure we are"), insight.get_strength_display() or ""),
            (gettext("Tags"), ", ".join(insight.tags)),
        ),
    )
