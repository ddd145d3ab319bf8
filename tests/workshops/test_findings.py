"""A finding of a walk becomes a problem of the next workshop, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from collaboration.editing import Refused
from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys.copies import copy_journey
from journeys.models import Stage
from teams.models import Role
from tests.drawn import picture_file
from touchpoints.problems import bring_problem, keep_problem_back, places_of
from touchpoints.walk_models import WalkStep
from touchpoints.walks import answer_step, start_walk
from workshops.findings import next_workshop
from workshops.models import Contribution, Phase
from workshops.selectors import scope_of
from workshops.services import (
    create_workshop,
    delete_contribution,
    delete_workshop,
    enter_phase,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stages(journey):
    return list(Stage.objects.filter(board=journey.pk).order_by("position"))


@pytest.fixture
def brillux(journey, as_bob):
    return start_walk(journey, competitor=True, company="Brillux", by=as_bob)


@pytest.fixture
def step(brillux, stages, as_bob):
    said = {"worked": "no", "missing": "A price", "place": "Counter"}
    return answer_step(brillux, stage=stages[2], **said, by=as_bob)


def stored(step):
    return WalkStep.objects.get(pk=step.pk)


# --- A workshop is planned -----------------------------------------------------------------
def test_it_lands_on_its_stage_of_the_planned_workshop(workshop, step, stages, as_bob):
    bring_problem(step, by=as_bob)
    problem = Contribution.objects.get()
    assert (problem.board_id, problem.kind, problem.author) == (workshop.pk, "problem", as_bob.user)
    assert problem.stage.journey_stage_id == stages[2].pk
    assert problem.text == "A price\n(Walk: Brillux, Counter)"
    assert places_of([step.pk])[step.pk].title == "First session"
    assert stored(step).waits is False


def test_asked_twice_it_is_one_problem(workshop, step, as_bob):
    for _time in range(2):
        bring_problem(step, by=as_bob)
    assert Contribution.objects.count() == 1


def test_a_stage_that_the_workshop_leaves_out_is_the_whole_journey(journey, stages, step, as_bob):
    workshop = create_workshop(journey, title="Start", stage_ids=[stages[0].pk], by=as_bob)
    bring_problem(step, by=as_bob)
    problem = Contribution.objects.get(board=workshop.pk)
    assert (problem.stage, [one.title for one in scope_of(workshop)]) == (None, [stages[0].title])


def test_the_next_workshop_is_the_first_that_is_not_over(journey, as_bob):
    now = timezone.now()

    def workshop(title, days=None, phase="prepare"):
        starts_at = None if days is None else now + timedelta(days=days)
        made = create_workshop(journey, title=title, starts_at=starts_at, by=as_bob)
        enter_phase(made, phase=Phase(phase), by=as_bob)
        return made

    workshop("Over", 1, "close")
    workshop("Never held", -30)
    assert next_workshop(journey) is None
    undated = workshop("Some day")
    assert next_workshop(journey) == undated
    later, today = workshop("Later", 20), workshop("Today", -0.2, "collect")
    assert next_workshop(journey) == today
    delete_workshop(today, by=as_bob)
    assert next_workshop(journey) == later


# --- None is planned ---------------------------------------------------------------------------
def test_without_a_workshop_it_waits_for_the_next_one(journey, step, stages, as_bob):
    bring_problem(step, by=as_bob)
    assert (stored(step).waits, Contribution.objects.count()) == (True, 0)
    workshop = create_workshop(journey, title="Next", by=as_bob)
    problem = Contribution.objects.get()
    assert (problem.board_id, problem.stage.journey_stage_id) == (workshop.pk, stages[2].pk)
    assert stored(step).waits is False
    create_workshop(journey, title="The one after", by=as_bob)
    assert Contribution.objects.count() == 1


def test_what_a_workshop_has_no_room_for_goes_on_waiting(
    journey, brillux, step, stages, as_bob, monkeypatch
):
    monkeypatch.setattr("workshops.findings.MOST_CONTRIBUTIONS", 1)
    later = answer_step(brillux, stage=stages[2], missing="A chair", by=as_bob)
    for each in (step, later):
        bring_problem(each, by=as_bob)
    create_workshop(journey, title="Next", by=as_bob)
    assert Contribution.objects.count() == 1
    assert (stored(step).waits, stored(later).waits) == (False, True)


def test_what_was_taken_back_is_not_taken_in(journey, step, as_bob):
    bring_problem(step, by=as_bob)
    keep_problem_back(stored(step), by=as_bob)
    create_workshop(journey, title="Next", by=as_bob)
    assert not Contribution.objects.exists()


def test_it_waits_for_a_workshop_on_its_own_map_not_on_a_copy(journey, step, as_bob):
    bring_problem(step, by=as_bob)
    copy = copy_journey(journey, title="A copy", by=as_bob)
    create_workshop(copy, title="On the copy", by=as_bob)
    assert not Contribution.objects.exists()
    create_workshop(journey, title="On the map", by=as_bob)
    assert Contribution.objects.get().finding == step.pk


def test_undo_takes_back_that_it_waits(journey, step, as_bob):
    bring_problem(step, by=as_bob)
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=as_bob)
    create_workshop(journey, title="Next", by=as_bob)
    assert not Contribution.objects.exists()


def test_after_its_workshop_or_itself_is_deleted_it_may_go_to_another(
    journey, workshop, step, as_bob
):
    bring_problem(step, by=as_bob)
    delete_contribution(Contribution.objects.get(), by=as_bob)
    bring_problem(step, by=as_bob)
    delete_workshop(workshop, by=as_bob)
    assert places_of([step.pk]) == {}
    bring_problem(step, by=as_bob)
    assert stored(step).waits
    create_workshop(journey, title="Next", by=as_bob)
    assert places_of([step.pk])[step.pk].title == "Next"


# --- What is a finding -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("competitor", "said", "text"),
    [
        (False, {"worked": "no"}, "“Counter” did not work."),
        (False, {"worked": "partly"}, "“Counter” worked only in part."),
        (False, {"helped_goal": "no"}, "“Counter” did not bring the customer to the goal."),
        (True, {"better": "A smile"}, "Brillux does it better: A smile"),
        (True, {"worked": "yes", "missing": "A chair"}, "A chair"),
    ],
)
def test_the_problem_says_what_was_found(journey, workshop, as_bob, competitor, said, text):
    company = "Brillux" if competitor else ""
    walk = start_walk(journey, competitor=competitor, company=company, by=as_bob)
    bring_problem(answer_step(walk, place="Counter", **said, by=as_bob), by=as_bob)
    origin = f"(Walk: {company or 'Our own company'}, Counter)"
    assert Contribution.objects.get().text == f"{text}\n{origin}"


def test_what_says_nothing_wrong_is_no_problem(journey, workshop, as_bob):
    walk = start_walk(journey, by=as_bob)
    step = answer_step(walk, worked="yes", better="A smile", score=5, by=as_bob)
    with pytest.raises(Refused, match="Nothing was found wrong"):
        bring_problem(step, by=as_bob)


def test_the_longest_words_fit(journey, workshop, brillux, as_bob):
    said = {"missing": "a" * 1000, "better": "b" * 1000, "place": "c" * 120}
    bring_problem(answer_step(brillux, **said, by=as_bob), by=as_bob)
    assert len(Contribution.objects.get().text) <= 1000


# --- Pages and API -----------------------------------------------------------------------------
def page(client_of, user, journey):
    address = reverse("touchpoints:walks_compared", args=[journey.pk])
    return client_of(user).get(address).content.decode()


def test_both_sides_show_each_other(client_of, bob, journey, workshop, step):
    address = reverse("touchpoints:walk_problem", args=[journey.pk, step.pk])
    assert f'hx-post="{address}"' in page(client_of, bob, journey)
    headers = {"HX-Request": "true", "Board-View": "comparison"}
    answer = client_of(bob).post(address, headers=headers).content.decode()
    assert "walks-compared-mark" in answer
    assert "First session" in answer
    html = page(client_of, bob, journey)
    problem = Contribution.objects.get()
    assert f"/workshops/{workshop.pk}/#contribution-{problem.pk}" in html
    assert address not in html
    there = client_of(bob).get(f"/workshops/{workshop.pk}/").content.decode()
    assert reverse("touchpoints:walk_step", args=[journey.pk, step.pk]) in there


def test_open_pages_hear_of_it(journey, workshop, step, as_bob):
    boards = [Board.objects.get(pk=one.pk) for one in (journey, workshop)]
    bring_problem(step, by=as_bob)
    for board, view, region in zip(
        boards, ("comparison", "map"), ("walks-compared-mark", "contribution-"), strict=True
    ):
        now = Board.objects.get(pk=board.pk)
        pieces = render_changes(now, board.version, Viewer(Role.VIEWER, "en", view=view)).html
        assert f"#{region}" in pieces


def test_a_guest_of_the_journey_reads_nothing_of_the_workshop(journey, workshop, step, as_bob):
    from touchpoints.walk_compare import compare_walks, walks_of
    from touchpoints.walk_pages import comparison_html

    bring_problem(step, by=as_bob)
    viewer = Viewer(Role.EDITOR, "en", is_guest=True, view="comparison")
    html = comparison_html(journey, compare_walks(journey, list(walks_of(journey))), viewer)
    assert "A problem of a workshop" in html
    assert "First session" not in html
    assert "hx-post" not in html


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_bring_nothing(request, client_of, acting, journey, step, who):
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        bring_problem(step, by=acting(user))
    address = reverse("touchpoints:walk_problem", args=[journey.pk, step.pk])
    assert client_of(user).post(address).status_code == 403


def test_the_api_walks_and_brings_a_problem(client_of, bob, journey, workshop, stages):
    client = client_of(bob)
    body = {
        "board": journey.pk,
        "competitor": True,
        "company": "Optik Nord",
        "steps": [{"key": "a", "stage": stages[0].pk, "worked": "no", "score": 2}],
    }
    walk = client.post("/api/v1/walks/", body, "application/json").json()
    assert (walk["walker"], walk["steps"][0]["worked"]) == ("Bob", "no")
    more = {"steps": [{"key": "a", "missing": "A price"}, {"key": "b", "better": "A smile"}]}
    client.patch(f"/api/v1/walks/{walk['id']}/", more, "application/json")
    found = client.get(f"/api/v1/walk-steps/?walk={walk['id']}").json()["results"]
    assert [(one["worked"], one["missing"], one["better"]) for one in found] == [
        ("no", "A price", ""), ("", "", "A smile"),
    ]  # fmt: skip
    url = f"/api/v1/walk-steps/{found[0]['id']}/"
    photo = client.patch(url, {"photo": _base64()}, "application/json").json()["content"]
    assert client.get(photo)["Content-Type"] == "image/jpeg"
    assert client.patch(url, {"photo": None}, "application/json").json()["content"] is None
    answers = [client.post(f"{url}problem/").json() for _time in range(2)]
    problem = Contribution.objects.get()
    assert answers == [{"waits": False, "contribution": problem.pk}] * 2
    listed = client.get(f"/api/v1/contributions/?finding={found[0]['id']}").json()
    assert [one["id"] for one in listed["results"]] == [problem.pk]


def _base64():
    from base64 import b64encode

    return b64encode(picture_file().read()).decode()
