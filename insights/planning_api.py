"""Kinds of sources that were chosen for stages, for programs."""

from typing import Any, ClassVar

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from insights import planning
from insights.models import ChosenSource
from journeys.api.maps import show_on_map
from journeys.models import Journey, Stage
from teams.api.fields import Reference
from teams.api.resources import Values


class ChosenSourceSerializer(BoardItemSerializer):
    """Where something is to be learnt about a stage."""

    resource = "chosen-sources"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "stage", "kind")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))

    class Meta:
        model = ChosenSource
        fields = (*BOARD_ITEM, "stage", "kind")
        read_only_fields = ("version",)
        # The same twice is one: it is no fault to say it again.
        validators: ClassVar[list[Any]] = []


class ChosenSourceViewSet(BoardItemViewSet):
    """Kinds of sources that were chosen for stages, whether or not they told anything yet."""

    model = ChosenSource
    serializer_class = ChosenSourceSerializer
    filterset_fields = ("board", "stage", "kind")
    http_method_names = ["get", "post", "delete", "head", "options"]
    ordering_fields = ("created_at", "updated_at")

    def add(self, values: Values) -> ChosenSource:
        stage = values["stage"]
        return planning.choose_source(stage, kind=values["kind"], by=self.enter(stage))

    def remove(self, present: ChosenSource) -> None:
        planning.drop_source(present, by=self.actor)


show_on_map(
    "chosen_sources",
    ChosenSourceSerializer,
    lambda journey: ChosenSource.objects.filter(board=journey.pk).order_by("stage__position", "pk"),
)
