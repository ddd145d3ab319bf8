"""Items of a map in words, for files that do not draw them as the map does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _

Value = str | int | float | bool | date | None
Facts = tuple[tuple[str, Value], ...]
"""What is known of an item, each with its name for people, in the order of a table."""


@dataclass(frozen=True)
class Shown:
    """A stored picture that an item is, with its size in pixels."""

    stored: str
    width: int
    height: int


@dataclass(frozen=True)
class Plain:
    """An item of a lane: its text, a smaller line below, short marks, and all its facts.

    A strong one is a moment of truth; `colour` is that of a persona, 1 to 8, or 0. An item that
    is a picture has its words as text: what the picture shows.
    """

    text: str
    detail: str = ""
    marks: tuple[str, ...] = ()
    strong: bool = False
    colour: int = 0
    facts: Facts = ()
    picture: Shown | None = None


def plain_item(item: Any) -> Plain:
    """What can be said of an item of any kind."""
    return Plain(str(item), facts=facts_of(item) if hasattr(item, "recorded_fields") else ())


def facts_of(item: Any, names: Iterable[str] | None = None) -> Facts:
    """These fields of an item, or all that are neither a place nor a link to another row."""
    model = type(item)
    if names is None:
        fields = [field for field in model.recorded_fields() if _is_fact(field)]
    else:
        fields = [model._meta.get_field(name) for name in names]
    return tuple((_title(field), _shown(item, field)) for field in fields)


def _is_fact(field: "Field[Any, Any]") -> bool:
    hidden = ("position", "created_at", "deleted_at", "origin")
    return not field.is_relation and not field.name.startswith(hidden)


def _title(field: "Field[Any, Any]") -> str:
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _shown(item: Any, field: "Field[Any, Any]") -> Value:
    if field.choices:
        return str(getattr(item, f"get_{field.name}_display")())
    value = getattr(item, field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or isinstance(value, str | int | float | date):
        return value
    return str(value)
