"""Files made from boards: ask for one, look how far it is, fetch it."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from collaboration.api.items import BoardFilterBackend, WritesSafely
from collaboration.exporting import (
    NEEDS,
    BadOptions,
    CannotExport,
    request_export,
    retry_export,
)
from collaboration.models import Board, Export
from collaboration.views.exports import CONTENT_TYPES, file_name
from teams.api.fields import Reference
from teams.api.resources import Lists, Resource, Shows, Values
from teams.api.serializers import ResourceSerializer


class ExportSerializer(ResourceSerializer):
    resource = "exports"

    board = Reference(queryset=Board.objects.all())
    file = serializers.SerializerMethodField(help_text="Where to fetch it once it is done.")
    options = serializers.DictField(
        required=False,
        help_text=(
            "Of a `map`: `layout` of the PDF (`page`, `tiles`), `paper` of the tiles (`A4`, `A3`), "
            "`width` of the picture in pixels (800 to 6000), `stages` and `lanes` by id (all where "
            "left out). Of `changes`: `since`, which is needed: a date (`2026-03-01`, its first "
            "moment), `version:41`, `snapshot:7`, or a related map, `journey:9`. Of a `summary`: "
            "`variant` (`full`, `page`, `handout`, `poster-a1`, `poster-a1-whole`, `poster-a3`, "
            "`cards`)."
        ),
    )

    class Meta:
        model = Export
        fields = (
            "id", "url", "board", "kind", "format", "language", "options", "status", "progress",
            "error", "file", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("status", "progress", "error")
        extra_kwargs = {"language": {"required": False}, "format": {"required": False}}

    def get_file(self, export: Export) -> str | None:
        if export.status != Export.Status.DONE:
            return None
        address: str = reverse("api:exports-file", [export.pk], request=self.context["request"])
        return address


def _file_renderer(file_format: str, content_type: str) -> type[BaseRenderer]:
    """Lets a program ask for the type of the file itself."""
    named = {"media_type": content_type, "format": file_format, "render_style": "binary"}
    return type(f"{file_format.title()}File", (BaseRenderer,), named)


FILES = [_file_renderer(name, content_type) for name, content_type in CONTENT_TYPES.items()]


@extend_schema_view(create=extend_schema(responses={202: ExportSerializer}))
class ExportViewSet(WritesSafely, Lists, Shows, Resource):
    """Your own exports: what is in a file depends on whose rights it was made with. While the
    same file is still on its way, asking again gives that one. A journey has a `map` (`pdf`,
    `png`, `pptx`, `xlsx`), its `inventory` of touchpoints (`xlsx`, `csv`), its `changes` (`pdf`)
    and its `gaps` (`pdf`, `xlsx`), a workshop its `summary` (`pdf`). Ask for one, look at it until
    its `status` is `done`, then fetch its `file`."""

    model = Export
    serializer_class = ExportSerializer
    write_role = NEEDS
    http_method_names = ["get", "post", "head"]
    filter_backends = (BoardFilterBackend, *Resource.filter_backends[1:])
    filterset_fields = ("board", "kind", "format", "status")
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[Export]:
        mine = Export.objects.filter(requested_by=self.person)
        return mine.select_related("board__workspace")

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().create(request, *args, **kwargs)
        response.status_code = 202
        return response

    def add(self, values: Values) -> Export:
        board, kind = values["board"], values["kind"]
        try:
            return request_export(
                board,
                kind=kind,
                file_format=values.get("format", Export.Format.PDF),
                language=values.get("language") or get_language(),
                options=values.get("options"),
                by=self.enter(board),
            )
        except CannotExport as fault:
            words = _("This kind of board cannot be exported like this.")
            raise serializers.ValidationError({"kind": [words]}) from fault
        except BadOptions as fault:
            raise serializers.ValidationError({"options": [str(fault)]}) from fault

    @extend_schema(request=None, responses=ExportSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Queue a failed or cancelled export again."""
        return self.shown(retry_export(self.get_object(), by=self.actor))

    @extend_schema(
        responses={
            (200, content_type): OpenApiResponse(OpenApiTypes.BINARY, "The file.")
            for content_type in CONTENT_TYPES.values()
        }
    )
    @action(detail=True, renderer_classes=[*FILES, JSONRenderer])
    def file(self, request: Request, *args: Any, **kwargs: Any) -> FileResponse:
        """The file itself; 404 until it is done."""
        export = self.get_object()
        self.enter(export)
        if export.status != Export.Status.DONE or not export.file.storage.exists(export.file.name):
            raise Http404
        return FileResponse(
            export.file.open(),
            as_attachment=True,
            filename=file_name(export),
            content_type=CONTENT_TYPES[export.format],
            headers={"X-Content-Type-Options": "nosniff"},
        )
