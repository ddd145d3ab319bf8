"""Both sides of the demo in a browser: a doubt is answered, a message changed, a goal ranked."""

import re

import pytest
from playwright.sync_api import expect

from journeys.models import Journey
from teams.models import User
from workshops.demo.build import build_demo


@pytest.fixture
def glasses(page_of):
    build_demo()
    return Journey.objects.get(title="Solbrillen: new sunglasses", workspace__slug="demo")


def test_doubts_messages_and_goals_are_worked_on_by_keyboard_while_another_looks_on(
    page_of, glasses
):
    page, hers = (
        page_of(User.objects.get(email=f"{name}@demo.example")) for name in ("editor", "owner")
    )
    start = f"/journeys/{glasses.pk}"

    # A doubt without an answer gets one in a single step
    for each in (page, hers):
        each.goto(f"{start}/readiness/")
    counts = hers.get_by_role("region", name="In all").locator(".card > strong")
    expect(page.locator("#presence .avatar")).to_have_count(2)
    before = int(counts.first.inner_text())
    asked = page.get_by_role("button", name=re.compile("^Answer this: A mirror, daylight"))
    asked.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What the customer finds").fill("A chair in daylight beside the door")
    dialog.get_by_label("Status").select_option("Ready")
    dialog.get_by_role("button", name="This answers it").press("Enter")
    expect(dialog).to_have_count(0)
    expect(counts.first).to_have_text(str(before - 1))
    expect(hers.get_by_text("A chair in daylight beside the door").first).to_be_visible()

    # A message changes after the verdict: the link asks to be looked at again, the map says so
    for each in (page, hers):
        each.goto(f"{start}/messages/")
    expect(page.locator("#presence .avatar")).to_have_count(2)
    price = page.get_by_role("article", name="Where the price starts")
    expect(price.locator("mark")).to_contain_text(["199", "79"])
    price.get_by_role("button", name=re.compile("Frames by brand")).press("Enter")
    page.get_by_label("Our message here").fill("Frames by brand, lenses from 199 euros.")
    page.keyboard.press("Control+Enter")
    theirs = hers.get_by_role("article", name="Where the price starts")
    expect(theirs.get_by_text("To be looked at again")).to_be_visible()
    theirs.get_by_role("button", name="They differ").press("Enter")
    expect(price.get_by_text("To be looked at again")).to_have_count(0)
    page.goto(f"{start}/")
    expect(page.locator(".touchpoint .mark-flag").first).to_be_attached()

    # Goals are ranked and tied to what is done
    for each in (page, hers):
        each.goto(f"{start}/goals/")
    expect(page.locator("#presence .avatar")).to_have_count(2)
    first = hers.locator('[data-goals="customer"] > li').first
    expect(first).to_contain_text("Glasses that suit my style")
    page.get_by_role("button", name="On my nose before the weekend", exact=True).press(
        "Alt+ArrowUp"
    )
    expect(first).to_contain_text("On my nose before the weekend")
    page.get_by_role("button", name=re.compile("^Which goals does Sunglasses for the beach")).press(
        "Enter"
    )
    page.get_by_role("checkbox", name=re.compile("Half of all customers")).press("Space")
    page.get_by_role("button", name="Save").press("Enter")
    ours = hers.get_by_role("region", name=re.compile("^Serves only us"))
    expect(ours.get_by_text("Sunglasses for the beach volley cup")).to_be_visible()
