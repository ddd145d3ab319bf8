"""Order among siblings by fractional index: moving an item writes one row.

Positions are strings over 0-9A-Za-z that sort bytewise; between any two there is
always room for another. The method is D. Greenspan's "Implementing Fractional Indexing".
"""

from typing import Any, Self

from django.db import models
from fractional_indexing import generate_key_between, generate_n_keys_between

from collaboration.editing import current_edit

LONGEST = 100
"""Positions grow where items change places over and over; beyond this they are given anew."""


class PositionField(models.CharField[str, str]):
    """A fractional index; compared byte by byte whatever the database's language."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("db_collation", "C")
        options.setdefault("editable", False)
        super().__init__(**options)


class Ordered(models.Model):
    """Mix in before BoardItem; `siblings()` says among whom an item has its place."""

    position = PositionField()
    board_id: int

    class Meta:
        abstract = True

    def siblings(self) -> models.QuerySet[Self]:
        """The items that share this one's place, itself included, in any order."""
        raise NotImplementedError

    def place(self, *, before: Self | None = None) -> None:
        """Give this item its position before a sibling, or after the last; does not save.

        The neighbours are read under the edit's lock; a sibling that has left meanwhile
        means the end.
        """
        current_edit(self.board_id)
        others = self.siblings().exclude(pk=self.pk)
        high = others.filter(pk=before and before.pk).values_list("position", flat=True).first()
        lower = others if high is None else others.filter(position__lt=high)
        low = lower.aggregate(last=models.Max("position"))["last"]
        self.position = generate_key_between(low, high)
        if len(self.position) > LONGEST:
            self._respace(others)

    def _respace(self, others: models.QuerySet[Self]) -> None:
        """Give this item and its siblings short positions again, in the order they have now.

        They lie behind all present ones, so that no two are ever the same on the way.
        """
        in_order = sorted([*others, self], key=lambda item: item.position)
        last = self.siblings().aggregate(last=models.Max("position"))["last"]
        fresh = generate_n_keys_between(last, None, len(in_order))
        for item, position in zip(in_order, fresh, strict=True):
            item.position = position
            if item is not self:
                item.save()

    def keep_place(self) -> None:
        """Move just behind the sibling that took this position meanwhile, if one did."""
        others = self.siblings().exclude(pk=self.pk)
        if not others.filter(position=self.position).exists():
            return
        following = others.filter(position__gt=self.position).aggregate(
            first=models.Min("position")
        )["first"]
        self.position = generate_key_between(self.position, following)


def positions(count: int) -> list[str]:
    """`count` positions in ascending order for items that have no siblings yet."""
    return list(generate_n_keys_between(None, None, count))


def room_for(count: int, siblings: models.QuerySet[Any], *, before: Any = None) -> list[str]:
    """`count` positions before a sibling, or after the last, none of which is taken.

    Where they would grow too long, the siblings are given short ones first.
    """
    for final in (False, True):
        high = siblings.filter(pk=before and before.pk).values_list("position", flat=True).first()
        lower = siblings if high is None else siblings.filter(position__lt=high)
        low = lower.aggregate(last=models.Max("position"))["last"]
        found = list(generate_n_keys_between(low, high, count))
        if final or all(len(position) <= LONGEST for position in found):
            break
        _shorten(siblings)
    return found


def _shorten(siblings: models.QuerySet[Any]) -> None:
    in_order = list(siblings.order_by("position"))
    fresh = generate_n_keys_between(in_order[-1].position, None, len(in_order))
    for item, position in zip(in_order, fresh, strict=True):
        item.position = position
        item.save()
