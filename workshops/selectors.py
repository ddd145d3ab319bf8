"""Reading a workshop: a constant number of queries, whatever its size."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from statistics import median
from string import ascii_uppercase

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from journeys.models import Journey, Stage
from teams.models import User, Workspace
from workshops.agenda_models import AgendaItem
from workshops.models import (
    Action,
    Contribution,
    Participant,
    Proposal,
    Rating,
    ScopeStage,
    Workshop,
)
from workshops.results import (
    MOST_TO_TALK_ABOUT,
    DepartmentMarks,
    Dispute,
    Marks,
    departments_in,
    disputes_in,
    marks_of,
)
from workshops.round_models import Vote

# --- Lists ---------------------------------------------------------------------------------


def workshops_of(workspace: Workspace, user: User) -> "QuerySet[Workshop]":
    """Living workshops that somebody may see, the latest first, those without a date before
    all others.

    Each has `participant_count` and `contribution_count`.
    """
    seen = Workshop.objects.visible_to(user).filter(workspace=workspace)
    workshops = seen.select_related("subject")
    counted: QuerySet[Workshop] = workshops.annotate(
        participant_count=_count(Participant), contribution_count=_count(Contribution)
    )
    return counted.order_by(F("starts_at").desc(nulls_first=True), "-pk")


def _count(model: type[Participant] | type[Contribution]) -> Coalesce:
    rows = model.objects.filter(board=OuterRef("pk")).order_by().values("board")
    counted = rows.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def journeys_for_workshops(workspace: Workspace, user: User) -> "QuerySet[Journey]":
    """The journeys that somebody sees workshops on, by title."""
    seen = Journey.objects.visible_to(user).filter(workspace=workspace)
    ordered: QuerySet[Journey] = seen.order_by("title", "pk")
    return ordered


def journeys_for_new_workshops(workspace: Workspace, user: User) -> "QuerySet[Journey]":
    """The journeys that somebody may hold a workshop on, by title."""
    theirs = Journey.objects.editable_by(user).filter(workspace=workspace)
    ordered: QuerySet[Journey] = theirs.order_by("title", "pk")
    return ordered


def stages_of(journey_id: int) -> list[Stage]:
    return list(Stage.objects.filter(board=journey_id).order_by("position"))


# --- The agenda ----------------------------------------------------------------------------
@dataclass(frozen=True)
class PlanRow:
    """An activity with when it is planned to start, where the workshop has a date."""

    item: AgendaItem
    starts: datetime | None


@dataclass(frozen=True)
class Plan:
    rows: list[PlanRow]
    minutes: int
    ends: datetime | None


def plan_of(workshop: Workshop, agenda: Sequence[AgendaItem]) -> Plan:
    """When each activity is planned, one after the other from the workshop's start on."""
    rows, passed = [], 0
    for item in agenda:
        rows.append(PlanRow(item, _after(workshop.starts_at, passed)))
        passed += item.minutes
    return Plan(rows, passed, _after(workshop.starts_at, passed) if rows else None)


def _after(start: datetime | None, minutes: int) -> datetime | None:
    return start and start + timedelta(minutes=minutes)


# --- Parts of the board --------------------------------------------------------------------
@dataclass(frozen=True)
class Column:
    """What was contributed to one stage; `stage` is None for the whole journey."""

    stage: ScopeStage | None
    contributions: list[Contribution]

    @property
    def key(self) -> int:
        """The number in the addresses and ids of the page; 0 for the whole journey."""
        return self.stage.pk if self.stage else 0


def scope_of(workshop: Workshop) -> list[ScopeStage]:
    return list(ScopeStage.objects.filter(board=workshop.pk).order_by("position", "pk"))


def scope_stage(workshop: Workshop, journey_stage_id: int) -> ScopeStage | None:
    """The stage in this workshop's scope that is this stage of the journey."""
    return ScopeStage.objects.filter(board=workshop.pk, journey_stage_id=journey_stage_id).first()


def columns_of(workshop: Workshop) -> list[Column]:
    """One column for each stage in scope, then the whole journey; two queries."""
    by_stage: dict[int | None, list[Contribution]] = defaultdict(list)
    for contribution in contributions_of(workshop):
        by_stage[contribution.stage_id].append(contribution)
    scope: list[ScopeStage | None] = [*scope_of(workshop), None]
    return [Column(stage, by_stage[stage.pk if stage else None]) for stage in scope]


def contributions_of(workshop: Workshop) -> "QuerySet[Contribution]":
    """Each with the `dots` of all votes that are revealed."""
    contributions = Contribution.objects.filter(board=workshop.pk)
    rows: QuerySet[Contribution] = contributions.annotate(dots=_dots())
    return rows.select_related("participant", "cluster").order_by("position", "pk")


def _dots() -> Coalesce:
    votes = Vote.objects.filter(contribution=OuterRef("pk")).order_by().values("contribution")
    counted = votes.annotate(dots=Sum("count")).values("dots")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def departments_of(workshop: Workshop) -> list[tuple[str, list[Participant]]]:
    """Participants by department; those without one come last, under an empty name."""
    participants = sorted(
        Participant.objects.filter(board=workshop.pk).order_by("name", "pk"),
        key=lambda person: (not person.department, person.department.casefold()),
    )
    groups = groupby(participants, key=lambda person: person.department)
    return [(department, list(people)) for department, people in groups]


def departments_missing(
    workshop: Workshop, departments: Iterable[tuple[str, list[Participant]]]
) -> list[str]:
    """Those of the departments needed that nobody present belongs to, whatever the letters' case."""
    here = {name.strip().casefold() for name, _people in departments}
    needed = [name.strip() for name in workshop.departments_needed.split(",")]
    return [name for name in dict.fromkeys(needed) if name and name.casefold() not in here]


def actions_of(workshop: Workshop) -> "QuerySet[Action]":
    """Decisions, the soonest due first, those without a date last."""
    actions = Action.objects.filter(board=workshop.pk).select_related("proposal")
    return actions.order_by(F("due").asc(nulls_last=True), "pk")


# --- Proposals and their ranking -----------------------------------------------------------
@dataclass
class RatedProposal:
    """A proposal with its ratings; `rank` is None while nobody has rated it.

    The letter names it in chart and list alike: the first of the board is A.
    """

    proposal: Proposal
    ratings: list[Rating]
    letter: str
    rank: int | None = None

    @property
    def feasibility(self) -> float | None:
        return median(rating.feasibility for rating in self.ratings) if self.ratings else None

    @property
    def effect(self) -> float | None:
        return median(rating.effect for rating in self.ratings) if self.ratings else None

    @cached_property
    def feasibility_marks(self) -> Marks | None:
        return marks_of(self.ratings, "feasibility")

    @cached_property
    def effect_marks(self) -> Marks | None:
        return marks_of(self.ratings, "effect")

    @cached_property
    def departments(self) -> list[DepartmentMarks]:
        return departments_in(self.ratings)

    @cached_property
    def disputes(self) -> list[Dispute]:
        """Why it is worth talking about; empty where people agree."""
        return disputes_in(self.ratings)

    @property
    def worth(self) -> float:
        """Median feasibility times median effect, 1 to 25; 0 without ratings.

        The median, because one extreme voice among few shall not decide. The product and not
        the sum, because a proposal must be both: what cannot be done (1) or changes nothing
        (1) is worth at most 5 however good the other side is, where the sum would put
        1 + 5 level with 3 + 3 (product 5 against 9).
        """
        return (self.feasibility or 0) * (self.effect or 0)


def rated_proposals(workshop: Workshop) -> list[RatedProposal]:
    """All proposals in the order of the board, each with its rank; two queries."""
    return rated_on([workshop.pk])[workshop.pk]


def rated_on(board_ids: Collection[int]) -> dict[int, list[RatedProposal]]:
    """The same for several workshops, by their id; two queries as well."""
    ratings: dict[int, list[Rating]] = defaultdict(list)
    given = Rating.objects.filter(board__in=board_ids).select_related("participant")
    for rating in given.order_by("pk"):
        ratings[rating.proposal_id].append(rating)
    rated: dict[int, list[RatedProposal]] = {board_id: [] for board_id in board_ids}
    proposals = Proposal.objects.filter(board__in=board_ids).select_related("stage", "solves")
    for proposal in proposals.order_by("position", "pk"):
        beside = rated[proposal.board_id]
        beside.append(RatedProposal(proposal, ratings[proposal.pk], letter_of(len(beside))))
    for beside in rated.values():
        _give_ranks(beside)
    return rated


def letter_of(index: int) -> str:
    """A to Z, then AA, AB and so on."""
    first, last = divmod(index, len(ascii_uppercase))
    return (letter_of(first - 1) if first else "") + ascii_uppercase[last]


def _give_ranks(proposals: Iterable[RatedProposal]) -> None:
    """By worth, then by effect; equals share a rank and the next one is skipped."""
    rated = [proposal for proposal in proposals if proposal.ratings]
    for proposal in rated:
        better = (other for other in rated if _key(other) > _key(proposal))
        proposal.rank = 1 + sum(1 for _ in better)


def _key(proposal: RatedProposal) -> tuple[float, float]:
    return proposal.worth, proposal.effect or 0


def ranking(proposals: Sequence[RatedProposal]) -> list[RatedProposal]:
    """The best first; those that nobody has rated come last, in the order of the board."""
    return sorted(proposals, key=lambda proposal: (proposal.rank is None, proposal.rank or 0))


def to_talk_about(proposals: Sequence[RatedProposal]) -> list[RatedProposal]:
    """The most disputed first; where disputes are equal, what is worth more."""
    disputed = [one for one in proposals if one.disputes]
    disputed.sort(key=lambda one: (-one.disputes[0].size, -one.worth, one.proposal.position))
    return disputed[:MOST_TO_TALK_ABOUT]
