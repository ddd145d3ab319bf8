"""The lane of what stands ready, which the map draws without knowing this app."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from insights.models import Readiness
from journeys.filters import MapFilter
from journeys.lanes import Group, LaneKind
from journeys.plain import Plain, facts_of
from journeys.selectors import JourneyMap


class ReadinessLane(LaneKind):
    key = "readiness"
    name = _("What stands ready")
    prompt = _("What stands ready for the customer here?")
    icon = "resolve"
    colour = 4
    group = Group.OURS
    template = "insights/_readiness_cell.html"
    add_label = _("Add what stands ready")

    @property
    def item_model(self) -> type[Readiness]:
        return Readiness

    def items(self, board: Board, stage_ids: Sequence[int] | None) -> Iterable[Readiness]:
        found = Readiness.objects.filter(board=board.pk).select_related("channel")
        if stage_ids is not None:
            found = found.filter(stage__in=stage_ids)
        return found.order_by("position")

    def plain(self, loaded: JourneyMap, items: Sequence[Readiness]) -> list[Plain]:
        return [_plain_readiness(item) for item in items]

    def depends_on(self, items: Sequence[Readiness]) -> tuple[object, ...]:
        """A renamed channel shows in them too."""
        return tuple(
            (item.pk, item.version, item.channel and item.channel.updated_at.timestamp())
            for item in items
        )

    def filters(self, board: Board) -> list[MapFilter]:
        label = _("Only stages where nothing stands ready")
        return [MapFilter("ready", label, '.readiness[data-status="ready"]', by_stage=True)]


def _plain_readiness(item: Readiness) -> Plain:
    title, *more = facts_of(item)
    channel = item.channel.name if item.channel else ""
    return Plain(
        item.title,
        detail=" · ".join(filter(None, (item.get_kind_display(), channel))),
        marks=(item.get_status_display(),),
        facts=(title, (gettext("Channel"), channel), *more),
    )
