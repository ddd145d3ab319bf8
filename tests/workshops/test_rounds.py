"""Rounds: everybody gives alone, nobody sees it before the reveal, the result can be frozen."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from collaboration.editing import Refused
from collaboration.live import Viewer
from collaboration.models import Change
from collaboration.undo import UndoConflict, next_undo, undo
from teams.access import Actor, Forbidden
from teams.models import Role
from tests.cast import member
from workshops import agenda, deciding, leading, rounds, services, voting
from workshops.agenda_models import AgendaItem
from workshops.agendas import HALF_DAY
from workshops.allowing import NotNow
from workshops.models import Contribution, Participant, Proposal, Rating, Workshop
from workshops.page.projector import PROJECTOR, draw_projector
from workshops.round_models import Round, SealedRating, SealedVote, Vote
from workshops.selectors import rated_proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_carol(acting, carol):
    return acting(carol)


@pytest.fixture
def as_dora(nordlys, acting):
    return acting(member("dora@nordlys.example", nordlys, "commenter"))


@pytest.fixture
def session(workshop, as_bob) -> Workshop:
    """With an agenda, three problems and two proposals."""
    agenda.use_agenda(workshop, HALF_DAY, by=as_bob)
    for text in ("No price", "No answer", "No manual"):
        services.add_contribution(workshop, text=text, by=as_bob)
    for title in ("Publish the price", "Open the chat"):
        deciding.add_proposal(workshop, title=title, by=as_bob)
    return workshop


def start(workshop, kind, by) -> AgendaItem:
    item = AgendaItem.objects.get(board=workshop.pk, kind=kind)
    leading.start_activity(item, by=by)
    return item


def round_of(workshop) -> Round:
    return Round.objects.filter(board=workshop.pk).last()


def problems(workshop):
    return list(Contribution.objects.filter(board=workshop.pk).order_by("pk"))


def proposals(workshop):
    return list(Proposal.objects.filter(board=workshop.pk).order_by("pk"))


def rate(proposal, by, feasibility=4, effect=5, **options):
    return deciding.rate_proposal(
        proposal, feasibility=feasibility, effect=effect, by=by, **options
    )


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


# --- The budget ----------------------------------------------------------------------------
def test_nobody_gives_more_dots_than_they_have(session, as_bob, as_carol):
    item = start(session, "vote", as_bob)
    agenda.change_agenda_item(item, fields={"dots": 3}, by=as_bob)
    first, second, third = problems(session)
    voting.cast_vote(first, count=2, by=as_carol)
    voting.cast_vote(second, count=1, by=as_carol)
    with pytest.raises(voting.OutOfDots, match="Of 3 dots, 0 are left"):
        voting.cast_vote(third, count=1, by=as_carol)
    with pytest.raises(voting.OutOfDots):
        voting.cast_vote(first, count=3, by=as_carol)
    voting.cast_vote(first, count=1, by=as_carol)
    voting.cast_vote(third, count=1, by=as_carol)
    given = dict(SealedVote.objects.values_list("contribution_id", "count"))
    assert given == {first.pk: 1, second.pk: 1, third.pk: 1}


def test_without_an_agenda_dots_are_given_openly_and_are_as_many_as_usual(
    workshop, as_bob, as_carol
):
    said = services.add_contribution(workshop, text="No price", by=as_bob)
    voting.cast_vote(said, count=5, by=as_carol)
    assert voting.dots_on(workshop) == {said.pk: 5}
    other = services.add_contribution(workshop, text="No answer", by=as_bob)
    with pytest.raises(voting.OutOfDots):
        voting.cast_vote(other, count=1, by=as_carol)
    voting.cast_vote(said, count=0, by=as_carol)
    assert not Vote.objects.exists()


def test_the_database_refuses_votes_that_cannot_be(workshop, as_bob):
    said = services.add_contribution(workshop, text="No price", by=as_bob)
    person = services.add_participant(workshop, name="Erik", by=as_bob)
    vote = voting.cast_vote(said, count=1, participant=person, by=as_bob)
    again = Vote(board_id=workshop.pk, contribution=said, participant=person)
    for row, count in ((vote, 0), (vote, 51), (again, 1)):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            workshop.editing(by=as_bob),
        ):
            services.set_fields(row, {"count": count})


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


# --- What others see -----------------------------------------------------------------------
SEEN = (
    "/workshops/{0}/",
    "/workshops/{0}/mine/",
    "/boards/{0}/history/",
    "/boards/{0}/changes/?since=0",
    "/api/v1/ratings/?board={0}",
    "/api/v1/votes/?board={0}",
    "/api/v1/rounds/?board={0}",
    "/api/v1/proposals/?board={0}",
    "/api/v1/contributions/?board={0}",
    "/api/v1/changes/?board={0}",
)
NONCE = re.compile(r'[A-Za-z0-9]{64}|data-now="[^"]*"')


@pytest.fixture
def seen_by(client_of, session):
    """`seen_by(bob)`: all that Bob can read of the workshop, without what every answer changes."""

    def read(user):
        browser = client_of(user)
        answers = [browser.get(address.format(session.pk)) for address in SEEN]
        assert {answer.status_code for answer in answers} == {200}
        return [NONCE.sub("", answer.content.decode()) for answer in answers]

    return read


@pytest.mark.parametrize("kind", ["rate", "vote"])
def test_others_read_the_same_whatever_was_given(session, as_bob, as_carol, as_dora, seen_by, kind):
    start(session, kind, as_bob)
    services.join_workshop(session, department="Sales", by=as_bob)

    def give(mark):
        if kind == "rate":
            rate(proposals(session)[0], as_carol, mark, mark)
        else:
            voting.cast_vote(problems(session)[0], count=mark, by=as_carol)

    give(2)
    people = [as_bob.user, as_dora.user]
    before = [seen_by(person) for person in people]
    mine = seen_by(as_carol.user)
    give(4)
    assert [seen_by(person) for person in people] == before
    assert seen_by(as_carol.user) != mine
    rounds.reveal_round(round_of(session), by=as_bob)
    assert seen_by(as_bob.user) != before[0]


# --- Without names -------------------------------------------------------------------------
def test_where_nobody_is_named_nothing_says_who_gave_what(session, as_bob, as_carol, as_dora):
    item = start(session, "rate", as_bob)
    agenda.change_agenda_item(item, fields={"anonymous": True}, by=as_bob)
    services.join_workshop(session, department="Sales", by=as_carol)
    proposal = proposals(session)[0]
    version = Workshop.objects.get(pk=session.pk).version
    rate(proposal, as_carol, 1, 2)
    rate(proposal, as_carol, 2, 2)
    rate(proposal, as_dora, 4, 4)
    given = list(SealedRating.objects.values_list("participant_id", "feasibility"))
    assert sorted(given, key=str) == [(None, 2), (None, 4)]
    told = Change.objects.filter(board=session.pk, version__gt=version, item_type="round")
    assert {(one.actor, one.actor_name) for one in told} == {(None, "Anonymous")}
    assert rounds.answers_in(round_of(session)) == 2
    rounds.reveal_round(round_of(session), by=as_bob)
    shown = Rating.objects.order_by("feasibility").values_list("participant", "user", "feasibility")
    assert list(shown) == [(None, None, 2), (None, None, 4)]

    second = leading.start_another_round(round_of(session), by=as_bob)
    rate(proposal, as_carol, 5, 5)
    rounds.reveal_round(second, by=as_bob)
    assert list(Rating.objects.values_list("feasibility", flat=True)) == [5]


def test_what_was_given_with_a_name_is_ones_own_when_names_go(session, as_bob, as_carol):
    item = start(session, "vote", as_bob)
    first, second, _third = problems(session)
    voting.cast_vote(first, count=3, by=as_carol)
    agenda.change_agenda_item(item, fields={"anonymous": True}, by=as_bob)
    with pytest.raises(voting.OutOfDots):
        voting.cast_vote(second, count=3, by=as_carol)
    voting.cast_vote(first, count=1, by=as_carol)
    assert list(SealedVote.objects.values_list("participant_id", "count")) == [(None, 1)]


# --- The wall ------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["vote", "rate"])
def test_the_wall_counts_who_has_answered_and_then_shows_what_came_out(
    session, as_bob, as_carol, kind
):
    start(session, kind, as_bob)
    if kind == "vote":
        voting.cast_vote(problems(session)[0], count=4, by=as_carol)
    else:
        rate(proposals(session)[0], as_carol)
    assert "of 1 have answered" in wall(session)
    assert "chart-point" not in wall(session)
    rounds.reveal_round(round_of(session), by=as_bob)
    assert "have answered" not in wall(session)
    assert {"vote": "<b>4</b> No price", "rate": "chart-point"}[kind] in wall(session)


def wall(workshop) -> str:
    present = Workshop.objects.get(pk=workshop.pk)
    return draw_projector(present, Viewer(Role.VIEWER, "en", view=PROJECTOR))
