"""Links of messages that must be the same, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from journeys.api.maps import show_on_map
from journeys.models import Journey
from teams.api.fields import Reference
from teams.api.resources import Values, set_values
from touchpoints import messages as services
from touchpoints.message_models import LinkedMessage, MessageLink, MessageVerdict
from touchpoints.models import Touchpoint


class WordingSerializer(serializers.ModelSerializer[LinkedMessage]):
    """One touchpoint of a link."""

    title = serializers.CharField(source="touchpoint.title", read_only=True)
    message = serializers.CharField(source="touchpoint.message", read_only=True)

    class Meta:
        model = LinkedMessage
        fields = ("touchpoint", "title", "message", "seen")
        read_only_fields = ("touchpoint", "seen")
        extra_kwargs = {"seen": {"help_text": "What it said when the verdict was given."}}


class MessageLinkSerializer(BoardItemSerializer):
    """A verdict is of today and of whoever sends it; it remembers the messages as they are."""

    resource = "message-links"
    board_model = Journey

    touchpoints = Reference(
        queryset=Touchpoint.objects.select_related("board__workspace"),
        many=True,
        write_only=True,
        required=False,
        help_text="The touchpoints that must say the same: two or more.",
    )
    wordings = WordingSerializer(source="messages", many=True, read_only=True)
    look_again = serializers.SerializerMethodField(
        help_text="Whether a message has changed since the verdict."
    )

    class Meta:
        model = MessageLink
        fields = (
            *BOARD_ITEM, "title", "remark", "verdict", "verdict_on", "verdict_by", "touchpoints",
            "wordings", "look_again",
        )  # fmt: skip
        read_only_fields = ("version", "verdict_on", "verdict_by")

    def get_look_again(self, link: MessageLink) -> bool:
        return services.is_stale(link, link.messages.all())

    def validate_touchpoints(self, rows: list[Touchpoint]) -> list[Touchpoint]:
        if len(set(rows)) < services.LEAST:
            raise serializers.ValidationError(_("Choose two touchpoints at least."))
        return rows

    def validate(self, values: Values) -> Values:
        values = super().validate(values)
        if self.instance is None and not values.get("touchpoints"):
            words = _("Choose two touchpoints at least.")
            raise serializers.ValidationError({"touchpoints": [words]})
        return values


class MessageLinkViewSet(BoardItemViewSet):
    """Touchpoints that must say the same, with what a look at them found."""

    model = MessageLink
    serializer_class = MessageLinkSerializer
    filterset_fields = ("board", "verdict")
    ordering_fields = ("title", "verdict_on", "created_at", "updated_at")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().prefetch_related("messages__touchpoint")

    def add(self, values: Values) -> MessageLink:
        journey, verdict = values.pop("board"), values.pop("verdict", MessageVerdict.UNSEEN)
        by = self.enter(journey)
        with journey.editing(by=by):
            link = services.create_link(journey, **values, by=by)
            if verdict != MessageVerdict.UNSEEN:
                services.judge_link(link, verdict=verdict, by=by)
        return link

    def change(self, present: MessageLink, values: Values) -> None:
        wanted, verdict = values.pop("touchpoints", None), values.pop("verdict", None)
        set_values(present, values)
        services.save_link(present, by=self.actor)
        if wanted is not None:
            services.set_touchpoints(present, touchpoints=wanted, by=self.actor)
        if verdict is not None:
            services.judge_link(present, verdict=verdict, by=self.actor)

    def remove(self, present: MessageLink) -> None:
        services.delete_link(present, by=self.actor)


show_on_map(
    "message_links",
    MessageLinkSerializer,
    lambda journey: (
        MessageLink.objects.filter(board=journey.pk)
        .prefetch_related("messages__touchpoint")
        .order_by("title", "pk")
    ),
)
