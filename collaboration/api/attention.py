"""Who owns what, and what I was told."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration import assignments, notifications
from collaboration.api.comments import TargetReference
from collaboration.api.items import (
    BOARD_ITEM,
    BoardFilterBackend,
    BoardItemSerializer,
    BoardItemViewSet,
)
from collaboration.attention import Assignment, Notification
from collaboration.comments import target_of
from collaboration.mentions import readers_of
from collaboration.models import Board
from teams.api.fields import Reference
from teams.api.resources import Lists, Resource, Shows, Values
from teams.api.serializers import ResourceSerializer
from teams.models import User


class MemberReference(Reference):
    """Somebody in one of my workspaces."""

    def get_queryset(self) -> QuerySet[User]:
        request = self.context.get("request")
        if request is None:
            return User.objects.none()
        mine = request.user.memberships.values("workspace")
        return User.objects.filter(memberships__workspace__in=mine).distinct()


class AssignmentSerializer(BoardItemSerializer):
    resource = "assignments"

    target = TargetReference(source="*")
    member = MemberReference(queryset=User.objects.all())

    class Meta:
        model = Assignment
        fields = (*BOARD_ITEM, "target", "member", "member_name", "due")
        read_only_fields = ("version", "member_name")

    def validate(self, values: Values) -> Values:
        own: Values = {
            name: values.pop(name)
            for name in ("target_type", "target_id", "member")
            if name in values
        }
        values = super().validate(values)
        board = self.board_of(values)
        if "member" in own:
            values["member"] = self._reader(board, own.pop("member"))
        if own:
            values["target"] = self._target(board, own)
        return values

    def _reader(self, board: Board, member: User) -> User:
        if not readers_of(board, [member.pk]):
            raise serializers.ValidationError({"member": [_missing(member.pk)]})
        return member

    def _target(self, board: Board, place: Values) -> Any:
        if self.instance is not None:
            if any(getattr(self.instance, name) != value for name, value in place.items()):
                self.refuse_fixed(["target"])
            return None
        target = target_of(board, place["target_type"], place["target_id"])
        if target is None:
            raise serializers.ValidationError({"target": [_missing(place["target_id"])]})
        return target


def _missing(pk: int) -> str:
    return str(Reference.default_error_messages["does_not_exist"]).format(pk_value=pk)


class AssignmentViewSet(BoardItemViewSet):
    """Owners of items. An item has one at most: to name another one replaces the first."""

    model = Assignment
    serializer_class = AssignmentSerializer
    filterset_fields = ("board", "member", "target_type", "target_id")
    ordering_fields = ("due", "created_at", "updated_at")

    def add(self, values: Values) -> Assignment:
        board = values.pop("board")
        return assignments.assign(board, **values, by=self.enter(board))

    def change(self, present: Assignment, values: Values) -> None:
        target = target_of(present.board, present.target_type, present.target_id)
        member = values.get("member", present.member)
        if target is None or member is None:
            return
        due = values.get("due", present.due)
        assignments.assign(present.board, target=target, member=member, due=due, by=self.actor)


class NotificationSerializer(ResourceSerializer):
    resource = "notifications"

    target = TargetReference(source="*", read_only=True)
    read = serializers.SerializerMethodField(help_text="Whether I have seen it.")

    class Meta:
        model = Notification
        fields = (
            "id", "url", "board", "kind", "actor", "actor_name", "target", "about", "comment",
            "read", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_read(self, notification: Notification) -> bool:
        return notification.read_at is not None


class HowMany(serializers.Serializer[Any]):
    """How many were unread before."""

    read = serializers.IntegerField()


class NotificationViewSet(Lists, Shows, Resource):
    """What you were told, of boards that you may still see. `POST notifications/read/` marks
    all as read, `POST notifications/<id>/read/` one."""

    model = Notification
    serializer_class = NotificationSerializer
    http_method_names = ["get", "post", "head"]
    filter_backends = (BoardFilterBackend, *Resource.filter_backends[1:])
    filterset_fields = ("board", "kind")
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[Notification]:
        return Notification.objects.filter(user=self.person)

    @extend_schema(request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"], url_path="read", url_name="read")
    def read_one(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Mark one as read; again changes nothing."""
        one = self.get_queryset().filter(pk=kwargs["pk"]).first()
        if one is None:
            self.get_object()
        notifications.mark_read(Notification.objects.filter(user=self.person, pk=kwargs["pk"]))
        return self.shown(one)

    @extend_schema(request=None, responses=HowMany)
    @action(detail=False, methods=["post"], url_path="read", url_name="read-all")
    def read_all(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Mark all as read."""
        mine = self.get_queryset().values("pk")
        read = notifications.mark_read(Notification.objects.filter(pk__in=mine))
        return Response({"read": read})
