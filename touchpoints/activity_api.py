"""Our own activities, for programs."""

from math import isfinite

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from journeys.api.maps import show_on_map
from journeys.models import Journey
from teams.api.resources import Values, set_values
from touchpoints import activities
from touchpoints.models import Activity


class ActivitySerializer(BoardItemSerializer):
    """Without a stage it is tied to none; a decision has its reason."""

    resource = "activities"
    board_model = Journey

    class Meta:
        model = Activity
        fields = (
            *BOARD_ITEM, "stage", "channel", "title", "purpose", "hours_per_month",
            "cost_per_month", "owner", "decision", "decision_reason",
        )  # fmt: skip
        read_only_fields = ("version",)

    def validate_hours_per_month(self, hours: float | None) -> float | None:
        return _finite(hours)

    def validate_cost_per_month(self, cost: float | None) -> float | None:
        return _finite(cost)

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        now = {
            name: values.get(name, getattr(self.instance, name, ""))
            for name in ("decision", "decision_reason")
        }
        if now["decision"] and not now["decision_reason"]:
            words = _("Give the reason of the decision.")
            raise serializers.ValidationError({"decision_reason": [words]})
        return values


def _finite(number: float | None) -> float | None:
    if number is not None and not isfinite(number):
        raise serializers.ValidationError(_("A valid number is required."))
    return number


class ActivityViewSet(BoardItemViewSet):
    """What we do ourselves, per stage and channel, with what it takes and what becomes of it."""

    model = Activity
    serializer_class = ActivitySerializer
    filterset_fields = ("board", "stage", "channel", "decision")
    ordering_fields = (
        "title", "hours_per_month", "cost_per_month", "created_at", "updated_at",
    )  # fmt: skip

    def add(self, values: Values) -> Activity:
        journey = values.pop("board")
        return activities.create_activity(journey, **values, by=self.enter(journey))

    def change(self, present: Activity, values: Values) -> None:
        set_values(present, values)
        activities.save_activity(present, by=self.actor)

    def remove(self, present: Activity) -> None:
        activities.delete_activity(present, by=self.actor)


def _in_order(journey: Journey) -> "QuerySet[Activity]":
    found = Activity.objects.filter(board=journey.pk)
    return found.order_by(F("stage__position").asc(nulls_last=True), "title", "pk")


show_on_map("activities", ActivitySerializer, _in_order)
