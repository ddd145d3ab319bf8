"""The agenda of a workshop, and leading it."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import BoardItemViewSet, Moves, OrderedItemSerializer
from journeys.api.items import ORDERED_ITEM
from teams.api.fields import Reference
from teams.api.resources import Values
from workshops import agenda, leading
from workshops.agenda_models import AgendaItem, AgendaKind
from workshops.agendas import permissions_of
from workshops.models import Workshop


class AgendaItemSerializer(OrderedItemSerializer):
    resource = "agenda-items"
    board_model = Workshop

    class Meta:
        model = AgendaItem
        fields = (
            *ORDERED_ITEM, "kind", "title", "minutes", "prompt", "may_add", "may_comment",
            "may_propose", "may_vote", "may_rate", "may_group", "silent", "anonymous", "dots",
            "about", "started_at", "ended_at", "ends_at", "seconds_left",
        )  # fmt: skip
        read_only_fields = ("version", "about", "started_at", "ended_at", "ends_at", "seconds_left")
        extra_kwargs = {
            name: {
                "required": False,
                "help_text": "When it is left out on creation, as usual for the kind.",
            }
            for name in permissions_of(AgendaKind.WELCOME)
        } | {
            "ends_at": {"help_text": "When the timer ends; null while it is paused."},
            "seconds_left": {"help_text": "What is left while the timer is paused."},
        }


class AgendaItemPlace(serializers.Serializer[Any]):
    before = Reference(queryset=AgendaItem.objects.all(), required=False, allow_null=True)


class TimerChange(serializers.Serializer[Any]):
    """What to do with the timer of the running activity."""

    act = serializers.ChoiceField(choices=["pause", "resume", "extend"])
    minutes = serializers.IntegerField(
        min_value=1, max_value=120, default=5, help_text="How much more, for `extend`."
    )


@extend_schema_view(move=extend_schema(request=AgendaItemPlace, responses=AgendaItemSerializer))
class AgendaItemViewSet(Moves, BoardItemViewSet):
    """What a workshop does one after the other; while an activity runs, participants may do
    what its `may_…` fields open."""

    model = AgendaItem
    serializer_class = AgendaItemSerializer
    move_serializer = AgendaItemPlace
    filterset_fields = ("board", "kind")
    ordering_fields = ("position", "created_at", "updated_at")

    def add(self, values: Values) -> AgendaItem:
        workshop, before = values.pop("board"), values.pop("before", None)
        with workshop.editing(by=self.enter(workshop)):
            item = agenda.add_agenda_item(workshop, **values, by=self.actor)
            if before is not None:
                self.move_to(item, before=before)
        return item

    def change(self, present: AgendaItem, values: Values) -> None:
        agenda.change_agenda_item(present, fields=values, by=self.actor)

    def move_to(self, present: AgendaItem, **place: Any) -> None:
        agenda.move_agenda_item(present, **place, by=self.actor)

    def remove(self, present: AgendaItem) -> None:
        agenda.delete_agenda_item(present, by=self.actor)

    @extend_schema(request=None, responses=AgendaItemSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Run this activity with its full time; the one that runs ends."""
        with self.door(self.get_object()) as present:
            leading.start_activity(present, by=self.actor)
        return self.shown(present)

    @extend_schema(request=None, responses=AgendaItemSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """End this activity if it is the one that runs."""
        with self.door(self.get_object()) as present:
            leading.end_activity(present, by=self.actor)
        return self.shown(present)

    @extend_schema(request=TimerChange, responses=AgendaItemSerializer)
    @action(detail=True, methods=["post"])
    def timer(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Pause, resume or extend the timer while this activity runs."""
        values = self.read(TimerChange)
        with self.door(self.get_object()) as present:
            if values["act"] == "extend":
                leading.extend_timer(present, minutes=values["minutes"], by=self.actor)
            else:
                leading.CLOCK[values["act"]](present, by=self.actor)
        return self.shown(present)
