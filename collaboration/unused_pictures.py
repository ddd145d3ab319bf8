"""Picture files that nothing names any more: no row, no Change, no earlier version, no template.

A picture that was taken off a board stays while Undo or the past can bring it back; its file goes
when the last trace of it has gone, with its board from the trash, say.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from collaboration.itemtypes import item_models
from collaboration.models import Change
from collaboration.pictures import FOLDER, StoredPictureField

YOUNGEST = timedelta(days=1)
"""A file is kept before the row that names it is written, so a young one is left alone."""

NAMED = re.compile(rf"{FOLDER}/[0-9a-f]{{2}}/[\w.-]+")
ROWS_AT_ONCE = 2000


def purge_unused() -> int:
    """Delete the files that nothing names; how many there were."""
    before = timezone.now() - YOUNGEST
    old = [name for name in _files() if default_storage.get_modified_time(name) < before]
    unused = set(old) - set(_named()) if old else set()
    for name in unused:
        default_storage.delete(name)
    return len(unused)


def _files() -> Iterator[str]:
    if not default_storage.exists(FOLDER):
        return
    for part in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{part}")[1]:
            yield f"{FOLDER}/{part}/{name}"


def _named() -> Iterator[str]:
    """Every name in a field for pictures, or anywhere inside a field of values."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            rows: QuerySet[Any] = model._base_manager.order_by()
            if isinstance(field, StoredPictureField):
                named = rows.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from named.iterator(ROWS_AT_ONCE)
            elif isinstance(field, models.JSONField):
                yield from _inside(_telling_of_pictures(rows), field.name)


def _telling_of_pictures(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of all the Changes only those of items with pictures."""
    if rows.model is not Change:
        return rows
    types = [
        name
        for name, model in item_models().items()
        if any(isinstance(field, StoredPictureField) for field in model._meta.concrete_fields)
    ]
    return rows.filter(item_type__in=types)


def _inside(rows: QuerySet[Any], name: str) -> Iterator[str]:
    texts = rows.annotate(said=Cast(name, models.TextField())).filter(said__contains=f"{FOLDER}/")
    for text in texts.values_list("said", flat=True).iterator(ROWS_AT_ONCE):
        yield from NAMED.findall(text)
