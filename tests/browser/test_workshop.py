"""A workshop in two browsers: nothing that is typed or marked is lost, and axe finds nothing."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.workshops.scenes import full_workshop
from workshops.models import Workshop

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
FIRST_LOAD_SECONDS = 60


@pytest.fixture
def workshop(transactional_db, nordlys, bob) -> Workshop:
    by = actor_in(bob, nordlys)
    journey = create_journey(
        nordlys, title="Buying software", starter=STARTERS["seven-stages"], by=by
    )
    return full_workshop(journey, by=by)


@pytest.fixture
def open_board(page_of, workshop):
    def go(user, **options) -> Page:
        page = page_of(user, **options)
        page.set_default_timeout(FIRST_LOAD_SECONDS * 1000)
        with page.expect_request(lambda request: "/live/" in request.url):
            page.goto(workshop.get_absolute_url())
        return page

    return go


def rate(page: Page, feasibility: int, effect: int) -> None:
    proposal = page.locator("#mine .opinion").last
    for name, mark in (("feasibility", feasibility), ("effect", effect)):
        proposal.locator(f"[name={name}][value='{mark}']").check(force=True)


def marks(page: Page) -> list[str | None]:
    proposal = page.locator("#mine .opinion").last
    return [radio.get_attribute("value") for radio in proposal.locator("input:checked").all()]


def spot(page: Page, says: str) -> Locator:
    return page.locator("#chart .chart-spot").filter(has_text=says)


def written(page: Page, words: str) -> Locator:
    return page.locator("#contributions .contribution-text", has_text=words)


def test_two_people_contribute_and_rate_at_once(open_board, bob, carol):
    editor, commenter = open_board(bob), open_board(carol)
    commenter.locator("#contributions .add-note").first.click()
    commenter.locator("[data-editing] textarea").fill("Nobody called me back")
    editor.locator("#contributions .add-note").first.click()
    editor.locator("[data-editing] textarea").fill("Call within a day")
    editor.keyboard.press("Control+Enter")
    expect(written(commenter, "Call within a day")).to_be_visible()
    expect(commenter.locator("[data-editing] textarea")).to_have_value("Nobody called me back")
    commenter.locator("[data-editing] textarea").press("Control+Enter")
    expect(written(editor, "Nobody called me back")).to_be_visible()

    editor.locator("#mine-folded > summary").click()
    rate(editor, 5, 4)
    expect(spot(commenter, "feasibility 5, effect 4")).to_be_visible()
    rate(commenter, 1, 2)
    expect(spot(editor, "feasibility 3, effect 3")).to_be_visible()
    assert (marks(editor), marks(commenter)) == (["5", "4"], ["1", "2"])
    own = commenter.locator("#contributions [data-menu]:visible")
    assert own.count() == 1


def test_a_contribution_is_moved_by_keyboard(open_board, bob):
    page = open_board(bob)
    item = page.locator("#contributions .contribution").first
    name = item.get_attribute("id")
    item.locator("[data-menu]").focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator(f".workshop-column:nth-child(3) #{name}")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_case_99_axe_finds_nothing_on_the_board(scheme, width, open_board, bob):
    page = open_board(bob, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.locator("#proposals .add-note").click()
    expect(page.locator("[data-editing]")).to_be_visible()
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    named = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in grave]
    assert grave == [], json.dumps(named, indent=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
