"""Two people vote and rate alone on their phones; the facilitator reveals, and all see it."""

import pytest
from playwright.sync_api import Page, expect

from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.walk import AXE, FULL, RUN_AXE, TOO_WIDE
from tests.cast import member
from workshops import deciding, services
from workshops.agenda import plan_workshop
from workshops.agenda_models import AgendaItem
from workshops.agendas import HALF_DAY
from workshops.leading import start_activity
from workshops.models import Proposal, Workshop

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def by(nordlys, bob):
    return actor_in(bob, nordlys)


@pytest.fixture
def workshop(transactional_db, nordlys, by) -> Workshop:
    journey = create_journey(nordlys, title="Buying", starter=STARTERS["seven-stages"], by=by)
    workshop = plan_workshop(journey, agenda=HALF_DAY, title="Half a day", by=by)
    for text in ("No price", "No answer"):
        services.add_contribution(workshop, text=text, by=by)
    deciding.add_proposal(workshop, title="Publish the price", by=by)
    return workshop


@pytest.fixture
def board_of(page_of, workshop):
    def go(user, **options) -> Page:
        page = page_of(user, **options)
        with page.expect_request(lambda request: "/live/" in request.url):
            page.goto(workshop.get_absolute_url())
        return page

    return go


def start(workshop, kind, by) -> None:
    start_activity(AgendaItem.objects.get(board=workshop.pk, kind=kind), by=by)


def fine(page: Page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, FULL) == []
    assert page.evaluate(TOO_WIDE) == []


def test_everybody_votes_and_rates_alone_until_it_is_revealed(
    board_of, workshop, by, bob, carol, nordlys
):
    dora = member("dora@nordlys.example", nordlys, "commenter")
    start(workshop, "vote", by)
    leads = board_of(bob)
    phones = [board_of(one, viewport=PHONE) for one in (carol, dora)]

    # Each gives dots; the counts are told, the dots are not.
    for phone in phones:
        more = phone.locator("#mine .choice").first.get_by_role("button", name="One dot more")
        more.click()
        expect(phone.locator("#mine .dots-left")).to_contain_text("4 dots left")
        expect(more).to_be_focused()
        more.press("Enter")
        expect(phone.locator("#mine .dots-left")).to_contain_text("3 dots left")
    expect(leads.locator("#round")).to_contain_text("2 of 2 have answered")
    expect(leads.locator(".votes-item")).to_have_count(0)
    expect(leads.locator("#contributions .badge")).to_have_count(0)
    fine(phones[0])
    leads.get_by_role("button", name="Reveal the votes").click()
    for page in (leads, *phones):
        expect(page.locator(".votes-item").first).to_contain_text("4 dots")
    expect(phones[0].locator("#mine")).to_contain_text("The votes are revealed")

    # The next activity comes to the phones by itself. Marks are saved one by one.
    start(workshop, "rate", by)
    for phone, marks in zip(phones, ((1, 5), (5, 5)), strict=True):
        opinion = phone.locator("#mine .opinion").first
        for name, mark in zip(("feasibility", "effect"), marks, strict=True):
            with phone.expect_response(lambda answer: "/rate/" in answer.url):
                opinion.locator(f"[name={name}][value='{mark}']").check(force=True)
        expect(phone.locator("#mine")).to_contain_text("1 of 1 rated")
    expect(leads.locator("#round")).to_contain_text("2 of 2 have answered")
    expect(leads.locator(".chart-spot")).to_have_count(0)
    fine(phones[0])
    leads.get_by_role("button", name="Reveal the ratings").click()
    spot = leads.locator(".chart-spot")
    expect(spot.locator("title")).to_have_text("A: Publish the price, feasibility 3, effect 5")
    expect(leads.locator(".disputed-list")).to_contain_text("Feasibility from 1 to 5")
    expect(phones[1].locator("table.ranking")).to_contain_text("Publish the price")
    spot.focus()
    spot.press("Enter")
    expect(leads).to_have_url(f"{leads.url.split('#')[0]}#proposal-{workshop_proposal(workshop)}")
    fine(leads)

    # A second round begins with what one gave before; then the result is frozen.
    leads.get_by_role("button", name="Rate once more").click()
    expect(phones[0].locator("#mine .opinion")).to_contain_text("in the round before")
    with phones[0].expect_response(lambda answer: "/rate/" in answer.url):
        phones[0].locator("#mine [name=feasibility][value='4']").check(force=True)
    expect(leads.locator("#round")).to_contain_text("1 of 2 have answered")
    leads.get_by_role("button", name="Reveal the ratings").click()
    expect(leads.locator("table.ranking")).to_contain_text("4.5")
    leads.get_by_role("button", name="Freeze the result").click()
    expect(phones[1].locator("#chart")).to_contain_text("Frozen")


def workshop_proposal(workshop) -> int:
    return Proposal.objects.get(board=workshop.pk).pk
