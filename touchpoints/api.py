"""Channels of a workspace, and touchpoints on the maps."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from collaboration.api.items import (
    BOARD_ITEM,
    BoardFilters,
    BoardItemViewSet,
    LibrarySerializer,
    LibraryViewSet,
    Moves,
    OrderedItemSerializer,
)
from journeys.api.items import DERIVED_ITEM, FeelingSerializer
from journeys.api.maps import show_on_map
from journeys.models import Journey, Stage
from teams.api.fields import PlainNameField, Reference
from teams.api.resources import Values, set_values
from touchpoints import services
from touchpoints.choices import Use
from touchpoints.models import Channel, Touchpoint, TouchpointFeeling


class ChannelSerializer(LibrarySerializer):
    resource = "channels"

    name = PlainNameField(max_length=60)

    class Meta:
        model = Channel
        fields = ("id", "url", "workspace", "name", "online", "created_at", "updated_at")


class ChannelViewSet(LibraryViewSet):
    """Places where touchpoints happen: one list for all maps of a workspace."""

    model = Channel
    serializer_class = ChannelSerializer
    filterset_fields = ("workspace", "name", "online")

    def add(self, values: Values) -> Channel:
        workspace = values.pop("workspace")
        return services.create_channel(workspace, **values, by=self.enter(workspace))

    def change(self, present: Channel, values: Values) -> None:
        set_values(present, values)
        services.change_channel(present, by=self.actor)

    def remove(self, present: Channel) -> None:
        services.delete_channel(present, by=self.actor)


class TouchpointSerializer(OrderedItemSerializer):
    resource = "touchpoints"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "before", "stage")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    used = serializers.BooleanField(
        required=False,
        help_text="Whether customers use it at all; `use` says how much, and goes before it.",
    )

    class Meta:
        model = Touchpoint
        fields = (
            *DERIVED_ITEM, "stage", "channel", "title", "actor", "party", "contact", "device",
            "persona", "missing", "use", "used", "why_unused", "importance", "our_importance",
            "satisfaction", "moment_of_truth", "strengths", "weaknesses", "verdict",
            "verdict_on", "department", "owner", "helpers", "downstream", "thinks", "feels",
            "says", "message",
        )  # fmt: skip
        read_only_fields = ("version",)

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        used = values.pop("used", None)
        before = getattr(self.instance, "use", Use.MAINLY)
        if used is not None and "use" not in values and used != (before != Use.NOT):
            values["use"] = Use.MAINLY if used else Use.NOT
        self._require_reason(values)
        return values

    def _require_reason(self, values: Values) -> None:
        if not {"use", "why_unused"} & values.keys():
            return
        now = {
            name: values.get(name, getattr(self.instance, name, ""))
            for name in ("use", "why_unused")
        }
        if now["use"] == Use.NOT and not now["why_unused"]:
            words = _("Say why customers do not use it.")
            raise serializers.ValidationError({"why_unused": [words]})


class TouchpointFilters(BoardFilters):
    used = filters.BooleanFilter(method="by_use", help_text="Whether customers use it at all.")

    class Meta:
        model = Touchpoint
        fields = (
            "board", "stage", "channel", "persona", "use", "missing", "moment_of_truth", "party",
            "verdict",
        )  # fmt: skip

    def by_use(self, rows: QuerySet[Touchpoint], _name: str, used: bool) -> QuerySet[Touchpoint]:
        return rows.exclude(use=Use.NOT) if used else rows.filter(use=Use.NOT)


class TouchpointPlace(serializers.Serializer[Any]):
    """The stage stays as it is when it is left out."""

    stage = Reference(queryset=Stage.objects.all(), required=False)
    before = Reference(queryset=Touchpoint.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=TouchpointPlace, responses=TouchpointSerializer))
class TouchpointViewSet(Moves, BoardItemViewSet):
    """Contacts between customers and anyone, in the order in which they are met."""

    model = Touchpoint
    serializer_class = TouchpointSerializer
    move_serializer = TouchpointPlace
    filterset_class = TouchpointFilters
    ordering_fields = (
        "position",
        "title",
        "importance",
        "satisfaction",
        "created_at",
        "updated_at",
    )

    def add(self, values: Values) -> Touchpoint:
        return services.create_touchpoint(**values, by=self.enter(values["stage"]))

    def change(self, present: Touchpoint, values: Values) -> None:
        set_values(present, values)
        services.save_touchpoint(present, by=self.actor)

    def move_to(self, present: Touchpoint, **place: Any) -> None:
        services.move_touchpoint(present, **{"stage": present.stage, **place}, by=self.actor)

    def remove(self, present: Touchpoint) -> None:
        services.delete_touchpoint(present, by=self.actor)


# --- Feelings at touchpoints -----------------------------------------------------------------
class TouchpointFeelingSerializer(FeelingSerializer):
    resource = "touchpoint-emotions"
    tells_board = "touchpoint"
    fixed = ("board", "touchpoint", "persona")

    touchpoint = Reference(queryset=Touchpoint.objects.select_related("board__workspace"))

    class Meta:
        model = TouchpointFeeling
        fields = (*BOARD_ITEM, "touchpoint", "persona", "score", "reason")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []


class TouchpointFeelingViewSet(BoardItemViewSet):
    """How customers feel at a touchpoint; a second one for the same touchpoint and persona takes
    the first one's place."""

    model = TouchpointFeeling
    serializer_class = TouchpointFeelingSerializer
    filterset_fields = ("board", "touchpoint", "persona")
    ordering_fields = ("touchpoint", "score", "created_at", "updated_at")

    def add(self, values: Values) -> TouchpointFeeling:
        return services.record_feeling(**values, by=self.enter(values["touchpoint"]))


show_on_map(
    "touchpoints",
    TouchpointSerializer,
    lambda journey: Touchpoint.objects.filter(board=journey.pk).order_by(
        "stage__position", "position"
    ),
)
show_on_map(
    "touchpoint_emotions",
    TouchpointFeelingSerializer,
    lambda journey: TouchpointFeeling.objects.filter(board=journey.pk).order_by(
        "touchpoint__stage__position", "touchpoint__position", "pk"
    ),
)
