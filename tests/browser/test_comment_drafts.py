"""A comment that was not sent: its words, the mention in them and its place are kept."""

import pytest
from playwright.sync_api import expect

from collaboration.models import Comment
from tests.browser.test_comments import open_comments
from tests.collaboration.scenes import small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def page(page_of, journey, carol, bob):
    page = page_of(carol)
    open_comments(page, journey)
    return page


def write_to_bob(page):
    page.get_by_label("New comment").press_sequentially("Is it so, @Bo")
    expect(page.get_by_role("option", name="Bob")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("or not?")


def test_an_unsent_comment_is_offered_as_it_was_read_and_put_back_with_its_mention(
    page, page_of, journey, bob
):
    write_to_bob(page)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"/journeys/{journey.pk}/")
    offer = page.locator("#drafts")
    expect(offer.locator("textarea")).to_have_value("Is it so, @Bob or not?")
    offer.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("New comment")).to_have_value("Is it so, @Bob or not?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment-text")).to_have_text(["Is it so, @Bob or not?"])
    assert Comment.objects.get().body == f"Is it so, @[Bob](user:{bob.pk}) or not?"


def test_a_comment_emptied_again_is_not_offered(page, journey):
    page.get_by_label("New comment").fill("Never mind")
    page.get_by_label("New comment").fill("")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
