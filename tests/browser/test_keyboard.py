"""A map is made without a mouse, and all of it is there after a reload."""

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_story import live

FAR = 160


@pytest.fixture
def journey(transactional_db, nordlys, bob):
    by = actor_in(bob, nordlys)
    starter = replace(STARTERS["before-during-after"], lanes=())
    return create_journey(nordlys, title="Buying software", starter=starter, by=by)


@pytest.fixture
def page(page_of, journey, bob) -> Page:
    """Bob's, with a map of stages before him and his hands on the keys only."""
    page = page_of(bob)
    page.goto("/")
    walk_to(page, page.get_by_role("link", name="Buying software"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/journeys/*/")
    live(page, page.url)
    return page


def walk_to(page: Page, place: Locator) -> None:
    """By Tab alone."""
    handle = place.element_handle()
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if handle.evaluate("place => place === document.activeElement"):
            return
    pytest.fail(f"{FAR} times Tab did not reach {place}")


def add_lane(page: Page, name: str) -> None:
    walk_to(page, page.get_by_role("button", name="Add lane").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Find a kind of lane")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chosen = page.locator("#new-lane :checked + svg + span strong")
    expect(chosen).to_be_visible()
    for _ in range(16):
        if chosen.inner_text() == name:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#new-lane")).to_be_hidden()
    expect(lane_titles(page).last).to_have_text(name)


def lane_titles(page: Page) -> Locator:
    return page.locator(".lane > .lane-name .lane-title")


def cell(page: Page, lane: str, stage: int) -> Locator:
    return page.locator(f".lane[data-kind={lane}] > .cell").nth(stage)


def write_note(page: Page, text: str) -> None:
    add_lane(page, "Does")
    walk_to(page, cell(page, "does", 0).locator(".add-note"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-editing] textarea")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    expect(cell(page, "does", 0).locator(".note-text", has_text=text)).to_be_visible()


def titles(page: Page) -> Locator:
    return page.locator(".stage-head .stage-title")


def choose_in_menu(page: Page, label: str) -> None:
    """With the arrow keys, from the first entry on."""
    entries = page.locator("#item-menu")
    expect(entries).to_be_visible()
    wanted = entries.get_by_role("menuitem", name=label)
    for _ in range(16):
        if wanted.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"the arrow keys did not reach {label}")


def test_a_note_is_written_changed_and_moved(page):
    write_note(page, "Asks a colleague")
    page.reload()
    note = page.locator(".note-text", has_text="Asks a colleague")
    walk_to(page, note)
    page.keyboard.press("Enter")
    field = page.locator("[data-editing] textarea")
    expect(field).to_be_focused()
    page.keyboard.type(" or two")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(note).to_have_text("Asks a colleague")
    expect(note).to_be_focused()

    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type(" by mail")
    page.keyboard.press("Control+Enter")
    note = page.locator(".note-text", has_text="Asks a colleague by mail")
    expect(note).to_be_focused()

    page.keyboard.press("Alt+ArrowRight")
    expect(cell(page, "does", 1).locator(".note-text")).to_have_text("Asks a colleague by mail")
    expect(page.locator("#announce")).to_contain_text("The note is now in")
    expect(note).to_be_focused()
    page.reload()
    expect(cell(page, "does", 0).locator(".note")).to_have_count(0)
    expect(cell(page, "does", 1).locator(".note-text")).to_have_text("Asks a colleague by mail")


def test_a_note_is_moved_and_deleted_from_its_menu_and_comes_back(page):
    write_note(page, "Asks a colleague")
    page.reload()
    walk_to(page, page.locator(".note [data-menu]").first)
    page.keyboard.press("Enter")
    choose_in_menu(page, "Move right")
    moved = cell(page, "does", 1).locator(".note-text")
    expect(moved).to_have_text("Asks a colleague")
    expect(moved).to_be_focused()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#item-menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#item-menu")).to_be_hidden()
    expect(page.locator(".note [data-menu]")).to_be_focused()

    page.keyboard.press("Enter")
    choose_in_menu(page, "Delete")
    expect(page.locator(".note")).to_have_count(0)
    expect(page.locator("#announce")).to_contain_text("Undo brings it back")
    page.keyboard.press("Control+z")
    expect(moved).to_have_text("Asks a colleague")
    page.reload()
    expect(moved).to_have_text("Asks a colleague")


def test_a_stage_is_added_renamed_moved_deleted_and_undone(page):
    before = [each.strip() for each in titles(page).all_inner_texts()]
    walk_to(page, page.get_by_role("button", name="Add stage").first)
    page.keyboard.press("Enter")
    expect(page.locator("#new-stage-name")).to_be_focused()
    page.keyboard.type("Renew")
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_count(len(before) + 1)
    expect(titles(page).last).to_contain_text("Renew")
    page.reload()

    walk_to(page, titles(page).last)
    page.keyboard.press("Enter")
    field = page.locator("[data-editing] input:not([type=hidden])").first
    expect(field).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Extend")
    page.keyboard.press("Control+Enter")
    expect(titles(page).last).to_contain_text("Extend")
    expect(titles(page).last).to_be_focused()

    page.keyboard.press("Alt+ArrowLeft")
    expect(titles(page).nth(-2)).to_contain_text("Extend")
    expect(page.locator("#announce")).not_to_be_empty()
    page.reload()
    expect(titles(page).nth(-2)).to_contain_text("Extend")

    walk_to(page, page.get_by_role("button", name="Actions for “Extend”"))
    page.keyboard.press("Enter")
    choose_in_menu(page, "Delete")
    expect(titles(page)).to_have_count(len(before))
    page.keyboard.press("Control+z")
    expect(titles(page)).to_have_count(len(before) + 1)
    page.reload()
    expect(titles(page).nth(-2)).to_contain_text("Extend")


def test_lanes_are_made_named_and_moved_and_a_note_goes_from_one_to_the_next(page):
    write_note(page, "Asks a colleague")
    add_lane(page, "Thinks")
    add_lane(page, "Emotion curve")
    add_lane(page, "Says")
    walk_to(page, lane_titles(page).nth(1))
    page.keyboard.press("Enter")
    expect(page.locator("[data-editing] input:not([type=hidden])")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Wonders")
    page.keyboard.press("Control+Enter")
    expect(lane_titles(page)).to_have_text(["Does", "Wonders", "Emotion curve", "Says"])
    expect(lane_titles(page).nth(1)).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(lane_titles(page)).to_have_text(["Does", "Emotion curve", "Wonders", "Says"])

    note = page.locator(".note-text", has_text="Asks a colleague")
    walk_to(page, note)
    for lane, name in (("thinks", "Wonders"), ("says", "Says")):
        page.keyboard.press("Alt+ArrowDown")
        expect(cell(page, lane, 0).locator(".note-text")).to_have_text("Asks a colleague")
        expect(page.locator("#announce")).to_have_text(
            f"The note is now in “Before purchase”, “{name}”."
        )
        expect(note).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(cell(page, "thinks", 0).locator(".note-text")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cell(page, "says", 0).locator(".note-text")).to_have_text("Asks a colleague")
    page.reload()
    expect(lane_titles(page)).to_have_text(["Does", "Emotion curve", "Wonders", "Says"])
    expect(cell(page, "says", 0).locator(".note-text")).to_have_text("Asks a colleague")


def test_a_feeling_is_changed_by_the_arrow_keys(page):
    add_lane(page, "Emotion curve")
    slider = page.get_by_role("slider").first
    walk_to(page, slider)
    with page.expect_response("**/emotion/**"):
        page.keyboard.press("ArrowRight")
    # The answer draws the slider anew; the next key waits for it.
    expect(slider).to_have_attribute("aria-valuetext", "Good")
    expect(slider).to_have_value("1")
    expect(slider).to_be_focused()
    with page.expect_response("**/emotion/**"):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("2")
    expect(page.locator("#saved-state")).to_contain_text("All changes saved")
    page.reload()
    expect(slider).to_have_value("2")
    expect(slider).to_have_attribute("aria-valuetext", "Very good")
