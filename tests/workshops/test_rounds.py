"""Rounds: everybody gives alone, then it is revealed, given once more, and frozen."""

import pytest
from django.core.exceptions import PermissionDenied

from collaboration.editing import Refused
from collaboration.models import Change
from collaboration.undo import UndoConflict, next_undo, undo
from teams.access import Actor, Forbidden
from tests.workshops.giving import problems, proposals, rate, round_of, start
from workshops import agenda, deciding, leading, rounds, services, voting
from workshops.agenda_models import AgendaItem
from workshops.allowing import NotNow
from workshops.models import Participant, Rating, Workshop
from workshops.round_models import Round, SealedRating, SealedVote
from workshops.selectors import rated_proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_carol(acting, carol):
    return acting(carol)


# --- Sealed --------------------------------------------------------------------------------
def test_what_is_given_in_a_round_is_nowhere_on_the_board(session, as_bob, as_carol):
    start(session, "rate", as_bob)
    rate(proposals(session)[0], as_carol)
    assert not Rating.objects.exists()
    assert [one.feasibility for one in rated_proposals(session)] == [None, None]
    told = Change.objects.filter(board=session.pk).exclude(item_type="participant")
    assert {one.item_type for one in told.filter(actor=as_carol.user)} == {"round"}
    assert list(told.filter(actor=as_carol.user).values_list("before", "after")) == [({}, {})]


def test_the_board_hears_once_that_somebody_answers(session, as_bob, as_carol):
    start(session, "vote", as_bob)
    first, second, _third = problems(session)
    voting.cast_vote(first, count=2, by=as_carol)
    version = Workshop.objects.get(pk=session.pk).version
    voting.cast_vote(second, count=1, by=as_carol)
    voting.cast_vote(first, count=1, by=as_carol)
    assert Workshop.objects.get(pk=session.pk).version == version
    assert rounds.answers_in(round_of(session)) == 1
    voting.cast_vote(first, count=0, by=as_carol)
    voting.cast_vote(second, count=0, by=as_carol)
    assert rounds.answers_in(round_of(session)) == 0


def test_members_take_part_from_their_first_answer_on(session, as_bob, as_carol):
    start(session, "vote", as_bob)
    voting.cast_vote(problems(session)[0], count=1, by=as_carol)
    assert Participant.objects.get(board=session.pk).user == as_carol.user


def test_who_leads_does_not_answer_unless_they_take_part(session, as_bob):
    start(session, "vote", as_bob)
    with pytest.raises(Refused, match="You lead"):
        voting.cast_vote(problems(session)[0], count=1, by=as_bob)
    services.join_workshop(session, department="Sales", by=as_bob)
    voting.cast_vote(problems(session)[0], count=1, by=as_bob)
    assert SealedVote.objects.count() == 1


def test_an_editor_writes_down_what_somebody_without_an_account_gives(session, as_bob, as_carol):
    start(session, "rate", as_bob)
    erik = services.add_participant(session, name="Erik", by=as_bob)
    mine = services.join_workshop(session, department="Sales", by=as_carol)
    proposal = proposals(session)[0]
    rate(proposal, as_bob, participant=erik)
    with pytest.raises(Forbidden):
        rate(proposal, as_bob, participant=mine)
    with pytest.raises(PermissionDenied):
        rate(proposal, as_carol, participant=erik)
    assert SealedRating.objects.get().participant_id == erik.pk


def test_nobody_in_particular_gives_nothing(session, as_bob):
    start(session, "vote", as_bob)
    with pytest.raises(Refused):
        voting.cast_vote(problems(session)[0], count=1, by=Actor.system("import"))


def test_marks_are_given_one_by_one(session, as_bob, as_carol):
    start(session, "rate", as_bob)
    proposal = proposals(session)[0]
    deciding.rate_proposal(proposal, feasibility=2, by=as_carol)
    assert not SealedRating.objects.get().is_complete
    deciding.rate_proposal(proposal, effect=5, by=as_carol)
    given = SealedRating.objects.get()
    assert (given.feasibility, given.effect) == (2, 5)


def test_a_closed_activity_takes_nothing(session, as_bob, as_carol):
    item = start(session, "vote", as_bob)
    agenda.change_agenda_item(item, fields={"may_vote": False}, by=as_bob)
    with pytest.raises(NotNow):
        voting.cast_vote(problems(session)[0], count=1, by=as_carol)
    start(session, "rate", as_bob)
    with pytest.raises(NotNow):
        voting.cast_vote(problems(session)[0], count=1, by=as_carol)
    leading.end_activity(AgendaItem.objects.get(AgendaItem.RUNNING), by=as_bob)
    with pytest.raises(NotNow):
        rate(proposals(session)[0], as_carol)
    assert not SealedVote.objects.exists()
    assert not SealedRating.objects.exists()


def test_a_pause_in_a_round_loses_nothing(session, as_bob, as_carol):
    item = start(session, "rate", as_bob)
    rate(proposals(session)[0], as_carol)
    leading.end_activity(item, by=as_bob)
    start(session, "rate", as_bob)
    assert Round.objects.count() == 1
    rounds.reveal_round(round_of(session), by=as_bob)
    assert Rating.objects.count() == 1


def test_a_start_that_is_undone_and_redone_keeps_what_was_given(session, as_bob, as_carol):
    start(session, "rate", as_bob)
    version = Workshop.objects.get(pk=session.pk).version
    rate(proposals(session)[0], as_carol)
    undone = undo(session, version, by=as_bob).version
    assert not Round.objects.exists()
    undo(session, undone, by=as_bob)
    rounds.reveal_round(round_of(session), by=as_bob)
    assert Rating.objects.get().participant.user == as_carol.user


# --- The reveal ----------------------------------------------------------------------------
def test_the_reveal_shows_what_all_gave_as_one_edit(session, as_bob, as_carol, as_dora):
    start(session, "vote", as_bob)
    first, _second, third = problems(session)
    voting.cast_vote(first, count=3, by=as_carol)
    voting.cast_vote(first, count=2, by=as_dora)
    voting.cast_vote(third, count=2, by=as_dora)
    version = Workshop.objects.get(pk=session.pk).version
    rounds.reveal_round(round_of(session), by=as_bob)
    assert voting.dots_on(session) == {first.pk: 5, third.pk: 2}
    assert Workshop.objects.get(pk=session.pk).version == version + 1
    assert not SealedVote.objects.exists()
    assert round_of(session).answered == 2
    rounds.reveal_round(round_of(session), by=as_bob)
    assert Workshop.objects.get(pk=session.pk).version == version + 1


def test_only_editors_reveal(session, as_bob, as_carol):
    start(session, "vote", as_bob)
    with pytest.raises(PermissionDenied):
        rounds.reveal_round(round_of(session), by=as_carol)


def test_what_all_have_seen_is_not_hidden_again_by_undo(session, as_bob, as_carol):
    start(session, "rate", as_bob)
    rate(proposals(session)[0], as_carol)
    rounds.reveal_round(round_of(session), by=as_bob)
    version = Workshop.objects.get(pk=session.pk).version
    with pytest.raises(UndoConflict):
        undo(session, version, by=as_bob)
    assert next_undo(session, as_bob.user) != version
    assert Rating.objects.count() == 1


def test_after_the_reveal_participants_wait_for_another_round(session, as_bob, as_carol):
    start(session, "rate", as_bob)
    rounds.reveal_round(round_of(session), by=as_bob)
    with pytest.raises(NotNow, match="revealed"):
        rate(proposals(session)[0], as_carol)


def test_half_a_rating_does_not_count_and_neither_does_what_is_gone(
    session, as_bob, as_carol, as_dora
):
    start(session, "rate", as_bob)
    kept, gone = proposals(session)
    deciding.rate_proposal(kept, feasibility=2, by=as_carol)
    rate(gone, as_carol)
    rate(kept, as_dora)
    deciding.delete_proposal(gone, by=as_bob)
    services.remove_participant(Participant.objects.get(user=as_dora.user), by=as_bob)
    rounds.reveal_round(round_of(session), by=as_bob)
    assert not Rating.objects.exists()
    assert round_of(session).answered == 1


# --- Another round -------------------------------------------------------------------------
def test_a_second_round_remembers_the_first(session, as_bob, as_carol, as_dora):
    start(session, "rate", as_bob)
    proposal = proposals(session)[0]
    rate(proposal, as_carol, 1, 5)
    rate(proposal, as_dora, 5, 5)
    rounds.reveal_round(round_of(session), by=as_bob)
    second = leading.start_another_round(round_of(session), by=as_bob)
    assert second.number == 2
    assert leading.start_another_round(Round.objects.first(), by=as_bob) == second
    rate(proposal, as_carol, 4, 5)
    assert rated_proposals(session)[0].feasibility == 3
    rounds.reveal_round(second, by=as_bob)
    marks = Rating.objects.order_by("participant__user__email").values_list(
        "feasibility", "earlier_feasibility"
    )
    assert list(marks) == [(4, 1), (5, None)]


def test_a_second_vote_takes_the_place_of_the_first(session, as_bob, as_carol):
    start(session, "vote", as_bob)
    first, second, _third = problems(session)
    voting.cast_vote(first, count=2, by=as_carol)
    rounds.reveal_round(round_of(session), by=as_bob)
    leading.start_another_round(round_of(session), by=as_bob)
    voting.cast_vote(second, count=1, by=as_carol)
    rounds.reveal_round(round_of(session), by=as_bob)
    assert voting.dots_on(session) == {second.pk: 1}


def test_another_round_starts_an_activity_that_has_ended(session, as_bob):
    item = start(session, "vote", as_bob)
    rounds.reveal_round(round_of(session), by=as_bob)
    start(session, "rate", as_bob)
    fresh = leading.start_another_round(Round.objects.get(ask="vote"), by=as_bob)
    assert (fresh.number, fresh.activity_id) == (2, item.pk)
    assert AgendaItem.objects.get(AgendaItem.RUNNING).pk == item.pk


# --- The frozen result ---------------------------------------------------------------------
def test_a_frozen_result_is_changed_by_nobody(session, as_bob, as_carol):
    start(session, "rate", as_bob)
    proposal = proposals(session)[0]
    rate(proposal, as_carol)
    with pytest.raises(Refused, match="Reveal"):
        rounds.freeze_ratings(session, by=as_bob)
    rounds.reveal_round(round_of(session), by=as_bob)
    rounds.freeze_ratings(session, by=as_bob)
    erik = services.add_participant(session, name="Erik", by=as_bob)
    attempts = [
        lambda: rate(proposal, as_bob, participant=erik),
        lambda: deciding.withdraw_rating(Rating.objects.get(), by=as_bob),
        lambda: deciding.delete_proposal(proposal, by=as_bob),
        lambda: leading.start_another_round(round_of(session), by=as_bob),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="frozen"):
            attempt()
    start(session, "rate", as_bob)
    assert Round.objects.count() == 1
    rounds.thaw_ratings(session, by=as_bob)
    rate(proposal, as_bob, participant=erik)
    assert Rating.objects.count() == 2
