"""From problems to decisions: proposals with their rank, ratings, actions."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from collaboration.api.items import (
    BOARD_ITEM,
    BoardItemSerializer,
    BoardItemViewSet,
    Moves,
)
from journeys.api.items import ORDERED_ITEM
from teams.api.fields import Reference
from teams.api.resources import Values
from teams.models import Role
from workshops import deciding
from workshops.api.rounds import Seals
from workshops.api.sessions import OnStageSerializer
from workshops.models import (
    Contribution,
    Participant,
    Proposal,
    Rating,
    Workshop,
)
from workshops.round_models import SealedRating
from workshops.selectors import RatedProposal, rated_on


# --- Proposals -------------------------------------------------------------------------------
class ProposalSerializer(OnStageSerializer):
    resource = "proposals"

    solves = Reference(queryset=Contribution.objects.all(), required=False, allow_null=True)
    feasibility = serializers.SerializerMethodField(help_text="Median of the ratings, 1 to 5.")
    effect = serializers.SerializerMethodField(help_text="Median of the ratings, 1 to 5.")
    rank = serializers.SerializerMethodField(
        help_text="1 is the best of the workshop; null while nobody has rated it."
    )

    class Meta:
        model = Proposal
        fields = (
            *ORDERED_ITEM, "title", "text", "solves", "stage", "feasibility", "effect", "rank",
        )  # fmt: skip
        read_only_fields = ("version",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.standings: dict[int, RatedProposal] = {}

    def get_feasibility(self, proposal: Proposal) -> float | None:
        return self._standing(proposal).feasibility

    def get_effect(self, proposal: Proposal) -> float | None:
        return self._standing(proposal).effect

    def get_rank(self, proposal: Proposal) -> int | None:
        return self._standing(proposal).rank

    def _standing(self, proposal: Proposal) -> RatedProposal:
        """Where it stands among the workshop's; looked up once for all that are shown."""
        if proposal.pk not in self.standings:
            shown: Any = self.parent.instance if self.parent else [proposal]
            boards = rated_on({one.board_id for one in shown})
            self.standings = {one.proposal.pk: one for rated in boards.values() for one in rated}
        return self.standings[proposal.pk]


class ProposalPlace(serializers.Serializer[Any]):
    before = Reference(queryset=Proposal.objects.all(), required=False, allow_null=True)


@extend_schema_view(move=extend_schema(request=ProposalPlace, responses=ProposalSerializer))
class ProposalViewSet(Moves, BoardItemViewSet):
    """Suggested solutions with their standing: how feasible, which effect, which rank."""

    model = Proposal
    serializer_class = ProposalSerializer
    move_serializer = ProposalPlace
    filterset_fields = ("board", "solves")
    ordering_fields = ("position", "title", "created_at", "updated_at")

    def rows(self) -> QuerySet[Proposal]:
        return Proposal.objects.select_related("stage")

    def add(self, values: Values) -> Proposal:
        workshop, before = values.pop("board"), values.pop("before", None)
        with workshop.editing(by=self.enter(workshop)):
            proposal = deciding.add_proposal(workshop, **values, by=self.actor)
            if before is not None:
                self.move_to(proposal, before=before)
        return proposal

    def change(self, present: Proposal, values: Values) -> None:
        deciding.change_proposal(present, fields=values, by=self.actor)

    def move_to(self, present: Proposal, **place: Any) -> None:
        deciding.move_proposal(present, **place, by=self.actor)

    def remove(self, present: Proposal) -> None:
        deciding.delete_proposal(present, by=self.actor)


# --- Ratings ---------------------------------------------------------------------------------
class RatingSerializer(BoardItemSerializer):
    resource = "ratings"
    board_model = Workshop
    tells_board = "proposal"
    fixed = ("board", "proposal", "participant")

    proposal = Reference(queryset=Proposal.objects.select_related("board__workspace"))
    participant = Reference(
        queryset=Participant.objects.all(),
        required=False,
        allow_null=True,
        help_text="Who rates, where an editor writes it down for somebody.",
    )

    class Meta:
        model = Rating
        fields = (
            *BOARD_ITEM, "proposal", "participant", "user", "feasibility", "effect",
            "earlier_feasibility", "earlier_effect",
        )  # fmt: skip
        read_only_fields = ("version", "user", "earlier_feasibility", "earlier_effect")
        validators: ClassVar[list[Any]] = []  # one that is given again takes the earlier's place


class RatingViewSet(Seals, BoardItemViewSet):
    """What each person thinks of a proposal; rating it again replaces the earlier rating.

    While the running activity asks everybody alone, only you see what you gave, by its address,
    until it is revealed."""

    model = Rating
    sealed_model = SealedRating
    serializer_class = RatingSerializer
    write_role = Role.COMMENTER
    filterset_fields = ("board", "proposal", "participant", "user")
    ordering_fields = ("feasibility", "effect", "created_at", "updated_at")

    def add(self, values: Values) -> Rating | SealedRating:
        return deciding.rate_proposal(**values, by=self.enter(values["proposal"]))

    def opened(self, row: Any) -> Rating:
        shown: Rating = super().opened(row)
        giver = Participant.objects.filter(pk=row.participant_id).only("user").first()
        shown.user_id = giver and giver.user_id
        return shown

    def change(self, present: Rating, values: Values) -> None:
        is_own = present._state.adding or present.user_id == self.person.pk
        marks = {"feasibility": present.feasibility, "effect": present.effect} | values
        if not is_own:
            self.actor.must(Role.EDITOR)
        if not is_own and present.participant is None:
            raise PermissionDenied(_("Only the person who rated can change this."))
        participant = None if is_own else present.participant
        deciding.rate_proposal(present.proposal, participant=participant, **marks, by=self.actor)

    def take_back(self, present: Rating) -> None:
        deciding.withdraw_rating(present, by=self.actor)
