"""The trash by program: what waits in it, and taking it out again."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.models import Board
from collaboration.trash import days_left, restore_board, trash_seen_by
from teams.api.resources import Lists, Resource, Shows
from teams.api.serializers import ResourceSerializer


class TrashedSerializer(ResourceSerializer):
    resource = "trash"

    days_left = serializers.SerializerMethodField(help_text="Until it is gone for ever.")

    class Meta:
        model = Board
        fields = (
            "id", "url", "version", "workspace", "kind", "title", "deleted_at", "days_left",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_days_left(self, board: Board) -> int:
        return days_left(board)


class RestoredSerializer(serializers.Serializer[Any]):
    """What came out of the trash, and where it is now."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="`journey` or `workshop`.")
    url = serializers.URLField()


class TrashViewSet(Lists, Shows, Resource):
    """Deleted journeys and workshops that you may take out again. They are put in by DELETE."""

    model = Board
    serializer_class = TrashedSerializer
    http_method_names = ["get", "post", "head"]
    filterset_fields = ("workspace", "kind")
    ordering = ("-deleted_at",)
    ordering_fields = ("deleted_at", "title", "created_at", "updated_at")

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Board.objects.none()
        return trash_seen_by(self.person)

    @extend_schema(request=None, responses=RestoredSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it out, as it was, with everything on it."""
        board = restore_board(self.get_object(), by=self.actor)
        place = reverse(f"api:{board.kind}s-detail", args=[board.pk])
        url = request.build_absolute_uri(place)
        return Response({"id": board.pk, "kind": board.kind, "url": url})
