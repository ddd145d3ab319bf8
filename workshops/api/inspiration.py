"""The library of inspiration, and the cases that workshops took along."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.reverse import reverse

from collaboration.api.items import (
    BOARD_ITEM,
    BoardItemSerializer,
    BoardItemViewSet,
    LibrarySerializer,
    LibraryViewSet,
)
from collaboration.api.uploads import UPLOADS, UploadField
from collaboration.pictures import NotAPicture, picture_response
from insights.forms import tidied
from teams.api.fields import Reference
from teams.api.resources import Values
from workshops import inspiration
from workshops.inspiration_models import InspirationCase, ShownCase
from workshops.models import Contribution, Workshop


class InspirationCaseSerializer(LibrarySerializer):
    resource = "inspiration-cases"

    picture = serializers.SerializerMethodField()

    class Meta:
        model = InspirationCase
        fields = (
            "id", "url", "workspace", "title", "company", "done", "effect", "link", "tags",
            "picture", "picture_alt", "created_at", "updated_at",
        )  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "done": {"help_text": "What was done, 2,000 characters at most."},
            "tags": {"help_text": "Words by which it is matched to a problem."},
        }

    @extend_schema_field(OpenApiTypes.URI)
    def get_picture(self, case: InspirationCase) -> str | None:
        """Where the picture is fetched; null where there is none."""
        if not case.picture:
            return None
        request = self.context.get("request")
        return str(reverse("api:inspiration-cases-picture", args=[case.pk], request=request))

    def validate_tags(self, tags: list[str]) -> list[str]:
        return tidied(tags)


class CasePictureSerializer(serializers.Serializer[Any]):
    file = UploadField(help_text="PNG, JPEG or WebP: a file (multipart), or base64 (JSON).")


class InspirationCaseViewSet(LibraryViewSet):
    """How others solved the like: what they did, and what came of it."""

    model = InspirationCase
    serializer_class = InspirationCaseSerializer
    filterset_fields = ("workspace", "title", "company")
    ordering = ("workspace_id", "-created_at")
    ordering_fields = ("title", "company", "created_at", "updated_at")

    def add(self, values: Values) -> InspirationCase:
        workspace = values.pop("workspace")
        return inspiration.create_case(workspace, **values, by=self.enter(workspace))

    def change(self, present: InspirationCase, values: Values) -> None:
        inspiration.change_case(present, fields=values, by=self.actor)

    def remove(self, present: InspirationCase) -> None:
        inspiration.delete_case(present, by=self.actor)

    @extend_schema(methods=["get"], request=None, responses={(200, "image/*"): OpenApiTypes.BINARY})
    @extend_schema(
        methods=["post"], request=CasePictureSerializer, responses=InspirationCaseSerializer
    )
    @extend_schema(methods=["delete"], request=None, responses={204: None})
    @action(detail=True, methods=["get", "post", "delete"], parser_classes=UPLOADS)
    def picture(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The picture itself; POST takes a new one, DELETE takes it away."""
        case = self.get_object()
        if request.method == "GET":
            return picture_response(case.picture)
        file = self.read(CasePictureSerializer)["file"] if request.method == "POST" else None
        try:
            inspiration.change_picture(case, file=file, by=self.actor)
        except NotAPicture as reason:
            raise serializers.ValidationError({"file": [str(reason)]}) from reason
        return self.shown(case) if file else HttpResponse(status=204)


class ShownCaseSerializer(BoardItemSerializer):
    resource = "shown-cases"
    board_model = Workshop
    fixed = ("board", "case")

    case = Reference(queryset=InspirationCase.objects.all())
    problem = Reference(
        queryset=Contribution.objects.all(),
        required=False,
        allow_null=True,
        help_text="What it may help with.",
    )

    class Meta:
        model = ShownCase
        fields = (*BOARD_ITEM, "case", "problem", "showing")
        read_only_fields = ("version",)
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "showing": {"help_text": "All see it now; the one that was shown is put away."}
        }
        # Taken along again it is the same one.
        validators: ClassVar[list[Any]] = []


class ShownCaseViewSet(BoardItemViewSet):
    """The cases that workshops took along; at most one of a workshop is shown."""

    model = ShownCase
    serializer_class = ShownCaseSerializer
    filterset_fields = ("board", "case", "showing")
    ordering_fields = ("created_at", "updated_at")

    def rows(self) -> QuerySet[ShownCase]:
        return ShownCase.objects.select_related("case")

    def add(self, values: Values) -> ShownCase:
        workshop, case = values["board"], values["case"]
        act = inspiration.show_case if values.get("showing") else inspiration.bring_case
        return act(workshop, case, problem=values.get("problem"), by=self.enter(workshop))

    def change(self, present: ShownCase, values: Values) -> None:
        inspiration.change_shown(present, fields=values, by=self.actor)

    def remove(self, present: ShownCase) -> None:
        inspiration.drop_case(present, by=self.actor)
