"""The parts of “Your part” in which one person votes and rates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Concat
from django.template.loader import render_to_string

from teams.models import Role
from workshops.agenda_models import AgendaItem
from workshops.givers import keys_of
from workshops.mine import Asked
from workshops.models import (
    HIGHEST,
    LOWEST,
    Contribution,
    ContributionKind,
    Participant,
    Proposal,
    Rating,
    ScopeStage,
    Workshop,
)
from workshops.round_models import Ask, Round, SealedRating, SealedVote, Vote
from workshops.seats import participant_of
from workshops.selectors import letter_of
from workshops.voting import dots_in


@dataclass(frozen=True)
class Asking:
    """One person in one round; without a round it is given openly."""

    asked: Asked
    me: Participant | None
    round: Round | None
    is_blind: bool

    @property
    def leads(self) -> bool:
        """Who leads and takes no part does not answer."""
        return self.is_blind and self.me is None and self.asked.actor.may(Role.EDITOR)

    @property
    def is_over(self) -> bool:
        return self.is_blind and self.round is None

    def context(self) -> dict[str, Any]:
        return {"workshop": self.asked.workshop, "leads": self.leads, "is_over": self.is_over,
                "round": self.round}  # fmt: skip


def asking(asked: Asked, ask: Ask) -> Asking:
    running = asked.running
    is_blind = running is not None and running.kind == ask.value
    return Asking(
        asked,
        participant_of(asked.workshop, asked.actor),
        _sealed(running, ask) if running and is_blind else None,
        is_blind,
    )


def _sealed(running: AgendaItem, ask: Ask) -> Round | None:
    return Round.objects.filter(activity_id=running.pk, ask=ask, revealed_at=None).first()


def _stamp(
    running: AgendaItem | None, ask: Ask, rows: "QuerySet[Any]", columns: Sequence[str]
) -> str:
    """Of the round and of these columns of what is asked about."""
    going = _sealed(running, ask) if running and running.kind == ask.value else None
    text = TextField()
    said = Concat(*(Cast(name, text) for name in ("pk", *columns)), output_field=text)
    digest = rows.order_by().aggregate(
        all=MD5(StringAgg(said, delimiter=Value("|"), order_by="pk"))
    )
    return f"{going and going.pk}:{digest['all']}"


# --- Voting --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Choice:
    """A contribution with the dots that this person gave it."""

    item: Contribution
    dots: int

    @property
    def more(self) -> int:
        return self.dots + 1

    @property
    def less(self) -> int:
        return max(self.dots - 1, 0)


class VotingPart:
    """What was contributed, with one's own dots; what is good already needs none."""

    shows: ClassVar[frozenset[str]] = frozenset({"round", "contribution", "agendaitem"})

    def stamp(self, workshop: Workshop, running: AgendaItem | None) -> str:
        if running is None:
            return ""
        said = Contribution.objects.filter(board=workshop.pk)
        stamp = _stamp(running, Ask.VOTE, said, ("kind", "stage_id", "position", "text"))
        return f"{stamp}:{running.dots}"

    def draw(self, asked: Asked) -> str:
        now = asking(asked, Ask.VOTE)
        if asked.running is None:
            return ""
        given = _own_dots(now)
        budget = dots_in(asked.workshop, now.round)
        left = max(budget - sum(given.values()), 0)
        groups = [] if now.leads or now.is_over else _by_stage(asked.workshop, given)
        context = {"groups": groups, "budget": budget, "left": left}
        return render_to_string("workshops/_mine_vote.html", {**now.context(), **context})


def _own_dots(now: Asking) -> dict[int, int]:
    if now.me is None:
        return {}
    rows: Any = (
        SealedVote.objects.filter(round_id=now.round.pk, giver__in=keys_of(now.me, now.round))
        if now.round
        else Vote.objects.filter(participant=now.me, round=None)
    )
    return dict(rows.values_list("contribution_id", "count"))


def _by_stage(workshop: Workshop, given: dict[int, int]) -> list[tuple[str, list[Choice]]]:
    """Stages in their order, the whole journey last under an empty name."""
    said = Contribution.objects.filter(board=workshop.pk).exclude(kind=ContributionKind.STRENGTH)
    stages: Iterable[ScopeStage] = ScopeStage.objects.filter(board=workshop.pk)
    choices: dict[int | None, list[Choice]] = {}
    for item in said.order_by("position", "pk"):
        choices.setdefault(item.stage_id, []).append(Choice(item, given.get(item.pk, 0)))
    places: list[tuple[int | None, str]] = [(one.pk, one.title) for one in stages]
    return [(name, choices[pk]) for pk, name in [*places, (None, "")] if pk in choices]


# --- Rating --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Opinion:
    """A proposal with the marks that this person gave it, now or in the round before."""

    proposal: Proposal
    letter: str
    feasibility: int | None
    effect: int | None
    is_earlier: bool = False

    @property
    def is_complete(self) -> bool:
        return None not in (self.feasibility, self.effect) and not self.is_earlier


class RatingPart:
    """The proposals with one's own marks."""

    shows: ClassVar[frozenset[str]] = frozenset({"round", "proposal", "workshop"})

    def stamp(self, workshop: Workshop, running: AgendaItem | None) -> str:
        proposals = Proposal.objects.filter(board=workshop.pk)
        stamp = _stamp(running, Ask.RATE, proposals, ("position", "title", "text"))
        return f"{stamp}:{workshop.ratings_frozen_at}"

    def draw(self, asked: Asked) -> str:
        now = asking(asked, Ask.RATE)
        is_closed = now.leads or now.is_over or asked.workshop.ratings_frozen_at
        opinions = [] if is_closed else _opinions(now)
        if not (opinions or now.is_blind):
            return ""
        context = {
            "opinions": opinions,
            "done": sum(one.is_complete for one in opinions),
            "marks": range(LOWEST, HIGHEST + 1),
            "frozen": asked.workshop.ratings_frozen_at,
        }
        return render_to_string("workshops/_mine_rate.html", {**now.context(), **context})


def _opinions(now: Asking) -> list[Opinion]:
    given, before = _own_marks(now), _own_ratings(now)
    proposals = Proposal.objects.filter(board=now.asked.workshop.pk).order_by("position", "pk")
    opinions = []
    for index, proposal in enumerate(proposals.select_related("solves")):
        here: Any = given.get(proposal.pk)
        earlier = before.get(proposal.pk)
        marks: Any = here or earlier
        opinions.append(
            Opinion(
                proposal,
                letter_of(index),
                marks and marks.feasibility,
                marks and marks.effect,
                is_earlier=now.is_blind and here is None and earlier is not None,
            )
        )
    return opinions


def _own_marks(now: Asking) -> dict[int, SealedRating]:
    if now.round is None or now.me is None:
        return {}
    rows = SealedRating.objects.filter(round_id=now.round.pk, giver__in=keys_of(now.me, now.round))
    return {one.proposal_id: one for one in rows}


def _own_ratings(now: Asking) -> dict[int, Rating]:
    rows = Rating.objects.filter(board=now.asked.workshop.pk)
    user = now.asked.actor.user
    if user:
        rows = rows.filter(user=user)
    elif now.me:
        rows = rows.filter(participant=now.me)
    else:
        return {}
    return {one.proposal_id: one for one in rows}
