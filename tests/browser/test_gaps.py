"""Both sides of the gap in two browsers: the demo's result, followed live, decided by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from journeys.models import Journey
from teams.models import User
from workshops.demo.build import build_demo


@pytest.fixture
def journey(page_of):
    build_demo()
    return Journey.objects.get(title="Buying business software", workspace__slug="demo")


def figures(page):
    return page.get_by_role("region", name="In all").locator(".card > strong")


def test_the_gap_analysis_of_the_demo_follows_a_second_browser_and_is_decided_by_keyboard(
    page_of, journey
):
    page, hers = (
        page_of(User.objects.get(email=f"{name}@demo.example")) for name in ("editor", "owner")
    )
    page.goto(f"/journeys/{journey.pk}/gaps/")
    expect(figures(page)).to_have_text(["50 %", "14", "11", "3", "1", "48 h"])
    alignments = page.locator(".gap-matrix tfoot td")
    expect(alignments).to_have_text(["25 %", "25 %", "33 %", "50 %", "67 %", "60 %", "80 %"])
    letters = page.locator(".gap-matrix").get_by_role("row", name=re.compile("Letter or print"))
    expect(letters.locator("td").first).to_have_text("Waste 24 h")

    hers.goto(f"/journeys/{journey.pk}/touchpoints/")
    expect(page.locator("#presence .avatar")).to_have_count(2)
    brochure = hers.get_by_role("row", name=re.compile("Brochure by post"))
    brochure.get_by_role("button", name=re.compile("^Customers use it: Not")).press("Enter")
    form = hers.locator("form[data-editing]")
    form.get_by_label("Customers use it", exact=True).select_option("Mainly")
    form.get_by_role("button", name="Save").press("Enter")
    expect(form).to_have_count(0)
    expect(figures(page)).to_have_text(["54 %", "15", "11", "2", "1", "24 h"])
    expect(alignments.first).to_have_text("50 %")
    expect(letters.locator("td").first).to_have_text("Match 24 h")

    title = "Short stories from warehouses"
    row = page.get_by_role("row", name=re.compile(title))
    row.get_by_role("button", name="Decide").press("Enter")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Firms of our size read them.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Keep")
    page.keyboard.press("Control+Enter")
    expect(row.get_by_role("button", name="Keep Firms of our size read them.")).to_be_focused()


def test_only_the_table_of_all_touchpoints_scrolls_sideways(page_of, journey):
    page = page_of(User.objects.get(email="editor@demo.example"))
    page.goto(f"/journeys/{journey.pk}/touchpoints/")
    table = page.get_by_role("region", name="All touchpoints")
    for width in (800, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert table.evaluate("each => each.scrollWidth > each.clientWidth")
    page.bring_to_front()
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
    assert page.evaluate("scrollX") == 0
