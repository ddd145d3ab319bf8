"""Decisions on their boards: dragged, moved by keys, seen by others; and the follow-up."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from workshops.deciding import add_action
from workshops.models import Workshop
from workshops.services import add_contribution, create_workshop

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def workshop(transactional_db, nordlys, bob) -> Workshop:
    by = actor_in(bob, nordlys)
    journey = create_journey(nordlys, title="Buying", starter=STARTERS["seven-stages"], by=by)
    workshop = create_workshop(journey, title="First session", by=by)
    add_contribution(workshop, text="Nobody answers at night", by=by)
    add_action(workshop, title="Open until eight", owner="Sofie", by=by)
    return workshop


def column(page: Page, status: str) -> Locator:
    return page.locator(f"[data-action-column={status}]")


def drag(page: Page, what: Locator, where: Locator) -> None:
    what.scroll_into_view_if_needed()
    where.scroll_into_view_if_needed()
    start, end = what.bounding_box(), where.bounding_box()
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + 30, end["y"] + 20, steps=12)
    page.mouse.up()


def test_a_decision_is_dragged_and_moved_by_keys_before_others_eyes(page_of, workshop, bob, alice):
    editor, other = page_of(bob), page_of(alice)
    for page in (editor, other):
        with page.expect_request(lambda request: "/live/" in request.url):
            page.goto(workshop.get_absolute_url())
    card = editor.locator(".action", has_text="Open until eight")
    drag(editor, card.locator(".action-head"), column(editor, "testing"))
    expect(column(other, "testing")).to_contain_text("Open until eight")
    card.locator("[data-menu]").focus()
    editor.keyboard.press("Alt+ArrowRight")
    expect(column(other, "kept")).to_contain_text("Open until eight")
    expect(card.locator("[data-menu]")).to_be_focused()
    editor.keyboard.press("Alt+ArrowRight")
    expect(column(other, "dropped").get_by_role("link")).to_have_text(
        "The question is open again on the map"
    )
    column(other, "dropped").get_by_role("link").click()
    expect(other).to_have_url(re.compile(r"/journeys/\d+/#comment-\d+"))
    expect(other.get_by_text("The question is open again: Open until eight")).to_be_visible()


def test_the_board_of_all_workshops_by_drag_by_keys_and_by_choice(page_of, workshop, bob):
    page = page_of(bob)
    page.goto("/actions/")
    card = page.locator(".action", has_text="Open until eight")
    drag(page, card.locator(".muted").first, column(page, "doing"))
    expect(column(page, "doing")).to_contain_text("Open until eight")
    card.locator("select").select_option("kept")
    expect(column(page, "kept")).to_contain_text("Open until eight")
    expect(card.locator("select")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(column(page, "testing")).to_contain_text("Open until eight")


def test_the_follow_up_is_made_on_a_phone_and_opens_with_last_time(page_of, workshop, bob):
    page = page_of(bob, viewport=PHONE)
    page.goto(workshop.get_absolute_url())
    page.get_by_role("link", name="Plan the follow-up").click()
    expect(page.get_by_label("Title")).to_have_value("Follow-up: First session")
    day = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    page.get_by_label("Starts at").fill(day.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Make the follow-up").click()
    expect(page.get_by_role("heading", name="Since last time")).to_be_visible()
    expect(page.locator("#last-time")).to_contain_text("Open until eight")
    expect(page.locator("#contributions")).to_contain_text("Nobody answers at night")
    page.locator("#changed-on-map-button").click()
    expect(page.locator("#panel")).to_contain_text("Nothing has changed on the map since.")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
