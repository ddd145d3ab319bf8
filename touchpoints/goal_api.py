"""Ranked goals of both sides, what serves them, and where the sides meet, for programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import (
    BOARD_ITEM,
    BoardItemSerializer,
    BoardItemViewSet,
    Moves,
    OrderedItemSerializer,
)
from journeys.api.maps import show_on_map
from journeys.models import Journey
from teams.api.fields import Reference
from teams.api.resources import Values, set_values
from touchpoints import goals as services
from touchpoints.goal_page import Serves, tension_of
from touchpoints.models import Activity, ActivityGoal, Goal
from touchpoints.priority_api import OfJourney


class GoalSerializer(OrderedItemSerializer):
    """A goal of one side; without a stage it is of the whole journey."""

    resource = "goals"
    board_model = Journey
    fixed = ("board", "before", "side")

    class Meta:
        model = Goal
        fields = (*BOARD_ITEM, "position", "before", "side", "text", "stage")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []


class GoalPlace(serializers.Serializer[Any]):
    """Ranked before another goal of its side, or last."""

    before = Reference(queryset=Goal.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=GoalPlace, responses=GoalSerializer))
class GoalViewSet(Moves, BoardItemViewSet):
    """Goals of customers and of ours, each side in the order of importance."""

    model = Goal
    serializer_class = GoalSerializer
    move_serializer = GoalPlace
    filterset_fields = ("board", "side", "stage")
    ordering_fields = ("position", "side", "created_at", "updated_at")

    def add(self, values: Values) -> Goal:
        journey = values.pop("board")
        return services.create_goal(journey, **values, by=self.enter(journey))

    def change(self, present: Goal, values: Values) -> None:
        set_values(present, values)
        services.save_goal(present, by=self.actor)

    def move_to(self, present: Goal, **place: Any) -> None:
        services.move_goal(present, before=place["before"], by=self.actor)

    def remove(self, present: Goal) -> None:
        services.delete_goal(present, by=self.actor)


class ActivityGoalSerializer(BoardItemSerializer):
    resource = "activity-goals"
    board_model = Journey
    tells_board = "goal"
    fixed = ("board", "activity", "goal")

    activity = Reference(queryset=Activity.objects.select_related("board__workspace"))
    goal = Reference(queryset=Goal.objects.select_related("board__workspace"))

    class Meta:
        model = ActivityGoal
        fields = (*BOARD_ITEM, "activity", "goal")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []


class ActivityGoalViewSet(BoardItemViewSet):
    """Which goals our activities serve; the same pair twice is one."""

    model = ActivityGoal
    serializer_class = ActivityGoalSerializer
    filterset_fields = ("board", "activity", "goal")
    ordering_fields = ("created_at", "updated_at")
    http_method_names = ["get", "post", "delete", "head"]

    def add(self, values: Values) -> ActivityGoal:
        goal = values["goal"]
        return services.serve_goal(values["activity"], goal, by=self.enter(goal))

    def remove(self, present: ActivityGoal) -> None:
        services.release_goal(present, by=self.actor)


# --- Both sides beside each other --------------------------------------------------------------
class RankSerializer(serializers.Serializer[Any]):
    """A goal with its rank on its side."""

    id = serializers.IntegerField(source="goal.pk")
    rank = serializers.IntegerField(help_text="From 1.")
    text = serializers.CharField(source="goal.text")
    stage = serializers.IntegerField(source="goal.stage_id", allow_null=True)
    served_by = serializers.IntegerField(help_text="How many efforts serve it.")


class EffortSerializer(serializers.Serializer[Any]):
    """Something that we do, or have decided to do."""

    kind = serializers.CharField(source="effort.kind", help_text="`activity` or `action`.")
    id = serializers.IntegerField(source="effort.pk")
    title = serializers.CharField(source="effort.title")
    serves = serializers.ChoiceField(
        choices=[(one.value, str(one.value)) for one in Serves], source="serves.value"
    )
    goals: Any = serializers.SerializerMethodField()

    def get_goals(self, shown: Any) -> list[int]:
        return [one.goal.pk for one in shown.ranked]


class TensionSerializer(serializers.Serializer[Any]):
    goal_agreement = serializers.IntegerField(source="journey.goal_agreement", allow_null=True)
    customer = RankSerializer(many=True)
    business = RankSerializer(many=True)
    efforts = EffortSerializer(many=True)


class TensionView(OfJourney):
    """The goals of customers beside ours, and what we do for which of them."""

    serializer_class = TensionSerializer

    @extend_schema(responses=TensionSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Both sides ranked, and each effort with whom it serves."""
        return Response(TensionSerializer(tension_of(self.get_object())).data)


show_on_map(
    "goals",
    GoalSerializer,
    lambda journey: Goal.objects.filter(board=journey.pk).order_by("side", "position"),
)
show_on_map(
    "activity_goals",
    ActivityGoalSerializer,
    lambda journey: ActivityGoal.objects.filter(board=journey.pk).order_by("pk"),
)
