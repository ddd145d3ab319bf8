"""Actions that workshops decided, and the goals of their journey that they serve."""

import pytest

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from journeys.copies import copy_journey
from journeys.models import Journey
from teams.models import Role
from touchpoints.goal_page import Serves, goals_html, tension_of
from touchpoints.goals import change_served, create_goal, goals_of
from workshops.deciding import add_action, change_action, delete_action
from workshops.models import ActionGoal
from workshops.services import create_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(bob, nordlys):
    from teams.access import actor_in

    return actor_in(bob, nordlys)


@pytest.fixture
def journey(nordlys, by):
    from journeys.services import create_journey
    from journeys.starters import STARTERS

    starter = STARTERS["before-during-after"]
    return create_journey(nordlys, title="Buying sunglasses", starter=starter, by=by)


@pytest.fixture
def goal(journey, by):
    return create_goal(journey, side="customer", text="Suits my style", by=by)


@pytest.fixture
def action(journey, by):
    workshop = create_workshop(journey, title="Morning", by=by)
    return add_action(workshop, title="Twelve faces", by=by)


def serve(journey, action, goal, by):
    change_served(journey, "action", action.pk, added=[goal], removed=[], by=by)


def serves(journey):
    return {one.effort.title: one.serves for one in tension_of(journey).efforts}


def test_a_decided_action_serves_a_goal_on_the_page_of_its_journey(journey, goal, action, by):
    assert serves(journey) == {"Twelve faces": Serves.NEITHER}
    since = Board.objects.get(pk=journey.pk).version
    serve(journey, action, goal, by)
    serve(journey, action, goal, by)
    assert ActionGoal.objects.count() == 1
    assert serves(journey) == {"Twelve faces": Serves.CUSTOMER}
    viewer = Viewer(Role.EDITOR, "en", view="goals")
    drawn = render_changes(Board.objects.get(pk=journey.pk), since, viewer).html
    assert 'hx-target="#goals-board"' in drawn
    change_served(journey, "action", action.pk, added=[], removed=[goal], by=by)
    assert serves(journey) == {"Twelve faces": Serves.NEITHER}


def test_dropped_and_deleted_actions_are_efforts_no_more(journey, goal, action, by):
    serve(journey, action, goal, by)
    change_action(action, fields={"status": "dropped"}, by=by)
    assert serves(journey) == {}
    change_action(action, fields={"status": "doing"}, by=by)
    assert serves(journey) == {"Twelve faces": Serves.CUSTOMER}
    delete_action(action, by=by)
    assert serves(journey) == {}
    assert tension_of(journey).customer[0].served_by == 0


def test_guests_of_the_map_are_told_nothing_of_workshops(journey, goal, action):
    loaded = Journey.objects.get(pk=journey.pk)
    member = goals_html(loaded, Viewer(Role.VIEWER, "en", view="goals"))
    guest = goals_html(loaded, Viewer(Role.VIEWER, "en", is_guest=True, view="goals"))
    assert "Twelve faces" in member
    assert "Twelve faces" not in guest


def test_an_action_of_another_journeys_workshop_is_not_found(
    client_of, bob, nordlys, journey, goal, by
):
    from django.urls import reverse

    from journeys.services import create_journey
    from journeys.starters import STARTERS

    second = create_journey(nordlys, title="Second", starter=STARTERS["empty"], by=by)
    workshop = create_workshop(second, title="Elsewhere", by=by)
    elsewhere = add_action(workshop, title="Not here", by=by)
    where = reverse("touchpoints:served", args=[journey.pk, f"action-{elsewhere.pk}"])
    assert client_of(bob).post(where, {"goals": [goal.pk]}).status_code == 404
    assert not ActionGoal.objects.exists()


def test_what_a_workshop_decided_for_this_map_says_nothing_of_a_copy(journey, goal, action, by):
    serve(journey, action, goal, by)
    copy = copy_journey(journey, title="A copy", by=by)
    assert [one.text for one in goals_of(copy)] == [goal.text]
    assert list(ActionGoal.objects.values_list("board", flat=True)) == [journey.pk]
