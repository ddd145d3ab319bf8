"""What people say about the items of a board."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration import services
from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from collaboration.comments import target_of
from collaboration.models import Comment
from teams.api.fields import Reference
from teams.api.filters import LARGEST_ID
from teams.api.resources import Values
from teams.models import Role


class ItemReference(serializers.Serializer[Any]):
    """An item of a board: `{"type": "stage", "id": 7}`."""

    type = serializers.CharField(max_length=40)
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class TargetReference(ItemReference):
    type = serializers.CharField(max_length=40, source="target_type")
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, source="target_id")


class CommentSerializer(BoardItemSerializer):
    resource = "comments"
    fixed = ("board", "parent")

    target = TargetReference(source="*")
    parent = Reference(  # type: ignore[assignment]
        queryset=Comment.objects.all(),
        required=False,
        allow_null=True,
        help_text="The comment that this one answers.",
    )
    resolved = serializers.BooleanField(required=False, help_text="Whether the thread is closed.")

    class Meta:
        model = Comment
        fields = (
            *BOARD_ITEM, "target", "parent", "author", "author_name", "body", "resolved",
        )  # fmt: skip
        read_only_fields = ("version", "author", "author_name")

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        first = instance.parent or instance
        instance.resolved = first.resolved_at is not None  # type: ignore[attr-defined]
        return super().to_representation(instance)

    def validate(self, values: Values) -> Values:
        place: Values = {
            name: values.pop(name) for name in ("target_type", "target_id") if name in values
        }
        values = super().validate(values)
        if place:
            self._look_up(place, values)
        return values

    def _look_up(self, place: Values, values: Values) -> None:
        """The item on this board; a comment that is answered is about the same one."""
        if self.instance is None:
            board, about = self.board_of(values), (place["target_type"], place["target_id"])
            values["target"] = target_of(board, *about)
            parent = values.get("parent")
            if values["target"] is None:
                raise serializers.ValidationError({"target": [_missing(place)]})
            if parent and (parent.target_type, parent.target_id) != about:
                raise serializers.ValidationError({"parent": [_missing(place)]})
        elif any(getattr(self.instance, name) != value for name, value in place.items()):
            self.refuse_fixed(["target"])


class CommentViewSet(BoardItemViewSet):
    """Comments on items of boards, in threads. One's own can be edited and deleted; a thread
    is closed with `resolve/` and opened again with `reopen/`. `@[Name](user:7)` in the text
    mentions a person who can see the board, and tells them; 20 at most."""

    model = Comment
    serializer_class = CommentSerializer
    write_role = Role.COMMENTER
    filterset_fields = ("board", "parent", "author", "target_type", "target_id")
    ordering_fields = ("created_at", "updated_at")

    def rows(self) -> QuerySet[Comment]:
        return Comment.objects.select_related("parent")

    def add(self, values: Values) -> Comment:
        resolved = values.pop("resolved", False)
        board = values.pop("board")
        with board.editing(by=self.enter(board), needs=Role.COMMENTER):
            comment = services.create_comment(board, **values, by=self.actor)
            if resolved:
                services.resolve_comment(comment, by=self.actor)
        return comment

    def change(self, present: Comment, values: Values) -> None:
        if "body" in values:
            services.edit_comment(present, body=values["body"], by=self.actor)
        if "resolved" in values:
            self.close(present, resolved=values["resolved"])

    def close(self, present: Comment, *, resolved: bool) -> None:
        act = services.resolve_comment if resolved else services.reopen_comment
        act(present, by=self.actor)

    def remove(self, present: Comment) -> None:
        services.delete_comment(present, by=self.actor)

    @extend_schema(request=None, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Close the comment's thread."""
        return self._closed(resolved=True)

    @extend_schema(request=None, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Open the comment's thread again."""
        return self._closed(resolved=False)

    def _closed(self, *, resolved: bool) -> Response:
        seen = self.get_object()
        with self.door(seen) as present:
            self.close(present, resolved=resolved)
        return self.shown(seen)


def _missing(place: Values) -> str:
    words = Reference.default_error_messages["does_not_exist"]
    return str(words).format(pk_value=place["target_id"])
