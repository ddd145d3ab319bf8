"""Names of a person in everything that a workspace keeps, found and taken out: items of boards,
history, saved versions, libraries, mail."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Lower

from collaboration.attention import Notification
from collaboration.itemtypes import item_models
from collaboration.models import Board, BoardItem, Change, Recorded
from insights.names import Names
from journeys.saved_views import SavedView
from teams.access import Actor
from teams.models import OutgoingMail, Workspace

OURS = ("collaboration", "journeys", "touchpoints", "insights", "workshops")
WAYS_TO_WORKSPACE = ("workspace", "board__workspace", "persona__workspace", "ladder__workspace")
ENCODED = {(SavedView, "query")}
"""Fields that hold words as an address does."""

NO_WORDS = frozenset({
    "kind", "item_type", "target_type", "position", "stored", "portrait", "secret_hash", "seed",
    "password", "embed_origins", "headers", "asked", "key", "guest",
})  # fmt: skip
"""Columns of text in which nobody writes words; a place among siblings may well read "bo"."""

OF_US = frozenset({"walker", "verdict_by"})
"""Columns, beside those called after a name, in which one of us is named."""

Model = type[models.Model]


def key_of(row: models.Model) -> str:
    """How a row is called where somebody decides about it; what tells of an item goes with it."""
    if isinstance(row, Change):
        return f"{row.item_type}-{row.item_id}"
    if isinstance(row, Notification):
        kind, pk = (
            ("comment", row.comment_id) if row.comment_id else (row.target_type, row.target_id)
        )
        return f"{kind}-{pk}"
    return f"{row._meta.model_name}-{row.pk}"


def take_out(
    workspace: Workspace, names: Names, *, also: frozenset[str] = frozenset(), by: Actor
) -> dict[Model, list[int]]:
    """Put an ellipsis for these names wherever the workspace surely keeps them, and wherever it
    may in rows whose keys stand in `also`; the ids of changed rows by model.

    Items of boards are changed in an edit of their board, so that open pages redraw them; what
    history says of that edit, and of all before it, is cleaned too.
    """
    changed: dict[Model, list[int]] = {}
    if not names:
        return changed
    for board in _boards_with(workspace, names):
        with board.editing(by=by):
            _clean_items(board, names, also)
    for model, rows in kept_rows(workspace):
        if done := _clean_rows(rows, names, also):
            changed[model] = done
    return changed


# --- Where words are kept --------------------------------------------------------------------
def items_of(model: type[Recorded], workspace: Workspace) -> "QuerySet[Any]":
    way = "board__workspace" if issubclass(model, BoardItem) else "workspace"
    return model._base_manager.filter(**{way: workspace})


def kept_items(workspace: Workspace) -> "Iterator[tuple[type[Recorded], QuerySet[Any]]]":
    """What is written through the door of a board, and the boards themselves."""
    for model in item_models().values():
        if model is not Board:
            yield model, items_of(model, workspace)


def kept_rows(workspace: Workspace) -> "Iterator[tuple[Model, QuerySet[Any]]]":
    """Everything else; history comes last, since it tells of the forgetting too."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS or issubclass(model, Recorded) or model is Change:
            continue
        names = {field.name for field in model._meta.get_fields()}
        way = next((way for way in WAYS_TO_WORKSPACE if way.split("__")[0] in names), None)
        if way:
            yield model, model._base_manager.filter(**{way: workspace})
    yield Change, Change.objects.filter(board__workspace=workspace)
    readers = workspace.members.values(lower=Lower("email"))
    yield OutgoingMail, OutgoingMail.objects.alias(lower=Lower("to")).filter(lower__in=readers)


def text_fields(model: Model) -> list[Any]:
    """The fields in which people's words can stand."""
    kinds = (models.CharField, models.TextField, models.JSONField, ArrayField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and not field.choices
        and not field.primary_key
        and field.name not in NO_WORDS
    ]


@cache
def columns_without_words() -> frozenset[str]:
    """What stands under these names in a recorded row is no text."""
    ours = [model for model in apps.get_models() if model._meta.app_label in OURS]
    columns = {field.attname for model in ours for field in model._meta.concrete_fields}
    return frozenset(columns - {field.attname for model in ours for field in text_fields(model)})


def rows_with(rows: "QuerySet[Any]", names: Names) -> "QuerySet[Any]":
    """Those in whose texts one of the names may stand; the database looks for the longest part
    of each, and `found` looks closely."""
    fields = text_fields(rows.model)
    if not fields or not names:
        return rows.none()
    parts: list[Any] = []
    for field in fields:
        parts += [Cast(F(field.name), models.TextField()), Value(" ")]
    said = Concat(*parts, output_field=models.TextField())
    wanted = Q(_said__iregex="|".join(_loosely(token) for token in names.tokens()))
    if rows.model is SavedView:
        wanted |= Q(query__contains="find=")
    with_words: QuerySet[Any] = rows.alias(_said=said).filter(wanted).order_by("pk")
    return with_words


def _loosely(token: str) -> str:
    """A pattern of PostgreSQL's. Whether letters are composed is left open; a short name stands
    alone, also behind a line's end that JSON writes as a letter."""
    letters = "".join(letter if letter.isascii() else ".{1,3}" for letter in token)
    return rf"(\m|\\[nrtbf]){letters}s?\M" if len(token) < 3 and token.isascii() else letters


def texts_of(row: models.Model) -> Iterator[tuple[str, str]]:
    """Every text of a row with the column it stands in, letters composed."""
    for field in text_fields(type(row)):
        yield from _strings(field.attname, _read(row, field))


def _strings(column: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield column, unicodedata.normalize("NFC", value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(column, one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in columns_without_words():
                yield from _strings(name, one)


def names_in(column: str, names: Names) -> Names:
    """The names as they are looked for in a column: who did something is one of us, unless the
    whole name says otherwise."""
    is_of_us = column in OF_US or (column.endswith("_name") and column != "file_name")
    return names.of_several_words if is_of_us else names


# --- Items of boards -----------------------------------------------------------------------
def _boards_with(workspace: Workspace, names: Names) -> "QuerySet[Board]":
    found: set[int] = set()
    for model, rows in kept_items(workspace):
        column = "board_id" if issubclass(model, BoardItem) else "pk"
        found |= set(rows_with(rows, names).order_by().values_list(column, flat=True))
    return Board.objects.filter(pk__in=found).order_by("pk")


def _clean_items(board: Board, names: Names, also: frozenset[str]) -> None:
    for model, rows in kept_items(board.workspace):
        column = "board" if issubclass(model, BoardItem) else "pk"
        for row in rows_with(rows.filter(**{column: board.pk}), names):
            if _replace_in(row, names, also):
                row.save()


# --- Everything else -----------------------------------------------------------------------
def _clean_rows(rows: "QuerySet[Any]", names: Names, also: frozenset[str]) -> list[int]:
    changed = []
    for row in rows_with(rows, names).iterator(chunk_size=500):
        if fields := _replace_in(row, names, also):
            _write(row, fields)
            changed.append(row.pk)
    return changed


def _write(row: Any, fields: dict[str, Any]) -> None:
    """Past the row's own rules: a name that is then taken gets the row's number behind it."""
    here: QuerySet[Any] = models.QuerySet(type(row)).filter(pk=row.pk)
    try:
        with transaction.atomic():
            models.QuerySet.update(here, **fields)
    except IntegrityError:
        numbered = {
            name: f"{value} {row.pk}" if isinstance(value, str) else value
            for name, value in fields.items()
        }
        models.QuerySet.update(here, **numbered)


# --- Words in fields -----------------------------------------------------------------------
def _replace_in(row: Any, names: Names, also: frozenset[str]) -> dict[str, Any]:
    """Sets what changes on the row, and returns it by field."""
    changed = {}
    also_unsure = key_of(row) in also
    for field in text_fields(type(row)):
        present = _read(row, field)
        now = _replaced(field.attname, present, names, also_unsure=also_unsure)
        if now != present:
            written = _as_kept(row, field, now)
            setattr(row, field.attname, written)
            changed[field.attname] = written
    return changed


def _read(row: Any, field: Any) -> Any:
    value = getattr(row, field.attname)
    return parse_qsl(value) if (type(row), field.name) in ENCODED else value


def _as_kept(row: Any, field: Any, value: Any) -> Any:
    """What is no address any more is none."""
    if isinstance(field, models.EmailField):
        return ""
    return urlencode(value) if (type(row), field.name) in ENCODED else value


def _replaced(column: str, value: Any, names: Names, *, also_unsure: bool) -> Any:
    if isinstance(value, str):
        return names_in(column, names).taken_out(value, also_unsure=also_unsure)
    if isinstance(value, list | tuple):
        return type(value)(_replaced(column, one, names, also_unsure=also_unsure) for one in value)
    if isinstance(value, dict):
        return {
            name: one
            if name in columns_without_words()
            else _replaced(name, one, names, also_unsure=also_unsure)
            for name, one in value.items()
        }
    return value
