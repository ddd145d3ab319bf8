"""Makes rows of a board what they were, in an order that no constraint forbids."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from fractional_indexing import generate_key_between

from collaboration.editing import Edit, Values
from collaboration.itemtypes import (
    Field,
    Key,
    item_models,
    parents_first,
    place_fields,
    references,
    type_name,
)
from collaboration.models import Board, BoardItem, Recorded
from collaboration.ordering import Ordered
from collaboration.timemachine import State, as_it_was
from collaboration.wording import has_name

Place = tuple[str, tuple[Any, ...], str]
"""Item type, siblings and position: where only one item can stand."""


class Replacement:
    """Makes the chosen items of a board, as they are `now`, what they were in the `old` state.

    Parents come before what hangs on them; what has to go goes first where it can, so that it
    is in nobody's way. Items that stand in each other's place step aside meanwhile.
    """

    def __init__(self, edit: Edit, old: State, now: State, chosen: set[Key]) -> None:
        self.edit, self.old, self.now = edit, old, now
        self.left_out: list[str] = []
        self.doomed = {key for key in chosen if self._is(now, key) and not self._is(old, key)}
        self.doomed -= {(edit.board.kind, edit.board.pk)}
        self.wanted = self._differing(chosen)
        self.at = dict(self._places_now())
        self.places = {place: key for key, place in self.at.items()}
        self.pending: set[Key] = set()
        self.loaded: dict[Key, Any] = {}

    @property
    def changes_nothing(self) -> bool:
        return not self.wanted and not self.doomed

    def carry_out(self) -> None:
        self._settle_references()
        self.pending = set(self.wanted) | self.doomed
        self._delete(self.doomed - self._still_needed())
        for kind in (*parents_first(), self.edit.board.kind):
            self._write(kind)
        self._delete((self.doomed & self.pending) - self._still_holding())

    # --- What has to be done -----------------------------------------------------------------
    def _is(self, state: State, key: Key) -> bool:
        return key[1] in state.of(key[0])

    def _differing(self, chosen: set[Key]) -> dict[Key, Values]:
        found: dict[Key, Values] = {}
        for kind, pk in sorted(chosen):
            was, present = self.old.of(kind).get(pk), self.now.of(kind).get(pk)
            if was is None:
                continue
            names = self._restored_columns(kind)
            then = {name: value for name, value in was.items() if name in names}
            if present is None or any(present.get(n) != v for n, v in then.items()):
                found[kind, pk] = then
        return found

    def _restored_columns(self, kind: str) -> set[str]:
        """All of an item; of the board what people write, not whether it is in the trash or a draft."""
        model = item_models()[kind]
        fields = model.recorded_fields()
        if issubclass(model, Board):
            fields = tuple(one for one in fields if one.editable and one.name != "hidden")
        return {one.attname for one in fields}

    def _settle_references(self) -> None:
        """Leave out what refers to something that is gone, or let it come without that."""
        for kind in parents_first():
            rows = {key: values for key, values in self.wanted.items() if key[0] == kind}
            for one in item_models()[kind].recorded_fields():
                if one.related_model is not None:
                    self._settle(one, rows)

    def _settle(self, one: Field, rows: dict[Key, Values]) -> None:
        target: Any = one.related_model
        asked = {values.get(one.attname) for values in rows.values()} - {None}
        there = self._there(target, asked) if asked else set()
        for key, values in rows.items():
            pk = values.get(one.attname)
            if pk is None or pk in there or key not in self.wanted:
                continue
            if one.null:
                self.wanted[key] = values | {one.attname: None}
                rows[key] = self.wanted[key]
                if one.editable:
                    words = _("“%(name)s” comes back without its %(what)s, which is gone.")
                    self._say(words, key, target)
            else:
                del self.wanted[key]
                self._say(_("“%(name)s” stays as it is: its %(what)s is gone."), key, target)

    def _there(self, target: Any, asked: set[Any]) -> set[int]:
        """Which of these rows will be there when all is done."""
        kind = type_name(target)
        found = set(target._base_manager.filter(pk__in=asked).values_list("pk", flat=True))
        if kind and issubclass(target, BoardItem):
            found |= {pk for pk in asked if (kind, pk) in self.wanted}
            found -= {pk for pk in asked if (kind, pk) in self.doomed}
        return found

    def _say(self, words: str, key: Key, target: Any = None) -> None:
        model = item_models()[key[0]]
        state = self.old if self._is(self.old, key) else self.now
        name = str(state.item(*key)) if has_name(model) else model._meta.verbose_name
        what = target._meta.verbose_name if target else ""
        self.left_out.append(words % {"name": name, "what": what})

    def _still_needed(self) -> set[Key]:
        """What has to go, yet holds something now that stays: it goes last."""
        return {parent for _key, parent in self._held({})}

    def _still_holding(self) -> set[Key]:
        """What cannot go, because something that could not be moved away is in it."""
        held = {parent for _key, parent in self._held(self.wanted)} & self.doomed
        for key in sorted(held):
            self._say(_("“%(name)s” stays, because something in it does."), key)
        return held

    def _held(self, changed: dict[Key, Values]) -> Iterable[tuple[Key, Key]]:
        """(item, what it refers to) of all that stays, with these values for some."""
        for kind, rows in self.now.items.items():
            fields = list(references(item_models()[kind]))
            for pk in rows.keys() - {pk for name, pk in self.doomed if name == kind}:
                values = changed.get((kind, pk), rows[pk])
                for one in fields:
                    if (parent := values.get(one.attname)) is not None:
                        yield (kind, pk), (type_name(one.related_model), parent)

    # --- Doing it ----------------------------------------------------------------------------
    def _delete(self, keys: Iterable[Key]) -> None:
        rank = {kind: number for number, kind in enumerate(parents_first())}
        for kind, pk in sorted(keys, key=lambda key: (-rank[key[0]], key[1])):
            item = item_models()[kind]._base_manager.filter(pk=pk).first()
            if item is not None:
                item.delete()
            self._done((kind, pk))

    def _write(self, kind: str) -> None:
        model = item_models()[kind]
        keys = [key for key in self.wanted if key[0] == kind]
        for pk, item in model._base_manager.in_bulk([pk for _kind, pk in keys]).items():
            self.loaded.setdefault((kind, pk), item)
        made: list[Recorded] = []
        for key in keys:
            values = self._with_room(key, self.wanted[key])
            if present := self.loaded.get(key):
                _assign(present, values)
                present.save()
            else:
                made.append(as_it_was(model, key[1], values, self.edit.board.pk))
            self._done(key, values)
        self.edit.create(made)

    def _done(self, key: Key, values: Values | None = None) -> None:
        self.pending.discard(key)
        if key in self.at:
            del self.places[self.at.pop(key)]
        if values is not None and (place := self._place(key, values)):
            self._stand(key, place)

    def _stand(self, key: Key, place: Place) -> None:
        self.at[key], self.places[place] = place, key

    # --- Who stands where --------------------------------------------------------------------
    def _places_now(self) -> Iterable[tuple[Key, Place]]:
        for kind, rows in self.now.items.items():
            for pk, values in rows.items():
                if place := self._place((kind, pk), values):
                    yield (kind, pk), place

    def _place(self, key: Key, values: Values) -> Place | None:
        model = item_models()[key[0]]
        if not issubclass(model, Ordered) or "position" not in values:
            return None
        return key[0], tuple(values.get(name) for name in place_fields(model)), values["position"]

    def _with_room(self, key: Key, values: Values) -> Values:
        """The values with a position that is free: who waits for another place steps aside for
        it, behind somebody who stays the item comes to stand."""
        place = self._place(key, values)
        taker = self.places.get(place) if place else None
        if place is None or taker in (None, key):
            return values
        if taker in self.pending:
            self._step_aside(taker, place)
            return values
        following = min((p for p in self._positions(place) if p > place[2]), default=None)
        return values | {"position": generate_key_between(place[2], following)}

    def _step_aside(self, key: Key, place: Place) -> None:
        if key not in self.loaded:
            self.loaded[key] = item_models()[key[0]]._base_manager.get(pk=key[1])
        item = self.loaded[key]
        item.position = generate_key_between(max(self._positions(place)), None)
        item.save()
        del self.places[place]
        self._stand(key, (place[0], place[1], item.position))

    def _positions(self, place: Place) -> set[str]:
        """Every position among these siblings that is taken or will be."""
        held = {position for *group, position in self.places if tuple(group) == place[:2]}
        planned = (self._place(key, values) for key, values in self.wanted.items())
        return held | {one[2] for one in planned if one and one[:2] == place[:2]}


def _assign(item: Recorded, values: Values) -> None:
    fields = {one.attname: one for one in type(item).recorded_fields()}
    for name, value in values.items():
        setattr(item, name, fields[name].to_python(value))
