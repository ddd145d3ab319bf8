"""The personas of a workspace's library."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from collaboration.api.items import (
    LibrarySerializer,
    LibraryViewSet,
)
from collaboration.api.uploads import UPLOADS, UploadField
from collaboration.pictures import NotAPicture, picture_response
from journeys import services
from journeys.api.maps import show_on_map
from journeys.models import Journey, JourneyPersona, Persona, PersonaVersion
from teams.api.resources import Values, set_values


class PersonaSerializer(LibrarySerializer):
    resource = "personas"

    class Meta:
        model = Persona
        fields = (
            "id", "url", "workspace", "name", "segment", "quote", "summary", "goals", "pains",
            "gains", "behaviours", "colour", "portrait", "created_at", "updated_at",
        )  # fmt: skip

    portrait = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_portrait(self, persona: Persona) -> str | None:
        """Where the portrait is fetched; null where there is none."""
        if not persona.portrait:
            return None
        request = self.context.get("request")
        return str(reverse("api:personas-portrait", args=[persona.pk], request=request))


class PortraitSerializer(serializers.Serializer[Any]):
    file = UploadField(help_text="PNG, JPEG or WebP: a file (multipart), or base64 (JSON).")


class PersonaVersionSerializer(serializers.ModelSerializer[PersonaVersion]):
    replaced_by = serializers.CharField(source="replaced_by_name")
    values = serializers.SerializerMethodField()

    class Meta:
        model = PersonaVersion
        fields = ("id", "replaced_at", "replaced_by", "values")

    def get_values(self, version: PersonaVersion) -> dict[str, Any]:
        """What the persona was; of a portrait only whether there was one."""
        return {**version.values, "portrait": bool(version.values.get("portrait"))}


class PutBackSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(help_text="The id of an earlier version of this persona.")


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

    @extend_schema(methods=["get"], request=None, responses={(200, "image/*"): OpenApiTypes.BINARY})
    @extend_schema(methods=["post"], request=PortraitSerializer, responses=PersonaSerializer)
    @extend_schema(methods=["delete"], request=None, responses={204: None})
    @action(detail=True, methods=["get", "post", "delete"], parser_classes=UPLOADS)
    def portrait(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The portrait itself; POST takes a new one, DELETE takes it away."""
        persona = self.get_object()
        if request.method == "GET":
            return picture_response(persona.portrait)
        file = self.read(PortraitSerializer)["file"] if request.method == "POST" else None
        try:
            services.change_portrait(persona, file=file, by=self.actor)
        except NotAPicture as reason:
            raise serializers.ValidationError({"file": [str(reason)]}) from reason
        return self.shown(persona) if file else Response(status=204)

    @extend_schema(responses=PersonaVersionSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def versions(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the persona was before each change, the latest first."""
        earlier = PersonaVersion.objects.filter(persona=self.get_object()).order_by("-pk")
        return Response(PersonaVersionSerializer(earlier, many=True).data)

    @extend_schema(request=PutBackSerializer, responses=PersonaSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make the persona what it was; what it is now is kept as a version."""
        persona = self.get_object()
        wanted = self.read(PutBackSerializer)["version"]
        version = PersonaVersion.objects.filter(persona=persona, pk=min(wanted, 2**62)).first()
        if version is None:
            raise serializers.ValidationError({"version": [_("There is no such version.")]})
        services.put_back_persona(version, by=self.actor)
        return self.shown(persona)


def _personas(journey: Journey) -> QuerySet[Persona]:
    links = JourneyPersona.objects.filter(board=journey.pk).values("persona")
    return Persona.objects.filter(pk__in=links).order_by("name", "pk")


show_on_map("personas", PersonaSerializer, _personas)
