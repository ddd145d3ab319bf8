"""Pictures on the maps: sent as a file or as base64, fetched from an address of their own."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.reverse import reverse

from collaboration.api.items import BoardItemViewSet, Moves, OrderedItemSerializer
from collaboration.api.uploads import UPLOADS, UploadField
from collaboration.pictures import NotAPicture, picture_response
from journeys import pictures
from journeys.api.items import ORDERED_ITEM
from journeys.api.maps import show_on_map
from journeys.models import Journey, Lane, Picture, Stage
from teams.api.fields import Reference
from teams.api.resources import Values, set_values


class PictureSerializer(OrderedItemSerializer):
    resource = "pictures"
    board_model = Journey
    tells_board = "stage"
    fixed = ("board", "before", "stage", "lane", "file")

    stage = Reference(queryset=Stage.objects.select_related("board__workspace"))
    lane = Reference(queryset=Lane.objects.all(), help_text="A lane of the kind `image`.")
    file = UploadField(
        write_only=True, help_text="PNG, JPEG or WebP: a file (multipart), or base64 (JSON)."
    )
    content = serializers.SerializerMethodField()

    class Meta:
        model = Picture
        fields = (
            *ORDERED_ITEM, "stage", "lane", "alt", "decorative", "file", "file_name", "width",
            "height", "content",
        )  # fmt: skip
        read_only_fields = ("version", "file_name", "width", "height")

    @extend_schema_field(OpenApiTypes.URI)
    def get_content(self, picture: Picture) -> str:
        """Where the picture itself is fetched."""
        request = self.context.get("request")
        return str(reverse("api:pictures-content", args=[picture.pk], request=request))

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        said = {
            name: values.get(name, getattr(self.instance, name, ""))
            for name in ("alt", "decorative")
        }
        if not any(said.values()):
            words = _("Say what the picture shows, or that it is only decoration.")
            raise serializers.ValidationError({"alt": [words]})
        return values


class PicturePlace(serializers.Serializer[Any]):
    """Stage and lane stay as they are when they are left out."""

    stage = Reference(queryset=Stage.objects.all(), required=False)
    lane = Reference(queryset=Lane.objects.all(), required=False)
    before = Reference(queryset=Picture.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=PicturePlace, responses=PictureSerializer))
class PictureViewSet(Moves, BoardItemViewSet):
    """Pictures in the cells of maps, drawn anew from what was sent and without its metadata."""

    model = Picture
    serializer_class = PictureSerializer
    move_serializer = PicturePlace
    parser_classes = UPLOADS
    filterset_fields = ("board", "stage", "lane")
    ordering_fields = ("position", "created_at", "updated_at")

    def add(self, values: Values) -> Picture:
        by = self.enter(values["stage"])
        try:
            return pictures.create_picture(**values, by=by)
        except NotAPicture as reason:
            raise serializers.ValidationError({"file": [str(reason)]}) from reason
        except pictures.OtherLane as reason:
            raise serializers.ValidationError({"lane": [str(reason)]}) from reason

    def change(self, present: Picture, values: Values) -> None:
        set_values(present, values)
        pictures.save_picture(present, by=self.actor)

    def move_to(self, present: Picture, **place: Any) -> None:
        here = {"stage": present.stage, "lane": present.lane}
        pictures.move_picture(present, **{**here, **place}, by=self.actor)

    def remove(self, present: Picture) -> None:
        pictures.delete_picture(present, by=self.actor)

    @extend_schema(responses={(200, "image/*"): OpenApiTypes.BINARY})
    @action(detail=True)
    def content(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The picture itself."""
        return picture_response(self.get_object().stored)


show_on_map(
    "pictures",
    PictureSerializer,
    lambda journey: Picture.objects.filter(board=journey.pk).order_by(
        "stage__position", "lane__position", "position"
    ),
)
