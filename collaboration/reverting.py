"""Putting back what one edit changed; many changes of one kind with few statements."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collaboration.editing import Edit, EveryRow, Refused, recorded_values
from collaboration.itemtypes import item_model, place_fields
from collaboration.models import BoardItem, Change, Recorded
from collaboration.ordering import Ordered
from collaboration.undo_words import words_of_addition, words_of_conflict, words_of_deletion

Action = Change.Action


class UndoConflict(Refused):
    """Somebody has changed since what the undo would put back; says so in words."""


def revert(edit: Edit, changes: Iterable[Change]) -> None:
    """Put back these changes, which come with the last one first."""
    for (action, kind), run in groupby(changes, key=lambda one: (one.action, one.item_type)):
        together, model = list(run), item_model(kind)
        if len(together) == 1 or not _revert_together(edit, model, action, together):
            for change in together:
                _revert(edit, model, change)


# --- One by one --------------------------------------------------------------------------------
def _revert(edit: Edit, model: type[Recorded], change: Change) -> None:
    item = model._base_manager.filter(pk=change.item_id).first()
    if change.action == Action.CREATE and item is not None:
        if _company([item]) or recorded_values(item) != change.after:
            raise UndoConflict(words_of_addition(change, item))
        item.delete()
    elif change.action == Action.UPDATE:
        _refuse_if_changed(change, item)
        _write(_with_values_before(item, change), change)
    elif change.action == Action.DELETE and item is None:
        _write(_with_values_before(_blank(edit, model, change), change), change)


def _write(item: Recorded, change: Change) -> None:
    _require_parents(type(item), [item], change.before)
    if isinstance(item, Ordered) and change.before:
        item.keep_place()
    item.save()


def _refuse_if_changed(change: Change, item: Recorded | None) -> None:
    if item is None:
        raise UndoConflict(words_of_deletion(change))
    now = recorded_values(item)
    differing = [name for name, value in change.after.items() if now[name] != value]
    if differing:
        raise UndoConflict(words_of_conflict(change, item, differing))


def _blank(edit: Edit, model: type[Recorded], change: Change) -> Recorded:
    item = model()
    item.pk = change.item_id
    if isinstance(item, BoardItem):
        item.board_id = edit.board.pk
    return item


def _with_values_before(item: Any, change: Change) -> Any:
    fields = {field.attname: field for field in type(item).recorded_fields()}
    for name, value in change.before.items():
        setattr(item, name, fields[name].to_python(value))
    return item


def _company(items: list[Any]) -> int:
    """How many other rows would go along with these."""
    collector = EveryRow(using="default", origin=items[0])
    collector.collect(items)
    return sum(len(rows) for rows in collector.data.values()) - len(items)


def _require_parents(model: type[Recorded], items: list[Any], names: Iterable[str]) -> None:
    for field in model.recorded_fields():
        parent = field.related_model
        if (
            parent is None
            or field.attname not in names
            or not getattr(field, "db_constraint", True)
        ):
            continue
        wanted = {getattr(item, field.attname) for item in items} - {None}
        if wanted and parent._base_manager.filter(pk__in=wanted).count() < len(wanted):
            raise UndoConflict(_("The place it belongs to has been deleted since."))


# --- Together ----------------------------------------------------------------------------------
def _revert_together(edit: Edit, model: type[Recorded], action: str, changes: list[Change]) -> bool:
    """All of them at once; False, and nothing is done, where they have to go one by one."""
    present = model._base_manager.in_bulk([change.item_id for change in changes])
    refers_to_itself = any(
        field.related_model is model and getattr(field, "db_constraint", True)
        for field in model.recorded_fields()
    )
    twice = len({change.item_id for change in changes}) < len(changes)
    if twice or refers_to_itself or not issubclass(model, BoardItem):
        return False
    if action == Action.CREATE:
        return _take_away(edit, changes, present)
    if action == Action.DELETE:
        gone = [change for change in changes if change.item_id not in present]
        items = [_with_values_before(_blank(edit, model, one), one) for one in gone]
        return _put_back(edit, model, items, gone)
    for change in changes:
        _refuse_if_changed(change, present.get(change.item_id))
    items = [_with_values_before(present[change.item_id], change) for change in changes]
    return _put_back(edit, model, items, changes)


def _take_away(edit: Edit, changes: list[Change], present: dict[int, Any]) -> bool:
    there = [change for change in changes if change.item_id in present]
    items = [present[change.item_id] for change in there]
    if not items:
        return True
    untouched = all(recorded_values(present[one.item_id]) == one.after for one in there)
    if not untouched or _company(items):
        return False
    edit.delete_all(items)
    return True


def _put_back(edit: Edit, model: type[Recorded], items: list[Any], changes: list[Change]) -> bool:
    if not items:
        return True
    _require_parents(model, items, {name for change in changes for name in change.before})
    if issubclass(model, Ordered) and _finds_places_taken(edit, model, items):
        return False
    try:
        with transaction.atomic():
            edit.create(items) if items[0]._state.adding else edit.save_all(items)
    except IntegrityError:
        return False
    return True


def _finds_places_taken(edit: Edit, model: Any, items: list[Any]) -> bool:
    """Whether anybody else stands where one of these goes."""
    columns = (*place_fields(model), "position")
    others = model._base_manager.filter(board=edit.board.pk).exclude(
        pk__in=[item.pk for item in items]
    )
    taken = set(others.values_list(*columns))
    return any(tuple(getattr(item, name) for name in columns) in taken for item in items)
