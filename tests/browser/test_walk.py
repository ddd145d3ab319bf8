"""A competitor is walked on a phone, and the connection is cut half-way."""

import re

import pytest
from playwright.sync_api import Page, expect

from collaboration.models import Change
from collaboration.pictures import picture_bytes
from journeys.models import Journey, Stage
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.browser.test_story import live
from tests.browser.walk import NARROW, TOO_WIDE
from tests.drawn import picture_file
from touchpoints.services import create_touchpoint
from touchpoints.walk_models import Walk, WalkStep
from touchpoints.walks import answer_step, delete_walk, start_walk
from workshops.models import Contribution, Workshop
from workshops.services import create_workshop

BACK = 20_000
SENT = "All answers are sent."


@pytest.fixture
def by(nordlys, bob):
    return actor_in(bob, nordlys)


@pytest.fixture
def journey(transactional_db, nordlys, by) -> Journey:
    starter = STARTERS["before-during-after"]
    journey = create_journey(nordlys, title="Buying sunglasses", starter=starter, by=by)
    first = Stage.objects.filter(board=journey.pk).order_by("position").first()
    shelf = create_touchpoint(stage=first, title="The shelf with mirrors", by=by)
    own = start_walk(journey, by=by)
    answer_step(own, touchpoint=shelf, worked="no", score=2, missing="A mirror", by=by)
    return journey


@pytest.fixture
def phone(page_of, bob) -> Page:
    page = page_of(bob)
    page.set_viewport_size(NARROW)
    return page


def state(page: Page):
    return page.locator("#walk-state")


def stage(page: Page):
    """The stage that is shown."""
    return page.locator("[data-place]:visible")


def step(page: Page, number: int = 0):
    return stage(page).locator("[data-step]").nth(number)


def choose(page: Page, question: str, answer: str, number: int = 0) -> None:
    group = step(page, number).get_by_role("group", name=re.compile(re.escape(question)))
    group.get_by_text(answer, exact=True).click()


def write(page: Page, question: str, words: str, number: int = 0) -> None:
    step(page, number).get_by_label(question).fill(words)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def photograph(page: Page, number: int = 0) -> None:
    file = picture_file("JPEG", size=(3000, 2000), name="counter.jpg")
    sent = {"name": "counter.jpg", "mimeType": "image/jpeg", "buffer": file.read()}
    step(page, number).locator("input[type=file]").set_input_files(sent)
    expect(step(page, number).locator("canvas")).to_be_visible()


def start(page: Page, journey: Journey, company: str = "Brillux") -> Walk:
    page.goto(f"/journeys/{journey.pk}/walks/")
    press(page, "Start a walk")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("As a customer of a competitor").check()
    dialog.get_by_label("Which company").fill(company)
    dialog.get_by_role("button", name="Start a walk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(company)
    return Walk.objects.get(company=company)


def answers(walk: Walk) -> list[tuple[str, str, str, str, str, int | None]]:
    rows = WalkStep.objects.filter(walk=walk).order_by("stage__position", "pk")
    return list(
        rows.values_list("stage__title", "place", "worked", "helped_goal", "missing", "score")
    )


def test_a_competitor_is_walked_on_a_phone_with_the_connection_cut_half_way(
    phone, page_of, alice, journey, by
):
    workshop = create_workshop(journey, title="What they do better", by=by)
    walk = start(phone, journey)
    office = page_of(alice)
    live(office, f"/journeys/{journey.pk}/walks/side-by-side/?walk={walk.pk}")
    expect(phone.locator("#walk-progress")).to_have_text("1 of 3")
    assert phone.evaluate(TOO_WIDE) == []
    meet_the_lens_window(phone)
    expect(state(phone)).to_have_text(SENT, timeout=BACK)
    assert answers(walk) == [("Before purchase", "Lens window", "yes", "yes", "", 5)]
    phone.context.set_offline(True)
    walk_on_without_a_connection(phone)
    assert len(answers(walk)) == 1
    assert phone.evaluate(TOO_WIDE) == []
    phone.context.set_offline(False)
    expect(state(phone)).to_have_text(SENT, timeout=BACK)
    everything_has_arrived_once(phone, walk)
    expect(office.locator("#walk-row-2")).to_contain_text("A price on the frame")
    expect(office.locator("#walk-row-2").get_by_role("img")).to_be_visible()
    bring_the_finding_to(workshop, phone, journey)


def meet_the_lens_window(phone: Page) -> None:
    write(phone, "Where were you?", "Lens window")
    step(phone).get_by_label("Like this touchpoint of ours").select_option("The shelf with mirrors")
    choose(phone, "Did it work?", "Yes")
    choose(phone, "Did it help the customer's goal?", "Yes")
    write(phone, "What was better than expected?", "Hold up a lens and look at the street")
    choose(phone, "Score", "5")


def walk_on_without_a_connection(phone: Page) -> None:
    press(phone, "Next")
    expect(phone.locator("#walk-progress")).to_have_text("2 of 3")
    expect(stage(phone).get_by_role("heading", level=2)).to_be_focused()
    write(phone, "Where were you?", "Till")
    choose(phone, "Did it work?", "Partly")
    choose(phone, "Did it help the customer's goal?", "No")
    write(phone, "What was missing?", "A price on the frame")
    choose(phone, "Score", "2")
    photograph(phone)
    write(phone, "What does the photo show?", "A frame without a price")
    expect(state(phone)).to_have_text(
        "No connection. 7 answers wait to be sent. They are kept on this device."
    )
    press(phone, "Another touchpoint in this stage")
    write(phone, "Where were you?", "Car park", 1)
    choose(phone, "Did it work?", "No", 1)
    expect(state(phone)).to_contain_text("9 answers wait to be sent.")
    press(phone, "Next")
    write(phone, "What was missing?", "Somebody who rings after a week")
    press(phone, "Next")
    expect(phone.locator("[data-answered='2']")).to_have_text("6 answers")
    press(phone, "Finish the walk")
    expect(phone.locator("#walk-finished")).to_be_visible()
    press(phone, "Back")
    press(phone, "Back")
    expect(step(phone).get_by_label("What was missing?")).to_have_value("A price on the frame")


def everything_has_arrived_once(phone: Page, walk: Walk) -> None:
    assert answers(walk) == [
        ("Before purchase", "Lens window", "yes", "yes", "", 5),
        ("During purchase", "Till", "partly", "no", "A price on the frame", 2),
        ("During purchase", "Car park", "no", "", "", None),
        ("After purchase", "", "", "", "Somebody who rings after a week", None),
    ]
    assert Walk.objects.get(pk=walk.pk).finished
    till = WalkStep.objects.get(place="Till")
    assert (till.photo_width, till.photo_height) == (1600, 1067)
    assert till.photo_says == "A frame without a price"
    assert picture_bytes(till.photo)[:2] == b"\xff\xd8"
    assert Change.objects.filter(item_type="walkstep", after__photo__gt="").count() == 1
    assert phone.evaluate("Object.keys(localStorage).filter(key => key.startsWith('walk:'))") == []


def bring_the_finding_to(workshop: Workshop, phone: Page, journey: Journey) -> None:
    phone.goto(f"/journeys/{journey.pk}/walks/side-by-side/")
    ahead = phone.get_by_role("region", name="Who is ahead")
    expect(ahead).to_contain_text("Brillux is ahead: 5 of 5, we 2")
    expect(phone.locator("#walk-row-1")).to_contain_text("It works at Brillux, and not with us.")
    met = phone.locator(f"#walkstep-{WalkStep.objects.get(place='Till').pk}")
    expect(met.get_by_role("img", name="A frame without a price")).to_be_visible()
    assert phone.evaluate(TOO_WIDE) == []
    met.get_by_role("button", name="Make it a problem for the next workshop").dblclick()
    link = met.get_by_role("link", name="What they do better")
    expect(link).to_be_visible()
    problem = Contribution.objects.get()
    assert (problem.board_id, problem.stage.title) == (workshop.pk, "During purchase")
    link.click()
    there = phone.locator(f"#contribution-{problem.pk}")
    expect(there).to_contain_text("A price on the frame")
    there.get_by_role("link", name="Found on a walk").click()
    expect(met).to_contain_text("Till")


def test_what_waits_when_the_tab_is_closed_is_sent_when_a_page_of_walks_is_opened(
    phone, journey, by
):
    walk = start(phone, journey)
    expect(state(phone)).to_have_text(SENT)
    address = phone.url.partition("#")[0]
    phone.context.set_offline(True)
    write(phone, "Where were you?", "Counter")
    write(phone, "What was missing?", "A chair")
    photograph(phone)
    press(phone, "Another touchpoint in this stage")
    write(phone, "Where were you?", "Window", 1)
    expect(state(phone)).to_contain_text("4 answers wait to be sent.")
    context = phone.context
    phone.close()
    page = context.new_page()
    context.set_offline(False)
    # Half of the server is away: the form opens, answers do not arrive
    page.route("**/answers/", lambda route: route.abort())
    page.goto(address)
    expect(state(page)).to_contain_text("4 answers wait to be sent.")
    expect(step(page).get_by_label("What was missing?")).to_have_value("A chair")
    expect(step(page).locator("canvas")).to_be_visible()
    expect(step(page, 1).get_by_label("Where were you?")).to_have_value("Window")
    assert answers(walk) == []
    page.unroute("**/answers/")
    page.goto(f"/journeys/{journey.pk}/walks/")
    expect(state(page)).to_have_text(SENT, timeout=BACK)
    assert [(place, missing) for _stage, place, _w, _h, missing, _s in answers(walk)] == [
        ("Counter", "A chair"), ("Window", ""),
    ]  # fmt: skip
    assert WalkStep.objects.get(place="Counter").photo
    page.close()


def test_an_answer_that_was_lost_on_its_way_back_is_not_there_twice(phone, journey, by):
    """The server has written it down, and the phone never heard of it."""
    walk = start(phone, journey)
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    phone.route("**/answers/", lose)
    choose(phone, "Score", "4")
    photograph(phone)
    expect(state(phone)).to_have_text(SENT, timeout=BACK)
    expect(state(phone)).to_have_attribute("data-state", "sent")
    assert lost == [204]
    assert [score for *_rest, score in answers(walk)] == [4]
    assert WalkStep.objects.get(walk=walk).photo


def test_what_the_server_refuses_is_told_and_kept(phone, journey, by):
    walk = start(phone, journey)
    expect(state(phone)).to_have_text(SENT)
    delete_walk(walk, by=by)
    write(phone, "What was missing?", "A chair")
    expect(state(phone)).to_contain_text("This walk, or your right to change it, is gone.")
    expect(state(phone)).to_contain_text("1 answer waits to be sent. It is kept on this device.")
    expect(step(phone).get_by_label("What was missing?")).to_have_value("A chair")


def test_who_is_signed_out_meanwhile_sends_after_signing_in_again(phone, journey, bob):
    walk = start(phone, journey)
    address = phone.url.partition("#")[0]
    expect(state(phone)).to_have_text(SENT)
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    choose(phone, "Score", "3")
    expect(state(phone)).to_contain_text("The server does not know you any more.")
    phone.context.add_cookies(cookies)
    phone.goto(address)
    expect(state(phone)).to_have_text(SENT, timeout=BACK)
    assert [score for *_rest, score in answers(walk)] == [3]


def test_a_file_that_is_no_picture_is_refused_on_the_phone(phone, journey):
    start(phone, journey)
    sent = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    step(phone).locator("input[type=file]").set_input_files(sent)
    expect(step(phone).get_by_role("alert")).to_contain_text("no picture that we can read")
    expect(state(phone)).to_have_text(SENT)
