"""Imports gone through step by step, as a worker and a person do by turns."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from collaboration.importing import asking, working
from collaboration.importing.kinds import kind_of
from collaboration.importing.models import Import


def now(row: Import) -> Import:
    return Import.objects.select_related("board", "workspace", "requested_by").get(pk=row.pk)


def uploaded(kind: str, place: Any, content: bytes | str, *, by: Any, **more: Any) -> Import:
    """An import as it waits for a worker to read it."""
    raw = content.encode() if isinstance(content, str) else content
    row = asking.start_import(
        kind=kind_of(kind),
        place=place,
        upload=ContentFile(raw, name=more.pop("name", "table.csv")),
        language=more.pop("language", "en"),
        wanted=more,
        by=by,
    )
    return now(row)


def read(kind: str, place: Any, content: bytes | str, *, by: Any, **more: Any) -> Import:
    row = uploaded(kind, place, content, by=by, **more)
    working.work(row.pk)
    return now(row)


def checked(
    kind: str,
    place: Any,
    content: bytes | str,
    *,
    by: Any,
    mapping: Mapping[str, str] | None = None,
    **options: str,
) -> Import:
    """An import whose rows were looked at, with the columns that were offered or these."""
    row = read(kind, place, content, by=by)
    assert row.state == "read", row.error
    chosen = working.mapping_by_heads(row, dict(mapping) if mapping is not None else None)
    asking.choose(row, mapping=chosen, options=options, by=by)
    working.work(row.pk)
    return now(row)


def applied(kind: str, place: Any, content: bytes | str, *, by: Any, **options: str) -> Import:
    row = checked(kind, place, content, by=by, **options)
    asking.approve(row, by=by)
    working.work(row.pk)
    return now(row)


def taken_back(row: Import, *, by: Any) -> Import:
    asking.take_back(row, by=by)
    working.work(row.pk)
    return now(row)
