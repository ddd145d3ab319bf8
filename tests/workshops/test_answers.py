"""Answers in rounds: how many dots one has, and that nobody learns who gave what."""

import re

import pytest
from django.db import IntegrityError, transaction

from collaboration.live import Viewer
from collaboration.models import Change
from teams.models import Role
from tests.workshops.giving import problems, proposals, rate, round_of, start
from workshops import agenda, leading, rounds, services, voting
from workshops.models import Rating, Workshop
from workshops.page.projector import PROJECTOR, draw_projector
from workshops.round_models import SealedRating, SealedVote, Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_carol(acting, carol):
    return acting(carol)


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
    assert {"vote": "<b>4</b> <span>No price", "rate": "chart-point"}[kind] in wall(session)


def wall(workshop) -> str:
    present = Workshop.objects.get(pk=workshop.pk)
    return draw_projector(present, Viewer(Role.VIEWER, "en", view=PROJECTOR))
