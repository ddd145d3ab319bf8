"""Rounds: what everybody gives alone, and its reveal by the facilitator."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused
from collaboration.models import Board
from teams.access import Actor, Forbidden
from teams.models import Role
from workshops.agenda_models import Act, AgendaItem
from workshops.allowing import NotNow, require_act, running_item
from workshops.givers import is_unnamed, key_of, keys_of
from workshops.models import Contribution, Participant, Proposal, Rating, Workshop
from workshops.round_models import Ask, Round, Sealed, SealedRating, SealedVote, Vote
from workshops.services import set_fields, taking_part
from workshops.writers import write_unnamed

Row = TypeVar("Row", bound=Sealed)


# --- Rounds --------------------------------------------------------------------------------
def begin_round(activity: AgendaItem, *, by: Actor) -> Round | None:
    """The round of an activity that starts: one that is still sealed goes on.

    None for an activity in which nobody gives anything alone, and while ratings are frozen.
    """
    if not activity.is_blind:
        return None
    with activity.board.editing(by=by):
        ask = Ask(activity.kind)
        going = Round.objects.filter(activity_id=activity.pk, ask=ask, revealed_at=None).first()
        if going or (ask == Ask.RATE and is_frozen(activity.board)):
            return going
        number = 1 + Round.objects.filter(board=activity.board_id, ask=ask).count()
        fresh = Round(board_id=activity.board_id, activity_id=activity.pk, ask=ask, number=number)
        fresh.save()
        return fresh


def round_that_asks(workshop: Board, ask: Ask, *, by: Actor) -> Round | None:
    """The round that takes what is given now; None where it is given openly.

    Raises NotNow for participants when the round is closed or revealed.
    """
    running = running_item(workshop)
    if running is None or running.kind != ask.value:
        return None
    require_act(running, Act(ask.value), by)
    going = Round.objects.filter(activity_id=running.pk, ask=ask, revealed_at=None).first()
    if going is None and not by.may(Role.EDITOR):
        raise NotNow(_("It is revealed what everybody gave. The facilitator opens another round."))
    return going


def reveal_round(going: Round, *, by: Actor) -> None:
    """Show what everybody gave; revealed twice is once. It stays revealed: Undo does not hide
    again what all have seen."""
    with going.board.editing(by=by) as edit:
        going.refresh_from_db()
        if not going.is_sealed:
            return
        edit.lasting = True
        answered = answers_in(going)
        REVEALING[Ask(going.ask)](going, edit)
        SEALED[Ask(going.ask)]._default_manager.filter(round_id=going.pk).delete()
        set_fields(going, {"revealed_at": edit.at, "answered": answered})


def answers_in(going: Round) -> int:
    """How many participants have given something in a sealed round."""
    rows = SEALED[Ask(going.ask)]._default_manager.filter(round_id=going.pk)
    people = Participant.objects.filter(board=going.board_id)
    known = Q(participant_id=None) | Q(participant_id__in=people.values("pk"))
    return rows.filter(known).values("giver").distinct().count()


def _reveal_votes(going: Round, edit: Edit) -> None:
    """In the place of what the activity's earlier round gave."""
    edit.delete_all(Vote.objects.filter(round__activity_id=going.activity_id))
    people, voted = _people(going), Contribution.objects.filter(board=going.board_id).in_bulk()
    edit.create(
        one.opened()
        for one in SealedVote.objects.filter(round_id=going.pk).order_by("pk")
        if _is_known(one, people) and one.contribution_id in voted
    )


def _reveal_ratings(going: Round, edit: Edit) -> None:
    """Whoever rated again has the earlier marks beside the new ones; who did not keeps them.

    Where nobody is named, nobody's earlier marks are known: a proposal that is rated again has the
    new ones alone.
    """
    people, rated = _people(going), Proposal.objects.filter(board=going.board_id).in_bulk()
    earlier = _ratings_by_giver(going.board_id)
    given, replaced = [], []
    for one in SealedRating.objects.filter(round_id=going.pk).order_by("pk"):
        if _is_known(one, people) and one.proposal_id in rated and one.is_complete:
            rating = one.opened()
            person = people.get(one.participant_id or 0)
            rating.user_id = person and person.user_id
            before = earlier.get((one.proposal_id, "participant", one.participant_id))
            before = before or earlier.get((one.proposal_id, "user", rating.user_id))
            if before:
                rating.earlier_feasibility = before.feasibility
                rating.earlier_effect = before.effect
                replaced.append(before)
            given.append(rating)
    edit.delete_all(replaced + _unnamed_before(going, {one.proposal_id for one in given}))
    edit.create(given)


def _unnamed_before(going: Round, proposals: Collection[int]) -> list[Rating]:
    """What was given without a name in the activity's earlier rounds."""
    rows = Rating.objects.filter(round__activity_id=going.activity_id, proposal__in=proposals)
    return list(rows.filter(participant=None, user=None))


def _is_known(one: Sealed, people: Mapping[int, Participant]) -> bool:
    """What somebody gave who does not take part any more does not count."""
    return one.participant_id is None or one.participant_id in people


def _ratings_by_giver(board_id: int) -> dict[tuple[int, str, int | None], Rating]:
    found: dict[tuple[int, str, int | None], Rating] = {}
    for rating in Rating.objects.filter(board=board_id):
        if rating.user_id:
            found[rating.proposal_id, "user", rating.user_id] = rating
        if rating.participant_id:
            found[rating.proposal_id, "participant", rating.participant_id] = rating
    return found


def _people(going: Round) -> dict[int, Participant]:
    people: dict[int, Participant] = Participant.objects.filter(board=going.board_id).in_bulk()
    return people


SEALED: dict[Ask, type[Sealed]] = {Ask.VOTE: SealedVote, Ask.RATE: SealedRating}
REVEALING: dict[Ask, Callable[[Round, Edit], None]] = {
    Ask.VOTE: _reveal_votes,
    Ask.RATE: _reveal_ratings,
}


# --- Who gives -----------------------------------------------------------------------------
def giver_of(workshop: Board, participant: Participant | None, *, by: Actor) -> Participant:
    """Who gives something in a round: the actor, or a participant for whom an editor writes.

    Members take part from their first act on. Editors lead, so they have to take part first.
    """
    if participant:
        require_own_or_nobodys(participant, by)
        return participant
    mine = taking_part(workshop, by=by)
    if mine is None:
        raise Refused(_("You lead this workshop. Take part in it first, then you can answer too."))
    return mine


def require_own_or_nobodys(participant: Participant, by: Actor) -> None:
    """Whoever has an account or a seat answers alone."""
    if participant.is_guest or (participant.user_id and participant.user != by.user):
        raise Forbidden(Role.OWNER)


# --- What is given -------------------------------------------------------------------------
def seal_vote(
    going: Round, contribution: Contribution, *, count: int, giver: Participant, edit: Edit
) -> SealedVote | None:
    """In the place of what the giver put there earlier in this round; None for no dots."""
    row = _row(SealedVote, going, giver, contribution_id=contribution.pk)
    if not count:
        _take_back(row, going, edit)
        return None
    row.count = count
    _seal(row, going, edit)
    return row


def seal_rating(
    going: Round, proposal: Proposal, *, giver: Participant, edit: Edit, **marks: int | None
) -> SealedRating:
    """`marks` are feasibility and effect; one that is left out stays as it was."""
    row = _row(SealedRating, going, giver, proposal_id=proposal.pk)
    for name, mark in marks.items():
        if mark is not None:
            setattr(row, name, mark)
    _seal(row, going, edit)
    return row


def unseal(row: SealedVote | SealedRating, *, by: Actor) -> None:
    """Take back what one gave in a round that is not revealed."""
    with row.board.editing(by=by, needs=Role.COMMENTER) as edit:
        going = Round.objects.filter(pk=row.round_id, revealed_at=None).first()
        if going is None or not is_own(row, going, giver_of(row.board, None, by=by)):
            raise Forbidden(Role.OWNER)
        round_that_asks(row.board, Ask(going.ask), by=by)
        _take_back(row, going, edit)


def _row(model: type[Row], going: Round, giver: Participant, **about: int) -> Row:
    rows: Iterable[Row] = model._default_manager.filter(
        round_id=going.pk, giver__in=keys_of(giver, going), **about
    )
    present = next(iter(rows), None)
    row = present or model(pk=model.next_id(), board_id=going.board_id, round_id=going.pk, **about)
    row.giver = key_of(giver, going)
    row.participant_id = None if is_unnamed(going) else giver.pk
    return row


def is_own(row: Sealed, going: Round, person: Participant) -> bool:
    return row.giver in keys_of(person, going)


def _seal(row: Sealed, going: Round, edit: Edit) -> None:
    """The board hears of it when somebody begins to answer, and of nothing else."""
    if row.participant_id is None:
        write_unnamed(edit)
    if not _given(row).exists():
        edit.touch(going)
    row.save()


def _take_back(row: Sealed, going: Round, edit: Edit) -> None:
    if row._state.adding:
        return
    if row.participant_id is None:
        write_unnamed(edit)
    row.delete()
    if not _given(row).exists():
        edit.touch(going)


def _given(row: Sealed) -> QuerySet[Any]:
    """All that the same person gave in the same round."""
    rows = type(row)._default_manager
    return rows.filter(round_id=row.round_id, giver=row.giver)


# --- The frozen result ---------------------------------------------------------------------
def freeze_ratings(workshop: Workshop, *, by: Actor) -> None:
    """From now on nobody changes a rating, whichever way; frozen twice is once."""
    with workshop.editing(by=by) as edit:
        if Round.objects.filter(board=workshop.pk, ask=Ask.RATE, revealed_at=None).exists():
            raise Refused(_("Reveal the ratings first, then freeze the result."))
        if not is_frozen(workshop):
            set_fields(workshop, {"ratings_frozen_at": edit.at})


def thaw_ratings(workshop: Workshop, *, by: Actor) -> None:
    with workshop.editing(by=by):
        set_fields(workshop, {"ratings_frozen_at": None})


def is_frozen(workshop: Board) -> bool:
    frozen: bool = Workshop.objects.filter(pk=workshop.pk, ratings_frozen_at__isnull=False).exists()
    return frozen


def require_not_frozen(edit: Edit) -> None:
    """A rule of the board's one door."""
    if any(one.item_type == "rating" for one in edit.changes) and is_frozen(edit.board):
        raise Refused(_("The result of the rating is frozen."))
