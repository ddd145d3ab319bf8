"""What is read of channels and touchpoints."""

from django.db.models import Count, Q, QuerySet

from collaboration.models import Board
from teams.models import Workspace
from touchpoints.models import Channel, Touchpoint


def channels_of(workspace: Workspace | int) -> QuerySet[Channel]:
    """The channels of a workspace by name."""
    return Channel.objects.filter(workspace=workspace)


def channels_with_use(workspace: Workspace) -> QuerySet[Channel]:
    """The channels by name, each with `uses`: its touchpoints on living maps."""
    alive = Q(touchpoints__board__deleted_at=None)
    return channels_of(workspace).annotate(uses=Count("touchpoints", filter=alive))


def boards_using(channel: Channel) -> QuerySet[Board]:
    """Every board with a touchpoint on this channel, deleted ones too, by title."""
    used = Touchpoint.objects.filter(channel=channel).order_by().values("board")
    return Board.objects.filter(pk__in=used).order_by("title", "pk")
