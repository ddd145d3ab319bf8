"""The next workshop, made from one, for programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.idempotency import answered_once
from collaboration.retry import tried_again
from teams.models import Role
from workshops.follow_up import plan_follow_up, unsolved
from workshops.models import Workshop


class FollowUpSerializer(serializers.ModelSerializer[Workshop]):
    """What is left out is taken from the workshop before."""

    carried: Any = serializers.ListField(
        child=serializers.IntegerField(),
        required=False,
        allow_null=True,
        help_text="Contributions that go along as still open; all that are unsolved otherwise.",
    )

    class Meta:
        model = Workshop
        fields = ("title", "starts_at", "location", "facilitator", "introduction", "carried")
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "starts_at": {"required": True, "allow_null": False}
        }

    def validate_carried(self, numbers: list[int] | None) -> list[int] | None:
        """They have to be unsolved ones of this workshop."""
        known = set(unsolved(self.context["workshop"]).values_list("pk", flat=True))
        if unknown := sorted(set(numbers or ()) - known):
            words = serializers.PrimaryKeyRelatedField.default_error_messages["does_not_exist"]
            raise serializers.ValidationError([str(words).format(pk_value=unknown[0])])
        return numbers


class FollowsUp:
    """POST to `<workshop>/follow-up/`."""

    @extend_schema(request=FollowUpSerializer)
    @action(detail=True, methods=["post"], url_path="follow-up")
    def follow_up(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Make the next workshop: with what is unsolved, who took part and the agenda of
        follow-ups; it names this one as the one that it follows."""
        return tried_again(answered_once(self._follow_up))(request, *args, **kwargs)

    def _follow_up(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        workshop = self.get_object()
        by = self.enter(workshop, Role.EDITOR)
        context = {**self.get_serializer_context(), "workshop": workshop}
        sent = FollowUpSerializer(data=request.data, context=context)
        sent.is_valid(raise_exception=True)
        response: Response = self.shown(plan_follow_up(workshop, **sent.validated_data, by=by), 201)
        return response
