"""The emotion curve in the hand, and the arrows above the map."""

import pytest
from playwright.sync_api import Page, expect

from journeys.models import Emotion, Journey, Path, Stage
from journeys.paths import create_path
from journeys.services import create_journey, record_emotion
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_story import live


@pytest.fixture
def journey(transactional_db, nordlys, bob):
    by = actor_in(bob, nordlys)
    made = create_journey(nordlys, title="Buying software", starter=STARTERS["seven-stages"], by=by)
    first, second, third, *_ = Stage.objects.filter(board=made.pk).order_by("position")
    record_emotion(first, persona=None, score=1, by=by)
    record_emotion(second, persona=None, score=0, reason="Nobody answers", by=by)
    create_path(from_stage=first, to_stage=third, share=0.3, by=by)
    return made


@pytest.fixture
def page(page_of, journey, bob) -> Page:
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/")
    return page


def score_of(journey, number):
    stage = Stage.objects.filter(board=journey.pk).order_by("position")[number]
    feeling = Emotion.objects.filter(stage=stage).first()
    return feeling and feeling.score


def test_a_point_is_dragged_and_saved_once(page, journey):
    slider = page.locator(".emotion-slider").first
    slider.scroll_into_view_if_needed()
    line = page.locator("#emotion-curve .curve")
    before, version = line.get_attribute("d"), Journey.objects.get(pk=journey.pk).version
    box = slider.bounding_box()
    x = box["x"] + box["width"] / 2
    posts = []
    page.on("request", lambda request: "/emotion/" in request.url and posts.append(request.url))
    page.mouse.move(x, box["y"] + 12 + (box["height"] - 24) * 0.25)
    page.mouse.down()
    page.mouse.move(x, box["y"] + (box["height"]) * 0.5, steps=4)
    page.mouse.move(x, box["y"] + box["height"] - 12, steps=6)
    expect(slider).to_have_value("-2")
    assert line.get_attribute("d") != before
    assert posts == []
    with page.expect_response("**/emotion/"):
        page.mouse.up()
    expect(page.locator(".emotion-slider").first).to_have_attribute("aria-valuetext", "Very bad")
    assert len(posts) == 1
    assert score_of(journey, 0) == -2
    assert Journey.objects.get(pk=journey.pk).version == version + 1


def test_keys_set_explain_and_clear_a_feeling(page, journey):
    unset = page.locator(".emotion-slider").nth(2)
    unset.focus()
    with page.expect_response("**/emotion/"):
        page.keyboard.press("Space")
    expect(page.locator(".emotion-slider").nth(2)).to_have_attribute("aria-valuetext", "Neutral")
    explained = page.locator(".emotion-slider").nth(1)
    explained.focus()
    expect(page.get_by_text("Nobody answers")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nobody answers")).to_be_hidden()
    page.keyboard.press("Enter")
    form = page.locator(".feeling-editing")
    expect(form.get_by_label("Why")).to_have_value("Nobody answers")
    form.get_by_label("Why").fill("They call back")
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    explained.focus()
    expect(page.get_by_text("They call back")).to_be_visible()
    with page.expect_response("**/emotion/"):
        page.keyboard.press("Delete")
    expect(explained).to_have_attribute("data-empty", "")
    assert [score_of(journey, number) for number in range(3)] == [1, None, 0]


def test_an_arrow_is_opened_by_enter_and_changed(page, journey):
    arrow = page.locator("a.path")
    expect(arrow).to_have_attribute(
        "aria-label", "From “Not active” ahead to “First interest” 30 %"
    )
    arrow.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#path-dialog")
    expect(dialog.get_by_label("How many customers")).to_have_value("30")
    dialog.get_by_label("How many customers").fill("45")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".path-label")).to_have_text("45 %")
    assert Path.objects.get().share == 0.45
    page.locator("[data-paths-toggle]").click()
    expect(page.locator(".path-label")).to_be_hidden()
