"""Copies of what is on boards: of one item, or of all that a board holds.

Every type of item is found by introspection, so one that is added later is copied too. What was
said about a board stays with it: comments, history, exports.
"""

from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Lower

from collaboration.editing import Edit
from collaboration.models import Board, BoardItem
from collaboration.origins import Derived
from teams.models import Workspace

Item = TypeVar("Item", bound=BoardItem)
Copies = dict[tuple[type[models.Model], int], Any]
"""What was made, by the type and id of what it was made from."""

NOT_COPIED = frozenset({"id", "board", "version", "created_at", "updated_at", "origin"})
ABOUT_OTHERS = "target_type"
"""Items with this field say something about another one; they are not copied."""

STAYS = "STAYS"
"""A type of item with this attribute stays with its board: all of it where it is True, else the
fields that it names, which a copy has at their defaults."""


def copy_of(item: Item, **values: Any) -> Item:
    """A new item with the values of another, save those given; not saved."""
    left = NOT_COPIED.union(getattr(item, STAYS, ()))
    copied = {
        field.attname: getattr(item, field.attname)
        for field in item._meta.concrete_fields
        if field.name not in left
    }
    return type(item)(**{"board_id": item.board_id, **copied, **values})


# --- The library of another workspace --------------------------------------------------------
_known_by: dict[type[models.Model], str] = {}


def known_by(model: type[models.Model], field: str) -> None:
    """Rows of this library are the same in another workspace when this field is; those that are
    missing there are created. What is of no such library is not brought along. Called from
    AppConfig.ready()."""
    _known_by[model] = field


class Libraries:
    """What stands on a copy for what its original refers to outside of boards."""

    def stand_ins(self, model: type[models.Model], ids: set[int]) -> dict[int, int]:
        """By id; a row that is not named has nothing to stand for it."""
        raise NotImplementedError


class _Libraries(Libraries):
    """The rows of a workspace that stand for those of another; made where they are missing."""

    def __init__(self, source: Workspace, target: Workspace) -> None:
        self.same = source.pk == target.pk
        self.target = target

    def stand_ins(self, model: type[models.Model], ids: set[int]) -> dict[int, int]:
        if self.same:
            return {pk: pk for pk in ids}
        if model not in _known_by or not ids:
            return {}
        name = _known_by[model]
        rows = model._default_manager.filter(pk__in=ids)
        there: QuerySet[Any] = model._default_manager.filter(workspace=self.target)
        present = dict(there.annotate(known=Lower(name)).values_list("known", "pk"))
        missing = {_key(row, name): row for row in rows if _key(row, name) not in present}
        made = [_in_workspace(row, self.target) for row in missing.values()]
        model._default_manager.bulk_create(made)
        present |= {_key(row, name): row.pk for row in made}
        return {row.pk: present[_key(row, name)] for row in rows}


def _key(row: models.Model, name: str) -> str:
    return str(getattr(row, name)).lower()


def _in_workspace(row: models.Model, workspace: Workspace) -> Any:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not field.is_relation
    }
    return type(row)(**values, workspace=workspace)


# --- A whole board -----------------------------------------------------------------------------
@cache
def copied_types() -> tuple[type[BoardItem], ...]:
    """The types of items in an order in which nothing comes before what it refers to."""
    types = {
        model
        for model in apps.get_models()
        if issubclass(model, BoardItem)
        and not hasattr(model, ABOUT_OTHERS)
        and getattr(model, STAYS, ()) is not True
    }
    before = {
        model: {field.related_model for field in _references(model)} & types for model in types
    }
    ordered = TopologicalSorter(before).static_order()
    return tuple(model for model in ordered if model in types)


def _references(model: type[models.Model]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and field.name not in NOT_COPIED
    ]


def with_what_hangs_on_it(model: type[BoardItem]) -> list[type[BoardItem]]:
    """This type of item, and those that refer to it."""
    hanging = [other for other in copied_types() if _refers_to(other, model)]
    return [model, *hanging]


def _refers_to(model: type[BoardItem], other: type[BoardItem]) -> bool:
    return any(field.related_model is other for field in _references(model))


def _may_lose(row: Any, field: Any) -> bool:
    """An item may name references in CANNOT_LOSE that it may have, yet makes no sense without."""
    return field.null and field.name not in getattr(type(row), "CANNOT_LOSE", ())


def copy_items(
    source: Board,
    edit: Edit,
    *,
    remember_origin: bool = False,
    types: Iterable[type[BoardItem]] | None = None,
    given: Copies | None = None,
) -> Copies:
    """Copy the items of a board onto the board of an edit: two queries an item type.

    References among them point to the copies, or to what is `given` for an item. An item whose
    reference cannot be kept loses it, or is left out where it cannot be without.
    """
    libraries = _Libraries(source.workspace, edit.board.workspace)
    rows = (
        (model, list(model._base_manager.filter(board=source.pk).order_by("pk")))
        for model in types or copied_types()
    )
    return copy_rows(rows, edit, libraries, remember_origin=remember_origin, given=given)


def copy_rows(
    rows_by_type: Iterable[tuple[type[BoardItem], list[Any]]],
    edit: Edit,
    libraries: Libraries,
    *,
    remember_origin: bool = False,
    given: Copies | None = None,
) -> Copies:
    """The same for items at hand, of which those that others refer to come first."""
    copies: Copies = dict(given or {})
    for model, rows in rows_by_type:
        if not rows:
            continue
        found = _stand_ins(model, rows, copies, libraries)
        made = {}
        for row in rows:
            changed = _repointed(row, found)
            if changed is not None:
                made[row] = copy_of(row, board_id=edit.board.pk, **changed)
        if remember_origin and issubclass(model, Derived):
            for row, copy in made.items():
                setattr(copy, "origin_id", row.pk)  # noqa: B010 - known to Derived alone
        edit.create(made.values())
        copies |= {(model, row.pk): copy.pk for row, copy in made.items()}
    return copies


def _stand_ins(
    model: type[models.Model], rows: list[Any], copies: Copies, libraries: Libraries
) -> dict[str, dict[int, int]]:
    """By reference: what takes the place of each row that is referred to."""
    found = {}
    for field in _references(model):
        other = field.related_model
        ids = {pk for row in rows if (pk := getattr(row, field.attname)) is not None}
        if issubclass(other, BoardItem):
            found[field.attname] = {pk: copies[other, pk] for pk in ids if (other, pk) in copies}
        else:
            found[field.attname] = libraries.stand_ins(other, ids)
    return found


def _repointed(row: Any, found: dict[str, dict[int, int]]) -> dict[str, Any] | None:
    """The references of a copy; None where one is missing that it needs."""
    changed = {}
    for field in _references(type(row)):
        pk = getattr(row, field.attname)
        if pk is None:
            continue
        changed[field.attname] = found[field.attname].get(pk)
        if changed[field.attname] is None and not _may_lose(row, field):
            return None
    return changed
