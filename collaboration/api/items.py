"""Resources on boards and in a workspace's library: one base for each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.editing import ItemGone
from collaboration.models import Board, BoardItem
from collaboration.ordering import Ordered
from teams.api.fields import Reference
from teams.api.filters import FilterBackend, IdFilter, ResourceFilters
from teams.api.resources import (
    Changes,
    Creates,
    Lists,
    Removes,
    Resource,
    Shows,
    Values,
    set_values,
)
from teams.api.serializers import ResourceSerializer
from teams.models import Workspace

BOARD_ITEM = ("id", "url", "board", "version", "created_at", "updated_at")


# --- What is sent belongs together -----------------------------------------------------------
def require_same_place(board: Board, values: Values) -> None:
    """Refuse what lies on another board or in another workspace, as if it did not exist."""
    wrong = {
        name: row
        for name, value in values.items()
        for row in (value if isinstance(value, list) else [value])
        if isinstance(row, Model) and not _is_at(board, row)
    }
    if wrong:
        raise serializers.ValidationError({name: _missing(row) for name, row in wrong.items()})


def _is_at(board: Board, row: Any) -> bool:
    if isinstance(row, BoardItem):
        return row.board_id == board.pk
    return getattr(row, "workspace_id", board.workspace_id) == board.workspace_id


def _missing(row: Model) -> list[str]:
    words = Reference.default_error_messages["does_not_exist"]
    return [str(words).format(pk_value=row.pk)]


# --- Items of a board ------------------------------------------------------------------------
class BoardItemSerializer(ResourceSerializer):
    """An item: everything that it refers to is on its board or in its workspace.

    `tells_board` names the field whose row is on the same board, where `board` may be left out.
    """

    fixed = ("board",)
    board_model: ClassVar[type[Board]] = Board
    tells_board: ClassVar[str] = ""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        boards = self.board_model._default_manager.all()
        fields["board"] = Reference(queryset=boards, required=not self.tells_board)
        return fields

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        values = super().validate(values)
        board = self.instance.board if self.instance else self._board_of(values)
        require_same_place(board, values)
        if self.instance is None and self.tells_board:
            values.pop("board", None)
        return values

    def _board_of(self, values: dict[str, Any]) -> Board:
        if "board" in values:
            board: Board = values["board"]
            return board
        return values[self.tells_board].board  # type: ignore[no-any-return]


class Sibling(Reference):
    """Another item of the same kind."""

    def bind(self, field_name: str, parent: Any) -> None:
        super().bind(field_name, parent)
        self.queryset = parent.Meta.model._default_manager.all()


class OrderedItemSerializer(BoardItemSerializer):
    """An item among siblings: `position` sorts them, `before` places it."""

    fixed = ("board", "before")

    position = serializers.CharField(
        read_only=True, help_text="Sorts among siblings, character by character."
    )
    before = Sibling(
        write_only=True,
        required=False,
        allow_null=True,
        help_text="On creation: the sibling to stand before; without it, last.",
    )


class BoardFilters(ResourceFilters):
    workspace = IdFilter(field_name="board__workspace")


class BoardFilterBackend(FilterBackend):
    filterset_base = BoardFilters


class BoardItemViewSet(Lists, Shows, Creates, Changes, Removes, Resource):
    """Items of boards: every write goes through the board's one door."""

    model: ClassVar[type[BoardItem]]
    filter_backends = (BoardFilterBackend, *Resource.filter_backends[1:])
    filterset_fields: ClassVar[tuple[str, ...]] = ("board",)

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.select_related("board__workspace")

    @property
    def ordering(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("board_id", "position") if issubclass(self.model, Ordered) else ("board_id",)

    @contextmanager
    def door(self, seen: Any) -> Iterator[Any]:
        """An edit of the board with the item as it is now, which If-Match agrees to."""
        with seen.board.editing(by=self.actor, needs=self.write_role):
            present = self.model._default_manager.filter(pk=seen.pk).first()
            if present is None:
                raise ItemGone
            present.board = seen.board
            self.require_match(present)
            yield present

    def change(self, present: Any, values: Values) -> None:
        set_values(present, values)
        present.save()

    def remove(self, present: Any) -> None:
        present.delete()


class Moves:
    """POST to `<item>/move/`; `move_serializer` reads the place."""

    move_serializer: ClassVar[type[serializers.Serializer[Any]]]

    @action(detail=True, methods=["post"])
    def move(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it before a sibling (`before`), or last."""
        seen = self.get_object()
        with self.door(seen) as present:
            values = self.read(self.move_serializer)
            require_same_place(present.board, values)
            self.put(present, **{"before": None, **values})
        return self.shown(present)

    def put(self, present: Any, **place: Any) -> None:
        raise NotImplementedError


# --- Boards themselves -----------------------------------------------------------------------
class BoardViewSet(Lists, Shows, Creates, Changes, Removes, Resource):
    """Boards of one kind; `version` counts every edit of the board."""

    model: ClassVar[type[Board]]
    filterset_fields: ClassVar[tuple[str, ...]] = ("workspace",)
    ordering = ("-updated_at",)
    ordering_fields = ("title", "created_at", "updated_at")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("workspace")

    @contextmanager
    def door(self, seen: Any) -> Iterator[Any]:
        with seen.editing(by=self.actor, needs=self.write_role):
            present = self.model.objects.alive().get(pk=seen.pk)
            self.require_match(present)
            yield present


# --- The workspace's library -----------------------------------------------------------------
class LibrarySerializer(ResourceSerializer):
    fixed = ("workspace",)

    workspace = Reference(queryset=Workspace.objects.all())


class LibraryViewSet(Lists, Shows, Creates, Changes, Removes, Resource):
    """Rows of a workspace's library, such as personas."""

    filterset_fields: ClassVar[tuple[str, ...]] = ("workspace",)
    ordering_fields = ("name", "created_at", "updated_at")
    ordering = ("workspace_id", "name")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("workspace")
