"""Metrics of stages, with all that was measured."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from collaboration.api.items import BoardItemViewSet, Moves, OrderedItemSerializer
from journeys import measuring
from journeys.api.items import ORDERED_ITEM
from journeys.api.maps import show_on_map
from journeys.measuring import OutOfRange, require_in_range
from journeys.models import Journey, Metric, MetricPoint, Stage
from teams.api.fields import Reference
from teams.api.resources import Values, set_values


class MetricPointSerializer(serializers.ModelSerializer[MetricPoint]):
    class Meta:
        model = MetricPoint
        fields = ("date", "value")


class MetricSerializer(OrderedItemSerializer):
    resource = "metrics"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "before", "stage", "kind")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    points = MetricPointSerializer(
        many=True,
        required=False,
        help_text="All measurements, one a day; those that are given take the present ones' place.",
    )

    class Meta:
        model = Metric
        fields = (
            *ORDERED_ITEM, "stage", "name", "kind", "unit", "target", "less_is_better", "points",
        )  # fmt: skip
        read_only_fields = ("version",)

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        kind = self.instance.kind if self.instance else values.get("kind", Metric.Kind.NPS)
        _require(kind, "target", [values.get("target")])
        _require(kind, "points", [point["value"] for point in values.get("points", ())])
        return values


def _require(kind: str, name: str, numbers: list[float | None]) -> None:
    try:
        for number in numbers:
            if number is not None:
                require_in_range(kind, number)
    except OutOfRange as reason:
        raise serializers.ValidationError({name: [str(reason)]}) from reason


class MetricPlace(serializers.Serializer[Any]):
    """The stage stays as it is when it is left out."""

    stage = Reference(queryset=Stage.objects.all(), required=False)
    before = Reference(queryset=Metric.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=MetricPlace, responses=MetricSerializer))
class MetricViewSet(Moves, BoardItemViewSet):
    """What is measured in the stages of a journey: NPS -100 to 100, CSAT 0 to 100, CES 1 to 7,
    a ratio 0 to 1, or any number."""

    model = Metric
    serializer_class = MetricSerializer
    move_serializer = MetricPlace
    filterset_fields = ("board", "stage", "kind")
    ordering_fields = ("position", "name", "created_at", "updated_at")

    def rows(self) -> Any:
        return Metric.objects.prefetch_related("points")

    def add(self, values: Values) -> Metric:
        points = values.pop("points", [])
        values.setdefault("kind", Metric.Kind.NPS)
        with values["stage"].board.editing(by=self.enter(values["stage"])):
            metric = measuring.create_metric(**values, by=self.actor)
            measuring.set_points(metric, _pairs(points), by=self.actor)
        return metric

    def change(self, present: Metric, values: Values) -> None:
        points = values.pop("points", None)
        set_values(present, values)
        measuring.save_metric(present, by=self.actor)
        if points is not None:
            measuring.set_points(present, _pairs(points), by=self.actor)

    def move_to(self, present: Metric, **place: Any) -> None:
        measuring.move_metric(present, **{"stage": present.stage, **place}, by=self.actor)

    def remove(self, present: Metric) -> None:
        measuring.delete_metric(present, by=self.actor)


def _pairs(points: list[Values]) -> list[tuple[Any, float]]:
    return [(point["date"], point["value"]) for point in points]


show_on_map(
    "metrics",
    MetricSerializer,
    lambda journey: (
        Metric.objects.filter(board=journey.pk)
        .prefetch_related("points")
        .order_by("stage__position", "position")
    ),
)
