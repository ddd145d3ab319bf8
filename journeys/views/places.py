"""Finding items of a board, and the place to put one."""

from typing import Any

from django.http import Http404

from collaboration.inplace import item_of
from collaboration.models import Board, Recorded

MOST_DIGITS = 18


def named_item(board: Board, model: type[Recorded], pk: int | str | None) -> Any:
    """The item of this board with this id; Http404 for any other id."""
    try:
        item = item_of(board, model, int(pk or 0))
    except (TypeError, ValueError, OverflowError):
        item = None
    if item is None:
        raise Http404
    return item


def named_items(board: Board, model: type[Recorded], pks: str | None) -> list[Any]:
    """The items of this board with these ids, a comma between them; Http404 for any other id."""
    ids = {id_in(pk) for pk in (pks or "").split(",")} - {None}
    rows: Any = model.objects
    found = list(rows.filter(board=board.pk, pk__in=ids))
    if not ids or len(found) < len(ids):
        raise Http404
    return found


def target_of(board: Board, model: type[Recorded], pk: str | None) -> Any:
    """The sibling to be placed before; None for an empty id, which means last."""
    return named_item(board, model, pk) if pk else None


def id_in(text: str | None) -> int | None:
    """An id as it was sent; None where nothing was, Http404 for what is no id."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise Http404
    return int(text)


def neighbour(item: Any, step: int) -> Any:
    """The sibling to place an item before, so that it moves one step: -1 back, 1 forward."""
    others = item.siblings().exclude(pk=item.pk)
    if step < 0:
        back = others.filter(position__lt=item.position).order_by("-position").first()
        return back or others.order_by("position").first()
    if step > 0:
        following = others.filter(position__gt=item.position).order_by("position")
        return following[1:2].first()
    raise Http404
