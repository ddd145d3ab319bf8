"""The table that is edited where it stands, a presentation in two windows, and a taken-back act."""

import pytest
from playwright.sync_api import expect

from collaboration.models import Board
from journeys.models import Lane, Note, Stage
from journeys.services import attach_persona, create_note, create_persona
from teams.access import actor_in
from tests.collaboration.scenes import OLGA, added_note, small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def note(journey):
    stage = Stage.objects.filter(board=journey).order_by("position").first()
    lane = Lane.objects.filter(board=journey).order_by("position").first()
    return added_note(journey, stage, lane, "Reads a review", OLGA)


def test_the_table_shows_and_changes_voice_and_owner_and_is_live(
    page_of, journey, note, nordlys, alice, bob
):
    by = actor_in(bob, nordlys)
    attach_persona(journey, create_persona(nordlys, name="Mette", by=by), by=by)
    page, hers = page_of(bob), page_of(alice)
    polls = []
    hers.on("request", lambda asked: polls.append(asked.url) if "/changes/" in asked.url else None)
    hers.goto(f"/journeys/{journey.pk}/table/")
    page.goto(f"/journeys/{journey.pk}/table/")
    expect(hers.locator("#presence")).to_contain_text("Bob")
    row = page.locator(f"#note-{note.pk}")
    row.get_by_role("button", name="Whose voice: Nobody").press("Enter")
    page.get_by_role("menuitemradio", name="Mette").press("Enter")
    expect(row.get_by_role("button", name="Whose voice: Mette")).to_be_visible()
    row.get_by_role("button", name="Owner: Nobody").press("Enter")
    page.get_by_role("combobox", name="Who looks after this?").press_sequentially("ali")
    page.get_by_role("option", name="Alice").click()
    page.locator("#panel").get_by_role("button", name="Save").click()
    expect(row.get_by_role("button", name="Owner: Alice")).to_be_visible()
    theirs = hers.locator(f"#note-{note.pk}")
    expect(theirs.get_by_role("button", name="Whose voice: Mette")).to_be_visible()
    expect(theirs.get_by_role("button", name="Owner: Alice")).to_be_visible()
    create_note(stage=note.stage, lane=note.lane, text="Asks a friend", by=by)
    expect(hers.get_by_text("Asks a friend")).to_be_visible()
    assert polls == []
    assert Note.objects.get(pk=note.pk).persona.name == "Mette"


def test_a_presentation_and_its_speakers_window_move_together(page_of, journey, bob):
    first, second = Stage.objects.filter(board=journey)
    with journey.editing(by=OLGA):
        first.speaker_notes = "Pause here."
        first.save()
    page = page_of(bob)
    page.goto(f"/journeys/{journey.pk}/present/")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Speaker’s window").click()
    window = opened.value
    expect(window.locator("[data-place-shown]")).to_have_text("1 of 3")
    page.keyboard.press("ArrowRight")
    expect(window.get_by_text("Pause here.")).to_be_visible()
    expect(window.locator(".speaking-page:visible")).to_contain_text(f"2 {second.title}")
    window.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name=second.title)).to_be_visible()
    expect(page.locator("[data-place-shown]")).to_have_text("3 of 3")


def test_archiving_and_deleting_are_taken_back_by_keyboard(page_of, journey, bob):
    page = page_of(bob)
    for chosen, confirm in (("Put into the archive", None), ("Delete this journey", "Delete")):
        page.goto(f"/journeys/{journey.pk}/")
        page.locator("#map-menu-button").press("Enter")
        page.get_by_role("button", name=chosen).press("Enter")
        if confirm:
            page.locator("#delete-journey").get_by_role("button", name=confirm).press("Enter")
        toast = page.get_by_role("status").locator(".toast")
        expect(toast).to_contain_text("Choosing a telephone system")
        toast.get_by_role("button", name="Undo").press("Enter")
        page.wait_for_url(f"**/journeys/{journey.pk}/")
        present = Board.objects.get(pk=journey.pk)
        assert (present.archived_at, present.deleted_at) == (None, None)
