"""Collecting in silence on phones, the reveal, and grouping by drag and without a mouse."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from workshops.agenda import plan_workshop
from workshops.agendas import HALF_DAY
from workshops.collecting_models import Cluster, SilentNote
from workshops.models import Contribution, Workshop

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def workshop(transactional_db, nordlys, bob) -> Workshop:
    by = actor_in(bob, nordlys)
    journey = create_journey(nordlys, title="Buying", starter=STARTERS["seven-stages"], by=by)
    return plan_workshop(journey, agenda=HALF_DAY, title="Half a day", by=by)


@pytest.fixture
def board_of(page_of, workshop):
    def go(user, **options) -> Page:
        page = page_of(user, **options)
        with page.expect_request(lambda request: "/live/" in request.url):
            page.goto(workshop.get_absolute_url())
        return page

    return go


def lead_to(facilitator: Page, activity: str) -> None:
    facilitator.locator(".phases button", has_text=activity).click()
    expect(facilitator.locator("#workshop-now h2")).to_have_text(activity)


def drag(page: Page, what: Locator, where: Locator) -> None:
    what.hover()
    page.mouse.down()
    for _twice in range(2):
        where.hover(force=True)
    page.mouse.up()


def test_silent_notes_are_revealed_and_grouped(board_of, bob, carol, alice, workshop):
    facilitator, phone = board_of(bob), board_of(carol, viewport=PHONE)
    lead_to(facilitator, "Collect")
    expect(phone.locator("#mine")).to_contain_text("Nobody reads this before")
    note = phone.locator("#mine-add-form textarea")
    note.fill("The price is nowhere")
    phone.locator("#mine-add-form button").click()
    expect(phone.locator(".mine-notes")).to_contain_text("The price is nowhere")
    expect(note).to_have_value("")
    expect(facilitator.locator(".now-waiting")).to_contain_text(re.compile("1 .*written"))
    expect(facilitator.get_by_text("The price is nowhere")).to_have_count(0)

    # Somebody is still typing when all is shown: their words stay.
    note.fill("Half a thou")
    facilitator.locator("#reveal").click()
    expect(facilitator.locator("#contributions")).to_contain_text("The price is nowhere")
    expect(phone.locator("#contributions")).to_contain_text("The price is nowhere")
    expect(phone.locator("#mine")).not_to_contain_text("Nobody reads this before")
    words = phone.locator("#toasts textarea").or_(note)
    expect(words.first).to_have_value("Half a thou")

    # Who comes late lands in what runs now.
    lead_to(facilitator, "Group")
    late = board_of(alice, viewport=PHONE)
    expect(late.locator("#workshop-now h2")).to_have_text("Group")

    # A participant groups by a button, the facilitator by dragging.
    phone.locator("#contributions [id^=group-]").click()
    dialog = phone.locator("#choose-group")
    dialog.get_by_label("Name of the new group").fill("Prices")
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(facilitator.locator("#clusters h3")).to_have_text("Prices")
    drag(
        facilitator,
        facilitator.locator("#contributions .contribution-text"),
        facilitator.locator("[data-cluster=new]"),
    )
    expect(facilitator.locator("#clusters h3")).to_have_count(2)
    contribution = Contribution.objects.get(board=workshop.pk)
    assert contribution.cluster != Cluster.objects.get(name="Prices")
    expect(phone.locator("#clusters h3")).to_have_count(2)


def test_a_note_that_was_sent_without_a_connection_arrives_once(board_of, bob, carol):
    facilitator, phone = board_of(bob), board_of(carol, viewport=PHONE)
    lead_to(facilitator, "Collect")
    expect(phone.locator("#mine-add-form")).to_be_visible()
    phone.context.set_offline(True)
    phone.locator("#mine-add-form textarea").fill("From the cellar")
    phone.locator("#mine-add-form button").click()
    expect(phone.locator("#saved-state")).to_have_attribute("data-state", "offline")
    expect(phone.locator("#mine-add-form textarea")).to_have_value("From the cellar")
    phone.context.set_offline(False)
    expect(phone.locator(".mine-notes")).to_contain_text("From the cellar")
    assert [note.text for note in SilentNote.objects.all()] == ["From the cellar"]
