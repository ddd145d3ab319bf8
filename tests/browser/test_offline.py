"""Nothing typed is lost: without a network, and when the page is closed over it."""

import pytest
from playwright.sync_api import Page, expect

from journeys.models import Note, Stage
from journeys.services import create_journey, delete_note
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_story import live

BACK = 20_000


@pytest.fixture
def by(nordlys, bob):
    return actor_in(bob, nordlys)


@pytest.fixture
def journey(transactional_db, nordlys, by):
    starter = STARTERS["before-during-after"]
    return create_journey(nordlys, title="Buying software", starter=starter, by=by)


@pytest.fixture
def page(page_of, journey, bob) -> Page:
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/")
    return page


def start_note(page: Page, text: str) -> None:
    page.locator(".lane[data-kind=does] .add-note").first.click()
    page.locator("[data-editing] textarea").fill(text)


def saved(page: Page) -> None:
    expect(page.locator("#saved-state")).to_have_text("All changes saved", timeout=BACK)


def texts() -> list[str]:
    return list(Note.objects.order_by("pk").values_list("text", flat=True))


def test_case_6_what_is_saved_offline_waits_and_is_sent_once(page):
    start_note(page, "Reads")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-text", has_text="Reads")).to_be_visible()
    start_note(page, "Asks")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved-state")).to_have_text("Offline, will retry")
    expect(page.locator("[data-editing] textarea")).to_have_value("Asks")
    page.locator("[data-editing] textarea").fill("Asks a friend")
    page.locator(".note-text", has_text="Reads").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    page.context.set_offline(False)
    expect(page.locator(".note-text", has_text="Asks a friend")).to_be_visible(timeout=BACK)
    saved(page)
    assert sorted(texts()) == ["Asks a friend", "Reads"]
    stages = list(Stage.objects.order_by("position"))
    assert Note.objects.get(text="Reads").stage == stages[2]


def test_case_6_what_somebody_else_changed_meanwhile_is_shown_beside_it(page, journey, by):
    start_note(page, "Reads")
    page.keyboard.press("Control+Enter")
    page.locator(".note-text", has_text="Reads").click()
    page.context.set_offline(True)
    page.locator("[data-editing] textarea").fill("Reads a lot")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved-state")).to_have_text("Offline, will retry")
    with journey.editing(by=by):
        note = Note.objects.get()
        note.text = "Reads nothing"
        note.save()
    page.context.set_offline(False)
    expect(page.locator(".conflict")).to_contain_text("Reads nothing", timeout=BACK)
    expect(page.locator("[data-editing] textarea")).to_have_value("Reads a lot")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".conflict")).to_have_count(0)
    saved(page)
    assert texts() == ["Reads a lot"]


def test_case_7_words_of_a_closed_page_are_offered_and_put_back(page, page_of, journey, bob):
    start_note(page, "Half a thou")
    context = page.context
    page.close()
    page = context.new_page()
    live(page, f"/journeys/{journey.pk}/")
    offer = page.locator("#drafts")
    expect(offer).to_contain_text("You were writing this")
    offer.get_by_role("button", name="Put it back").click()
    field = page.locator("[data-editing] textarea")
    expect(field).to_have_value("Half a thou")
    expect(field).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("ght")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-text", has_text="Half a thought")).to_be_visible()
    saved(page)
    page.reload()
    expect(page.locator(".note-text", has_text="Half a thought")).to_be_visible()
    expect(page.locator("#drafts")).to_be_empty()
    assert texts() == ["Half a thought"]


def test_case_7_words_for_a_note_that_is_gone_are_shown_until_they_are_thrown_away(
    page, journey, by
):
    start_note(page, "Reads")
    page.keyboard.press("Control+Enter")
    page.locator(".note-text", has_text="Reads").click()
    page.locator("[data-editing] textarea").fill("Reads a lot")
    context = page.context
    page.close()
    delete_note(Note.objects.get(), by=by)
    page = context.new_page()
    live(page, f"/journeys/{journey.pk}/")
    offer = page.locator("#drafts")
    expect(offer.locator("textarea")).to_have_value("Reads a lot")
    expect(offer.get_by_role("button", name="Put it back")).to_be_hidden()
    offer.get_by_role("button", name="Throw it away").click()
    expect(page.locator("#drafts")).to_be_empty()
    page.reload()
    expect(page.locator("#map-grid")).to_be_visible()
    expect(page.locator("#drafts")).to_be_empty()


def test_what_is_given_up_is_not_offered(page, journey):
    start_note(page, "Never mind")
    page.keyboard.press("Escape")
    expect(page.locator("[data-editing]")).to_have_count(0)
    page.reload()
    expect(page.locator("#map-grid")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []


def test_words_are_forgotten_when_their_writer_signs_out(page):
    page.locator(".stage-head .comment-count").first.click()
    page.locator(".comment-form textarea").fill("Half a thou")
    kept = "Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
    assert page.evaluate(kept) == 1
    page.locator("summary", has_text="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(kept) == 0
