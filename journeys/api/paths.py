"""Paths between the stages of a journey."""

from math import isfinite
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from journeys.api.maps import show_on_map
from journeys.models import Journey, Path, Stage
from journeys.paths import Kind, create_path, delete_path, save_path, with_kinds
from teams.api.fields import Reference
from teams.api.resources import Values, set_values


class PathSerializer(BoardItemSerializer):
    resource = "paths"
    board_model = Journey
    tells_board = "from_stage"

    from_stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    to_stage = Reference(queryset=Stage.objects.all())
    share = serializers.FloatField(
        min_value=0, max_value=1, required=False, allow_null=True, help_text="0 to 1."
    )
    kind = serializers.ChoiceField(
        choices=Kind.choices,
        read_only=True,
        help_text="Follows from the order of the stages.",
    )

    class Meta:
        model = Path
        fields = (*BOARD_ITEM, "from_stage", "to_stage", "share", "reason", "response", "kind")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []  # what is there twice is refused by the service

    def validate_share(self, share: float | None) -> float | None:
        if share is not None and not isfinite(share):
            raise serializers.ValidationError(_("A valid number is required."))
        return share

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        start, end = (
            values.get(name) or getattr(self.instance, name) for name in ("from_stage", "to_stage")
        )
        if start == end:
            raise serializers.ValidationError({"to_stage": [str(Path.TO_ITSELF)]})
        return values


class PathViewSet(BoardItemViewSet):
    """Moves of customers from one stage to another: on, ahead or back; one each way between two."""

    model = Path
    serializer_class = PathSerializer
    filterset_fields = ("board", "from_stage", "to_stage")
    ordering_fields = ("from_stage", "to_stage", "share", "created_at", "updated_at")

    def rows(self) -> QuerySet[Path]:
        return with_kinds(Path.objects.all())

    def add(self, values: Values) -> Path:
        return create_path(**values, by=self.enter(values["from_stage"]))

    def change(self, present: Path, values: Values) -> None:
        set_values(present, values)
        save_path(present, by=self.actor)

    def remove(self, present: Path) -> None:
        delete_path(present, by=self.actor)


def _paths(journey: Journey) -> QuerySet[Path]:
    found = with_kinds(Path.objects.filter(board=journey.pk))
    return found.order_by("from_stage__position", "to_stage__position")


show_on_map("paths", PathSerializer, _paths)
