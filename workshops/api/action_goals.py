"""Which goals of their journey the actions of workshops serve, for programs."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from journeys.models import Journey
from teams.api.fields import Reference
from teams.api.resources import Values
from touchpoints.models import Goal
from workshops import serving
from workshops.models import ActionGoal


class ActionGoalSerializer(BoardItemSerializer):
    """The pair lies on the journey's board; `action` was decided by a workshop on it."""

    resource = "action-goals"
    board_model = Journey
    tells_board = "goal"
    fixed = ("board", "action", "goal")

    action = serializers.IntegerField(source="action_id", min_value=1, max_value=2**63 - 1)
    goal = Reference(queryset=Goal.objects.select_related("board__workspace"))

    class Meta:
        model = ActionGoal
        fields = (*BOARD_ITEM, "action", "goal")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        if self.instance is None:
            journey = Journey.objects.get(pk=values["goal"].board_id)
            action = serving.actions_on(journey).filter(pk=values["action_id"]).first()
            if action is None:
                words = _("No workshop on this journey has decided this.")
                raise serializers.ValidationError({"action": [words]})
            values["action"] = action
        return values


class ActionGoalViewSet(BoardItemViewSet):
    """Which goals the decided actions serve; the same pair twice is one."""

    model = ActionGoal
    serializer_class = ActionGoalSerializer
    filterset_fields = ("board", "action_id", "goal")
    ordering_fields = ("created_at", "updated_at")
    http_method_names = ["get", "post", "delete", "head"]

    def add(self, values: Values) -> ActionGoal:
        goal = values["goal"]
        return serving.serve_goal(values["action"], goal, by=self.enter(goal))

    def remove(self, present: ActionGoal) -> None:
        serving.release_goal(present, by=self.actor)
