"""Dot voting: everybody spreads a budget of dots over what was contributed."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import ngettext

from collaboration.editing import Refused
from collaboration.models import Board
from teams.access import Actor
from teams.models import Role
from workshops.agenda_models import USUAL_DOTS, AgendaItem, AgendaKind
from workshops.allowing import running_item
from workshops.givers import keys_of
from workshops.models import Contribution, Participant, Workshop
from workshops.round_models import Ask, Round, SealedVote, Vote
from workshops.rounds import giver_of, require_own_or_nobodys, round_that_asks, seal_vote
from workshops.seats import participant_of
from workshops.services import join_workshop, require_same_board, taking_part


class OutOfDots(Refused):
    """More dots than one has; says how many are left."""


def cast_vote(
    contribution: Contribution,
    *,
    count: int,
    participant: Participant | None = None,
    by: Actor,
) -> Vote | SealedVote | None:
    """So many dots on a contribution, in the place of those that one gave it earlier; None for 0.

    While the running activity asks everybody alone, they are sealed until they are revealed. An
    editor may write down the dots of a `participant` who has no account.
    """
    workshop = contribution.board
    needs = Role.EDITOR if participant else Role.COMMENTER
    with workshop.editing(by=by, needs=needs) as edit:
        require_same_board(workshop, participant)
        if going := round_that_asks(workshop, Ask.VOTE, by=by):
            giver = giver_of(workshop, participant, by=by)
            _require_dots(workshop, giver, going, count, leaving_out=contribution)
            return seal_vote(going, contribution, count=count, giver=giver, edit=edit)
        giver = _voter(workshop, participant, by)
        _require_dots(workshop, giver, None, count, leaving_out=contribution)
        return _vote_openly(contribution, giver, count)


def _voter(workshop: Board, participant: Participant | None, by: Actor) -> Participant:
    if participant:
        require_own_or_nobodys(participant, by)
        return participant
    mine = taking_part(workshop, by=by)
    return mine or join_workshop(workshop.specific, department="", by=by)  # type: ignore[arg-type]


def _vote_openly(contribution: Contribution, giver: Participant, count: int) -> Vote | None:
    present: Vote | None = Vote.objects.filter(
        contribution=contribution, participant=giver, round=None
    ).first()
    if not count:
        if present:
            present.delete()
        return None
    vote = present or Vote(
        board_id=contribution.board_id, contribution=contribution, participant=giver
    )
    vote.count = count
    vote.save()
    return vote


def withdraw_vote(vote: Vote, *, by: Actor) -> None:
    """One's own as a commenter, anybody's as an editor."""
    with vote.board.editing(by=by, needs=Role.COMMENTER):
        mine = participant_of(vote.board, by)
        if mine is None or mine.pk != vote.participant_id:
            by.must(Role.EDITOR)
        vote.delete()


# --- The budget ----------------------------------------------------------------------------
def dots_in(workshop: Board, going: Round | None) -> int:
    """How many dots everybody has: those of the round's activity, of the one that runs, or as
    usual."""
    asked = AgendaItem.objects.filter(board=workshop.pk)
    if going:
        found = asked.filter(pk=going.activity_id).first()
    else:
        found = running_item(workshop) or asked.filter(kind=AgendaKind.VOTE).first()
    return found.dots if found else USUAL_DOTS


def dots_given(going: Round | None, giver: Participant, *, leaving_out: int = 0) -> int:
    """Without those on the contribution with the id `leaving_out`."""
    rows: QuerySet[Any] = (
        SealedVote.objects.filter(round_id=going.pk, giver__in=keys_of(giver, going))
        if going
        else Vote.objects.filter(round=None, participant=giver)
    )
    given = rows.exclude(contribution_id=leaving_out).aggregate(dots=Sum("count"))
    return int(given["dots"] or 0)


def _require_dots(
    workshop: Board,
    giver: Participant,
    going: Round | None,
    count: int,
    *,
    leaving_out: Contribution,
) -> None:
    budget = dots_in(workshop, going)
    left = budget - dots_given(going, giver, leaving_out=leaving_out.pk)
    if count > left:
        words = ngettext(
            "Of %(budget)s dots, %(left)s is left for this.",
            "Of %(budget)s dots, %(left)s are left for this.",
            left,
        )
        raise OutOfDots(words % {"budget": budget, "left": max(left, 0)})


# --- What came out -------------------------------------------------------------------------
def dots_on(workshop: Workshop, contributions: Collection[int] | None = None) -> dict[int, int]:
    """The dots on each contribution that has any, of all that is revealed; one query."""
    rows = Vote.objects.filter(board=workshop.pk)
    if contributions is not None:
        rows = rows.filter(contribution__in=contributions)
    counted = rows.order_by().values("contribution").annotate(dots=Sum("count"))
    return {row["contribution"]: row["dots"] for row in counted}
