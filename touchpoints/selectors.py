"""What is read of channels and touchpoints."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from collaboration.itemtypes import item_models
from collaboration.models import Board
from teams.models import Workspace
from touchpoints.models import Channel


def channels_of(workspace: Workspace | int) -> QuerySet[Channel]:
    """The channels of a workspace by name."""
    return Channel.objects.filter(workspace=workspace)


def channels_with_use(workspace: Workspace) -> QuerySet[Channel]:
    """The channels by name, each with `uses`: its touchpoints on living maps."""
    alive = Q(touchpoints__board__deleted_at=None)
    return channels_of(workspace).annotate(uses=Count("touchpoints", filter=alive))


def items_on(channel: Channel) -> "list[QuerySet[Any]]":
    """Whatever stands on boards on this channel, a set for each type."""
    managers: list[Any] = [
        model.objects
        for model in item_models().values()
        if any(one.related_model is Channel for one in model.recorded_fields())
    ]
    return [manager.filter(channel=channel) for manager in managers]


def boards_using(channel: Channel) -> QuerySet[Board]:
    """Every board with something on this channel, deleted ones too, by title."""
    used = Q()
    for items in items_on(channel):
        used |= Q(pk__in=items.order_by().values("board"))
    return Board.objects.filter(used).order_by("title", "pk")
