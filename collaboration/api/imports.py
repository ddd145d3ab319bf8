"""Tables brought in by programs: sent, read, mapped, checked, applied, taken back."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import WritesSafely
from collaboration.api.uploads import UPLOADS, UploadField
from collaboration.editing import Refused
from collaboration.importing import asking, working
from collaboration.importing.kinds import all_kinds, kind_of
from collaboration.importing.models import Import
from collaboration.importing.tables import NotATable
from collaboration.models import Board
from teams.access import Actor
from teams.api.fields import Reference
from teams.api.resources import Lists, Resource, Shows, Values
from teams.api.serializers import ResourceSerializer
from teams.models import Role, Workspace

MAPPING = (
    "The field that each column is, by its heading; an empty text leaves a column out. Where it is "
    "given with the file, the rows are checked at once."
)
OPTIONS = (
    "What is decided for the whole file. `duplicates`: `skip` or `import`; `wrong`: `refuse` or "
    "`leave`. Of touchpoints also `stages` and `channels` (`refuse` or `create`) and `into`, the "
    "id of the stage of rows that name none. Of insights also `sources` (`refuse` or `create`)."
)


class ImportFault(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="As a spreadsheet counts rows.")
    column = serializers.CharField(help_text="The heading; empty for the whole row.")
    message = serializers.CharField()


class ImportFound(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    new = serializers.IntegerField(help_text="Rows that would be imported.")
    doubles = serializers.IntegerField(help_text="Rows that are there already, or twice.")
    wrong = serializers.IntegerField()
    may_go = serializers.BooleanField(help_text="Whether it can be applied as it was decided.")


class ImportOutcome(serializers.Serializer[Any]):
    made = serializers.IntegerField()
    version = serializers.IntegerField(
        required=False, help_text="Of touchpoints: the board's version that brought them."
    )
    kept = serializers.CharField(
        required=False, help_text="What stayed when the import was taken back."
    )


class ImportColumns(serializers.Serializer[Any]):
    mapping = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, help_text=MAPPING
    )
    options = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, help_text=OPTIONS
    )


class ImportSerializer(ResourceSerializer):
    resource = "imports"

    kind = serializers.CharField(help_text="`touchpoints`, with a `board`; or `insights`, with a `workspace`.")  # fmt: skip
    workspace = Reference(queryset=Workspace.objects.all(), required=False)
    board = Reference(queryset=Board.objects.all(), required=False, allow_null=True)
    file = UploadField(
        write_only=True,
        help_text="CSV or an Excel workbook: a file (multipart), or base64 (JSON) with its name.",
    )
    file_name = serializers.CharField(
        required=False, max_length=120, help_text="Needed beside base64; its ending counts."
    )
    mapping = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        source="named_columns",
        required=False,
        help_text=MAPPING,
    )
    options = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, help_text=OPTIONS
    )
    found = serializers.SerializerMethodField(help_text="Once the rows were checked.")
    errors = serializers.SerializerMethodField(  # type: ignore[assignment] # of the rows
        help_text="The first 1,000 that were found."
    )
    outcome = serializers.SerializerMethodField(help_text="Once it is done.")

    class Meta:
        model = Import
        fields = (
            "id", "url", "workspace", "board", "kind", "file", "file_name", "language", "mapping",
            "options", "state", "progress", "error", "found", "errors", "outcome", "created_at",
            "updated_at",
        )  # fmt: skip
        read_only_fields = ("state", "progress", "error")
        extra_kwargs = {"language": {"required": False}}

    @extend_schema_field(ImportFound(allow_null=True))
    def get_found(self, row: Import) -> Values | None:
        names = ("total", "new", "doubles", "wrong", "may_go")
        return {name: row.findings[name] for name in names} if row.findings else None

    @extend_schema_field(ImportFault(many=True))
    def get_errors(self, row: Import) -> list[Values]:
        rows = [
            {"row": number, "column": head, "message": words}
            for number, head, words in row.findings.get("faults", [])
        ]
        crowded = row.findings.get("crowded", [])
        return [*({"row": 0, "column": "", "message": words} for words in crowded), *rows]

    @extend_schema_field(ImportOutcome(allow_null=True))
    def get_outcome(self, row: Import) -> Values | None:
        names = ("made", "version", "kept")
        return {name: row.outcome[name] for name in names if name in row.outcome} or None

    def validate(self, values: Values) -> Values:
        kind = kind_of(values["kind"])
        if kind is None:
            known = ", ".join(one.key for one in all_kinds())
            raise serializers.ValidationError({"kind": [_("Choose one of: %(known)s.") % {"known": known}]})  # fmt: skip
        place = "board" if kind.on_board else "workspace"
        if values.get(place) is None:
            raise serializers.ValidationError({place: [_("Say where the rows go.")]})
        if kind.on_board and values["board"].kind != "journey":
            raise serializers.ValidationError({"board": [_("Rows of this kind go to a journey.")]})
        return values


@extend_schema_view(create=extend_schema(responses={202: ImportSerializer}))
class ImportViewSet(WritesSafely, Lists, Shows, Resource):
    """Your own imports of tables: `touchpoints` on to a journey, `insights` into a workspace. Send
    the file; look until its `state` is `read`, say what the columns mean (`check`), look until it
    is `checked` and read its `errors`, then `apply` it and look until it is `done`. `undo` takes
    back what it brought. Everything is written as one, or nothing."""

    model = Import
    serializer_class = ImportSerializer
    write_role = Role.EDITOR
    http_method_names = ["get", "post", "head"]
    parser_classes = UPLOADS
    filterset_fields = ("workspace", "board", "kind", "state")
    ordering = ("-created_at",)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Import.objects.none()
        return asking.imports_of(self.person)

    def enter(self, row: Any, role: Role | None = None) -> Actor:
        if not isinstance(row, Import):
            return super().enter(row, role)
        actor = asking.actor_for(row)
        if actor is None:
            raise serializers.ValidationError(_("This place is gone."))
        actor.must(role or self.write_role)
        self.actor = actor
        return actor

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().create(request, *args, **kwargs)
        response.status_code = 202
        return response

    def add(self, values: Values) -> Import:
        kind = kind_of(values["kind"])
        place = values["board"] if kind and kind.on_board else values["workspace"]
        upload: File[Any] = values["file"]
        upload.name = values.get("file_name") or upload.name
        wanted = {"mapping": values.get("named_columns"), "options": values.get("options")}
        by = self.enter(place)
        try:
            return asking.start_import(
                kind=kind,  # type: ignore[arg-type] # looked at by the serializer
                place=place,
                upload=upload,
                language=values.get("language") or get_language() or "en",
                wanted=wanted if wanted["mapping"] is not None else None,
                by=by,
            )
        except NotATable as fault:
            raise serializers.ValidationError({"file": [str(fault)]}) from fault

    @extend_schema(request=ImportColumns, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"])
    def check(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say what the columns mean and what is decided, and have every row looked at."""
        row, values = self.get_object(), self.read(ImportColumns)
        try:
            mapping = working.mapping_by_heads(row, values.get("mapping"))
            asking.choose(row, mapping=mapping, options=values.get("options", {}), by=self.actor)
        except asking.NotNow:
            raise
        except Refused as fault:
            raise serializers.ValidationError(str(fault)) from fault
        return self.shown(row, 202)

    @extend_schema(request=None, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Write what was checked: all of it, or nothing. Answers 409 where rows are wrong."""
        return self._done(asking.approve)

    @extend_schema(request=None, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take back what this import brought; what was used or changed since stays."""
        return self._done(asking.take_back)

    @extend_schema(request=None, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Try once more what failed."""
        return self._done(asking.retry)

    def _done(self, step: Any) -> Response:
        row = self.get_object()
        with transaction.atomic():
            step(row, by=self.actor)
        return self.shown(row, 202)
