"""What stands ready in a stage, and the doubts it answers, for programs."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from collaboration.api.items import (
    BOARD_ITEM,
    BoardItemSerializer,
    BoardItemViewSet,
    Moves,
    OrderedItemSerializer,
)
from insights import readiness as services
from insights.models import Answer, Evidence, Readiness
from journeys.api.maps import show_on_map
from journeys.models import Journey, Note, Stage
from teams.api.fields import Reference
from teams.api.resources import Values, set_values


class ReadinessSerializer(OrderedItemSerializer):
    """The information, product, solution, tool or message that a customer finds in a stage."""

    resource = "readiness"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "before", "stage")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))

    class Meta:
        model = Readiness
        fields = (
            *BOARD_ITEM, "position", "before", "stage", "title", "kind", "channel", "status",
            "owner", "link", "due",
        )  # fmt: skip
        read_only_fields = ("version",)


class ReadinessPlace(serializers.Serializer[Any]):
    """The stage stays as it is when it is left out."""

    stage = Reference(queryset=Stage.objects.all(), required=False)
    before = Reference(queryset=Readiness.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=ReadinessPlace, responses=ReadinessSerializer))
class ReadinessViewSet(Moves, BoardItemViewSet):
    """What stands ready for customers, or is to, in each stage."""

    model = Readiness
    serializer_class = ReadinessSerializer
    move_serializer = ReadinessPlace
    filterset_fields = ("board", "stage", "channel", "kind", "status")
    ordering_fields = ("position", "title", "due", "created_at", "updated_at")

    def add(self, values: Values) -> Readiness:
        return services.create_readiness(**values, by=self.enter(values["stage"]))

    def change(self, present: Readiness, values: Values) -> None:
        set_values(present, values)
        services.save_readiness(present, by=self.actor)

    def move_to(self, present: Readiness, **place: Any) -> None:
        services.move_readiness(present, **{"stage": present.stage, **place}, by=self.actor)

    def remove(self, present: Readiness) -> None:
        services.delete_readiness(present, by=self.actor)


class AnswerSerializer(BoardItemSerializer):
    """Either a note or an insight on the map (evidence) is what is answered."""

    resource = "answers"
    board_model = Journey
    tells_board = "readiness"
    fixed = ("board", "readiness", "note", "evidence")

    readiness = Reference(queryset=Readiness.objects.select_related("board__workspace"))
    note = Reference(queryset=Note.objects.all(), required=False, allow_null=True)
    evidence = Reference(queryset=Evidence.objects.all(), required=False, allow_null=True)

    class Meta:
        model = Answer
        fields = (*BOARD_ITEM, "readiness", "note", "evidence")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        if self.instance is None and bool(values.get("note")) == bool(values.get("evidence")):
            words = _("Name either a note or evidence.")
            raise serializers.ValidationError({"note": [words]})
        return values


class AnswerViewSet(BoardItemViewSet):
    """Pairs of a doubt or need with what answers it; the same pair twice is one."""

    model = Answer
    serializer_class = AnswerSerializer
    filterset_fields = ("board", "readiness", "note", "evidence")
    http_method_names = ["get", "post", "delete", "head"]
    ordering_fields = ("created_at", "updated_at")

    def add(self, values: Values) -> Answer:
        readiness = values["readiness"]
        asked = values.get("note") or values["evidence"]
        return services.answer_doubt(asked, readiness=readiness, by=self.enter(readiness))

    def remove(self, present: Answer) -> None:
        services.take_back_answer(present, by=self.actor)


show_on_map(
    "readiness",
    ReadinessSerializer,
    lambda journey: Readiness.objects.filter(board=journey.pk).order_by(
        "stage__position", "position"
    ),
)
show_on_map(
    "answers",
    AnswerSerializer,
    lambda journey: Answer.objects.filter(board=journey.pk).order_by("pk"),
)
