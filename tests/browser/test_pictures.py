"""A picture is hung by hand: what would be refused is not even sent, and nothing typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from collaboration.pictures import MOST_BYTES
from journeys.services import create_journey, create_lane
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_story import live
from tests.drawn import picture_file


@pytest.fixture
def page(transactional_db, page_of, nordlys, bob) -> Page:
    by = actor_in(bob, nordlys)
    starter = STARTERS["before-during-after"]
    journey = create_journey(nordlys, title="Buying software", starter=starter, by=by)
    create_lane(journey, kind="image", before=None, by=by)
    page = page_of(bob)
    live(page, f"/journeys/{journey.pk}/")
    return page


def test_a_file_that_would_be_refused_keeps_the_form_as_it_is(page):
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.url)))
    cell = page.locator(".lane[data-kind=image] > .cell").first
    cell.locator(".add-note").click()
    form = cell.locator("form")
    words, file = form.locator("[name=alt]"), form.locator("[type=file]")
    words.fill("The shop window in spring")
    sent.clear()
    for name, kind, size, sentence in (
        ("letter.txt", "text/plain", 9, "This is no picture that we can read."),
        ("huge.png", "image/png", MOST_BYTES + 1, "This picture is larger than 10 MB."),
    ):
        file.set_input_files({"name": name, "mimeType": kind, "buffer": bytes(size)})
        expect(form.get_by_role("alert")).to_contain_text(sentence)
        form.get_by_role("button", name="Save").click()
        expect(words).to_have_value("The shop window in spring")
    assert [url for method, url in sent if method == "POST" and "picture" in url] == []
    good = {"name": "a.png", "mimeType": "image/png", "buffer": picture_file().read()}
    file.set_input_files(good)
    expect(form.get_by_role("alert")).to_have_text("")
    form.get_by_role("button", name="Save").click()
    expect(cell.get_by_role("img", name="The shop window in spring")).to_be_visible()
