"""A workshop that is led through its agenda, followed by a participant on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from workshops.agenda import plan_workshop
from workshops.agendas import NINETY_MINUTES
from workshops.models import Workshop

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def workshop(transactional_db, nordlys, bob) -> Workshop:
    by = actor_in(bob, nordlys)
    journey = create_journey(nordlys, title="Buying", starter=STARTERS["seven-stages"], by=by)
    return plan_workshop(journey, agenda=NINETY_MINUTES, title="Ninety minutes", by=by)


@pytest.fixture
def board_of(page_of, workshop):
    def go(user, **options) -> Page:
        page = page_of(user, **options)
        with page.expect_request(lambda request: "/live/" in request.url):
            page.goto(workshop.get_absolute_url())
        return page

    return go


def runs(page: Page, activity: str) -> None:
    expect(page.locator("#workshop-now h2")).to_have_text(activity)


def seconds(page: Page) -> int:
    shown = page.locator(".timer")
    expect(shown).to_have_text(re.compile(r"^\d+:\d\d$"))
    minutes, rest = shown.inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def test_a_participant_on_a_phone_follows_what_the_facilitator_opens(board_of, bob, carol):
    facilitator, phone = board_of(bob), board_of(carol, viewport=PHONE)
    expect(phone.locator("#workshop-now")).to_contain_text("has not begun")
    expect(phone.locator(".add-note")).to_have_count(0)

    facilitator.locator("#next-activity").click()
    runs(phone, "Welcome")
    expect(phone.locator(".add-note")).to_have_count(0)
    facilitator.locator("#next-activity").click()
    runs(phone, "Collect")
    phone.locator("#contributions .add-note").first.click()
    phone.locator("[data-editing] textarea").fill("Nobody called me back")

    # The facilitator gives more time while somebody types; nothing typed is lost.
    facilitator.locator("#timer-5").click()
    expect(phone.locator(".timer")).to_have_text(re.compile("^2[45]:"))
    assert abs(seconds(phone) - seconds(facilitator)) <= 3
    expect(phone.locator("[data-editing] textarea")).to_have_value("Nobody called me back")
    phone.locator("[data-editing] textarea").press("Control+Enter")
    expect(facilitator.get_by_text("Nobody called me back")).to_be_visible()

    facilitator.locator("#timer-pause").click()
    expect(phone.get_by_text("Paused")).to_be_visible()
    facilitator.locator("#timer-resume").click()
    expect(phone.get_by_text("Paused")).to_have_count(0)

    for activity in ("Discuss", "Propose"):
        facilitator.locator("#next-activity").click()
        runs(facilitator, activity)
    runs(phone, "Propose")
    expect(phone.locator("#contributions .add-note")).to_have_count(0)
    expect(phone.locator("#proposals .add-note")).to_have_count(1)


def test_what_is_still_being_typed_when_the_activity_ends_is_kept_in_sight(board_of, bob, carol):
    facilitator, phone = board_of(bob), board_of(carol, viewport=PHONE)
    for activity in ("Welcome", "Collect"):
        facilitator.locator("#next-activity").click()
        runs(phone, activity)
    phone.locator("#contributions .add-note").first.click()
    phone.locator("[data-editing] textarea").fill("One more thing")
    facilitator.get_by_role("button", name="End", exact=True).click()
    expect(phone.locator("#workshop-now")).to_contain_text("No activity is running")
    words = phone.get_by_text("One more thing").or_(phone.locator("[data-editing] textarea"))
    expect(words.first).to_be_visible()
