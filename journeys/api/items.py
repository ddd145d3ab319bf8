"""What is on a map: stages, lanes, notes, feelings."""

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
from journeys import services
from journeys.api.gestures import LaneCopies, NotesAtOnce, Reshapes
from journeys.api.maps import on_board, show_on_map
from journeys.lanes import kinds
from journeys.models import Emotion, Journey, JourneyPersona, Lane, Note, Persona, Stage
from teams.api.fields import Reference
from teams.api.resources import Values

ORDERED_ITEM = (*BOARD_ITEM, "position", "before")
DERIVED_ITEM = (*ORDERED_ITEM, "origin")
"""`origin` is the item of another map that this one was copied from; it may be gone."""


# --- Stages ----------------------------------------------------------------------------------
class StageSerializer(OrderedItemSerializer):
    resource = "stages"
    board_model = Journey

    class Meta:
        model = Stage
        fields = (
            *DERIVED_ITEM, "title", "period", "situation", "customer_goal", "business_goal",
            "goal_agreement", "speaker_notes",
        )  # fmt: skip
        read_only_fields = ("version",)


class StagePlace(serializers.Serializer[Any]):
    before = Reference(queryset=Stage.objects.all(), required=False, allow_null=True)


@extend_schema_view(
    move=extend_schema(request=StagePlace, responses=StageSerializer),
    split=extend_schema(responses=StageSerializer),
    merge=extend_schema(responses=StageSerializer),
)
class StageViewSet(Reshapes, Moves, BoardItemViewSet):
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
        fields = (*DERIVED_ITEM, "kind", "title", "collapsed")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []  # the service refuses a second one, in words

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["kind"] = serializers.ChoiceField(choices=[kind.key for kind in kinds()])
        return fields


class LanePlace(serializers.Serializer[Any]):
    before = Reference(queryset=Lane.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=LanePlace, responses=LaneSerializer))
class LaneViewSet(Moves, LaneCopies, BoardItemViewSet):
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


# --- Whose it is -----------------------------------------------------------------------------
def require_shown(journey_id: int, persona: Persona | None) -> None:
    """Refuse a persona that the journey does not show."""
    links = JourneyPersona.objects.filter(board=journey_id)
    if persona is not None and not links.filter(persona=persona).exists():
        words = _("The journey does not show this persona. Put it on the journey first.")
        raise serializers.ValidationError({"persona": [words]})


# --- Notes -----------------------------------------------------------------------------------
class NoteSerializer(OrderedItemSerializer):
    resource = "notes"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "before", "stage", "lane")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    lane = Reference(queryset=Lane.objects.all())
    persona = Reference(
        queryset=Persona.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="Whose voice it is: a persona that the journey shows, or nobody in particular.",
    )

    class Meta:
        model = Note
        fields = (*DERIVED_ITEM, "stage", "lane", "text", "persona")
        read_only_fields = ("version",)

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        stage = self.instance.stage if self.instance else values["stage"]
        require_shown(stage.board_id, values.get("persona"))
        return values


class NotePlace(serializers.Serializer[Any]):
    """Stage and lane stay as they are when they are left out."""

    stage = Reference(queryset=Stage.objects.all(), required=False)
    lane = Reference(queryset=Lane.objects.all(), required=False)
    before = Reference(queryset=Note.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=NotePlace, responses=NoteSerializer))
class NoteViewSet(NotesAtOnce, Moves, BoardItemViewSet):
    """Texts in the cells where stages and lanes meet."""

    model = Note
    serializer_class = NoteSerializer
    move_serializer = NotePlace
    filterset_fields = ("board", "stage", "lane", "persona")
    ordering_fields = ("position", "stage", "lane", "created_at", "updated_at")

    def add(self, values: Values) -> Note:
        return services.create_note(**values, by=self.enter(values["stage"]))

    def move_to(self, present: Note, **place: Any) -> None:
        here = {"stage": present.stage, "lane": present.lane}
        services.move_note(present, **{**here, **place}, by=self.actor)

    def remove(self, present: Note) -> None:
        services.delete_note(present, by=self.actor)


# --- Feelings --------------------------------------------------------------------------------
class FeelingSerializer(BoardItemSerializer):
    """A feeling at a place, which `tells_board` names; one that is given again takes the
    earlier's place."""

    board_model = Journey
    persona = Reference(
        queryset=Persona.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="A persona that the journey shows; null stands for all customers.",
    )

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        if self.instance is None:
            require_shown(values[self.tells_board].board_id, values.get("persona"))
        return values


class EmotionSerializer(FeelingSerializer):
    resource = "emotions"
    tells_board = "stage"
    fixed = ("board", "stage", "persona")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))

    class Meta:
        model = Emotion
        fields = (*BOARD_ITEM, "stage", "persona", "score", "reason")
        read_only_fields = ("version",)
        validators: ClassVar[list[Any]] = []


class EmotionViewSet(BoardItemViewSet):
    """How customers feel in a stage; a second one for the same stage and persona takes the
    first one's place."""

    model = Emotion
    serializer_class = EmotionSerializer
    filterset_fields = ("board", "stage", "persona")
    ordering_fields = ("stage", "score", "created_at", "updated_at")

    def add(self, values: Values) -> Emotion:
        return services.record_emotion(**values, by=self.enter(values["stage"]))


show_on_map("stages", StageSerializer, on_board(Stage, "position"))
show_on_map("lanes", LaneSerializer, on_board(Lane, "position"))
show_on_map(
    "notes", NoteSerializer, on_board(Note, "stage__position", "lane__position", "position")
)
show_on_map("emotions", EmotionSerializer, on_board(Emotion, "stage__position", "pk"))
