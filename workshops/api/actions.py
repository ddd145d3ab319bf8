"""What was decided and what came of it, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from collaboration.api.uploads import UPLOADS, UploadField
from collaboration.pictures import NotAPicture, picture_response
from journeys.models import Metric
from teams.api.fields import Reference
from teams.api.resources import Values
from workshops import deciding, outcomes
from workshops.models import Action, Proposal, Workshop


class ActionSerializer(BoardItemSerializer):
    resource = "actions"
    board_model = Workshop

    workspace: Any = serializers.PrimaryKeyRelatedField(source="board.workspace", read_only=True)
    proposal = Reference(queryset=Proposal.objects.all(), required=False, allow_null=True)
    proof_metric = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="A metric on the workshop's journey that shows what came of it.",
    )
    question = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="The comment on the journey that asks again, after the action was dropped.",
    )
    picture = serializers.SerializerMethodField(help_text="Where the picture that proves it is.")

    class Meta:
        model = Action
        fields = (
            *BOARD_ITEM, "workspace", "proposal", "title", "owner", "helpers", "starts", "due",
            "status", "metric", "target", "result", "proof_link", "proof_metric", "picture",
            "picture_alt", "question",
        )  # fmt: skip
        read_only_fields = ("version", "picture_alt")

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_picture(self, present: Action) -> str | None:
        if not present.picture:
            return None
        request = self.context.get("request")
        return str(reverse("api:actions-picture", args=[present.pk], request=request))

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        wanted = values.get("proof_metric")
        if wanted and not self._is_on_map(wanted, values):
            words = _("The journey of this workshop has no such metric.")
            raise serializers.ValidationError({"proof_metric": [words]})
        starts, due = self._either(values, "starts"), self._either(values, "due")
        if starts and due and due < starts:
            raise serializers.ValidationError({"due": [_("It is due before it starts.")]})
        return values

    def _is_on_map(self, pk: int, values: Values) -> bool:
        workshop = self.board_of(values)
        return Metric.objects.filter(pk=pk, board__journey__workshops=workshop.pk).exists()

    def _either(self, values: Values, name: str) -> Any:
        return values[name] if name in values else getattr(self.instance, name, None)


class ProofSerializer(serializers.Serializer[Any]):
    file = UploadField(help_text="PNG, JPEG or WebP: a file (multipart), or base64 (JSON).")
    alt = serializers.CharField(max_length=200, help_text="What the picture shows.")


@extend_schema_view(
    reopen=extend_schema(request=None, responses=ActionSerializer),
    proof=extend_schema(request=ProofSerializer, responses=ActionSerializer),
)
class ActionViewSet(BoardItemViewSet):
    """What was decided: who does what by when, and what came of it.

    What becomes `dropped` opens its question on the map again, as a comment there.
    """

    model = Action
    serializer_class = ActionSerializer
    parser_classes = UPLOADS
    filterset_fields = ("board", "proposal", "status", "owner", "due")
    ordering_fields = ("due", "status", "title", "created_at", "updated_at")

    def rows(self) -> QuerySet[Action]:
        return Action.objects.select_related("board__workspace")

    def add(self, values: Values) -> Action:
        workshop = values.pop("board")
        return deciding.add_action(workshop, **values, by=self.enter(workshop))

    def change(self, present: Action, values: Values) -> None:
        deciding.change_action(present, fields=values, by=self.actor)

    def remove(self, present: Action) -> None:
        deciding.delete_action(present, by=self.actor)

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask again, on the map, what a dropped action was to solve; done twice is once."""
        with self.door(self.get_object()) as present:
            outcomes.reopen_question(present, by=self.actor)
        response: Response = self.shown(present)
        return response

    @action(detail=True, methods=["post"])
    def proof(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Keep a picture that proves what came of it, in the place of an earlier one."""
        seen = self.get_object()
        values = self.read(ProofSerializer)
        try:
            with self.door(seen) as present:
                outcomes.prove_with_picture(present, **values, by=self.actor)
        except NotAPicture as reason:
            raise serializers.ValidationError({"file": [str(reason)]}) from reason
        response: Response = self.shown(present)
        return response

    @extend_schema(responses={(200, "image/*"): OpenApiTypes.BINARY})
    @action(detail=True)
    def picture(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The picture itself."""
        return picture_response(self.get_object().picture)
