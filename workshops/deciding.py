"""From problems to decisions: proposals, their ratings, and who does what by when."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from collaboration.models import Board
from teams.access import Actor, Forbidden
from teams.models import Role
from workshops.models import (
    Action,
    Contribution,
    Participant,
    Proposal,
    Rating,
    ScopeStage,
    Workshop,
)
from workshops.outcomes import save_action
from workshops.round_models import Ask, SealedRating
from workshops.rounds import giver_of, require_own_or_nobodys, round_that_asks, seal_rating
from workshops.seats import participant_of
from workshops.services import require_room, require_same_board, set_fields, taking_part

MOST_PROPOSALS = 200
MOST_ACTIONS = 300


# --- Proposals -----------------------------------------------------------------------------
def add_proposal(
    workshop: Workshop,
    *,
    title: str,
    text: str = "",
    stage: ScopeStage | None = None,
    solves: Contribution | None = None,
    by: Actor,
) -> Proposal:
    """Add after the last; without a stage of its own it is where the problem it solves is.

    Participants propose while the running activity lets them.
    """
    with workshop.editing(by=by, needs=Role.COMMENTER):
        require_same_board(workshop, stage, solves)
        require_room(Proposal, workshop, MOST_PROPOSALS)
        stage = stage or (solves.stage if solves else None)
        proposal = Proposal(
            board_id=workshop.pk, title=title, text=text, stage=stage, solves=solves
        )
        proposal.place()
        proposal.save()
        return proposal


def change_proposal(proposal: Proposal, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields: title, text, stage, solves."""
    with proposal.board.editing(by=by):
        require_same_board(proposal.board, fields.get("stage"), fields.get("solves"))
        set_fields(proposal, fields)


def move_proposal(proposal: Proposal, *, before: Proposal | None, by: Actor) -> None:
    """Before a sibling, or last."""
    with proposal.board.editing(by=by):
        require_same_board(proposal.board, before)
        proposal.place(before=before)
        proposal.save()


def delete_proposal(proposal: Proposal, *, by: Actor) -> None:
    """Its ratings go with it; what was decided about it stays."""
    with proposal.board.editing(by=by):
        proposal.delete()


# --- Ratings -------------------------------------------------------------------------------
def rate_proposal(
    proposal: Proposal,
    *,
    feasibility: int | None = None,
    effect: int | None = None,
    participant: Participant | None = None,
    by: Actor,
) -> Rating | SealedRating:
    """One's own rating, 1 to 5 on both scales; given again it replaces the earlier one.

    While the running activity asks everybody alone, it is sealed until it is revealed, and a mark
    that is left out stays as it was. An editor may write down the rating of a `participant` who
    has no account; whoever has one rates alone.
    """
    needs = Role.EDITOR if participant else Role.COMMENTER
    with proposal.board.editing(by=by, needs=needs) as edit:
        require_same_board(proposal.board, participant)
        marks = {"feasibility": feasibility, "effect": effect}
        if going := round_that_asks(proposal.board, Ask.RATE, by=by):
            giver = giver_of(proposal.board, participant, by=by)
            return seal_rating(going, proposal, giver=giver, edit=edit, **marks)
        person = _rater(proposal.board, participant, by)
        rating = rating_of(proposal, person, by) or Rating(
            board_id=proposal.board_id,
            proposal=proposal,
            participant=person,
            user=person.user if person else by.user,
        )
        set_fields(rating, {name: mark for name, mark in marks.items() if mark is not None})
        return rating


def _rater(workshop: Board, participant: Participant | None, by: Actor) -> Participant | None:
    """Whose rating it is; None for a member who takes no part."""
    if participant:
        require_own_or_nobodys(participant, by)
        return participant
    mine = taking_part(workshop, by=by)
    if mine is None and by.user is None:
        raise Forbidden(Role.COMMENTER)
    return mine


def rating_of(proposal: Proposal, participant: Participant | None, by: Actor) -> Rating | None:
    """The rating that this participant, or else the actor, has given already."""
    user = participant.user if participant else by.user
    whose = Q(participant=participant) if participant else Q(pk=None)
    if user:
        whose |= Q(user=user)
    return Rating.objects.filter(whose, proposal=proposal).first()


def withdraw_rating(rating: Rating, *, by: Actor) -> None:
    """One's own as a commenter, anybody's as an editor."""
    with rating.board.editing(by=by, needs=Role.COMMENTER):
        if not _is_own(rating, by):
            by.must(Role.EDITOR)
        rating.delete()


def _is_own(rating: Rating, by: Actor) -> bool:
    if by.user:
        return by.user.pk == rating.user_id
    mine = participant_of(rating.board, by)
    return mine is not None and mine.pk == rating.participant_id


# --- Decisions -----------------------------------------------------------------------------
def add_action(
    workshop: Workshop,
    *,
    title: str,
    proposal: Proposal | None = None,
    by: Actor,
    **fields: Any,
) -> Action:
    """A decision; `fields` are any others of Action that a form may set."""
    with workshop.editing(by=by):
        require_same_board(workshop, proposal)
        require_room(Action, workshop, MOST_ACTIONS)
        action = Action(board_id=workshop.pk, proposal=proposal, title=title, **fields)
        action.save()
        return action


def change_action(action: Action, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields, such as proposal, title, owner, due, status and result; what is
    dropped opens its question on the map again."""
    with action.board.editing(by=by):
        require_same_board(action.board, fields.get("proposal"))
        for name, value in fields.items():
            setattr(action, name, value)
        save_action(action, by=by)


def delete_action(action: Action, *, by: Actor) -> None:
    with action.board.editing(by=by):
        action.delete()
