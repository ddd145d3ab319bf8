"""Journeys, what is on their maps, and the personas who walk them."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import (
    BOARD_ITEM,
    BoardItemSerializer,
    BoardItemViewSet,
    BoardViewSet,
    LibrarySerializer,
    LibraryViewSet,
    Moves,
    OrderedItemSerializer,
    require_same_workspace,
)
from journeys import services
from journeys.lanes import kinds
from journeys.models import Emotion, Journey, JourneyPersona, Lane, Note, Persona, Stage
from journeys.selectors import personas_of
from journeys.starters import STARTERS
from teams.api.fields import Reference
from teams.api.resources import Values, entity_tag, set_values
from teams.api.serializers import ResourceSerializer
from teams.models import Workspace

ORDERED_ITEM = (*BOARD_ITEM, "position", "before")


# --- Personas --------------------------------------------------------------------------------
class PersonaSerializer(LibrarySerializer):
    resource = "personas"

    class Meta:
        model = Persona
        fields = (
            "id", "url", "workspace", "name", "segment", "quote", "summary", "goals", "pains",
            "gains", "behaviours", "colour", "created_at", "updated_at",
        )  # fmt: skip


class PersonaViewSet(LibraryViewSet):
    """Described kinds of customers, in the library of a workspace."""

    model = Persona
    serializer_class = PersonaSerializer
    holds_row = True
    filterset_fields = ("workspace", "name", "segment")

    def add(self, values: Values) -> Persona:
        by = self.enter(values["workspace"])
        return services.create_persona(**values, by=by)

    def change(self, present: Persona, values: Values) -> None:
        set_values(present, values)
        services.change_persona(present, by=self.actor)

    def remove(self, present: Persona) -> None:
        services.delete_persona(present, by=self.actor)


# --- Journeys --------------------------------------------------------------------------------
class JourneySerializer(ResourceSerializer):
    resource = "journeys"
    fixed = ("workspace", "template", "based_on")

    workspace = Reference(queryset=Workspace.objects.all())
    based_on = Reference(queryset=Journey.objects.all(), required=False, allow_null=True)
    personas = Reference(
        queryset=Persona.objects.all(), many=True, required=False, source="persona_ids"
    )
    template = serializers.ChoiceField(
        choices=list(STARTERS),
        write_only=True,
        default="seven-stages",
        help_text="On creation: the stages and lanes to start with.",
    )

    class Meta:
        model = Journey
        fields = (
            "id", "url", "version", "workspace", "title", "perspective", "personas",
            "business_goal", "customer_goal", "scope", "review_due", "template", "based_on",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("version",)

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        workspace = self.instance.workspace if self.instance else values["workspace"]
        require_same_workspace(workspace, values)
        return values


# --- The whole map ---------------------------------------------------------------------------
MapPart = tuple[type[serializers.Serializer[Any]], Callable[[Journey], QuerySet[Any]]]
_parts: dict[str, MapPart] = {}


def show_on_map(
    name: str,
    serializer: type[serializers.Serializer[Any]],
    rows: Callable[[Journey], QuerySet[Any]],
) -> None:
    """Add a list of items to the answer of `journeys/<id>/map/`; one query each."""
    _parts[name] = (serializer, rows)


class MapSerializer(serializers.Serializer[Any]):
    """A journey with all that is on its map; each list is in the order of the map."""

    journey = JourneySerializer(read_only=True)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name, (serializer, _rows) in _parts.items():
            fields[name] = serializer(many=True, read_only=True)
        return fields


# --- Journeys as a resource ------------------------------------------------------------------
class JourneyViewSet(BoardViewSet):
    """Journeys. Deleting one puts it into the trash of its workspace."""

    model = Journey
    serializer_class = JourneySerializer
    filterset_fields = ("workspace", "perspective", "based_on")

    def rows(self) -> QuerySet[Journey]:
        links = JourneyPersona.objects.filter(board=OuterRef("pk")).order_by("created_at", "pk")
        return Journey.objects.annotate(persona_ids=ArraySubquery(links.values("persona")))

    def add(self, values: Values) -> Journey:
        by = self.enter(values["workspace"])
        starter = STARTERS[values.pop("template")]
        personas = values.pop("persona_ids", [])
        with transaction.atomic():
            journey = services.create_journey(**values, starter=starter, by=by)
            self.show_personas(journey, personas)
        return journey

    def change(self, present: Journey, values: Values) -> None:
        personas = values.pop("persona_ids", None)
        set_values(present, values)
        present.save()
        if personas is not None:
            self.show_personas(present, personas)

    def show_personas(self, journey: Journey, personas: list[Persona]) -> None:
        """Exactly these."""
        for persona in personas_of(journey):
            if persona not in personas:
                services.detach_persona(journey, persona, by=self.actor)
        for persona in personas:
            services.attach_persona(journey, persona, by=self.actor)

    def remove(self, present: Journey) -> None:
        services.delete_journey(present, by=self.actor)

    @extend_schema(responses=MapSerializer)
    @action(detail=True)
    def map(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The whole map in one answer: the journey, and every item that is on it."""
        journey = self.get_object()
        loaded = {"journey": journey} | {
            name: list(rows(journey)) for name, (_serializer, rows) in _parts.items()
        }
        body = MapSerializer(loaded, context=self.get_serializer_context()).data
        return Response(body, headers={"ETag": entity_tag(journey)})


# --- Stages ----------------------------------------------------------------------------------
class StageSerializer(OrderedItemSerializer):
    resource = "stages"
    board_model = Journey

    class Meta:
        model = Stage
        fields = (
            *ORDERED_ITEM, "title", "period", "situation", "customer_goal", "business_goal",
        )  # fmt: skip
        read_only_fields = ("version",)


class StagePlace(serializers.Serializer[Any]):
    before = Reference(queryset=Stage.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=StagePlace, responses=StageSerializer))
class StageViewSet(Moves, BoardItemViewSet):
    """The steps of a journey, in order. A stage goes with all that stands in it."""

    model = Stage
    serializer_class = StageSerializer
    move_serializer = StagePlace
    filterset_fields = ("board", "period")
    ordering_fields = ("position", "title", "created_at", "updated_at")

    def add(self, values: Values) -> Stage:
        journey = values.pop("board")
        return services.create_stage(journey, **values, by=self.enter(journey))

    def move_to(self, present: Stage, **place: Any) -> None:
        services.move_stage(present, **place, by=self.actor)

    def remove(self, present: Stage) -> None:
        services.delete_stage(present, by=self.actor)


# --- Lanes -----------------------------------------------------------------------------------
class LaneSerializer(OrderedItemSerializer):
    resource = "lanes"
    board_model = Journey
    fixed = ("board", "before", "kind")

    kind = serializers.ChoiceField(choices=[])

    class Meta:
        model = Lane
        fields = (*ORDERED_ITEM, "kind", "title", "collapsed")
        read_only_fields = ("version",)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["kind"] = serializers.ChoiceField(choices=[kind.key for kind in kinds()])
        return fields


class LanePlace(serializers.Serializer[Any]):
    before = Reference(queryset=Lane.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=LanePlace, responses=LaneSerializer))
class LaneViewSet(Moves, BoardItemViewSet):
    """The rows of a map. An empty title stands for the usual name of its kind."""

    model = Lane
    serializer_class = LaneSerializer
    move_serializer = LanePlace
    filterset_fields = ("board", "kind", "collapsed")
    ordering_fields = ("position", "kind", "created_at", "updated_at")

    def add(self, values: Values) -> Lane:
        journey, collapsed = values.pop("board"), values.pop("collapsed", False)
        with journey.editing(by=self.enter(journey)):
            lane = services.create_lane(journey, **values, by=self.actor)
            if collapsed:
                services.collapse_lane(lane, collapsed=True, by=self.actor)
        return lane

    def move_to(self, present: Lane, **place: Any) -> None:
        services.move_lane(present, **place, by=self.actor)

    def remove(self, present: Lane) -> None:
        services.delete_lane(present, by=self.actor)


# --- Notes -----------------------------------------------------------------------------------
class NoteSerializer(OrderedItemSerializer):
    resource = "notes"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "before", "stage", "lane")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    lane = Reference(queryset=Lane.objects.all())

    class Meta:
        model = Note
        fields = (*ORDERED_ITEM, "stage", "lane", "text")
        read_only_fields = ("version",)


class NotePlace(serializers.Serializer[Any]):
    """Stage and lane stay as they are when they are left out."""

    stage = Reference(queryset=Stage.objects.all(), required=False)
    lane = Reference(queryset=Lane.objects.all(), required=False)
    before = Reference(queryset=Note.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=NotePlace, responses=NoteSerializer))
class NoteViewSet(Moves, BoardItemViewSet):
    """Texts in the cells where stages and lanes meet."""

    model = Note
    serializer_class = NoteSerializer
    move_serializer = NotePlace
    filterset_fields = ("board", "stage", "lane")
    ordering_fields = ("position", "stage", "lane", "created_at", "updated_at")

    def add(self, values: Values) -> Note:
        return services.create_note(**values, by=self.enter(values["stage"]))

    def move_to(self, present: Note, **place: Any) -> None:
        here = {"stage": present.stage, "lane": present.lane}
        services.move_note(present, **{**here, **place}, by=self.actor)

    def remove(self, present: Note) -> None:
        services.delete_note(present, by=self.actor)


# --- Feelings --------------------------------------------------------------------------------
class EmotionSerializer(BoardItemSerializer):
    resource = "emotions"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "stage", "persona")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    persona = Reference(
        queryset=Persona.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="A persona that the journey shows; null stands for all customers.",
    )

    class Meta:
        model = Emotion
        fields = (*BOARD_ITEM, "stage", "persona", "score", "reason")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []  # one that is given again takes the earlier's place

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        persona = values.get("persona")
        if persona and self.instance is None and not _shows(values["stage"].board_id, persona):
            words = _("The journey does not show this persona. Put it on the journey first.")
            raise serializers.ValidationError({"persona": [words]})
        return values


def _shows(journey_id: int, persona: Persona) -> bool:
    return JourneyPersona.objects.filter(board=journey_id, persona=persona).exists()


class EmotionViewSet(BoardItemViewSet):
    """How customers feel in a stage; a second one for the same stage and persona takes the
    first one's place."""

    model = Emotion
    serializer_class = EmotionSerializer
    filterset_fields = ("board", "stage", "persona")
    ordering_fields = ("stage", "score", "created_at", "updated_at")

    def add(self, values: Values) -> Emotion:
        return services.record_emotion(**values, by=self.enter(values["stage"]))


# --- What this app shows on the map ----------------------------------------------------------
def _on(model: type[models.Model], *order: str) -> Callable[[Journey], QuerySet[Any]]:
    return lambda journey: model._default_manager.filter(board=journey.pk).order_by(*order)


def _personas(journey: Journey) -> QuerySet[Persona]:
    links = JourneyPersona.objects.filter(board=journey.pk).values("persona")
    return Persona.objects.filter(pk__in=links).order_by("name", "pk")


show_on_map("personas", PersonaSerializer, _personas)
show_on_map("stages", StageSerializer, _on(Stage, "position"))
show_on_map("lanes", LaneSerializer, _on(Lane, "position"))
show_on_map("notes", NoteSerializer, _on(Note, "stage__position", "lane__position", "position"))
show_on_map("emotions", EmotionSerializer, _on(Emotion, "stage__position", "pk"))
