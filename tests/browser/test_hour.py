"""A realistic hour in small: two members and a guest by a link live in one map together."""

import io
import re

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation
from pypdf import PdfReader

from collaboration.models import Snapshot
from journeys.models import Note
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_story import cell, live, open_note, write_note

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def journey(nordlys, bob):
    by = actor_in(bob, nordlys)
    starter = STARTERS["seven-stages"]
    return create_journey(nordlys, title="Buying software", starter=starter, by=by)


def act(page: Page, item: Locator, name: str) -> None:
    """Choose from an item's menu."""
    item.hover()
    item.locator("[data-menu]").click()
    page.locator("#item-menu").get_by_role("menuitem", name=name).click()


def shared_link(page: Page, role: str) -> str:
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog", name="Share")
    dialog.get_by_label("Who is it for?").fill("The agency")
    dialog.get_by_label("They may").select_option(role)
    dialog.get_by_role("button", name="Make the link").click()
    address = dialog.get_by_label("Address of the link").input_value()
    dialog.get_by_role("button", name="Done").click()
    return address


def enter(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Open the map").click()
    page.wait_for_url(re.compile(r"/journeys/\d+/$"))


def save_version(page: Page, label: str) -> None:
    page.locator(".topbar summary[aria-label=More]").click()
    page.get_by_role("button", name="Save this version").click()
    dialog = page.get_by_role("dialog", name="Save this version")
    dialog.get_by_role("textbox").first.fill(label)
    dialog.locator("button.button-primary").click()
    expect(dialog).to_be_hidden()


def exported(page: Page, name: str) -> io.BytesIO:
    """The file in this format, made by the worker and fetched by its link."""
    dialog = page.get_by_role("dialog", name="Export this map")
    dialog.get_by_role("radio", name=name).check()
    before = dialog.locator("[data-status=done]").count()
    dialog.get_by_role("button", name="Make the file").click()
    expect(dialog.locator("[data-status=done]")).to_have_count(before + 1, timeout=60_000)
    link = dialog.locator("[data-status=done] a").first.get_attribute("href")
    return io.BytesIO(page.request.get(link).body())


def words_of(deck: io.BytesIO) -> str:
    shapes = [shape for slide in Presentation(deck).slides for shape in slide.shapes]
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def go_back(editor: Page, owner: Page, path: str) -> None:
    """Compare with the kept version, word by word, and go back to it."""
    editor.goto(f"{path}versions/")
    editor.get_by_role("link", name="Compare with now").first.click()
    compared = editor.get_by_role("main")
    expect(compared.locator("del").first).to_be_visible()
    expect(compared.locator("ins").first).to_be_visible()
    editor.get_by_role("button", name="Go back to it").first.click()
    editor.locator("dialog[open] button.button-primary").click()
    expect(cell(owner, "thinks").get_by_text("Do we need this now?")).to_be_visible()


def present(editor: Page, path: str) -> None:
    """Stage by stage, with the arrow keys."""
    editor.goto(f"{path}present/")
    expect(editor.get_by_role("heading", name="Buying software")).to_be_visible()
    editor.keyboard.press("ArrowRight")
    expect(editor.get_by_text("Do we need this now?")).to_be_in_viewport()
    editor.keyboard.press("Escape")
    editor.wait_for_url(f"**{path}")


def check_every_export(editor: Page) -> None:
    """Every file opens and holds what stands on the map."""
    editor.get_by_role("button", name="Export", exact=True).click()
    pdf = PdfReader(exported(editor, "PDF"))
    assert "Do we need this now?" in "".join(page.extract_text() for page in pdf.pages)
    assert Image.open(exported(editor, "PNG")).width == 3200
    assert "Do we need this now?" in words_of(exported(editor, "PowerPoint"))
    book = load_workbook(exported(editor, "Excel"))
    cells = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    assert any("Do we need this now?" in str(value) for value in cells)


def test_two_members_and_a_guest_spend_an_hour_on_a_map(
    page_of, journey, bob, alice, celery_worker_process
):
    editor, owner, guest = page_of(bob), page_of(alice), page_of(None)
    path = f"/journeys/{journey.pk}/"
    live(editor, path)
    live(owner, path)

    # Build: everybody sees every word without a reload; the guest comes by a link.
    write_note(editor, "thinks", "Do we need this now?")
    write_note(editor, "does", "Asks a colleague")
    expect(cell(owner, "does").get_by_text("Asks a colleague")).to_be_visible()
    enter(guest, shared_link(editor, "editor"), "Gerda")
    live(guest, path)
    expect(cell(guest, "thinks").get_by_text("Do we need this now?")).to_be_visible()
    write_note(guest, "does", "Reads two reviews")
    expect(cell(editor, "does").get_by_text("Reads two reviews")).to_be_visible()

    # Rearrange: a note goes to the next stage, in every window.
    act(editor, cell(editor, "does").locator(".note", has_text="Asks a colleague"), "Move right")
    second = owner.locator(".lane[data-kind=does] .cell").nth(1)
    expect(second.get_by_text("Asks a colleague")).to_be_visible()

    # Comment: the guest is marked as one.
    guest.locator(".stage-head .comment-count").first.click()
    guest.get_by_label("New comment").fill("Who has asked them?")
    guest.get_by_role("button", name="Comment", exact=True).click()
    owner.locator(".stage-head .comment-count").first.click()
    expect(owner.locator(".comment strong").first).to_have_text("Guest: Gerda")

    # Keep this version by name.
    save_version(editor, "Before the workshop")
    assert Snapshot.objects.get(board=journey.pk).label == "Before the workshop"

    # Clash: both write on one note; both texts are shown, nothing is overwritten.
    hers = open_note(guest, "Do we need this now?")
    open_note(editor, "Do we need this now?").fill("Bob: we need it soon")
    editor.keyboard.press("Control+Enter")
    expect(cell(owner, "thinks").get_by_text("Bob: we need it soon")).to_be_visible()
    hers.fill("Gerda: not before spring")
    guest.keyboard.press("Control+Enter")
    expect(guest.locator(".conflict")).to_contain_text("Bob: we need it soon")
    guest.locator("[data-editing] textarea").last.fill("Soon, not before spring")
    guest.locator("[data-editing]").get_by_role("button", name="Save").click()
    expect(cell(editor, "thinks").get_by_text("Soon, not before spring")).to_be_visible()

    # Undo: what somebody else has changed since is explained and stays; the rest goes back.
    write_note(editor, "says", "It works. Mostly.")
    editor.get_by_role("button", name="Undo").click()
    expect(owner.get_by_text("It works. Mostly.")).to_have_count(0)
    editor.get_by_role("button", name="Undo").click()
    expect(editor.locator("#toasts")).to_contain_text("since")
    expect(cell(owner, "thinks").get_by_text("Soon, not before spring")).to_be_visible()

    go_back(editor, owner, path)
    assert Snapshot.objects.filter(board=journey.pk, automatic=True).count() == 1
    assert Note.objects.filter(board=journey.pk).count() == 3
    present(editor, path)
    check_every_export(editor)
