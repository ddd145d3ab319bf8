"""Walks and what was met on them, for programs."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from collaboration.api.items import (
    BOARD_ITEM,
    BoardItemSerializer,
    BoardItemViewSet,
    require_same_place,
)
from collaboration.api.uploads import UPLOADS, UploadField
from collaboration.pictures import NotAPicture, picture_response
from journeys.models import Journey, Stage
from teams.api.fields import Reference
from teams.api.resources import Values, set_values
from touchpoints import problems, walks
from touchpoints.models import Touchpoint
from touchpoints.walk_models import Walk, WalkStep

SAID = (
    "stage", "touchpoint", "place", "worked", "helped_goal", "missing", "better", "score",
)  # fmt: skip
KEY = "A key of your own making, once in a walk: what is sent with it again changes that step."


# --- Walks -----------------------------------------------------------------------------------
class StepInWalkSerializer(serializers.ModelSerializer[WalkStep]):
    """What was met at one touchpoint; a touchpoint brings its stage."""

    key = serializers.CharField(max_length=36, required=False, help_text=KEY)
    stage = Reference(queryset=Stage.objects.all(), required=False, allow_null=True)
    touchpoint = Reference(
        queryset=Touchpoint.objects.select_related("stage"), required=False, allow_null=True
    )

    class Meta:
        model = WalkStep
        fields = ("id", "key", *SAID, "waits")
        read_only_fields = ("waits",)


class WalkSerializer(BoardItemSerializer):
    resource = "walks"
    board_model = Journey

    steps = StepInWalkSerializer(
        many=True,
        required=False,
        help_text="When it is changed: those given are written, the others stay.",
    )

    class Meta:
        model = Walk
        fields = (
            *BOARD_ITEM, "walker", "company", "competitor", "walked_on", "finished", "steps",
        )  # fmt: skip
        read_only_fields = ("version",)
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "walker": {"required": False},
            "competitor": {"help_text": "A walk as a customer of a competitor names the company."},
        }

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        now = {
            name: values.get(name, getattr(self.instance, name, ""))
            for name in ("competitor", "company")
        }
        if now["competitor"] and not now["company"]:
            raise serializers.ValidationError({"company": [_("Name the competitor.")]})
        board = self.board_of(values)
        for step in values.get("steps", ()):
            require_same_place(board, step)
        return values


class WalkViewSet(BoardItemViewSet):
    """Walks along a journey as its customer, of our own company or of a competitor."""

    model = Walk
    serializer_class = WalkSerializer
    filterset_fields = ("board", "competitor", "company", "finished")
    ordering_fields = ("walked_on", "company", "created_at", "updated_at")

    def rows(self) -> QuerySet[Walk]:
        found: QuerySet[Walk] = Walk.objects.prefetch_related("steps")
        return found

    def add(self, values: Values) -> Walk:
        journey, steps = values.pop("board"), values.pop("steps", ())
        finished = values.pop("finished", False)
        with journey.editing(by=self.enter(journey)):
            walk = walks.start_walk(journey, **values, by=self.actor)
            self.answer_all(walk, steps)
            if finished:
                walks.finish_walk(walk, by=self.actor)
        return walk

    def change(self, present: Walk, values: Values) -> None:
        steps = values.pop("steps", ())
        set_values(present, values)
        walks.save_walk(present, by=self.actor)
        self.answer_all(present, steps)

    def answer_all(self, walk: Walk, steps: Any) -> None:
        for step in steps:
            walks.answer_step(walk, **step, by=self.actor)

    def remove(self, present: Walk) -> None:
        walks.delete_walk(present, by=self.actor)


# --- One step --------------------------------------------------------------------------------
class WalkStepSerializer(BoardItemSerializer):
    resource = "walk-steps"
    board_model = Journey
    tells_board = "walk"
    fixed = ("board", "walk", "key")

    walk = Reference(queryset=Walk.objects.select_related("board__workspace"))
    key = serializers.CharField(max_length=36, required=False, help_text=KEY)
    stage = Reference(queryset=Stage.objects.all(), required=False, allow_null=True)
    touchpoint = Reference(
        queryset=Touchpoint.objects.select_related("stage"), required=False, allow_null=True
    )
    photo = UploadField(
        write_only=True,
        required=False,
        allow_null=True,
        help_text="PNG, JPEG or WebP: a file (multipart), or base64 (JSON); null takes it away.",
    )
    content = serializers.SerializerMethodField()

    class Meta:
        model = WalkStep
        fields = (*BOARD_ITEM, "walk", "key", *SAID, "photo", "photo_says", "content", "waits")
        read_only_fields = ("version", "waits")
        validators: ClassVar[list[Any]] = []

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_content(self, step: WalkStep) -> str | None:
        """Where the photo is fetched."""
        if not step.photo:
            return None
        request = self.context.get("request")
        return str(reverse("api:walk-steps-content", args=[step.pk], request=request))


class ProblemSerializer(serializers.Serializer[Any]):
    """Where a finding stands as a problem."""

    waits = serializers.BooleanField(help_text="No workshop is planned: the next one gets it.")
    contribution = serializers.IntegerField(allow_null=True)


class WalkStepViewSet(BoardItemViewSet):
    """What was met on walks, touchpoint by touchpoint: did it work, did it help the customer's
    goal, what was missing, what was better than expected; with a score from 1 to 5 and a photo."""

    model = WalkStep
    serializer_class = WalkStepSerializer
    parser_classes = UPLOADS
    filterset_fields = ("board", "walk", "stage", "touchpoint", "score", "waits")
    ordering_fields = ("walk", "score", "created_at", "updated_at")

    def add(self, values: Values) -> WalkStep:
        walk = values.pop("walk")
        self.enter(walk)
        return self.write_down(walk, values)

    def change(self, present: WalkStep, values: Values) -> None:
        walk = Walk.objects.select_related("board").get(pk=present.walk_id)
        self.write_down(walk, {"key": present.key, **values})

    def write_down(self, walk: Walk, values: Values) -> WalkStep:
        """Without a photo among the values it stays as it is."""
        file = values.pop("photo", False)
        gone: Values = walks.NO_PHOTO if file is None else {}
        try:
            return walks.answer_step(walk, file=file or None, **values, **gone, by=self.actor)
        except NotAPicture as reason:
            raise serializers.ValidationError({"photo": [str(reason)]}) from reason

    def remove(self, present: WalkStep) -> None:
        walks.delete_step(present, by=self.actor)

    @extend_schema(responses={(200, "image/*"): OpenApiTypes.BINARY})
    @action(detail=True)
    def content(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The photo itself."""
        return picture_response(self.get_object().photo)

    @extend_schema(request=None, responses=ProblemSerializer)
    @action(detail=True, methods=["post"])
    def problem(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make the finding a problem for the next workshop; asked again, nothing more is done."""
        step = self.get_object()
        problems.bring_problem(step, by=self.enter(step))
        place = problems.places_of([step.pk]).get(step.pk)
        body = {"waits": place is None, "contribution": place.item_id if place else None}
        return Response(ProblemSerializer(body).data)
