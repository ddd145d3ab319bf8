"""From a talk to the map: why-ladders, a shift of listening in, and where we are guessing."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from insights import interviewing, services
from insights.models import Evidence, Insight, LadderStep
from journeys.models import Lane, Stage
from journeys.services import create_lane, create_note
from teams.access import actor_in
from tests.collaboration.scenes import small_journey


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def by_bob(bob, nordlys):
    return actor_in(bob, nordlys)


def test_an_interview_with_a_ladder_of_four_steps_becomes_an_insight_on_the_map(
    page_of, journey, nordlys, bob, by_bob
):
    interview = interviewing.create_interview(nordlys, participant="Buyer 7", by=by_bob)
    page = page_of(bob)
    page.goto(f"/interviews/{interview.pk}/")
    answer = page.locator("#answer-new").get_by_label("Answer, in the customer’s words")
    page.get_by_label("Question").fill("What happened?")
    answer.fill("I closed the page.")
    answer.press("Alt+w")
    for words in ("No price.", "My boss asks for it first."):
        why = page.locator(".rung-open textarea")
        expect(why).to_be_focused()
        why.fill(words)
        why.press("Alt+w")
        expect(page.locator(".rung blockquote").last).to_have_text(words)
    page.locator(".rung-open textarea").fill("I was burnt once.")
    page.locator(".rung-open textarea").press("Control+Enter")
    expect(page.get_by_text("3 whys deep")).to_be_visible()
    assert list(LadderStep.objects.values_list("answer", flat=True)) == [
        "I closed the page.", "No price.", "My boss asks for it first.", "I was burnt once.",
    ]  # fmt: skip

    page.get_by_role("link", name="Make an insight of it").click()
    stage = Stage.objects.filter(board=journey.pk).order_by("position").first()
    page.get_by_label(stage.title, exact=True).check()
    page.get_by_role("button", name="Add to the library").click()
    expect(page.get_by_role("heading", name="Why?")).to_be_visible()
    assert Evidence.objects.get().stage == stage
    assert Insight.objects.get().quote == "I closed the page."


def test_a_forgotten_participant_is_found_nowhere_and_the_insight_stays(
    page_of, journey, nordlys, bob, by_bob
):
    interview = interviewing.create_interview(
        nordlys, participant="Buyer Seven", person="Hanne Berg", by=by_bob
    )
    ladder = interviewing.add_answer(interview, answer="Hanne Berg closed the page.", by=by_bob)
    for answer in ("No price.", "My boss asks.", "I was burnt once."):
        interviewing.ask_why(ladder, answer=answer, by=by_bob)
    create_lane(journey, kind="insights", by=by_bob)
    stage = Stage.objects.filter(board=journey.pk).order_by("position").first()
    interviewing.learn_from(
        ladder, quote="I closed it, said Hanne Berg.", text="A price calms Buyer Seven.",
        stages=[(stage, by_bob)], by=by_bob,
    )  # fmt: skip
    create_note(stage=stage, lane=Lane.objects.get(board=journey.pk, kind="does"),
                text="As Hanne Berg does", by=by_bob)  # fmt: skip
    watched, page = page_of(bob), page_of(bob)
    watched.goto(journey.get_absolute_url())
    expect(watched.locator(".insight")).to_contain_text("said Hanne Berg.")
    found = page.locator("main p[role=status]")
    page.goto(f"/search/?q={quote('Hanne Berg')}")
    expect(found).to_have_text("2 things found")

    page.goto(f"/interviews/{interview.pk}/")
    page.get_by_role("link", name="Forget this participant…").click()
    page.get_by_role("button", name="Forget this participant").click()
    expect(page.get_by_role("heading", name="Interviews", exact=True)).to_be_visible()

    expect(watched.locator(".insight")).to_contain_text("I closed it, said ….")
    expect(watched.locator("main")).not_to_contain_text("Hanne")
    for address in (journey.get_absolute_url(), "/insights/", "/interviews/"):
        page.goto(address)
        assert [name for name in ("Hanne", "Buyer Seven") if name in page.content()] == [], address
    for name in ("Hanne Berg", "Buyer Seven"):
        page.goto(f"/search/?q={quote(name)}")
        expect(found).to_contain_text("Nothing here holds all of")
    page.goto(f"/search/?q={quote('closed')}")
    page.get_by_role("link", name="I closed it, said ….").click()
    expect(page.get_by_text("A price calms ….")).to_be_visible()
    expect(page.get_by_text("I was burnt once.")).to_be_visible()


def test_a_shift_of_five_calls_on_a_phone(page_of, nordlys, bob):
    page = page_of(bob, viewport={"width": 360, "height": 740})
    page.goto("/insights/listening/")
    for number in range(5):
        situation = page.get_by_label("Situation")
        expect(situation).to_be_focused()
        expect(situation).to_have_value("")
        situation.fill(f"Call {number}")
        page.get_by_label("Difficulty").fill("Nobody answers")
        page.get_by_label("Difficulty").press("Control+Enter")
        expect(page.locator("#calls > li")).to_have_count(number + 1)
    assert Insight.objects.filter(source__kind="listening", kind="pain").count() == 5


def test_words_of_a_closed_page_are_offered_again(page_of, nordlys, bob, by_bob):
    interview = interviewing.create_interview(nordlys, participant="Buyer 7", by=by_bob)
    page = page_of(bob)
    page.goto(f"/interviews/{interview.pk}/")
    page.locator("#answer-new textarea").fill("A long answer that nobody saved")
    page.reload()
    expect(page.locator("#drafts textarea")).to_have_value("A long answer that nobody saved")


def test_a_contradiction_shows_on_the_note_and_in_the_view_of_guesses(
    page_of, journey, nordlys, bob, by_bob
):
    stage = Stage.objects.filter(board=journey.pk).order_by("position").first()
    lane = Lane.objects.get(board=journey.pk, kind="does")
    note = create_note(stage=stage, lane=lane, text="Paying is easy", by=by_bob)
    source = services.create_source(nordlys, name="Survey", kind="survey", by=by_bob)
    services.create_insight(nordlys, quote="I paid three times.", source=source, by=by_bob)
    page = page_of(bob)
    page.goto(f"/journeys/{journey.pk}/?guess=1")
    cell = page.locator(f"#cell-{stage.pk}-{lane.pk}")
    expect(cell).to_have_attribute("data-guess", "assumed")
    page.locator(f"#note-{note.pk} [data-menu]").click()
    page.get_by_role("menuitem", name="Evidence…").click()
    panel = page.locator("#panel")
    expect(panel.get_by_text("So far we only assume it")).to_be_visible()
    panel.get_by_role("button", name="It contradicts").click()
    expect(panel.locator(".badge-danger")).to_have_text("Contradicts")
    mark = page.locator(f"#ground-note-{note.pk}")
    expect(mark).to_have_attribute("data-ground", "contradicted")
    expect(cell).to_have_attribute("data-guess", "contradicted")
