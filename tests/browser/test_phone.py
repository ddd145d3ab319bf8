"""A map on a phone: its title, its kind and its paths are there, and nothing hides the map."""

import pytest
from playwright.sync_api import expect

from collaboration.services import create_comment
from journeys.models import Lane, Stage
from journeys.paths import create_path
from journeys.services import create_stage
from teams.access import actor_in
from tests.browser.walk import NARROW
from tests.collaboration.scenes import OLGA, added_note, small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def note(journey):
    stage = Stage.objects.filter(board=journey).order_by("position").first()
    lane = Lane.objects.filter(board=journey).order_by("position").first()
    return added_note(journey, stage, lane, "Reads a review", OLGA)


@pytest.fixture
def phone(page_of, bob):
    page = page_of(bob)
    page.set_viewport_size(NARROW)
    return page


def test_the_bar_of_a_map_has_room_for_title_and_kind_and_a_menu_for_the_rest(
    phone, journey, note, bob
):
    by = actor_in(bob, journey.workspace)
    first, second = Stage.objects.filter(board=journey.pk)
    create_stage(journey, title="Decide", by=by)
    create_path(from_stage=first, to_stage=second, by=by)
    phone.goto(f"/journeys/{journey.pk}/")
    title = phone.get_by_role("heading", level=1).get_by_role("button")
    assert title.evaluate("each => each.scrollWidth <= each.clientWidth")
    expect(phone.locator(".topbar-title").get_by_text("Current state")).to_be_visible()
    expect(phone.locator(".path-list > li:visible")).to_have_count(1)
    for _step in range(2):
        phone.get_by_role("button", name="Next stage").click()
    expect(phone.locator(".path-list > li:visible")).to_have_count(0)

    phone.locator("#map-menu-button").press("Enter")
    phone.get_by_role("button", name="Filters and views").press("Enter")
    expect(phone.get_by_label("Name of the view")).to_be_visible()
    phone.locator("#map-menu-button").press("Enter")
    phone.get_by_role("button", name="Search on this map").press("Enter")
    expect(phone.locator("#find-words")).to_be_focused()


def test_what_a_link_shows_is_not_hidden_by_the_panel(phone, journey, note, bob):
    by = actor_in(bob, journey.workspace)
    comment = create_comment(journey, target=note, body="Is this so?", by=by)
    phone.goto(f"/journeys/{journey.pk}/#comment-{comment.pk}")
    expect(phone.locator(f"#comment-{comment.pk}")).to_be_in_viewport()
    expect(phone.locator(f"#note-{note.pk}")).to_be_in_viewport()
    panel = phone.locator("#panel").bounding_box()
    seen = phone.locator(f"#note-{note.pk}").bounding_box()
    assert seen["y"] + seen["height"] <= panel["y"]
    phone.evaluate(f"location.hash = 'note-{note.pk}'")
    expect(phone.locator("#panel > *")).to_have_count(0)
