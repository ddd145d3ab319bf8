"""The lanes of touchpoints and of our activities, which the map draws without knowing this app."""

from collections.abc import Iterable, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from journeys.filters import MapFilter
from journeys.lanes import Group, LaneKind
from journeys.plain import Plain, facts_of
from journeys.selectors import JourneyMap
from touchpoints.models import Activity, Channel, Touchpoint


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
        return _with_channels(items)

    def filters(self, board: Board) -> list[MapFilter]:
        channels = Channel.objects.filter(workspace=board.workspace_id)
        return [
            MapFilter(
                "channel",
                _("Channel"),
                ':is(.touchpoint, .doing):not([data-channel="{value}"])',
                [(channel.pk, channel.name) for channel in channels],
            ),
            MapFilter("moments", _("Only moments of truth"), ".touchpoint:not([data-moment])"),
            MapFilter("missing", _("Only missing touchpoints"), ".touchpoint:not([data-missing])"),
        ]


class ActivityLane(LaneKind):
    """What we do in a stage: below the touchpoints, the other side of the gap."""

    key = "activities"
    name = _("Our activities")
    prompt = _("What do we do for customers here?")
    icon = "activity"
    colour = 6
    group = Group.OURS
    template = "touchpoints/_activity_cell.html"
    add_label = _("Add activity")

    @property
    def item_model(self) -> type[Activity]:
        return Activity

    def items(self, board: Board, stage_ids: Sequence[int] | None) -> Iterable[Activity]:
        """Those that are tied to a stage; the page of our activities lists the others, too."""
        found = Activity.objects.filter(board=board.pk, stage__isnull=False)
        if stage_ids is not None:
            found = found.filter(stage__in=stage_ids)
        return found.select_related("channel").order_by("title", "pk")

    def plain(self, loaded: JourneyMap, items: Sequence[Activity]) -> list[Plain]:
        return [_plain_activity(activity) for activity in items]

    def depends_on(self, items: Sequence[Activity]) -> tuple[object, ...]:
        return _with_channels(items)


def _with_channels(items: Sequence[Touchpoint | Activity]) -> tuple[object, ...]:
    """A renamed channel shows in what is on it, too."""
    return tuple(
        (item.pk, item.version, item.channel and item.channel.updated_at.timestamp())
        for item in items
    )


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


def _plain_activity(activity: Activity) -> Plain:
    channel, hours = activity.channel, activity.hours_per_month
    takes = ""
    if hours is not None:
        takes = gettext("%(hours)s h a month") % {"hours": number_format(f"{hours:g}")}
    title, *more = facts_of(activity)
    return Plain(
        activity.title,
        detail=" · ".join(filter(None, (_where(channel) if channel else "", takes))),
        marks=(activity.get_decision_display(),) if activity.decision else (),
        facts=(title, (gettext("Channel"), channel.name if channel else ""), *more),
    )
