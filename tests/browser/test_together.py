"""Talking about anything on a map: mentions, links, owners, who is where, what is new."""

import re

import pytest
from playwright.sync_api import expect

from collaboration.assignments import assign
from collaboration.models import Board
from collaboration.services import create_comment
from collaboration.visits import record_visit
from journeys.models import Lane, Stage
from journeys.services import collapse_lane
from teams.access import actor_in
from tests.browser.walk import AXE, FULL, RUN_AXE
from tests.collaboration.scenes import OLGA, added_note, small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def note(journey):
    stage = Stage.objects.filter(board=journey).order_by("position").first()
    lane = Lane.objects.filter(board=journey).order_by("position").first()
    return added_note(journey, stage, lane, "Reads a review", OLGA)


def complaints(page):
    page.evaluate(AXE)
    return page.evaluate(RUN_AXE, FULL)


def test_a_commenter_asks_an_editor_by_keyboard_alone(page_of, journey, note, bob, carol):
    asks, hears = page_of(carol), page_of(bob)
    hears.goto(f"/journeys/{journey.pk}/")
    asks.goto(f"/journeys/{journey.pk}/")
    asks.locator(f"#note-{note.pk} [data-reads]").press("Enter")
    field = asks.get_by_label("New comment")
    expect(field).to_be_visible()
    field.press_sequentially("Is it so, @b")
    expect(asks.get_by_role("option", name="Bob")).to_be_visible()
    expect(asks.get_by_role("option")).to_have_count(1)
    assert complaints(asks) == []
    field.press("Enter")
    expect(field).to_have_value("Is it so, @Bob ")
    field.press_sequentially("?")
    asks.get_by_role("button", name="Comment", exact=True).press("Enter")
    expect(asks.locator(".comment .mention")).to_have_text("@Bob")

    mark = hears.locator(f"#note-{note.pk}").get_by_role("button", name="1 open comment")
    expect(mark).to_be_visible()
    expect(hears.locator("#bell")).to_contain_text("1 new notification")
    hears.locator("#bell").focus()
    hears.keyboard.press("Enter")
    told = hears.get_by_role("button", name=re.compile("Carol mentioned you"))
    expect(told).to_be_visible()
    hears.keyboard.press("ArrowDown")
    expect(told).to_be_focused()
    hears.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(hears.locator("#bell")).to_be_focused()
    hears.keyboard.press("Enter")
    hears.keyboard.press("ArrowDown")
    hears.keyboard.press("Enter")
    expect(hears.locator(".comment .mention")).to_have_text("@Bob")
    expect(hears.locator(f"#note-{note.pk}")).to_have_class(re.compile("is-revealed"))
    hears.get_by_role("button", name="Resolve").click()
    expect(hears.locator(".mark-comments")).to_have_count(0)


def test_a_mention_is_edited_as_it_reads_on_a_phone(page_of, journey, note, carol, bob):
    body = f"Ask @[Bob](user:{bob.pk})"
    comment = create_comment(journey, target=note, body=body, by=actor_in(carol, journey.workspace))
    page = page_of(carol)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/journeys/{journey.pk}/#comment-{comment.pk}")
    page.get_by_role("button", name="Edit", exact=True).click()
    words = page.get_by_label("Edit your comment")
    expect(words).to_have_value("Ask @Bob")
    words.press_sequentially(" and @al")
    expect(page.locator("#people-list")).to_have_text(re.compile("Nobody here is called that"))
    words.press("Escape")
    words.fill("Ask @Bob again")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".comment-text")).to_have_text(["Ask @Bob again"])
    comment.refresh_from_db()
    assert comment.body == f"Ask @[Bob](user:{bob.pk}) again"


def test_a_link_shows_a_note_in_a_collapsed_lane(page_of, journey, note, victor):
    collapse_lane(Lane.objects.get(pk=note.lane_id), collapsed=True, by=OLGA)
    page = page_of(victor)
    page.goto(f"/journeys/{journey.pk}/#note-{note.pk}")
    expect(page.locator(f"#note-{note.pk}")).to_be_in_viewport()
    expect(page.locator(f"#note-{note.pk}")).to_be_visible()
    page.goto(f"/journeys/{journey.pk}/?#note-999999")
    expect(page.locator("#toasts")).to_contain_text("That is no longer here.")


def test_an_owner_is_chosen_from_the_menu(page_of, journey, note, alice, bob, carol):
    page = page_of(bob)
    page.goto(f"/journeys/{journey.pk}/")
    page.locator(f"#note-{note.pk} [data-menu]").press("Enter")
    page.get_by_role("menuitem", name="Owner").press("Enter")
    name = page.get_by_role("combobox", name="Who looks after this?")
    name.press_sequentially("a")
    expect(page.get_by_role("option", name="Alice")).to_be_visible()
    assert complaints(page) == []
    name.press("Enter")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.locator(f"#note-{note.pk} .mark-owner")).to_have_attribute("title", "Owner: Alice")
    expect(page.locator(f"#note-{note.pk}")).to_have_attribute("data-owner", str(alice.pk))
    expect(page.locator("#panel")).to_be_empty()


def test_people_see_in_which_cell_the_others_are(page_of, journey, note, alice, bob):
    looks, works = page_of(alice), page_of(bob)
    looks.goto(f"/journeys/{journey.pk}/")
    works.goto(f"/journeys/{journey.pk}/")
    works.locator(f"#note-text-{note.pk}").click()
    cell = looks.locator(f"#cell-{note.stage_id}-{note.lane_id}")
    expect(cell.locator(".mark-here")).to_have_attribute("title", "Bob")
    works.keyboard.press("Escape")
    expect(works.locator(f"#note-text-{note.pk}")).to_be_focused()
    works.locator("#all-comments-button").focus()
    expect(cell.locator(".mark-here")).to_have_count(0)


def test_what_others_changed_since_my_last_visit_is_marked(page_of, journey, note, alice, bob):
    record_visit(alice, Board.objects.get(pk=journey.pk), version=10**6)
    assign(journey, target=note, member=bob, by=actor_in(bob, journey.workspace))
    stage = Stage.objects.get(pk=note.stage_id)
    lane = Lane.objects.get(pk=note.lane_id)
    new = added_note(journey, stage, lane, "Asks a friend", actor_in(bob, journey.workspace))
    page = page_of(alice)
    page.goto(f"/journeys/{journey.pk}/")
    expect(page.get_by_role("link", name="changes since your last visit")).to_be_visible()
    mark = page.locator(f"#note-{new.pk}").get_by_role("img", name="Changed since your last visit")
    expect(mark).to_be_visible()
    assert complaints(page) == []
    page.goto("/notifications/")
    page.goto(f"/journeys/{journey.pk}/")
    expect(page.locator("#since-visit")).to_be_empty()
