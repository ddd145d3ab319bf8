"""Saved versions of maps: name one, go back to it."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.comments import ItemReference
from collaboration.api.items import BoardFilterBackend, WritesSafely
from collaboration.itemtypes import item_models
from collaboration.models import Snapshot
from collaboration.restoring import Choice, everything, restore, with_company
from collaboration.snapshots import change_snapshot, delete_snapshot, save_snapshot
from collaboration.undo import NEVER_UNDONE
from journeys.models import Journey
from teams.api.fields import Reference
from teams.api.resources import Lists, Resource, Shows, Values
from teams.api.serializers import ResourceSerializer


class SnapshotSerializer(ResourceSerializer):
    """A name for the version that the board has when it is posted."""

    resource = "snapshots"
    fixed = ("board",)

    board = Reference(queryset=Journey.objects.all(), help_text="The journey.")

    class Meta:
        model = Snapshot
        fields = (
            "id", "url", "board", "label", "note", "version", "automatic", "created_by",
            "created_by_name", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("version", "automatic", "created_by", "created_by_name")


class WhatGoesBack(serializers.Serializer[Any]):
    """Without an item, everything goes back."""

    item = ItemReference(
        required=False, help_text="An item, with what is in it: a stage with its notes."
    )

    def validate_item(self, item: dict[str, Any]) -> dict[str, Any]:
        if item["type"] not in item_models() or item["type"] in NEVER_UNDONE:
            raise serializers.ValidationError("There are no such items.")
        return item


class WentBack(serializers.Serializer[Any]):
    """The edit that it was; one undo of it takes all of it back."""

    version = serializers.IntegerField()
    snapshot = serializers.IntegerField(help_text="What was there before, saved as a version.")
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="What could not come back, in words."
    )


class SnapshotViewSet(WritesSafely, Lists, Shows, Resource):
    """Versions of journeys that were given a name; the history itself keeps every version."""

    model = Snapshot
    serializer_class = SnapshotSerializer
    filter_backends = (BoardFilterBackend, *Resource.filter_backends[1:])
    filterset_fields = ("board", "automatic")
    ordering = ("board_id", "-version")

    def rows(self) -> QuerySet[Snapshot]:
        return Snapshot.objects.select_related("board__workspace")

    def add(self, values: Values) -> Snapshot:
        board = values.pop("board")
        return save_snapshot(board, **values, by=self.enter(board))

    def change(self, present: Snapshot, values: Values) -> None:
        merged = {"label": present.label, "note": present.note} | values
        change_snapshot(present, label=merged["label"], note=merged["note"], by=self.actor)

    def remove(self, present: Snapshot) -> None:
        delete_snapshot(present, by=self.actor)

    @extend_schema(request=WhatGoesBack, responses=WentBack)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make the board, or one item, what it was in this version, as a new edit."""
        snapshot = self.get_object()
        asked = self.read(WhatGoesBack).get("item")
        choose: Choice = with_company((asked["type"], asked["id"])) if asked else everything
        done = restore(
            snapshot.board,
            snapshot.version,
            choose=choose,
            label=snapshot.label,
            by=self.actor,
        )
        body = {
            "version": done.edit.version,
            "snapshot": done.snapshot.pk,
            "left_out": done.left_out,
        }
        return Response(WentBack(body).data)
