"""Parts of the site go away and come back while two people work on one map."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from journeys.models import Lane, Note, Stage
from tests.browser.test_story import live
from tests.collaboration.scenes import OLGA, added_note, small_journey
from tests.servers import SERVERS

BACK = 20_000


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def write(journey) -> Callable[[str], Note]:
    """`write("text")`: somebody else adds a note to the second cell of the first lane."""
    stage = Stage.objects.filter(board=journey).order_by("position")[1]
    lane = Lane.objects.filter(board=journey).order_by("position")[0]
    return lambda text: added_note(journey, stage, lane, text, OLGA)


@pytest.fixture
def page(page_of, journey, bob) -> Page:
    """Bob's, writing a note; a reload of it fails the test."""
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/")
    page.evaluate("window.neverReloaded = true")
    start_note(page, "Asks")
    return page


@contextmanager
def deaf_redis() -> Iterator[None]:
    """It takes connections and says nothing: worse than one that is gone."""
    pids = [server.pid for server in SERVERS.running if server.variable == "REDIS_URL"]
    if not pids:
        pytest.skip("Redis is not ours to stop")
    os.kill(pids[0], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pids[0], signal.SIGCONT)


def start_note(page: Page, text: str) -> None:
    page.locator(".lane .cell").first.locator(".add-note").click()
    page.locator("[data-editing] textarea").fill(text)


def type_on(page: Page, words: str) -> None:
    page.locator("[data-editing] textarea").press("End")
    page.keyboard.type(words)


def save(page: Page) -> None:
    page.keyboard.press("Control+Enter")


def shows(page: Page, text: str) -> None:
    expect(page.locator(".note-text", has_text=text)).to_be_visible(timeout=BACK)


def state_is(page: Page, words: str) -> None:
    expect(page.locator("#saved-state")).to_have_text(words, timeout=BACK)


def never_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.neverReloaded === true"))


def texts() -> list[str]:
    return sorted(Note.objects.values_list("text", flat=True))


def test_the_site_is_restarted_under_somebody_who_writes(page, live_site, write):
    with live_site.without("web", "live"):
        write("Somebody else's")
        type_on(page, " a friend")
        save(page)
        state_is(page, "Saving…")
    shows(page, "Asks a friend")
    shows(page, "Somebody else's")
    state_is(page, "All changes saved")
    write("Goes on live")
    shows(page, "Goes on live")
    expect(page.locator("#presence")).to_contain_text("Bob", timeout=BACK)
    assert texts() == ["Asks a friend", "Goes on live", "Somebody else's"]
    assert never_reloaded(page)


def test_the_whole_address_is_away_and_the_page_says_what_waits(page, live_site, write):
    with live_site.without("front"):
        write("Somebody else's")
        type_on(page, " a friend")
        save(page)
        state_is(page, "Offline, will retry")
        type_on(page, " or two")
    shows(page, "Asks a friend or two")
    shows(page, "Somebody else's")
    state_is(page, "All changes saved")
    assert texts() == ["Asks a friend or two", "Somebody else's"]
    assert never_reloaded(page)


def test_redis_is_deaf_and_people_work_on(page, page_of, journey, alice, write):
    hers = page_of(alice)
    live(hers, f"/journeys/{journey.pk}/")
    expect(page.locator("#presence")).to_contain_text("Alice")
    with deaf_redis():
        type_on(page, " a friend")
        save(page)
        shows(page, "Asks a friend")
        state_is(page, "All changes saved")
        shows(hers, "Asks a friend")
        start_note(page, "Reads")
        save(page)
        shows(hers, "Reads")
        expect(page.locator("#presence")).to_contain_text("Bob")
        hers.reload()
        shows(hers, "Reads")
    write("After it came back")
    shows(page, "After it came back")
    shows(hers, "After it came back")
    expect(page.locator("#presence")).to_contain_text("Alice", timeout=BACK)
    expect(hers.locator("#presence")).to_contain_text("Bob", timeout=BACK)
    assert texts() == ["After it came back", "Asks a friend", "Reads"]
    assert never_reloaded(page)


def test_a_browser_is_offline_while_others_go_on(page, write):
    page.context.set_offline(True)
    state_is(page, "Offline, will retry")
    write("Somebody else's")
    type_on(page, " a friend")
    page.context.set_offline(False)
    shows(page, "Somebody else's")
    field = page.locator("[data-editing] textarea")
    expect(field).to_have_value("Asks a friend")
    expect(field).to_be_focused()
    save(page)
    shows(page, "Asks a friend")
    state_is(page, "All changes saved")
    assert texts() == ["Asks a friend", "Somebody else's"]
    assert never_reloaded(page)
