"""Undo and redo by keyboard on the pages beside the map, where they edit it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.models import Emotion, Journey, Lane, Note, Path, Persona, Stage
from journeys.paths import create_path, save_path
from journeys.services import attach_persona, create_persona, record_emotion
from teams.access import actor_in
from tests.browser.test_story import live
from tests.collaboration.scenes import OLGA, added_note, small_journey
from touchpoints.services import create_touchpoint


@pytest.fixture
def by(bob, nordlys):
    return actor_in(bob, nordlys)


@pytest.fixture
def journey(nordlys, by) -> Journey:
    """With two personas, of whom Mette feels bad in the first stage."""
    journey = small_journey(nordlys)
    for name in ("Mette", "Erik"):
        attach_persona(journey, create_persona(nordlys, name=name, by=OLGA), by=OLGA)
    return journey


@pytest.fixture
def stages(journey) -> list[Stage]:
    return list(Stage.objects.filter(board=journey).order_by("position"))


def undone_and_done_again(page: Page, shown: Locator, before: str, after: str) -> None:
    expect(shown).to_contain_text(after)
    page.keyboard.press("Control+z")
    expect(shown).to_contain_text(before)
    expect(page.locator("#announce")).to_have_text("Undone.")
    page.keyboard.press("Control+y")
    expect(shown).to_contain_text(after)
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()


def refused(page: Page, words: str) -> None:
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text(words)


def test_on_the_page_of_paths(page_of, journey, stages, by, bob):
    path = create_path(from_stage=stages[1], to_stage=stages[0], reason="Forgot", by=OLGA)
    rewrite(path, "Not sure", by)
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/paths/")
    undone_and_done_again(page, page.locator("#paths-table"), "Forgot", "Not sure")
    rewrite(path, "Bored", OLGA)
    expect(page.locator("#paths-table")).to_contain_text("Bored")
    refused(page, "Olga has changed this since")
    expect(page.locator("#paths-table")).to_contain_text("Bored")


def rewrite(path: Path, reason: str, by) -> None:
    with path.board.editing(by=by):
        fresh = Path.objects.get(pk=path.pk)
        fresh.reason = reason
        save_path(fresh, by=by)


def test_on_the_table_of_feelings(page_of, journey, stages, by, bob):
    mette = Persona.objects.get(name="Mette")
    record_emotion(stages[0], persona=mette, score=-2, by=by)
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/feelings/")
    row = page.locator(f"#feelings-{stages[0].pk}")
    undone_and_done_again(page, row, "", "Very bad")
    record_emotion(stages[0], persona=mette, score=1, by=OLGA)
    expect(row).to_contain_text("Good")
    refused(page, "Olga has")
    assert [each.score for each in Emotion.objects.all()] == [1]


def test_beside_two_personas(page_of, journey, stages, by, bob):
    mette = Persona.objects.get(name="Mette")
    record_emotion(stages[0], persona=mette, score=-1, by=by)
    record_emotion(stages[0], persona=mette, score=-2, by=by)
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/compare-personas/")
    stage = page.locator(f"#beside-stage-{stages[0].pk}")
    undone_and_done_again(page, stage, "Bad", "Very bad")
    record_emotion(stages[0], persona=mette, score=2, by=OLGA)
    expect(stage).to_contain_text("Very good")
    refused(page, "Olga has changed this since")
    expect(stage).to_contain_text("Very good")


@pytest.mark.parametrize("view", ["outline", "table"])
def test_in_the_outline_and_the_table(page_of, journey, stages, by, bob, view):
    lane = Lane.objects.filter(board=journey).order_by("position").first()
    note = added_note(journey, stages[0], lane, "Asks", OLGA)
    reword(note, "Asks a friend", by)
    page = page_of(bob)
    page.goto(f"/journeys/{journey.pk}/{view}/")
    shown = page.locator(f"#note-{note.pk}")
    undone_and_done_again(page, shown, "Asks", "Asks a friend")
    reword(note, "Asks nobody", OLGA)
    refused(page, "Olga has changed this since")
    expect(shown).to_contain_text("Asks nobody", timeout=20_000)


def reword(note: Note, text: str, by) -> None:
    with note.board.editing(by=by):
        fresh = Note.objects.get(pk=note.pk)
        fresh.text = text
        fresh.save()


def test_undo_while_a_cell_is_being_typed_takes_back_the_words_and_nothing_before(
    page_of, journey, stages, by, bob
):
    touchpoint = create_touchpoint(stage=stages[0], title="Shop window", strengths="Light", by=by)
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/touchpoints/")
    cell = page.locator(f"#inventory-{touchpoint.pk}-strengths")
    cell.locator(".inventory-text").click()
    cell.locator("textarea, input[type=text]").first.fill("Colourful")
    with page.expect_response(lambda response: response.url.endswith("/undo/")):
        page.locator("#undo-buttons button").first.click()
    expect(page.locator("#announce")).to_have_text("Undone.")
    expect(cell).to_contain_text("Light")
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    touchpoint.refresh_from_db()
    assert touchpoint.strengths == "Light"
