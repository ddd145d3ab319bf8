"""The history of boards, and taking back an edit out of it."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.comments import ItemReference
from collaboration.api.items import BoardFilters
from collaboration.models import Change
from collaboration.undo import undo
from teams.api.fields import UtcDateTimeField
from teams.api.filters import FilterBackend, IdFilter
from teams.api.resources import Lists, Resource, Shows
from teams.api.serializers import ResourceSerializer


class ChangedItem(ItemReference):
    type = serializers.CharField(source="item_type")
    id = serializers.IntegerField(source="item_id")


class ChangeSerializer(ResourceSerializer):
    resource = "changes"

    item = ChangedItem(source="*", read_only=True)
    before = serializers.DictField(read_only=True)
    after = serializers.DictField(read_only=True)
    created_at = UtcDateTimeField(source="at", read_only=True)
    updated_at = UtcDateTimeField(source="at", read_only=True)

    class Meta:
        model = Change
        fields = (
            "id", "url", "board", "version", "actor", "actor_name", "action", "item", "before",
            "after", "undoes", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class TakenBack(serializers.Serializer[Any]):
    """The edit that took another one back."""

    version = serializers.IntegerField()
    changes = ChangeSerializer(many=True)


class ChangeFilters(BoardFilters):
    since = IdFilter(field_name="version", lookup_expr="gt")


class ChangeFilterBackend(FilterBackend):
    filterset_base = ChangeFilters


class ChangeViewSet(Lists, Shows, Resource):
    """Every recorded write of a board: who changed which item, from what to what. An edit is
    all changes of one version; `?board=7&since=41` gives what came after version 41."""

    model = Change
    serializer_class = ChangeSerializer
    filter_backends = (ChangeFilterBackend, *Resource.filter_backends[1:])
    filterset_fields = ("board", "version", "actor", "action", "item_type", "item_id")
    ordering = ("board_id", "version")
    ordering_fields = ("version",)

    def rows(self) -> QuerySet[Change]:
        return Change.objects.select_related("board__workspace")

    @extend_schema(request=None, responses=TakenBack)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take back the whole edit that this change belongs to, as a new edit."""
        change = self.get_object()
        edit = undo(change.board, change.version, by=self.actor)
        changes = self.get_queryset().filter(board=change.board, version=edit.version)
        context = self.get_serializer_context()
        body = TakenBack({"version": edit.version, "changes": changes}, context=context).data
        return Response(body)
