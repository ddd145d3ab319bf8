"""Services: what they write, what they refuse."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from collaboration.editing import OutsideEditing
from collaboration.models import Change
from journeys.models import Stage
from journeys.services import delete_stage
from teams.access import Actor, Forbidden
from workshops import deciding, services
from workshops.models import (
    Action,
    Contribution,
    Participant,
    Proposal,
    Rating,
    ScopeStage,
    Workshop,
)
from workshops.selectors import (
    columns_of,
    departments_of,
    letter_of,
    ranking,
    rated_proposals,
    scope_of,
    scope_stage,
    workshops_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_carol(acting, carol):
    return acting(carol)


@pytest.fixture
def as_victor(acting, victor):
    return acting(victor)


# --- The workshop --------------------------------------------------------------------------
def test_a_workshop_works_on_all_stages_unless_some_are_chosen(journey, as_bob):
    stages = list(Stage.objects.filter(board=journey.pk).order_by("position"))
    whole = services.create_workshop(journey, title="Whole", by=as_bob)
    part = services.create_workshop(
        journey, title="Part", stage_ids=[stages[2].pk, stages[1].pk], by=as_bob
    )
    assert [stage.title for stage in scope_of(whole)] == [stage.title for stage in stages]
    assert [stage.title for stage in scope_of(part)] == [stages[1].title, stages[2].title]


def test_a_workshop_is_led_by_whoever_made_it_unless_said(journey, as_bob):
    assert services.create_workshop(journey, title="One", by=as_bob).facilitator == "Bob"


def test_a_commenter_cannot_create_a_workshop(journey, as_carol):
    with pytest.raises(Forbidden):
        services.create_workshop(journey, title="No", by=as_carol)
    assert not Workshop.objects.exists()


def test_a_workshop_cannot_follow_one_of_another_workspace(journey, secret, as_bob):
    with pytest.raises(services.NotOnThisBoard):
        services.create_workshop(journey, title="No", follows=secret, by=as_bob)


def test_scope_refuses_stages_of_another_journey(workshop, secret, as_bob):
    foreign = scope_of(secret)[0].journey_stage_id
    with pytest.raises(services.NotOnThisBoard):
        services.choose_scope(workshop, stage_ids=[foreign], by=as_bob)
    assert len(scope_of(workshop)) == 7


def test_what_was_said_about_a_stage_that_leaves_the_scope_stays(full_workshop, as_bob):
    said = Contribution.objects.filter(board=full_workshop.pk).count()
    kept = scope_of(full_workshop)[0]
    services.choose_scope(full_workshop, stage_ids=[kept.journey_stage_id], by=as_bob)
    columns = columns_of(full_workshop)
    assert [column.stage for column in columns] == [kept, None]
    assert len(columns[-1].contributions) == said


def test_a_stage_deleted_from_the_map_stays_in_the_workshop(full_workshop, journey, as_bob):
    stage = Stage.objects.filter(board=journey.pk).order_by("position")[3]
    delete_stage(stage, by=as_bob)
    titles = [column.stage.title for column in columns_of(full_workshop) if column.stage]
    assert stage.title in titles
    assert scope_stage(full_workshop, stage.pk).contributions.count() == 3


def test_a_deleted_workshop_is_not_listed(workshop, nordlys, as_bob):
    services.delete_workshop(workshop, by=as_bob)
    assert not workshops_of(nordlys, as_bob.user).exists()


def test_a_workshop_outside_editing_cannot_be_saved(workshop):
    workshop.title = "By the window"
    with pytest.raises(OutsideEditing):
        workshop.save()


# --- Participants --------------------------------------------------------------------------
def test_departments_are_listed_by_name_and_those_without_last(workshop, as_bob):
    for name, department in (("Ann", ""), ("Bea", "Sales"), ("Cem", "finance"), ("Dag", "Sales")):
        services.add_participant(workshop, name=name, department=department, by=as_bob)
    listed = [(name, [str(who) for who in people]) for name, people in departments_of(workshop)]
    assert listed == [("finance", ["Cem"]), ("Sales", ["Bea", "Dag"]), ("", ["Ann"])]


def test_joining_twice_changes_the_department(workshop, as_carol, carol):
    services.join_workshop(workshop, department="Sales", by=as_carol)
    services.join_workshop(workshop, department="Marketing", by=as_carol)
    participant = Participant.objects.get(board=workshop.pk)
    assert (participant.user, participant.department) == (carol, "Marketing")


def test_what_a_removed_participant_said_stays_under_the_name(full_workshop, as_bob):
    ali = Participant.objects.get(board=full_workshop.pk, name="Ali Demir")
    services.remove_participant(ali, by=as_bob)
    said = Contribution.objects.get(board=full_workshop.pk, text__startswith="We say three")
    assert (said.participant, said.author_name) == (None, "Ali Demir")


# --- Contributions -------------------------------------------------------------------------
def test_viewer_cannot_contribute(workshop, as_victor):
    with pytest.raises(PermissionDenied):
        services.add_contribution(workshop, text="No", by=as_victor)
    assert not Contribution.objects.exists()


def test_commenter_changes_only_their_own(workshop, as_bob, as_carol):
    mine = services.add_contribution(workshop, text="Mine", by=as_carol)
    theirs = services.add_contribution(workshop, text="Theirs", by=as_bob)
    services.change_contribution(mine, fields={"text": "Mine, better"}, by=as_carol)
    for act in (
        lambda: services.change_contribution(theirs, fields={"text": "No"}, by=as_carol),
        lambda: services.move_contribution(theirs, stage=None, by=as_carol),
        lambda: services.delete_contribution(theirs, by=as_carol),
    ):
        with pytest.raises(Forbidden):
            act()
    texts = set(Contribution.objects.values_list("text", flat=True))
    assert texts == {"Mine, better", "Theirs"}


def test_commenter_cannot_speak_for_a_participant(full_workshop, as_carol):
    participant = Participant.objects.filter(board=full_workshop.pk).first()
    with pytest.raises(PermissionDenied):
        services.add_contribution(
            full_workshop, text="Words in a mouth", participant=participant, by=as_carol
        )


def test_case_56_a_contribution_to_another_boards_stage_is_refused(workshop, secret, as_bob):
    with pytest.raises(services.NotOnThisBoard):
        services.add_contribution(workshop, text="No", stage=scope_of(secret)[0], by=as_bob)


def test_moving_writes_one_row(full_workshop, as_bob):
    stage = scope_of(full_workshop)[3]
    one, two, three = stage.contributions.order_by("position")
    services.move_contribution(three, stage=stage, before=one, by=as_bob)
    assert list(stage.contributions.order_by("position")) == [three, one, two]
    version = Change.objects.filter(board=full_workshop.pk).last().version
    assert Change.objects.filter(board=full_workshop.pk, version=version).count() == 1


def test_a_full_workshop_says_so(workshop, as_bob, monkeypatch):
    monkeypatch.setattr(services, "MOST_CONTRIBUTIONS", 2)
    for text in ("One", "Two"):
        services.add_contribution(workshop, text=text, by=as_bob)
    with pytest.raises(services.WorkshopFull, match="at most 2"):
        services.add_contribution(workshop, text="Three", by=as_bob)


# --- Proposals, ratings, decisions ---------------------------------------------------------
def test_a_proposal_is_where_the_problem_is_that_it_solves(full_workshop, as_bob):
    problem = Contribution.objects.get(board=full_workshop.pk, kind="question")
    proposal = deciding.add_proposal(full_workshop, title="Ask", solves=problem, by=as_bob)
    assert proposal.stage == problem.stage


def test_a_rating_given_again_replaces_the_earlier_one(full_workshop, as_carol):
    proposal = Proposal.objects.filter(board=full_workshop.pk).last()
    deciding.rate_proposal(proposal, feasibility=1, effect=2, by=as_carol)
    deciding.rate_proposal(proposal, feasibility=5, effect=4, by=as_carol)
    rating = Rating.objects.get(proposal=proposal)
    assert (rating.feasibility, rating.effect, rating.user) == (5, 4, as_carol.user)


def test_viewer_cannot_rate(full_workshop, as_victor):
    proposal = Proposal.objects.filter(board=full_workshop.pk).last()
    with pytest.raises(PermissionDenied):
        deciding.rate_proposal(proposal, feasibility=1, effect=1, by=as_victor)


def test_nobody_in_particular_cannot_rate(full_workshop):
    proposal = Proposal.objects.filter(board=full_workshop.pk).last()
    with pytest.raises(Forbidden):
        deciding.rate_proposal(proposal, feasibility=1, effect=1, by=Actor.system("import"))


def test_commenter_cannot_withdraw_anothers_rating(full_workshop, as_carol):
    with pytest.raises(Forbidden):
        deciding.withdraw_rating(Rating.objects.first(), by=as_carol)


def force(workshop, row, fields, by):
    with transaction.atomic(), workshop.editing(by=by):
        services.set_fields(row, fields)


@pytest.mark.parametrize(
    "marks", [{"feasibility": 0}, {"feasibility": 6}, {"effect": 0}, {"effect": 6}]
)
def test_the_database_refuses_marks_outside_the_scale(marks, full_workshop, as_bob):
    rating = Rating.objects.filter(board=full_workshop.pk).first()
    with pytest.raises(IntegrityError):
        force(full_workshop, rating, marks, as_bob)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Contribution, {"kind": "joke"}),
        (Action, {"status": "lost"}),
        (Workshop, {"phase": "party"}),
    ],
)
def test_the_database_refuses_words_that_are_no_choice(model, fields, full_workshop, as_bob):
    rows = Workshop.objects.all() if model is Workshop else model.objects.all()
    with pytest.raises(IntegrityError):
        force(full_workshop, rows.first(), fields, as_bob)


def test_the_database_holds_a_stage_once(workshop, as_bob):
    stage = scope_of(workshop)[0]
    again = ScopeStage(board_id=workshop.pk, journey_stage_id=stage.journey_stage_id)
    with pytest.raises(IntegrityError):
        force(workshop, again, {"title": "Again", "position": "z"}, as_bob)


def test_ranking_wants_both_feasibility_and_effect(workshop, as_bob, acting, alice, carol):
    marks = {"Easy and useless": (5, 1), "Fair": (3, 3), "A dream": (1, 5), "Unrated": None}
    for title, given in marks.items():
        proposal = deciding.add_proposal(workshop, title=title, by=as_bob)
        if given:
            deciding.rate_proposal(proposal, feasibility=given[0], effect=given[1], by=as_bob)
    ranked = [(one.rank, one.proposal.title) for one in ranking(rated_proposals(workshop))]
    assert ranked == [
        (1, "Fair"),
        (2, "A dream"),
        (3, "Easy and useless"),
        (None, "Unrated"),
    ]


def test_one_extreme_voice_does_not_move_the_median(full_workshop):
    first = rated_proposals(full_workshop)[0]
    assert sorted(rating.feasibility for rating in first.ratings) == [2, 4, 4, 5, 5]
    assert first.feasibility == 4


def test_equals_share_a_rank_and_the_next_is_skipped(workshop, as_bob):
    for title, mark in (("A", 4), ("B", 4), ("C", 2)):
        proposal = deciding.add_proposal(workshop, title=title, by=as_bob)
        deciding.rate_proposal(proposal, feasibility=mark, effect=mark, by=as_bob)
    assert [one.rank for one in rated_proposals(workshop)] == [1, 1, 3]


def test_what_was_decided_about_a_deleted_proposal_stays(full_workshop, as_bob):
    proposal = Proposal.objects.filter(board=full_workshop.pk).order_by("pk").first()
    action = proposal.actions.get()
    deciding.delete_proposal(proposal, by=as_bob)
    action.refresh_from_db()
    assert action.proposal is None


def test_letters_go_on_after_z():
    assert [letter_of(number) for number in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
