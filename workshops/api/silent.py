"""Writing in silence and the reveal, for programs: parts of the workshop's resource."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.idempotency import answered_once
from collaboration.retry import tried_again
from teams.api.filters import LARGEST_ID
from workshops import silent
from workshops.models import Contribution, ContributionKind
from workshops.selectors import scope_stage

KINDS: Any = ContributionKind


class SilentNoteSerializer(serializers.Serializer[Any]):
    """What you have written and nobody else may read before the reveal."""

    id = serializers.IntegerField(read_only=True)
    text = serializers.CharField(max_length=Contribution._meta.get_field("text").max_length)
    kind = serializers.ChoiceField(choices=KINDS, default="problem")
    stage = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LARGEST_ID,
        write_only=True,
        help_text="A stage of the journey that is in the workshop's scope.",
    )
    touchpoint = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=LARGEST_ID
    )


class Revealed(serializers.Serializer[Any]):
    shown = serializers.IntegerField(help_text="How many notes became contributions.")


class CollectsInSilence:
    """What the workshop's resource can do while notes wait for the reveal."""

    COMMENTERS_DO = ("join", "silent_notes")

    @extend_schema(methods=["get"], responses=SilentNoteSerializer(many=True))
    @extend_schema(
        methods=["post"], request=SilentNoteSerializer, responses={201: SilentNoteSerializer}
    )
    @action(
        detail=True,
        methods=["get", "post"],
        url_path="silent-notes",
        pagination_class=None,
        filter_backends=[],
    )
    def silent_notes(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Your own notes that wait for the reveal, or one more; nobody else's are told."""
        workshop = self.get_object()
        if request.method == "POST":
            response: Response = tried_again(answered_once(self.write_in_silence))(
                request, workshop
            )
            return response
        self.enter(workshop)
        notes = silent.own_notes(workshop, self.actor)
        return Response(SilentNoteSerializer(list(notes), many=True).data)

    def write_in_silence(self: Any, request: Request, workshop: Any) -> Response:
        values = self.read(SilentNoteSerializer)
        number = values.pop("stage", None)
        stage = scope_stage(workshop, number) if number else None
        if number and stage is None:
            raise serializers.ValidationError({"stage": ["The workshop does not work on it."]})
        note = silent.add_silent_note(workshop, stage=stage, **values, by=self.enter(workshop))
        return Response(SilentNoteSerializer(note).data, status=201)

    @extend_schema(request=None, responses=Revealed)
    @action(detail=True, methods=["post"])
    def reveal(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make contributions of all that was written in silence."""
        workshop = self.get_object()
        count = silent.reveal_notes(workshop, by=self.enter(workshop))
        return Response({"shown": count})
