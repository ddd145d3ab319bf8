"""Interviews and their guides: for editors and owners; reading one is written down."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import LibrarySerializer, LibraryViewSet
from collaboration.api.uploads import UPLOADS, UploadField
from insights import forgetting, interviewing
from insights.interview_models import MOST_STEPS, Interview, InterviewGuide
from insights.transcripts import NotATranscript, words_of_file
from teams.api.fields import PlainNameField
from teams.api.resources import Values, set_values
from teams.models import Workspace

PAIR = 2


@extend_schema_field(
    {
        "type": "array",
        "items": {
            "type": "array",
            "items": {
                "type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2,
            },
        },
    }
)  # fmt: skip
class LaddersField(serializers.Field[Any, Any, Any, Any]):
    """Ladders as lists of [question, answer]; one list of pairs alone is one ladder."""

    def to_internal_value(self, data: Any) -> list[list[tuple[str, str]]]:
        if not isinstance(data, list):
            raise serializers.ValidationError(_("Give a list of ladders."))
        ladders = [data] if data and all(_is_pair(one) for one in data) else data
        return [self._ladder(ladder) for ladder in ladders]

    def _ladder(self, ladder: Any) -> list[tuple[str, str]]:
        fits = isinstance(ladder, list) and 0 < len(ladder) <= MOST_STEPS
        if not fits or not all(_is_pair(step) for step in ladder):
            raise serializers.ValidationError(
                _("A ladder is a list of [question, answer], at most %(most)s.")
                % {"most": MOST_STEPS}
            )
        question = serializers.CharField(max_length=300, allow_blank=True)
        answer = serializers.CharField(max_length=1000)
        return [
            (question.run_validation(asked), answer.run_validation(said)) for asked, said in ladder
        ]

    def to_representation(self, ladders: Any) -> list[list[list[str]]]:
        return [[[step.question, step.answer] for step in ladder.rungs] for ladder in ladders.all()]


def _is_pair(step: Any) -> bool:
    return isinstance(step, list) and len(step) == PAIR and all(isinstance(x, str) for x in step)


class InterviewSerializer(LibrarySerializer):
    resource = "interviews"

    participant = PlainNameField(max_length=80)
    consent = serializers.CharField(
        source="consent_for", required=False, allow_blank=True, max_length=280,
        help_text="What consent was given for; `consent_on` says when.",
    )  # fmt: skip
    ladders = LaddersField(required=False)

    class Meta:
        model = Interview
        fields: ClassVar[tuple[str, ...]] = (
            "id", "url", "workspace", "source", "participant", "person", "persona", "guide", "date",
            "stages", "consent", "consent_on", "keep_until", "language", "transcript", "ladders",
            "created_at", "updated_at",
        )  # fmt: skip


class ListedInterviewSerializer(InterviewSerializer):
    """What a list tells: nothing of what was said, nor who it was."""

    class Meta(InterviewSerializer.Meta):
        fields: ClassVar[tuple[str, ...]] = tuple(
            name
            for name in InterviewSerializer.Meta.fields
            if name not in {"person", "transcript", "ladders"}
        )

    ladders = None  # type: ignore[assignment]


class TranscriptSerializer(serializers.Serializer[Any]):
    file = UploadField(
        allow_empty_file=True,
        help_text="Text, Word or subtitles: a file (multipart), or base64 (JSON).",
    )
    name = serializers.CharField(
        required=False, max_length=255,
        help_text="What the file is called, .txt, .docx, .vtt or .srt; needed with base64.",
    )  # fmt: skip

    def validate(self, values: Values) -> Values:
        name = values.get("name") or values["file"].name or ""
        try:
            return {"words": words_of_file(values["file"], name)}
        except NotATranscript as reason:
            raise serializers.ValidationError({"file": [str(reason)]}) from reason


class InterviewViewSet(LibraryViewSet):
    """Talks with customers, under pseudonyms. Only editors and owners see them; each reading of
    one, by GET too, stands in its access log. To delete one is to forget its participant."""

    model = Interview
    serializer_class = InterviewSerializer
    filterset_fields = ("workspace", "source", "persona", "guide", "language")
    ordering: ClassVar[tuple[str, ...]] = ("workspace_id", "-date", "-pk")  # type: ignore[assignment]
    ordering_fields = ("date", "created_at", "updated_at")

    def get_serializer_class(self) -> Any:
        return ListedInterviewSerializer if self.action == "list" else InterviewSerializer

    def rows(self) -> QuerySet[Interview]:
        rows = Interview.objects.all()
        return rows if self.action == "list" else rows.prefetch_related("ladders__steps")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        interview = self.get_object()
        interviewing.note_reading(interview, by=self.enter(interview))
        return self.answer(interview)

    def add(self, values: Values) -> Interview:
        workspace: Workspace = values.pop("workspace")
        ladders = values.pop("ladders", [])
        by = self.enter(workspace)
        interview = interviewing.create_interview(workspace, **values, by=by)
        interviewing.write_ladders(interview, ladders, by=by)
        return interview

    def change(self, present: Interview, values: Values) -> None:
        ladders = values.pop("ladders", None)
        set_values(present, values)
        interviewing.change_interview(present, fields=list(values), by=self.actor)
        if ladders is not None:
            interviewing.write_ladders(present, ladders, by=self.actor)

    @extend_schema(request=TranscriptSerializer, responses=InterviewSerializer)
    @action(detail=True, methods=["post"], parser_classes=UPLOADS)
    def transcript(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put the words of a file below the transcript; the file is not kept."""
        interview = self.get_object()
        by = self.enter(interview)
        words = self.read(TranscriptSerializer)["words"]
        try:
            interviewing.add_to_transcript(interview, words, by=by)
        except NotATranscript as reason:
            raise serializers.ValidationError({"file": [str(reason)]}) from reason
        return self.shown(interview)

    def remove(self, present: Interview) -> None:
        forgetting.forget_participant(present, by=self.actor)


class InterviewGuideSerializer(LibrarySerializer):
    resource = "interview-guides"

    name = PlainNameField(max_length=80)

    class Meta:
        model = InterviewGuide
        fields = ("id", "url", "workspace", "name", "questions", "created_at", "updated_at")


class InterviewGuideViewSet(LibraryViewSet):
    """Lists of questions that are asked in one interview after another."""

    model = InterviewGuide
    serializer_class = InterviewGuideSerializer
    holds_row = True
    filterset_fields = ("workspace", "name")

    def add(self, values: Values) -> InterviewGuide:
        by = self.enter(values["workspace"])
        return interviewing.save_guide(InterviewGuide(**values), by=by)

    def change(self, present: InterviewGuide, values: Values) -> None:
        set_values(present, values)
        interviewing.save_guide(present, by=self.actor)

    def remove(self, present: InterviewGuide) -> None:
        interviewing.delete_guide(present, by=self.actor)
