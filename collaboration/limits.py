"""How many items a board holds: one rule for every edit, be it a service, an undo, the way back to
an old version or the API. It is looked at when the edit ends.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.functional import Promise

from collaboration.editing import Edit, Refused

if TYPE_CHECKING:
    from collaboration.models import BoardItem, Change


class LimitReached(Refused):
    """What was asked for would make something larger than it may be."""


@dataclass(frozen=True)
class Limit:
    """At most so many items of a type that agree in the columns `within`; without any, on the
    whole board. `words` may say %(most)s."""

    model: "type[BoardItem]"
    within: tuple[str, ...]
    most: int
    words: str | Promise


_limits: "dict[type[BoardItem], Limit]" = {}


def register(*limits: Limit) -> None:
    """Called by each app's AppConfig.ready() for its items."""
    _limits.update({limit.model: limit for limit in limits})


def require_room(edit: Edit) -> None:
    """Raises LimitReached where the edit has put more into a place than it holds; a place that
    held more before and got nothing is left alone. One query for each type that was put."""
    for limit in _limits.values():
        put = {change.item_id for change in edit.changes if _puts(change, limit)}
        if put and _is_overfull(limit, edit.board.pk, put):
            raise LimitReached(limit.words % {"most": limit.most})


def _puts(change: "Change", limit: Limit) -> bool:
    if change.item_type != limit.model.type_name() or change.action == "delete":
        return False
    return change.action == "create" or not change.after.keys().isdisjoint(limit.within)


def _is_overfull(limit: Limit, board_id: int, put: Collection[int]) -> bool:
    items: Any = limit.model._base_manager.filter(board=board_id).order_by()
    if not limit.within:
        return bool(items.count() > limit.most)
    places = items.values(*limit.within)
    places = places.annotate(held=Count("pk"), fresh=Count("pk", filter=Q(pk__in=put)))
    return bool(places.filter(held__gt=limit.most, fresh__gt=0).exists())
