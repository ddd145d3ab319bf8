"""The lane of touchpoints, which the map draws without knowing this app."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from journeys.filters import MapFilter
from journeys.lanes import Group, LaneKind
from journeys.plain import Plain, facts_of
from journeys.selectors import JourneyMap
from touchpoints.models import Channel, Touchpoint


class TouchpointLane(LaneKind):
    key = "touchpoints"
    name = _("Touchpoints")
    prompt = _("Where does the customer meet us, or somebody else, here?")
    icon = "touchpoint"
    group = Group.OURS
    template = "touchpoints/_cell.html"
    add_label = _("Add touchpoint")

    @property
    def item_model(self) -> type[Touchpoint]:
        return Touchpoint

    def items(self, board: Board, stage_ids: Sequence[int] | None) -> Iterable[Touchpoint]:
        found = Touchpoint.objects.filter(board=board.pk).select_related("channel")
        if stage_ids is not None:
            found = found.filter(stage__in=stage_ids)
        return found.order_by("position")

    def plain(self, loaded: JourneyMap, items: Sequence[Touchpoint]) -> list[Plain]:
        return [_plain_touchpoint(touchpoint) for touchpoint in items]

    def depends_on(self, items: Sequence[Touchpoint]) -> tuple[object, ...]:
        """A renamed channel shows in its touchpoints too."""
        return tuple(
            (item.pk, item.version, item.channel and item.channel.updated_at.timestamp())
            for item in items
        )

    def filters(self, board: Board) -> list[MapFilter]:
        channels = Channel.objects.filter(workspace=board.workspace_id)
        return [
            MapFilter(
                "channel",
                _("Channel"),
                '.touchpoint:not([data-channel="{value}"])',
                [(channel.pk, channel.name) for channel in channels],
            ),
            MapFilter("moments", _("Only moments of truth"), ".touchpoint:not([data-moment])"),
            MapFilter("missing", _("Only missing touchpoints"), ".touchpoint:not([data-missing])"),
        ]


def _plain_touchpoint(touchpoint: Touchpoint) -> Plain:
    channel = touchpoint.channel
    marks = []
    if touchpoint.moment_of_truth:
        marks.append(gettext("Moment of truth"))
    if touchpoint.missing:
        marks.append(gettext("missing"))
    if not touchpoint.used:
        marks.append(gettext("not used"))
    title, *more = facts_of(touchpoint)
    return Plain(
        touchpoint.title,
        detail=_where(channel) if channel else "",
        marks=tuple(marks),
        strong=touchpoint.moment_of_truth,
        facts=(title, (gettext("Channel"), channel.name if channel else ""), *more),
    )


def _where(channel: Channel) -> str:
    return f"{channel.name} ({gettext('online') if channel.online else gettext('offline')})"
