"""Everything that is recorded, by the name that stands in a Change; and what refers to what."""

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from django.apps import apps
from django.db import models

from collaboration.models import BoardItem, Recorded

Key = tuple[str, int]
"""An item's type and id."""

Field = models.Field[Any, Any]


@cache
def item_models() -> dict[str, type[Recorded]]:
    return {m.type_name(): m for m in apps.get_models() if issubclass(m, Recorded)}


def item_model(item_type: str) -> type[Recorded]:
    """The model of a Change's item; KeyError for a name that is not one."""
    return item_models()[item_type]


def references(model: type[Recorded]) -> "Iterator[Field]":
    """The fields that hold another item of a board, itself of another type."""
    for one in model.recorded_fields():
        target = one.related_model
        if isinstance(target, type) and issubclass(target, BoardItem) and target is not model:
            yield one


@cache
def parents_first() -> tuple[str, ...]:
    """The item types of boards, each after those that it refers to."""
    left = {name: model for name, model in item_models().items() if issubclass(model, BoardItem)}
    order: list[str] = []
    while left:
        free = [name for name, model in left.items() if not _parents(model) & left.keys()]
        # A circle of references is cut at its first name.
        for name in sorted(free) or [min(left)]:
            order.append(name)
            del left[name]
    return tuple(order)


def _parents(model: type[Recorded]) -> set[str]:
    return {type_name(one.related_model) for one in references(model)}


def type_name(model: object) -> str:
    return model.type_name() if isinstance(model, type) and issubclass(model, Recorded) else ""


def column(model: type[Recorded], name: str) -> str:
    """The column of a field that a rule of its model names."""
    return cast("Field", model._meta.get_field(name)).attname


@cache
def place_fields(model: type[Recorded]) -> tuple[str, ...]:
    """The columns that say among which siblings an ordered item has its position."""
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and "position" in rule.fields:
            others = [name for name in rule.fields if name not in {"position", "board"}]
            return tuple(column(model, name) for name in others)
    return ()
