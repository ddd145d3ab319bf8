"""What a board holds as plain values: kept apart from it, and put on other boards later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from collaboration.copying import Copies, Libraries, copied_types, copy_rows
from collaboration.editing import Edit, recorded_values
from collaboration.models import Board, BoardItem
from teams.models import Workspace

Packed = dict[str, Any]
"""An item: its type, its id when it was packed, and its values as JSON."""


def packed(board: Board, types: Iterable[type[BoardItem]]) -> list[Packed]:
    """The items of a board of these types; a query each."""
    return [
        {"type": model.type_name(), "id": row.pk, "values": recorded_values(row)}
        for model in types
        for row in model._base_manager.filter(board=board.pk).order_by("pk")
    ]


def unpack(content: Sequence[Packed], edit: Edit) -> Copies:
    """Put packed items on the board of an edit. What they refer to outside of it they keep
    where it is still there; a type or a field that is gone is left out."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for one in content:
        rows[one["type"]].append(one)
    by_type = (
        (model, [_item(model, one) for one in rows[model.type_name()]]) for model in copied_types()
    )
    return copy_rows(by_type, edit, _StillThere(edit.board.workspace))


def _item(model: type[Any], one: Packed) -> Any:
    fields = {field.attname: field for field in model.recorded_fields()}
    known = {name: value for name, value in one["values"].items() if name in fields}
    values = {name: fields[name].to_python(value) for name, value in known.items()}
    return model(pk=one["id"], **values)


class _StillThere(Libraries):
    """The rows themselves, as far as the workspace still has them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def stand_ins(self, model: type[models.Model], ids: set[int]) -> dict[int, int]:
        if not ids or not _belongs_to_a_workspace(model):
            return {}
        rows = model._default_manager.filter(workspace=self.workspace, pk__in=ids)
        return {pk: pk for pk in rows.values_list("pk", flat=True)}


def _belongs_to_a_workspace(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field("workspace")
    except FieldDoesNotExist:
        return False
    return True
