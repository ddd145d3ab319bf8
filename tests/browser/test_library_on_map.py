"""From the library onto the map: dragged into a cell or onto a note, or placed by choosing."""

import pytest
from playwright.sync_api import Locator, Page, expect

from insights import services
from insights.models import Evidence
from journeys.models import Lane, Note, Stage
from journeys.services import create_journey, create_note
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_story import live


@pytest.fixture
def by(nordlys, bob):
    return actor_in(bob, nordlys)


@pytest.fixture
def journey(transactional_db, nordlys, by):
    starter = STARTERS["before-during-after"]
    journey = create_journey(nordlys, title="Buying software", starter=starter, by=by)
    stage = Stage.objects.filter(board=journey).order_by("position").first()
    does = Lane.objects.get(board=journey, kind="does")
    create_note(stage=stage, lane=does, text="Asks a colleague", by=by)
    source = services.create_source(nordlys, name="Talks", kind="interview", by=by)
    for quote in ("I ask Per first.", "The list is too long."):
        services.create_insight(nordlys, quote=quote, source=source, by=by)
    return journey


def open_library(page: Page) -> None:
    page.locator("#map-menu-button").click()
    page.get_by_role("button", name="Insight library").click()
    expect(page.locator(".shelf-insight")).to_have_count(2)


def cell(page: Page, lane: str, stage: int) -> Locator:
    return page.locator(f".lane[data-kind={lane}] > .cell").nth(stage)


def drag(page: Page, what: Locator, where: Locator) -> None:
    what.locator("blockquote").hover()
    page.mouse.down()
    for _twice in range(2):
        where.hover(force=True)
    expect(page.locator("[data-drop]")).to_have_count(1)
    page.mouse.up()


def test_insights_are_dragged_onto_a_note_and_into_a_cell(page_of, journey, bob, alice):
    page, other = page_of(bob), page_of(alice)
    live(page, journey.get_absolute_url())
    live(other, journey.get_absolute_url())
    open_library(page)

    drag(page, page.locator(".shelf-insight", has_text="Per"), page.get_by_text("Asks a colleague"))
    menu = page.get_by_role("menu", name="What does the insight say of this?")
    expect(menu.get_by_role("menuitem", name="It supports")).to_be_focused()
    menu.get_by_role("menuitem", name="It contradicts").click()
    note = page.locator(".note", has_text="Asks a colleague")
    expect(note.locator(".mark-ground")).to_have_attribute("data-ground", "contradicted")
    expect(page.locator(".shelf-insight")).to_have_count(1)
    expect(page.locator("#announce")).to_have_text("The insight contradicts “Asks a colleague”.")
    theirs = other.locator(".note", has_text="Asks a colleague").locator(".mark-ground")
    expect(theirs).to_have_attribute("data-ground", "contradicted")

    list_note = cell(page, "thinks", 1).locator(".note", has_text="The list is too long.")
    drag(page, page.locator(".shelf-insight"), cell(page, "thinks", 1))
    expect(list_note.locator(".mark-ground")).to_have_attribute("data-ground", "observed")
    expect(page.locator(".shelf-insight")).to_have_count(0)
    evidence = Evidence.objects.get(insight__quote="The list is too long.")
    assert evidence.note == Note.objects.get(text="The list is too long.")

    page.locator("#shelf-count").focus()
    page.keyboard.press("Control+z")
    expect(list_note).to_have_count(0)
    assert Evidence.objects.get().stance == "contradicts"


def test_an_insight_is_placed_by_keyboard_alone_and_on_a_phone(page_of, journey, bob):
    page = page_of(bob, viewport={"width": 360, "height": 740})
    live(page, journey.get_absolute_url())
    page.locator("#map-menu-button").press("Enter")
    page.get_by_role("button", name="Insight library").press("Enter")
    page.locator(".shelf-insight", has_text="Per").get_by_role("button").press("Enter")
    stages = list(Stage.objects.filter(board=journey).order_by("position"))
    form = page.locator("[data-placing]")
    form.get_by_label("Stage").select_option(stages[1].title)
    insights = Lane.objects.get(board=journey, kind="insights")
    form.get_by_label("Lane and place").select_option(f"lane-{insights.pk}")
    form.get_by_role("button", name="Place it").press("Enter")

    expect(page.locator(".shelf-insight")).to_have_count(1)
    expect(page.locator("#shelf-count")).to_be_focused()
    words = f"The insight is now on “{stages[1].title}”."
    expect(page.locator("#announce")).to_have_text(words)
    assert Evidence.objects.get().stage == stages[1]

    page.locator(".shelf-insight").get_by_role("button").press("Enter")
    page.locator("[data-placing] select").first.press("Escape")
    expect(page.locator("[data-placing]")).to_have_count(0)
    expect(page.locator(".shelf-insight")).to_have_count(1)
