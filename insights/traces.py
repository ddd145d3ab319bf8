"""Words taken out of everything that a workspace keeps: items, history, saved versions, mail."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast

from collaboration.models import Board, BoardItem, Change, Recorded
from teams.access import Actor
from teams.models import OutgoingMail, Workspace

INSTEAD = "…"
OURS = ("collaboration", "journeys", "touchpoints", "insights", "workshops")
WAYS_TO_WORKSPACE = ("workspace", "board__workspace", "persona__workspace", "ladder__workspace")
SHORTEST = 3


def pattern_of(words: Iterable[str]) -> "re.Pattern[str] | None":
    """Finds these words, whole and in any capitals; None where none is long enough to tell."""
    wanted = {word.strip() for word in words if len(word.strip()) >= SHORTEST}
    if not wanted:
        return None
    parts = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE)


def take_out(workspace: Workspace, words: Iterable[str], *, by: Actor) -> dict[type, list[int]]:
    """Replace these words wherever the workspace keeps them; the ids of changed rows by model.

    Items of boards are changed in an edit of their board, so that open pages redraw them; what
    history says of that edit, and of all before it, is cleaned too.
    """
    wanted = list(words)
    pattern = pattern_of(wanted)
    if pattern is None:
        return {}
    changed: dict[type, list[int]] = {}
    boards = Board.objects.filter(workspace=workspace)
    for board in boards.order_by("pk"):
        with board.editing(by=by):
            _clean_items(board, wanted, pattern)
    for model, rows in _rows_of(workspace):
        if done := _clean_rows(rows, wanted, pattern):
            changed[model] = done
    _clean_rows(Change.objects.filter(board__workspace=workspace), wanted, pattern)
    mails = OutgoingMail.objects.filter(to__in=workspace.members.values("email"))
    _clean_rows(mails, wanted, pattern)
    return changed


# --- Items of boards -----------------------------------------------------------------------
def _clean_items(board: Board, words: list[str], pattern: "re.Pattern[str]") -> None:
    for model in apps.get_models():
        if not issubclass(model, Recorded) or model is Board:
            continue
        is_item = issubclass(model, BoardItem)
        rows: Any = model._base_manager.filter(**{"board" if is_item else "pk": board.pk})
        for row in _with_words(rows, words):
            if _replace_in(row, pattern):
                row.save()


# --- Everything else -----------------------------------------------------------------------
def _rows_of(workspace: Workspace) -> "Iterator[tuple[type[models.Model], QuerySet[Any]]]":
    for model in apps.get_models():
        if model._meta.app_label not in OURS or issubclass(model, Recorded) or model is Change:
            continue
        names = {field.name for field in model._meta.get_fields()}
        way = next((way for way in WAYS_TO_WORKSPACE if way.split("__")[0] in names), None)
        if way:
            yield model, model._base_manager.filter(**{way: workspace})


def _clean_rows(rows: "QuerySet[Any]", words: list[str], pattern: "re.Pattern[str]") -> list[int]:
    changed = []
    for row in _with_words(rows, words):
        if fields := _replace_in(row, pattern):
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
def text_fields(model: type[models.Model]) -> list[Any]:
    """The fields in which people's words can stand."""
    kinds = (models.CharField, models.TextField, models.JSONField, ArrayField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and not isinstance(field, models.EmailField)
        and not field.choices
        and not field.primary_key
    ]


def _with_words(rows: "QuerySet[Any]", words: list[str]) -> "QuerySet[Any]":
    """Those in whose fields one of the words may stand."""
    fields = text_fields(rows.model)
    if not fields:
        return rows.none()
    names = {f"_said_{field.name}": field.name for field in fields}
    said = {alias: Cast(name, models.TextField()) for alias, name in names.items()}
    found = Q()
    for word in words:
        if len(word.strip()) >= SHORTEST:
            for alias in names:
                found |= Q(**{f"{alias}__icontains": word.strip()})
    with_words: QuerySet[Any] = rows.alias(**said).filter(found).order_by("pk")
    return with_words


def _replace_in(row: Any, pattern: "re.Pattern[str]") -> dict[str, Any]:
    """Sets what changes on the row, and returns it by field."""
    changed = {}
    for field in text_fields(type(row)):
        present = getattr(row, field.attname)
        now = _replaced(present, pattern)
        if now != present:
            setattr(row, field.attname, now)
            changed[field.attname] = now
    return changed


def _replaced(value: Any, pattern: "re.Pattern[str]") -> Any:
    if isinstance(value, str):
        return pattern.sub(INSTEAD, value)
    if isinstance(value, list):
        return [_replaced(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, pattern) for key, one in value.items()}
    return value
