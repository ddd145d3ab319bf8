"""A board as it was at any version: its present items, rewound change by change.

Every Change holds what it replaced, so going back is putting that back, the latest first.
Only the items themselves and a few thousand Changes at a time are in memory.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Max

from collaboration.editing import Values, as_json
from collaboration.itemtypes import item_models
from collaboration.models import Board, BoardItem, Change, Recorded

Items: TypeAlias = dict[str, dict[int, Values]]
"""Recorded values by item type and id."""

CHANGES_AT_ONCE = 2000
TRIES_BEFORE_LOCKING = 3


@dataclass(frozen=True)
class State:
    """What a board held at one version; `ids` names items that carry another's id here."""

    board: Board
    version: int
    items: Items
    ids: dict[tuple[str, int], int] = field(default_factory=dict)

    def of(self, item_type: str) -> dict[int, Values]:
        return self.items.get(item_type, {})

    def item(self, item_type: str, pk: int) -> Recorded:
        """The item as it was, not to be saved."""
        return as_it_was(item_models()[item_type], pk, self.items[item_type][pk], self.board.pk)

    def real_id(self, item_type: str, pk: int) -> int:
        return self.ids.get((item_type, pk), pk)


def state_at(board: Board, version: int, *, without: Collection[str] = ()) -> State:
    return states_at(board, [version], without=without)[0]


def states_at(
    board: Board, versions: Iterable[int], *, without: Collection[str] = ()
) -> list[State]:
    """What the board held at each of these versions, in the order in which they are asked for.

    One query an item type and one for the changes since the oldest, whatever the number of
    versions. `without` names item types that are left out. A version that is still to come
    is the present one. Not for use after writes of an edit that is still open.
    """
    wanted = list(versions)
    for _ in range(TRIES_BEFORE_LOCKING):
        before = _version_of(board)
        found = _rewound(board, before, wanted, without)
        if _version_of(board) == before:
            return found
    with transaction.atomic():
        Board.objects.select_for_update(no_key=True).get(pk=board.pk)
        return _rewound(board, _version_of(board), wanted, without)


def version_at(board: Board, moment: datetime) -> int:
    """The board's version at a moment; 0 before its first edit."""
    edits = Change.objects.filter(board=board.pk, at__lte=moment)
    return edits.aggregate(last=Max("version"))["last"] or 0


def as_it_was(model: type[Recorded], pk: int, values: Values, board_id: int) -> Recorded:
    """An item made of recorded values, not to be saved; a field that is younger than them has
    its default."""
    own: dict[str, Any] = {"pk": pk}
    if issubclass(model, BoardItem):
        own["board_id"] = board_id
    item = model(**own)
    for one in model.recorded_fields():
        if one.attname in values:
            setattr(item, one.attname, one.to_python(values[one.attname]))
    return item


# --- Inside ----------------------------------------------------------------------------------
def _version_of(board: Board) -> int:
    version: int = Board.objects.values_list("version", flat=True).get(pk=board.pk)
    return version


def _rewound(
    board: Board, present: int, versions: list[int], without: Collection[str]
) -> list[State]:
    stops = sorted({min(version, present) for version in versions}, reverse=True)
    items = _present_items(board, without)
    found: dict[int, State] = {}
    for change in _changes_after(board, stops[-1], without):
        while stops and change.version <= stops[0]:
            stop = stops.pop(0)
            found[stop] = _kept(board, stop, items)
        _take_back(items, change)
    for stop in stops:
        found[stop] = _kept(board, stop, items)
    return [found[min(version, present)] for version in versions]


def _kept(board: Board, version: int, items: Items) -> State:
    """Values are never changed in place, so a copy of the dictionaries by id is enough."""
    return State(board, version, {name: dict(rows) for name, rows in items.items() if rows})


def _present_items(board: Board, without: Collection[str]) -> Items:
    """Every item of the types that this board has ever had, and the board itself."""
    recorded = Change.objects.filter(board=board.pk).order_by().values_list("item_type").distinct()
    types = ({name for (name,) in recorded} | {board.kind}) - set(without)
    return {
        name: _rows(item_models()[name], board) for name in sorted(types & item_models().keys())
    }


def _rows(model: type[Recorded], board: Board) -> dict[int, Values]:
    of_board = {"board": board.pk} if issubclass(model, BoardItem) else {"pk": board.pk}
    names = model.recorded_names()
    rows = model._base_manager.filter(**of_board).values_list("pk", *names)
    return {
        row[0]: {name: as_json(value) for name, value in zip(names, row[1:], strict=True)}
        for row in rows.iterator(CHANGES_AT_ONCE)
    }


def _changes_after(board: Board, version: int, without: Collection[str]) -> Iterator[Change]:
    changes = Change.objects.filter(board=board.pk, version__gt=version)
    changes = changes.exclude(item_type__in=without) if without else changes
    changes = changes.exclude(action=Change.Action.UPDATE, before={}, after={})
    needed = changes.only("version", "action", "item_type", "item_id", "before")
    return needed.order_by("-version", "-pk").iterator(CHANGES_AT_ONCE)


def _take_back(items: Items, change: Change) -> None:
    rows = items.setdefault(change.item_type, {})
    if change.action == Change.Action.CREATE:
        rows.pop(change.item_id, None)
    elif change.action == Change.Action.DELETE:
        rows[change.item_id] = change.before
    elif change.item_id in rows:
        rows[change.item_id] = {**rows[change.item_id], **change.before}
