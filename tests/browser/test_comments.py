"""Talking about a stage beside the map."""

import pytest
from playwright.sync_api import expect

from tests.collaboration.scenes import small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


def open_comments(page, journey):
    page.goto(f"/journeys/{journey.pk}/")
    page.get_by_role("button", name="on “Notice”").first.click()
    expect(page.get_by_label("New comment")).to_be_visible()


def test_commenter_and_editor_talk_about_a_stage(page_of, journey, bob, carol):
    asks, answers = page_of(carol), page_of(bob)
    open_comments(asks, journey)
    open_comments(answers, journey)
    asks.get_by_label("New comment").fill("Do they know us by then?")
    asks.get_by_role("button", name="Comment", exact=True).click()
    expect(asks.locator(".comment")).to_have_count(1)
    expect(asks.get_by_label("New comment")).to_have_value("")

    expect(answers.locator(".comment-text")).to_have_text(["Do they know us by then?"])
    expect(answers.get_by_role("button", name="Edit", exact=True)).to_be_hidden()
    answers.get_by_role("button", name="Reply to Carol").click()
    reply = answers.get_by_label("Reply to Carol", exact=True).and_(answers.locator("textarea"))
    expect(reply).to_be_focused()
    reply.fill("Half of them do.")
    answers.get_by_role("button", name="Reply", exact=True).click()

    expect(asks.locator(".comment-text")).to_have_text(
        ["Do they know us by then?", "Half of them do."]
    )
    asks.get_by_role("button", name="Resolve").click()
    expect(answers.get_by_text("Resolved by Carol")).to_be_visible()
    expect(answers.get_by_role("button", name="0 open comments on “Notice”")).to_be_visible()


def test_text_that_is_being_typed_survives_what_others_say(page_of, journey, bob, carol):
    typing, others = page_of(carol), page_of(bob)
    open_comments(typing, journey)
    open_comments(others, journey)
    typing.get_by_label("New comment").fill("I am still")
    others.get_by_label("New comment").fill("Done")
    others.get_by_role("button", name="Comment", exact=True).click()
    expect(typing.locator(".comment-text")).to_have_text(["Done"])
    expect(typing.get_by_label("New comment")).to_have_value("I am still")
    expect(typing.get_by_label("New comment")).to_be_focused()


def test_author_edits_and_deletes_by_keyboard(page_of, journey, carol):
    page = page_of(carol)
    open_comments(page, journey)
    page.get_by_label("New comment").fill("Frist")
    page.get_by_role("button", name="Comment", exact=True).press("Enter")
    page.get_by_role("button", name="Edit", exact=True).press("Enter")
    words = page.get_by_label("Edit your comment")
    expect(words).to_be_focused()
    words.fill("First")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.locator(".comment-text")).to_have_text(["First"])
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete", exact=True).press("Enter")
    expect(page.locator(".comment")).to_have_count(0)


def test_panel_closes_and_gives_the_focus_back(page_of, journey, carol):
    page = page_of(carol)
    open_comments(page, journey)
    expect(page.get_by_role("heading", name="Comments")).to_be_focused()
    page.get_by_role("button", name="Close the comments").click()
    expect(page.locator("#panel")).to_be_empty()
    expect(page.get_by_role("button", name="0 open comments on “Notice”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Comments")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()


def test_undo_that_cannot_be_done_says_why(page_of, journey, bob, alice):
    from teams.access import actor_in

    with journey.editing(by=actor_in(bob, journey.workspace)):
        journey.title = "See"
        journey.save()
    with journey.editing(by=actor_in(alice, journey.workspace)):
        journey.title = "Look"
        journey.save()
    page = page_of(bob)
    page.goto(f"/journeys/{journey.pk}/")
    page.get_by_role("button", name="Undo").click()
    said = page.get_by_role("alert")
    expect(said).to_contain_text("Alice has changed this since: “Title” is now “Look”.")
    said.get_by_role("button", name="Close").click()
    expect(said).to_have_count(0)
