"""Invitations to workshops by mail, and what was answered."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from teams.api.fields import Reference
from teams.api.resources import Values
from workshops import inviting
from workshops.invitation_models import WorkshopInvitation
from workshops.models import Participant, Workshop


class WorkshopInvitationSerializer(BoardItemSerializer):
    resource = "workshop-invitations"
    board_model = Workshop
    tells_board = "participant"
    fixed = ("board", "participant")

    participant = Reference(
        queryset=Participant.objects.select_related("board__workspace"),
        help_text="Somebody with an e-mail address; null when taken off the list since.",
    )

    class Meta:
        model = WorkshopInvitation
        fields = (
            *BOARD_ITEM, "participant", "name", "email", "answer", "answered_at", "sent_at",
            "starts_at", "ends_at", "cancelled_at",
        )  # fmt: skip
        read_only_fields = (
            "version", "name", "email", "answered_at", "sent_at", "starts_at", "ends_at",
            "cancelled_at",
        )  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "answer": {"help_text": "What the person said; empty while nothing."}
        }
        # Who is invited already is not invited twice.
        validators: ClassVar[list[Any]] = []

    def validate_participant(self, participant: Participant) -> Participant:
        if not participant.email:
            raise serializers.ValidationError(_("This participant has no e-mail address."))
        return participant


class WorkshopInvitationViewSet(BoardItemViewSet):
    """Who was invited by mail; a new one is mailed with an entry for the calendar."""

    model = WorkshopInvitation
    serializer_class = WorkshopInvitationSerializer
    http_method_names = ["get", "post", "patch", "head"]
    filterset_fields = ("board", "participant", "answer")
    ordering_fields = ("name", "sent_at", "created_at", "updated_at")

    def add(self, values: Values) -> WorkshopInvitation:
        person = values["participant"]
        workshop = Workshop.objects.get(pk=person.board_id)
        by = self.enter(person)
        asked = inviting.invite(workshop, participants=[person], by=by)
        return asked[0] if asked else WorkshopInvitation.objects.get(participant=person)

    def change(self, present: WorkshopInvitation, values: Values) -> None:
        """Write down what somebody answered by another way than their link."""
        inviting.answer_invitation(present, answer=values["answer"], by=self.actor)

    @extend_schema(request=None, responses=WorkshopInvitationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell the person by mail not to come; the invitation stays with the moment of that."""
        with self.door(self.get_object()) as present:
            inviting.withdraw_invitation(present, by=self.actor)
        return self.shown(present)
