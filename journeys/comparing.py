"""The difference between two states of a map as its reader sees it: by stage and lane."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collaboration.difference import ItemDifference, aligned, differences
from collaboration.itemtypes import Field, Key, item_models, place_fields, references, type_name
from collaboration.models import Change, Recorded
from collaboration.timemachine import State, state_at, states_at
from collaboration.undo import NEVER_UNDONE
from collaboration.wording import Model, Wording, has_name, is_text, is_told, label
from collaboration.wordmarks import Mark, Marker
from journeys.ends import End
from journeys.models import Feeling, Lane, Stage

MARKS = ("score", "satisfaction")
"""Fields that say how good something is: more is better."""


@dataclass
class FieldChange:
    """One field: either marked word by word, or before and after."""

    label: str
    before: str = ""
    after: str = ""
    marks: list[Mark] = field(default_factory=list)


@dataclass
class Entry:
    """One item that differs; `kind` is added, removed or changed. One that names itself shows
    its name among the fields."""

    key: Key
    kind: str
    moved: bool
    type_label: str
    name: str
    names_itself: bool = False
    anchor: str = ""
    origin: str = ""
    fields: list[FieldChange] = field(default_factory=list)


@dataclass
class Group:
    """What differs in one lane of a stage; `lane_id` is 0 for what lies in none."""

    title: str
    lane_id: int = 0
    entries: list[Entry] = field(default_factory=list)


@dataclass
class StageChanges:
    stage_id: int
    title: str
    own: Entry | None
    groups: list[Group]

    @property
    def was_there(self) -> bool:
        return self.own is None or self.own.kind != "added"


@dataclass
class Comparison:
    """All that differs; empty lists where nothing does."""

    first: End
    last: End
    counts: dict[str, int]
    better: dict[str, int]
    worse: dict[str, int]
    head: list[Entry]
    lanes: list[Entry]
    stages: list[StageChanges]

    @property
    def is_empty(self) -> bool:
        return not (self.head or self.lanes or self.stages)

    @property
    def new_lanes(self) -> set[int]:
        """The ids of lanes that were not there at first."""
        return {entry.key[1] for entry in self.lanes if entry.kind == "added"}

    @property
    def same_map(self) -> bool:
        return self.first.board.pk == self.last.board.pk


def compare(first: End, last: End) -> Comparison:
    """The difference between two ends; the number of queries does not grow with the map."""
    return _Reading(first, last, *_states(first, last)).comparison()


def people_since(first: End) -> list[str]:
    """Who has edited the map since, by name."""
    later = Change.objects.filter(board=first.board.pk, version__gt=first.version).order_by()
    return sorted(set(later.values_list("actor_name", flat=True).distinct()), key=str.casefold)


def _states(first: End, last: End) -> tuple[State, State]:
    if first.board.pk == last.board.pk:
        old, new = states_at(first.board, [first.version, last.version], without=NEVER_UNDONE)
        return old, new
    old = state_at(first.board, first.version, without=NEVER_UNDONE)
    return old, aligned(old, state_at(last.board, last.version, without=NEVER_UNDONE))


class _Reading:
    """Arranges differences by the stages and lanes of both states and puts them into words."""

    def __init__(self, first: End, last: End, old: State, new: State) -> None:
        self.ends, self.old, self.new = (first, last), old, new
        self.found = differences(old, new)
        self.marker = Marker()

    def comparison(self) -> Comparison:
        places = {key: self._place(key) for key in self.found}
        counts: Counter[str] = Counter(
            one.kind for one in self.found.values() if one.is_more_than_moved
        )
        counts["moved"] = sum(one.moved for one in self.found.values())
        better, worse = self._marks()
        lanes = {pk: number for number, pk in enumerate(self._order("lane"))}
        return Comparison(
            *self.ends,
            {name: counts[name] for name in ("added", "removed", "changed", "moved")},
            better,
            worse,
            [self._entry(k) for k, place in places.items() if place == (0, 0) and k[0] != "lane"],
            [self._entry(("lane", pk)) for pk in lanes if ("lane", pk) in self.found],
            [one for pk in self._order("stage") if (one := self._stage(pk, places, lanes))],
        )

    # --- Where -------------------------------------------------------------------------------
    def _values(self, key: Key) -> dict[str, Any]:
        return self.new.of(key[0]).get(key[1]) or self.old.of(key[0]).get(key[1]) or {}

    def _place(self, key: Key) -> tuple[int, int]:
        """(stage, lane) that an item is shown under; 0 for none."""
        if key[0] == "stage":
            return key[1], 0
        stage, lane = 0, 0
        values = self._values(key)
        if about := values.get("target_type"):
            return self._place((about, values["target_id"])) if about in item_models() else (0, 0)
        for one in references(item_models()[key[0]]):
            parent, pk = type_name(one.related_model), values.get(one.attname)
            if pk is None:
                continue
            above = (0, pk) if parent == "lane" else self._place((parent, pk))
            stage, lane = stage or above[0], lane or above[1]
        return stage, lane or (self._lanes_by_type.get(key[0], 0) if stage else 0)

    @cached_property
    def _lanes_by_type(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for state in (self.old, self.new):
            for pk in state.of("lane"):
                lane: Any = state.item("lane", pk)
                found[lane.kind_of.item_model.type_name()] = pk
        return found

    def _order(self, kind: str) -> list[int]:
        """Ids of both states in the order of the new one, what is gone where it was."""
        rows = {**self.old.of(kind), **self.new.of(kind)}
        return sorted(rows, key=lambda pk: (rows[pk].get("position", ""), pk))

    def _stage(
        self, stage_id: int, places: dict[Key, tuple[int, int]], lanes: dict[int, int]
    ) -> StageChanges | None:
        inside = [key for key, place in places.items() if place[0] == stage_id]
        if not inside:
            return None
        groups: dict[int, Group] = {}
        own = ("stage", stage_id)
        for key in sorted(inside, key=lambda key: lanes.get(places[key][1], len(lanes))):
            if key != own:
                lane = places[key][1]
                title = self._name(("lane", lane)) if lane else str(_("Other"))
                groups.setdefault(lane, Group(title, lane)).entries.append(self._entry(key))
        entry = self._entry(own) if own in self.found else None
        return StageChanges(stage_id, self._name(own), entry, list(groups.values()))

    # --- In words ----------------------------------------------------------------------------
    @cached_property
    def _words(self) -> Wording:
        known: dict[Model, dict[int, Any]] = {}
        wanted: dict[Model, set[int]] = {}
        keys = {(kind, pk) for kind in ("stage", "lane") for pk in self._order(kind)}
        for key in self.found:
            keys |= {key, *self._referred(key)}
        for kind, pk in keys:
            known.setdefault(item_models()[kind], {})[pk] = self._item((kind, pk))
        for one, value in (pair for key in self.found for pair in self._related(key)):
            if not type_name(one.related_model):
                wanted.setdefault(one.related_model, set()).add(value)  # type: ignore[arg-type]
        return Wording(self.new.board.pk, wanted, known)

    def _related(self, key: Key) -> Iterable[tuple[Field, int]]:
        one = self.found[key]
        for each in item_models()[key[0]].recorded_fields():
            for values in (one.before, one.after):
                if each.related_model and is_told(each) and values.get(each.attname) is not None:
                    yield each, values[each.attname]

    def _referred(self, key: Key) -> Iterable[Key]:
        for one, pk in self._related(key):
            ref = type_name(one.related_model), pk
            if ref[0] and (pk in self.new.of(ref[0]) or pk in self.old.of(ref[0])):
                yield ref

    def _item(self, key: Key) -> Recorded:
        state = self.new if key[1] in self.new.of(key[0]) else self.old
        return state.item(*key)

    def _name(self, key: Key) -> str:
        """An item's own words in full; a nameless one by what it refers to."""
        model = item_models()[key[0]]
        name = self._words.name(model, key[1], without=[Stage, Lane])
        values = self._values(key)
        if has_name(model):
            name = next((values[n] for n in ("text", "title") if values.get(n)), name)
        return name or str(_("All customers") if issubclass(model, Feeling) else "")

    def _entry(self, key: Key) -> Entry:
        one, model = self.found[key], item_models()[key[0]]
        return Entry(
            key=key,
            kind=one.kind,
            moved=one.moved,
            type_label=str(capfirst(model._meta.verbose_name)),
            name=self._name(key),
            names_itself=one.kind == "changed" and bool({"text", "title"} & set(one.columns)),
            anchor=self._anchor(key),
            origin=self._origin(one),
            fields=list(self._fields(one, model)),
        )

    def _anchor(self, key: Key) -> str:
        """The element of the later map that shows the item; "" for what is not there."""
        stage, lane = self._place(key)
        if stage not in self.new.of("stage") or key[1] not in self.new.of(key[0]):
            return ""
        stage, lane = self.new.real_id("stage", stage), self.new.real_id("lane", lane)
        return f"cell-{stage}-{lane}" if lane else f"stage-{stage}"

    def _origin(self, one: ItemDifference) -> str:
        """Where something that was moved stood before; "" when it only changed its order."""
        model = item_models()[one.key[0]]
        changed = set(place_fields(model)) & set(one.columns)
        fields = {each.attname: each for each in model.recorded_fields()}
        names = [self._words.value(fields[n], one.before.get(n)) for n in place_fields(model)]
        return ", ".join(names) if changed else ""

    def _fields(self, one: ItemDifference, model: type[Recorded]) -> Iterable[FieldChange]:
        if one.kind != "changed":
            yield from self._contents(one, model)
            return
        for each in model.recorded_fields():
            if each.attname in one.columns and each.attname not in place_fields(model):
                yield self._field(each, one.before, one.after)

    def _contents(self, one: ItemDifference, model: type[Recorded]) -> Iterable[FieldChange]:
        """What something nameless that came or went says: how a feeling was."""
        if has_name(model):
            return
        for each in model.recorded_fields():
            if is_told(each) and not each.related_model:
                change = self._field(each, one.before, one.after)
                if change.before or change.after or change.marks:
                    yield change

    def _field(self, one: Field, before: dict[str, Any], after: dict[str, Any]) -> FieldChange:
        old, new = (
            self._words.value(one, v.get(one.attname), at_most=None) for v in (before, after)
        )
        if is_text(one) and old and new:
            return FieldChange(label(one), marks=self.marker.marks(old, new))
        return FieldChange(label(one), old, new)

    def _marks(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many items of each type do better, and how many worse, than before."""
        better: Counter[str] = Counter()
        worse: Counter[str] = Counter()
        for (kind, _pk), one in self.found.items():
            counted = "emotion" if issubclass(item_models()[kind], Feeling) else kind
            for name in MARKS:
                old, new = one.before.get(name), one.after.get(name)
                if isinstance(old, int) and isinstance(new, int) and old != new:
                    (better if new > old else worse)[counted] += 1
        return dict(better), dict(worse)
