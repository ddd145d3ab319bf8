"""Votes, and the rounds in which everybody votes or rates alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from collaboration.models import Board
from teams.api.fields import Reference
from teams.api.resources import Lists, Resource, Shows, Values
from teams.models import Role
from workshops import leading, rounds, voting
from workshops.models import Contribution, Participant, Workshop
from workshops.round_models import Round, Sealed, SealedRating, SealedVote, Vote
from workshops.seats import participant_of


class Seals:
    """What one gave in a round that is not revealed is at its address for oneself alone."""

    sealed_model: ClassVar[type[Sealed]]

    def get_object(self: Any) -> Any:
        try:
            return super().get_object()  # type: ignore[misc]
        except Http404:
            mine = self.sealed(self.kwargs["pk"])
            if mine is None:
                raise
            self.check_object_permissions(self.request, mine)
            return mine

    def sealed(self: Any, pk: int) -> Any:
        """As it will be when it is revealed; None for what others gave."""
        boards = Board.objects.visible_to(self.person)
        rows = self.sealed_model._default_manager.filter(pk=pk, board__in=boards)
        row = rows.select_related("board").first()
        return self.opened(row) if row and self.is_ones_own(row) else None

    def is_ones_own(self: Any, row: Sealed) -> bool:
        going = Round.objects.filter(pk=row.round_id).first()
        me = Participant.objects.filter(board=row.board_id, user=self.person).first()
        return bool(going and me and rounds.is_own(row, going, me))

    def opened(self: Any, row: Sealed) -> Any:
        shown = row.opened()
        shown.board = row.board
        return shown

    def present(self: Any, row: Any) -> Any:
        return super().present(row) or self.sealed(row.pk)  # type: ignore[misc]

    def shown(self: Any, row: Any, status: int = 200) -> Response:
        if isinstance(row, Sealed):
            answered: Response = self.answer(self.opened(row), status)
        else:
            answered = super().shown(row, status)  # type: ignore[misc]
        return answered

    @contextmanager
    def door(self: Any, seen: Any) -> Iterator[Any]:
        if seen._state.adding:
            with seen.board.editing(by=self.actor, needs=self.write_role):
                yield seen
        else:
            with super().door(seen) as present:  # type: ignore[misc]
                yield present

    def remove(self: Any, present: Any) -> None:
        if present._state.adding:
            row = self.sealed_model._default_manager.filter(pk=present.pk).first()
            if row:
                rounds.unseal(row, by=self.actor)
        else:
            self.take_back(present)

    def take_back(self, present: Any) -> None:
        """Withdraw what is revealed."""
        raise NotImplementedError


# --- Votes -----------------------------------------------------------------------------------
class VoteSerializer(BoardItemSerializer):
    resource = "votes"
    board_model = Workshop
    tells_board = "contribution"
    fixed = ("board", "contribution", "participant")

    contribution = Reference(queryset=Contribution.objects.select_related("board__workspace"))
    participant = Reference(
        queryset=Participant.objects.all(),
        required=False,
        allow_null=True,
        help_text="Who votes, where an editor writes it down for somebody.",
    )

    class Meta:
        model = Vote
        fields = (*BOARD_ITEM, "contribution", "participant", "round", "count")
        read_only_fields = ("version", "round")
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "count": {"help_text": "Dots; all that one gives are within the activity's `dots`."}
        }
        validators: ClassVar[list[Any]] = []  # one that is given again takes the earlier's place


class VoteViewSet(Seals, BoardItemViewSet):
    """The dots that participants put on contributions; voting again replaces the earlier vote.

    While the running activity asks everybody alone, only you see what you gave, by its address,
    until it is revealed."""

    model = Vote
    sealed_model = SealedVote
    serializer_class = VoteSerializer
    write_role = Role.COMMENTER
    filterset_fields = ("board", "contribution", "participant", "round")
    ordering_fields = ("count", "created_at", "updated_at")

    def add(self, values: Values) -> Any:
        values = {"count": 1, **values}
        return voting.cast_vote(**values, by=self.enter(values["contribution"]))

    def change(self, present: Vote, values: Values) -> None:
        mine = participant_of(present.board, self.actor)
        is_own = present._state.adding or (mine and mine.pk == present.participant_id)
        if not is_own:
            self.actor.must(Role.EDITOR)
        if not is_own and present.participant is None:
            raise PermissionDenied(_("Only the person who voted can change this."))
        participant = None if is_own else present.participant
        voting.cast_vote(
            present.contribution,
            count=values.get("count", present.count),
            participant=participant,
            by=self.actor,
        )

    def take_back(self, present: Vote) -> None:
        voting.withdraw_vote(present, by=self.actor)


# --- Rounds ----------------------------------------------------------------------------------
class RoundSerializer(BoardItemSerializer):
    resource = "rounds"

    activity = serializers.IntegerField(
        source="activity_id", read_only=True, help_text="The agenda item that asks."
    )
    answered = serializers.IntegerField(
        source="answers", read_only=True, help_text="How many participants have given something."
    )

    class Meta:
        model = Round
        fields = (*BOARD_ITEM, "activity", "ask", "number", "answered", "revealed_at")
        read_only_fields = ("version", "ask", "number", "revealed_at")


class RoundViewSet(Lists, Shows, Resource):
    """Each time that everybody votes or rates alone. What was given is in `votes` and `ratings`
    as soon as the round is revealed."""

    model = Round
    serializer_class = RoundSerializer
    filterset_fields = ("board", "ask")
    ordering = ("board_id", "created_at")

    def rows(self) -> QuerySet[Round]:
        counted = Coalesce(F("answered"), _people_in(SealedVote) + _people_in(SealedRating))
        rows: QuerySet[Round] = Round.objects.select_related("board__workspace")
        return rows.annotate(answers=counted)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Show what everybody gave."""
        going = self.get_object()
        rounds.reveal_round(going, by=self.actor)
        return self.shown(going)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def again(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Start another round of the same activity; answers with the new round."""
        fresh = leading.start_another_round(self.get_object(), by=self.actor)
        return self.shown(fresh)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def freeze(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Keep the ratings of this workshop as they are: nobody changes them any more."""
        going = self.get_object()
        rounds.freeze_ratings(going.board.specific, by=self.actor)
        return self.shown(going)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def thaw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Let the ratings of this workshop change again."""
        going = self.get_object()
        rounds.thaw_ratings(going.board.specific, by=self.actor)
        return self.shown(going)


def _people_in(sealed: type[Sealed]) -> Coalesce:
    given = sealed._default_manager.filter(round_id=OuterRef("pk")).order_by().values("round_id")
    people = given.annotate(people=Count("giver", distinct=True)).values("people")
    return Coalesce(Subquery(people, output_field=IntegerField()), 0)
