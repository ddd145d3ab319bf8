"""What differs between two states of a board, or of a board and one that was made from it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models

from collaboration.editing import Values
from collaboration.itemtypes import (
    Key,
    column,
    item_models,
    parents_first,
    place_fields,
    type_name,
)
from collaboration.models import Recorded
from collaboration.ordering import Ordered
from collaboration.timemachine import Items, State
from collaboration.wording import is_told

IDENTITY = ("kind", "title", "text", "name")
"""What tells items of one place apart where nothing says which came from which."""


@dataclass(frozen=True)
class ItemDifference:
    """One item that is not the same in both; `columns` are the told fields that differ."""

    key: Key
    kind: Literal["added", "removed", "changed"]
    before: Values
    after: Values
    columns: tuple[str, ...] = ()
    moved: bool = False

    @property
    def is_more_than_moved(self) -> bool:
        places = set(place_fields(item_models()[self.key[0]]))
        return self.kind != "changed" or bool(set(self.columns) - places)


def differences(old: State, new: State) -> dict[Key, ItemDifference]:
    """Every item that was added, removed, changed or moved; parents before what they hold."""
    found: dict[Key, ItemDifference] = {}
    for kind in (old.board.kind, *parents_first()):
        before, after = old.of(kind), new.of(kind)
        moved = _moved(kind, before, after)
        for pk in [*before, *(pk for pk in after if pk not in before)]:
            one = _difference((kind, pk), before.get(pk), after.get(pk), pk in moved)
            if one is not None:
                found[kind, pk] = one
    return found


def _difference(
    key: Key, before: Values | None, after: Values | None, moved: bool
) -> ItemDifference | None:
    if before is None or after is None:
        return ItemDifference(
            key, "removed" if after is None else "added", before or {}, after or {}
        )
    model = item_models()[key[0]]
    columns = tuple(
        one.attname
        for one in model.recorded_fields()
        if is_told(one) and before.get(one.attname) != after.get(one.attname)
    )
    if not columns and not moved:
        return None
    moved = moved or bool(set(columns) & set(place_fields(model)))
    return ItemDifference(key, "changed", before, after, columns, moved)


def _moved(kind: str, before: dict[int, Values], after: dict[int, Values]) -> set[int]:
    """The fewest items that have to move within their place to come from one order to the other."""
    model = item_models()[kind]
    if not issubclass(model, Ordered):
        return set()
    places: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for pk in before.keys() & after.keys():
        place = _place(model, before[pk])
        if place == _place(model, after[pk]):
            places[place].append(pk)
    found: set[int] = set()
    for pks in places.values():
        pks.sort(key=lambda pk: before[pk]["position"])
        found |= set(pks) - _kept_in_order([(after[pk]["position"], pk) for pk in pks])
    return found


def _place(model: type[Recorded], values: Values) -> tuple[Any, ...]:
    return tuple(values.get(name) for name in place_fields(model))


def _kept_in_order(items: list[tuple[str, int]]) -> set[int]:
    """The longest run of items that ascends: those that need not move."""
    tails: list[tuple[str, int]] = []
    before: dict[int, int | None] = {}
    for item in items:
        at = bisect_left(tails, item)
        before[item[1]] = tails[at - 1][1] if at else None
        tails[at : at + 1] = [item]
    kept, pk = set(), tails[-1][1] if tails else None
    while pk is not None:
        kept.add(pk)
        pk = before[pk]
    return kept


# --- Two boards ------------------------------------------------------------------------------
def aligned(old: State, new: State) -> State:
    """The new board's state in the ids of the old one: what was made from an item, or is in
    the same place and says the same, carries its id. What is only in the new one has ids
    below zero; `ids` leads back to the new board's own."""
    return _Alignment(old, new).state()


class _Alignment:
    def __init__(self, old: State, new: State) -> None:
        self.old, self.new = old, new
        self.keys: dict[Key, int] = {(new.board.kind, new.board.pk): old.board.pk}

    def state(self) -> State:
        items: Items = {}
        for kind in (self.new.board.kind, *parents_first()):
            rows = {pk: self._translated(kind, row) for pk, row in self.new.of(kind).items()}
            if kind != self.new.board.kind:
                self._match(kind, rows)
            items[kind] = {self.keys[kind, pk]: values for pk, values in rows.items()}
        ids = {(kind, key): pk for (kind, pk), key in self.keys.items()}
        return State(self.new.board, self.new.version, items, ids)

    def _translated(self, kind: str, values: Values) -> Values:
        found = dict(values)
        for one in item_models()[kind].recorded_fields():
            parent = type_name(one.related_model)
            if parent and parent != kind and values.get(one.attname) is not None:
                pk = values[one.attname]
                found[one.attname] = self.keys.get((parent, pk), pk)
        return found

    def _match(self, kind: str, rows: dict[int, Values]) -> None:
        taken: set[int] = set()
        present = self.old.of(kind)
        made_from = {values.get("origin_id"): pk for pk, values in present.items()}
        for pk, values in rows.items():
            origin = values.get("origin_id")
            key = origin if origin in present else made_from.get(pk)
            self._take(kind, pk, key, present, taken)
        same = {_identity(kind, values): pk for pk, values in present.items() if pk not in taken}
        for pk, values in rows.items():
            if (kind, pk) not in self.keys:
                self._take(kind, pk, same.get(_identity(kind, values)), present, taken)
            self.keys.setdefault((kind, pk), -pk)

    def _take(
        self, kind: str, pk: int, key: int | None, present: Iterable[int], taken: set[int]
    ) -> None:
        if key is not None and key in present and key not in taken:
            self.keys[kind, pk] = key
            taken.add(key)


def _identity(kind: str, values: Values) -> tuple[Any, ...]:
    """What makes an item the one that it is, by a rule of its type or by its words and place."""
    model = item_models()[kind]
    for rule in model._meta.constraints:
        if (
            isinstance(rule, models.UniqueConstraint)
            and rule.fields
            and "position" not in rule.fields
            and not rule.condition
        ):
            return tuple(values.get(column(model, name)) for name in rule.fields)
    return tuple(values.get(name) for name in (*IDENTITY, *place_fields(model)))
