"""Two people on one map, and what happens when the stream between them breaks."""

import re

import pytest
from playwright.sync_api import expect

from tests.collaboration.scenes import OLGA, added_note, small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def cell(journey):
    """The first cell: its stage and its lane."""
    from journeys.models import Lane, Stage

    stage = Stage.objects.filter(board=journey).order_by("position").first()
    return stage, Lane.objects.filter(board=journey).order_by("position").first()


@pytest.fixture
def write(journey, cell):
    """`write("text")`: somebody else adds a note to the first cell."""
    return lambda text: added_note(journey, *cell, text, OLGA)


@pytest.fixture
def complaints():
    """What the browsers' consoles said in warning or error."""
    return []


@pytest.fixture
def open_map(page_of, journey, complaints):
    """`open_map(bob)`: Bob's page of the map, with its stream open."""

    def open_page(user, *, wait=True, prepare=lambda page: None):
        page = page_of(user)
        prepare(page)
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in ("warning", "error") else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/journeys/{journey.pk}/")
        if wait:
            expect(page.locator("#presence .avatar")).not_to_have_count(0)
        return page

    return open_page


def version_of(page):
    return int(page.locator("#board").get_attribute("data-version"))


def test_others_see_an_edit_and_who_is_here(open_map, journey, alice, bob, complaints):
    hers, his = open_map(alice), open_map(bob)
    expect(hers.locator("#presence")).to_contain_text("Bob")
    expect(his.locator("#presence")).to_contain_text("Alice")
    hers.locator(".add-note").first.click()
    hers.locator("[data-editing] textarea").fill("Sees an advertisement")
    hers.keyboard.press("Control+Enter")
    expect(his.get_by_text("Sees an advertisement")).to_be_visible()
    expect(his.locator(".glow")).to_have_count(1)
    expect(hers.get_by_text("Sees an advertisement")).to_be_visible()
    expect(hers.locator("#saved-state")).to_have_text("All changes saved")
    expect(hers.locator(".glow")).to_have_count(0)
    expect(his.locator(".glow")).to_have_count(0)
    journey.refresh_from_db()
    assert version_of(hers) == version_of(his) == journey.version
    hers.close()
    expect(his.locator("#presence")).not_to_contain_text("Alice")
    assert complaints == []


def test_a_piece_without_a_place_on_the_page_is_left_out(open_map, journey, cell, bob, complaints):
    """The comments of a stage are sent to all; only an open panel shows them."""
    from collaboration.models import Comment

    page = open_map(bob)
    with journey.editing(by=OLGA):
        Comment(
            board=journey, target_type="stage", target_id=cell[0].pk, author_name="Olga", body="Hm?"
        ).save()
    expect(page.locator("#board")).to_have_attribute("data-version", str(journey.version))
    assert complaints == []


def test_an_update_leaves_alone_what_somebody_types(open_map, write, journey, bob):
    write("Reads a review")
    page = open_map(bob)
    page.locator(".note-text").first.click()
    field = page.locator("[data-editing] textarea")
    field.fill("Reads a long revi")
    field.evaluate("field => field.setSelectionRange(5, 7)")
    write("Asks a friend")
    expect(page.locator("#board")).to_have_attribute("data-version", str(journey.version))
    expect(field).to_have_value("Reads a long revi")
    expect(field).to_be_focused()
    assert field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [5, 7]


def test_case_20_a_page_too_old_is_loaded_again_once(open_map, write, journey, bob):
    from collaboration.models import Change

    first = journey.version
    write("Forgotten")
    write("Kept")
    loads = []

    def make_old(page):
        page.on("request", lambda sent: loads.append(sent) if sent.is_navigation_request() else 0)
        old = f"since={first}"
        page.route(
            re.compile(r"/live/"),
            lambda route: route.continue_(url=re.sub(r"since=\d+", old, route.request.url)),
        )

    Change.objects.filter(board=journey, version=first + 1).delete()
    page = open_map(bob, prepare=make_old, wait=False)
    if len(loads) < 2:
        page.wait_for_event("request", lambda sent: sent.is_navigation_request())
    page.wait_for_load_state()
    expect(page.locator("#presence .avatar")).not_to_have_count(0)
    write("Goes on")
    expect(page.get_by_text("Goes on")).to_be_visible()
    assert len(loads) == 2


def test_case_29_a_page_whose_stream_is_blocked_asks_by_itself(open_map, write, journey, bob):
    page = open_map(
        bob, wait=False, prepare=lambda page: page.route(re.compile("/live/"), lambda r: r.abort())
    )
    write("Sees an advertisement")
    expect(page.get_by_text("Sees an advertisement")).to_be_visible(timeout=20_000)
    write("Reads a review")
    expect(page.get_by_text("Reads a review")).to_be_visible(timeout=20_000)
    assert version_of(page) == journey.version
    expect(page.locator("#saved-state")).to_have_text("All changes saved")


def test_case_29_a_stream_that_works_again_is_taken_up(open_map, write, journey, bob):
    page = open_map(
        bob, wait=False, prepare=lambda page: page.route(re.compile("/live/"), lambda r: r.abort())
    )
    write("Sees an advertisement")
    expect(page.get_by_text("Sees an advertisement")).to_be_visible(timeout=20_000)
    page.unroute(re.compile("/live/"))
    expect(page.locator("#presence")).to_contain_text("Bob", timeout=20_000)


def as_events(*deltas):
    return "".join(
        f"id: {delta.version}\n"
        + "".join(f"data: {line}\n" for line in delta.html.splitlines())
        + "\n"
        for delta in deltas
    )


def test_case_19_events_twice_and_out_of_order_leave_the_page_as_it_is(
    open_map, write, journey, cell, bob, complaints
):
    """The stream replays old pictures of the cell, in any order, after the newest."""
    from collaboration.live import Viewer, render_changes
    from journeys.models import Journey
    from teams.models import Role

    deltas = []
    for text in ("One", "Two", "Three"):
        write(text)
        fresh = Journey.objects.get(pk=journey.pk)
        deltas.append(render_changes(fresh, fresh.version - 1, Viewer(Role.EDITOR, "en")))
    one, two, three = deltas
    told = as_events(three, three, one, two, one)

    def tell(route):
        route.fulfill(status=200, content_type="text/event-stream", body=told)

    page = open_map(
        bob,
        wait=False,
        prepare=lambda page: page.route(re.compile("/live/"), tell, times=1),
    )
    stage, lane = cell
    notes = page.locator(f"#cell-{stage.pk}-{lane.pk} .note-text")
    expect(page.locator("#presence")).to_contain_text("Bob", timeout=20_000)
    expect(notes).to_have_text(["One", "Two", "Three"])
    assert version_of(page) == journey.version
    assert complaints == []


def test_case_26_a_page_whose_reader_lost_the_right_says_so(open_map, bob):
    page = open_map(bob)
    bob.memberships.all().delete()
    expect(page.locator("#board")).to_have_count(0, timeout=15_000)


def test_a_page_says_that_it_is_offline_and_that_it_is_back(open_map, write, bob):
    page = open_map(bob)
    page.context.set_offline(True)
    expect(page.locator("#saved-state")).to_have_text("Offline, will retry")
    write("Meanwhile")
    page.context.set_offline(False)
    expect(page.get_by_text("Meanwhile")).to_be_visible(timeout=20_000)
    expect(page.locator("#saved-state")).to_have_text("All changes saved")


def test_a_panel_that_was_overtaken_on_its_way_is_brought_up_to_date(open_map, journey, cell, bob):
    from collaboration.models import Board
    from collaboration.services import create_comment

    page = open_map(bob)

    def late(route):
        """The answer as it was before the comment, put in place after the page knows of it."""
        answer = route.fetch()
        create_comment(journey, target=cell[0], body="Who has asked them?", by=OLGA)
        version = Board.objects.get(pk=journey.pk).version
        route.fulfill(response=answer)
        assert version > int(answer.headers["board-version"])

    page.route("**/comments/?type=stage*", late)
    page.locator(".stage-head .comment-count").first.click()
    expect(page.locator("#panel").get_by_text("Who has asked them?")).to_be_visible()
