"""Copies of what is on boards."""

from typing import Any, TypeVar

from collaboration.models import BoardItem

Item = TypeVar("Item", bound=BoardItem)

NOT_COPIED = frozenset({"id", "board", "version", "created_at", "updated_at", "origin"})


def copy_of(item: Item, **values: Any) -> Item:
    """A new item with the values of another, save those given; not saved."""
    copied = {
        field.attname: getattr(item, field.attname)
        for field in item._meta.concrete_fields
        if field.name not in NOT_COPIED
    }
    return type(item)(**{"board_id": item.board_id, **copied, **values})
