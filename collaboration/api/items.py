"""Resources on boards and in a workspace's library: one base for each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.problems import Fault
from collaboration.editing import ItemGone
from collaboration.idempotency import answered_once
from collaboration.models import Board, BoardItem
from collaboration.ordering import Ordered
from collaboration.retry import tried_again
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
from teams.api.visibility import workspace_of
from teams.models import Workspace

BOARD_ITEM = ("id", "url", "board", "version", "created_at", "updated_at")


class WritesSafely(Creates, Changes, Removes):
    """A deadlock is tried again; what carries an `Idempotency-Key` is created once."""

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        once = tried_again(answered_once(super().create))
        response = once(request, *args, **kwargs)
        if response.status_code == 422:
            raise Fault(422, response.content.decode())
        return response

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = tried_again(super().partial_update)(request, *args, **kwargs)
        return response

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = tried_again(super().destroy)(request, *args, **kwargs)
        return response


# --- What is sent belongs together -----------------------------------------------------------
def require_same_place(board: Board, values: Values) -> None:
    """Refuse what lies on another board or in another workspace, as if it did not exist."""
    here = {name: _not_on(board, value) for name, value in values.items()}
    _refuse({name: rows for name, rows in here.items() if rows})
    require_same_workspace(board.workspace, values)


def require_same_workspace(workspace: Workspace, values: Values) -> None:
    elsewhere = {
        name: [row for row in _rows(value) if workspace_of(row) != workspace]
        for name, value in values.items()
    }
    _refuse({name: rows for name, rows in elsewhere.items() if rows})


def _not_on(board: Board, value: Any) -> list[Model]:
    items = [row for row in _rows(value) if isinstance(row, BoardItem)]
    return [item for item in items if item.board_id != board.pk]


def _rows(value: Any) -> list[Any]:
    several = value if isinstance(value, list) else [value]
    return [row for row in several if isinstance(row, Model)]


def _refuse(wrong: dict[str, list[Model]]) -> None:
    if wrong:
        words = {name: _missing(rows[0]) for name, rows in wrong.items()}
        raise serializers.ValidationError(words)


def _missing(row: Model) -> list[str]:
    words = Reference.default_error_messages["does_not_exist"]
    return [str(words).format(pk_value=row.pk)]


# --- Items of a board ------------------------------------------------------------------------
class BoardItemSerializer(ResourceSerializer):
    """An item: everything that it refers to is on its board or in its workspace.

    `tells_board` names the field whose row is on the same board, where `board` may be left out.
    Without a `board_model` the serializer itself says how the board is given.
    """

    fixed: ClassVar[tuple[str, ...]] = ("board",)
    board_model: ClassVar[type[Board] | None] = Board
    tells_board: ClassVar[str] = ""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if self.board_model is not None:
            fields["board"] = Reference(
                queryset=self.board_model._default_manager.all(), required=not self.tells_board
            )
        return fields

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        values = super().validate(values)
        require_same_place(self.board_of(values), values)
        if self.instance is None and self.tells_board:
            values.pop("board", None)
        return values

    def board_of(self, values: dict[str, Any]) -> Board:
        """The board of the item that is changed, or on which it will be created."""
        if self.instance is not None:
            board: Board = self.instance.board
        elif "board" in values:
            board = values["board"]
        else:
            board = values[self.tells_board].board
        return board


class Sibling(Reference):
    """Another item of the same kind."""

    def bind(self, field_name: str, parent: Any) -> None:
        super().bind(field_name, parent)
        self.queryset: QuerySet[Any] = parent.Meta.model._default_manager.all()


class OrderedItemSerializer(BoardItemSerializer):
    """An item among siblings: `position` sorts them, `before` places it."""

    fixed: ClassVar[tuple[str, ...]] = ("board", "before")

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


class BoardItemViewSet(WritesSafely, Lists, Shows, Resource):
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
            self.move_to(present, **{"before": None, **values})
        response: Response = self.shown(present)
        return response

    def move_to(self, present: Any, **place: Any) -> None:
        raise NotImplementedError


# --- Boards themselves -----------------------------------------------------------------------
class BoardViewSet(WritesSafely, Lists, Shows, Resource):
    """Boards of one kind; `version` counts every edit of the board."""

    model: ClassVar[type[Board]]
    filterset_fields: ClassVar[tuple[str, ...]] = ("workspace",)
    ordering = ("-updated_at",)
    ordering_fields: ClassVar[tuple[str, ...]] = ("title", "created_at", "updated_at")

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
    fixed: ClassVar[tuple[str, ...]] = ("workspace",)

    workspace = Reference(queryset=Workspace.objects.all())

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        values = super().validate(values)
        workspace = self.instance.workspace if self.instance else values["workspace"]
        require_same_workspace(workspace, values)
        return values


class LibraryViewSet(WritesSafely, Lists, Shows, Resource):
    """Rows of a workspace's library, such as personas."""

    filterset_fields: ClassVar[tuple[str, ...]] = ("workspace",)
    ordering_fields: ClassVar[tuple[str, ...]] = ("name", "created_at", "updated_at")
    ordering = ("workspace_id", "name")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("workspace")
