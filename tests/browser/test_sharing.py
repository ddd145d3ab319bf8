"""A map is shared by a link: made in the dialog, used without an account, ended again."""

import pytest
from playwright.sync_api import expect

from tests.collaboration.scenes import small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


def test_a_guest_comes_by_a_link_speaks_and_has_to_leave(page_of, journey, bob):
    page = page_of(bob)
    page.goto(f"/journeys/{journey.pk}/")
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog", name="Share")
    dialog.get_by_label("Who is it for?").fill("The board")
    dialog.get_by_label("They may").select_option("commenter")
    dialog.get_by_label("Password").fill("open sesame")
    dialog.get_by_role("button", name="Make the link").click()
    address = dialog.get_by_label("Address of the link").input_value()
    dialog.get_by_role("button", name="Copy", exact=True).click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    dialog.get_by_role("button", name="Done").click()

    guest = page_of(None)
    guest.goto(address)
    expect(guest).to_have_url(f"{address.partition('/s/')[0]}/s/")
    guest.get_by_label("Your name").fill("Gerda")
    guest.get_by_label("Password of the link").fill("open tahini")
    guest.get_by_role("button", name="Open the map").click()
    expect(guest.get_by_text("the password is wrong")).to_be_visible()
    guest.get_by_label("Password of the link").fill("open sesame")
    guest.get_by_role("button", name="Open the map").click()

    expect(guest.get_by_role("heading", name=journey.title)).to_be_visible()
    expect(page.locator("#presence").get_by_text("Guest: Gerda")).to_be_attached()
    guest.get_by_role("button", name="on “Notice”").first.click()
    guest.get_by_label("New comment").fill("Do they?")
    guest.get_by_role("button", name="Comment", exact=True).click()
    expect(guest.locator(".comment strong")).to_have_text("Guest: Gerda")
    page.get_by_role("button", name="1 open comment on “Notice”").first.click()
    expect(page.locator(".comment strong")).to_have_text("Guest: Gerda")

    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Share", exact=True).click()
    expect(dialog.get_by_text("1 visit")).to_be_visible()
    dialog.get_by_role("button", name="End it The board").click()
    expect(dialog.get_by_text("The board")).to_have_count(0)
    expect(guest.get_by_role("heading", name="We could not find this")).to_be_visible(
        timeout=12_000
    )


def test_the_dialog_shows_nothing_of_before_while_it_waits(page_of, journey, bob):
    page = page_of(bob)
    page.goto(f"/journeys/{journey.pk}/")
    opener = page.get_by_role("button", name="Share", exact=True)
    dialog = page.get_by_role("dialog", name="Share")
    opener.click()
    expect(dialog.get_by_label("Who is it for?")).to_be_visible()
    dialog.get_by_role("button", name="Done").click()
    page.route("**/share/", lambda _route: None)  # no answer comes
    opener.click()
    expect(dialog).to_be_visible()
    expect(dialog.locator("form")).to_have_count(0)
