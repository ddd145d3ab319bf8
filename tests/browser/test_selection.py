"""Several notes at once: chosen, moved, copied and pasted, by pointer and by keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.models import Lane, Note, Stage
from journeys.services import create_journey, create_lane, create_note
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_keyboard import choose_in_menu, walk_to
from tests.browser.test_story import live


@pytest.fixture
def by(nordlys, bob):
    return actor_in(bob, nordlys)


@pytest.fixture
def journey(transactional_db, nordlys, by):
    starter = STARTERS["before-during-after"]
    journey = create_journey(nordlys, title="Buying software", starter=starter, by=by)
    stages = list(Stage.objects.filter(board=journey).order_by("position"))
    lanes = {lane.kind: lane for lane in Lane.objects.filter(board=journey)}
    for stage, kind, text in ((0, "does", "Reads"), (0, "does", "Asks"), (1, "thinks", "Doubts")):
        create_note(stage=stages[stage], lane=lanes[kind], text=text, by=by)
    return journey


@pytest.fixture
def page(page_of, journey, bob) -> Page:
    page = page_of(bob)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live(page, f"/journeys/{journey.pk}/")
    return page


def cell(page: Page, lane: str, stage: int) -> Locator:
    return page.locator(f".lane[data-kind={lane}] > .cell").nth(stage)


def texts(page: Page, lane: str, stage: int) -> list[str]:
    return cell(page, lane, stage).locator(".note-text").all_inner_texts()


def note(page: Page, text: str) -> Locator:
    return page.locator(".note-text", has_text=text)


def expect_texts(page: Page, lane: str, stage: int, wanted: list[str]) -> None:
    expect(cell(page, lane, stage).locator(".note-text")).to_have_text(wanted)


def drag(page: Page, what: Locator, where: Locator) -> None:
    what.hover()
    page.mouse.down()
    for _twice in range(2):
        where.hover(force=True)
    page.mouse.up()


def put_on_clipboard(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def test_chosen_notes_are_duplicated_moved_and_deleted_with_one_undo_each(page):
    note(page, "Reads").click(modifiers=["ControlOrMeta"])
    note(page, "Doubts").click(modifiers=["ControlOrMeta"])
    bar = page.locator("#selection-bar")
    expect(bar.locator("[data-count]")).to_have_text("2 notes selected")
    expect(page.locator("[data-editing]")).to_have_count(0)
    bar.get_by_role("button", name="Duplicate").click()
    expect_texts(page, "does", 0, ["Reads", "Reads", "Asks"])
    expect_texts(page, "thinks", 1, ["Doubts", "Doubts"])
    bar.get_by_role("button", name="Move right").click()
    expect_texts(page, "does", 1, ["Reads"])
    expect_texts(page, "thinks", 2, ["Doubts"])
    bar.get_by_role("button", name="Delete").click()
    expect_texts(page, "thinks", 2, [])
    expect(bar).to_be_hidden()
    page.keyboard.press("Control+z")
    expect_texts(page, "does", 1, ["Reads"])
    expect_texts(page, "thinks", 2, ["Doubts"])
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect_texts(page, "does", 0, ["Reads", "Asks"])
    expect_texts(page, "thinks", 1, ["Doubts"])
    expect(page.locator("#saved-state")).to_contain_text("All changes saved")


def test_chosen_notes_are_dragged_together_and_lanes_by_their_grip(page):
    for text in ("Reads", "Doubts"):
        note(page, text).click(modifiers=["ControlOrMeta"])
    drag(page, note(page, "Doubts"), cell(page, "feels", 2))
    expect_texts(page, "feels", 2, ["Reads", "Doubts"])
    page.keyboard.press("Escape")
    page.locator(".lane[data-kind=thinks] .lane-name").hover()
    grip = page.locator(".lane[data-kind=thinks] .lane-grip")
    drag(page, grip, page.locator(".lane[data-kind=does] .lane-title"))
    expect(page.locator("#announce")).to_contain_text("“Thinks” has moved.")
    expect(page.locator("#map-grid > .lane").first).to_have_attribute("data-kind", "thinks")


def test_a_spreadsheet_is_pasted_as_rows_and_columns_and_what_is_left_out_is_told(page):
    put_on_clipboard(page, 'a\t"two\nlines"\tc\nd\t\tf')
    note(page, "Doubts").focus()
    page.keyboard.press("Control+v")
    expect_texts(page, "thinks", 1, ["Doubts", "a"])
    expect(cell(page, "thinks", 2).locator(".note-text")).to_have_text("two lines")
    expect_texts(page, "feels", 1, ["d"])
    expect(page.locator("#toasts")).to_contain_text("Left out: 1 column.")
    page.keyboard.press("Control+z")
    expect_texts(page, "thinks", 1, ["Doubts"])


def test_notes_go_from_map_to_map_and_to_a_spreadsheet(page, page_of, nordlys, by):
    other = create_journey(nordlys, title="Other", starter=STARTERS["before-during-after"], by=by)
    note(page, "Reads").click(modifiers=["ControlOrMeta"])
    note(page, "Doubts").click(modifiers=["ControlOrMeta"])
    page.keyboard.press("Control+c")
    expect(page.locator("#announce")).to_have_text("2 notes copied")
    assert page.evaluate("navigator.clipboard.readText()") == "Reads\n\tDoubts"
    live(page, f"/journeys/{other.pk}/")
    cell(page, "thinks", 1).locator(".add-note").focus()
    page.keyboard.press("Control+v")
    expect_texts(page, "thinks", 1, ["Reads"])
    expect_texts(page, "feels", 2, ["Doubts"])
    assert Note.objects.count() == 5


def test_a_small_map_is_built_by_keyboard_alone(page_of, nordlys, bob, by):
    journey = create_journey(nordlys, title="By hand", starter=STARTERS["empty"], by=by)
    page = page_of(bob)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live(page, f"/journeys/{journey.pk}/")
    for title in ("Wakes up", "Looks around", "Buys"):
        walk_to(page, page.get_by_role("button", name="Add stage").first)
        page.keyboard.press("Enter")
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(page.locator(".stage-head .stage-title").last).to_contain_text(title)
        page.reload()
    for kind in ("thinks", "does"):
        create_lane(journey, kind=kind, by=by)
    page.reload()

    walk_to(page, page.locator(".lane[data-kind=does] .lane-title"))
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#map-grid > .lane").first).to_have_attribute("data-kind", "does")

    walk_to(page, cell(page, "does", 0).locator(".add-note"))
    put_on_clipboard(page, "Hears of it\tReads\nWhy me?\tIs it good?")
    page.keyboard.press("Control+v")
    expect_texts(page, "does", 1, ["Reads"])
    expect_texts(page, "thinks", 1, ["Is it good?"])
    walk_to(page, note(page, "Hears of it"))
    page.keyboard.press("Shift+ArrowDown")
    expect(note(page, "Why me?")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".note.is-selected")).to_have_count(4)
    page.keyboard.press("Alt+ArrowRight")
    expect_texts(page, "does", 2, ["Reads"])
    expect(page.locator("#announce")).to_contain_text("4 notes have moved.")
    page.keyboard.press("Escape")
    expect(page.locator(".note.is-selected")).to_have_count(0)

    walk_to(page, note(page, "Is it good?"))
    page.keyboard.press("Control+x")
    expect(page.locator("#announce")).to_contain_text("will move")
    page.keyboard.press("ArrowUp")
    expect(cell(page, "does", 2).locator(":focus")).to_have_count(1)
    page.keyboard.press("Control+v")
    expect_texts(page, "does", 2, ["Reads", "Is it good?"])
    walk_to(page, note(page, "Why me?"))
    page.keyboard.press("Delete")
    expect(note(page, "Why me?")).to_have_count(0)

    walk_to(page, page.get_by_role("button", name="Actions for “Looks around”"))
    page.keyboard.press("Enter")
    choose_in_menu(page, "Merge with the next")
    expect(page.locator("#reshape")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".stage-head")).to_have_count(2)
    expect_texts(page, "does", 1, ["Hears of it", "Reads", "Is it good?"])
    page.reload()
    expect_texts(page, "does", 1, ["Hears of it", "Reads", "Is it good?"])


def test_what_dragging_leaves_on_elements_is_not_drawn_again(page):
    """A style copied into new content would be refused by the policy."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    heads = page.locator(".map-heads > .stage-head")
    drag(page, heads.nth(0), heads.nth(1))
    expect(page.locator("#announce")).to_contain_text("has moved.")
    assert not [each for each in said if "Content Security Policy" in each]
