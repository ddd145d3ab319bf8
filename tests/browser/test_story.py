"""The whole product, thin but real: the story of a map, walked in two browsers."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Journeys", level=1)).to_be_visible()


def live(page: Page, path: str) -> None:
    """Open a board and wait until its stream stands."""
    page.add_init_script(
        "addEventListener('htmx:sse:after:connection',"
        " () => { document.documentElement.dataset.live = '' }, true)"
    )
    page.goto(path)
    expect(page.locator("html[data-live]")).to_be_attached()


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def create_journey(page: Page) -> str:
    page.get_by_role("link", name="New journey").first.click()
    page.get_by_label("Title").fill("Buying software")
    page.get_by_role("button", name="Create journey").click()
    page.wait_for_url(re.compile(r"/journeys/\d+/$"))
    return path_of(page)


def cell(page: Page, lane: str):
    row = page.locator(f".lane[data-kind={lane}]")
    return row.locator(".cell").first


def write_note(page: Page, lane: str, text: str) -> None:
    cell(page, lane).locator(".add-note").click()
    page.locator("[data-editing] textarea").fill(text)
    page.keyboard.press("Control+Enter")
    expect(cell(page, lane).locator(".note", has_text=text)).to_be_visible()


def open_note(page: Page, text: str):
    page.locator(".note-text", has_text=text).click()
    field = page.locator("[data-editing] textarea")
    expect(field).to_be_focused()
    return field


def test_a_team_maps_comments_and_holds_a_workshop(
    page_of, alice, bob, carol, celery_worker_process
):
    editor, commenter = page_of(), page_of()
    sign_in(editor, bob.email)
    sign_in(commenter, carol.email)

    journey = create_journey(editor)
    live(editor, journey)
    live(commenter, journey)

    # Each sees the other's changes without a reload.
    commenter.evaluate("window.notReloaded = true")
    write_note(editor, "thinks", "Do we need this now?")
    expect(cell(commenter, "thinks").get_by_text("Do we need this now?")).to_be_visible()
    assert commenter.evaluate("window.notReloaded")

    # A comment on a stage is seen and resolved.
    commenter.locator(".stage-head .comment-count").first.click()
    commenter.get_by_label("New comment").fill("Who has asked them?")
    commenter.get_by_role("button", name="Comment", exact=True).click()
    expect(editor.locator(".stage-head .comment-count").first).to_have_attribute("data-count", "1")
    editor.locator(".stage-head .comment-count").first.click()
    editor.get_by_role("button", name="Resolve", exact=True).click()
    expect(commenter.get_by_text("Resolved by Bob")).to_be_visible()
    expect(editor.locator(".stage-head .comment-count").first).to_have_attribute("data-count", "0")

    # Both edit one note at the same time: both texts are shown, nothing is lost.
    owner = page_of(alice)
    live(owner, journey)
    hers = open_note(owner, "Do we need this now?")
    his = open_note(editor, "Do we need this now?")
    his.fill("Bob: we need it soon")
    editor.keyboard.press("Control+Enter")
    expect(cell(commenter, "thinks").get_by_text("Bob: we need it soon")).to_be_visible()
    hers.fill("Alice: not before spring")
    owner.keyboard.press("Control+Enter")
    conflict = owner.locator(".conflict")
    expect(conflict).to_contain_text("Bob: we need it soon")
    expect(owner.locator("[data-editing] textarea").last).to_have_value("Alice: not before spring")
    owner.locator("[data-editing] textarea").last.fill("Soon, but not before spring")
    owner.locator("[data-editing]").get_by_role("button", name="Save").click()
    expect(cell(editor, "thinks").get_by_text("Soon, but not before spring")).to_be_visible()

    # Undo takes back one's own last edit, also in the other browsers.
    write_note(editor, "says", "It works. Mostly.")
    editor.get_by_role("button", name="Undo").click()
    expect(editor.get_by_text("It works. Mostly.")).to_have_count(0)
    expect(commenter.get_by_text("It works. Mostly.")).to_have_count(0)

    workshop = create_workshop(editor)
    live(commenter, workshop)
    live(editor, workshop)
    lead_to(editor, "Collect")
    add_idea(commenter, "Call them before they call us")
    expect(editor.get_by_text("Call them before they call us")).to_be_visible()
    pdf = export_summary(editor)
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "First workshop" in text
    assert "Call them before they call us" in text


def create_workshop(page: Page) -> str:
    page.goto("/workshops/new/")
    page.get_by_label("Title").fill("First workshop")
    page.get_by_label("Journey").select_option(label="Buying software")
    page.get_by_role("button", name="Create workshop").click()
    page.wait_for_url(re.compile(r"/workshops/\d+/$"))
    return path_of(page)


def lead_to(page: Page, activity: str) -> None:
    """Starts the agenda and goes on until this activity runs."""
    for _step in range(2):
        shown = page.locator("#workshop-now").inner_text()
        page.locator("#next-activity").click()
        expect(page.locator("#workshop-now")).not_to_have_text(shown)
    expect(page.locator("#workshop-now h2")).to_have_text(activity)


def add_idea(page: Page, text: str) -> None:
    column = page.locator(".workshop-column").first
    column.locator(".add-note").click()
    form = column.locator("form")
    form.locator("textarea").fill(text)
    form.get_by_role("button", name="Save").click()
    expect(column.locator(".contribution", has_text=text)).to_have_count(1)


def export_summary(page: Page) -> PdfReader:
    page.get_by_role("button", name="Export summary").click()
    link = page.get_by_role("link", name="Open the PDF")
    expect(link).to_be_visible(timeout=60_000)
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))
