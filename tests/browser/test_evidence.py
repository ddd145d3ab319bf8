"""From a talk to the map: why-ladders, a shift of listening in, and where we are guessing."""

from contextlib import suppress
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from collaboration import exporting
from collaboration.models import Export
from collaboration.services import create_comment
from collaboration.snapshots import save_snapshot
from collaboration.timemachine import state_at
from insights import interviewing, services
from insights.models import Evidence, Insight, LadderStep
from journeys.models import Lane, Stage
from journeys.own_starters import save_as_template
from journeys.saved_views import save_view
from journeys.services import create_lane, create_note, delete_note
from teams.access import actor_in
from teams.models import OutgoingMail
from tests.collaboration.scenes import small_journey
from tests.everywhere import caches_with, columns_with, files_with


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


WHO = {"full": "Zebedeus Quistgaard", "mail": "zebedeus@quist.example", "pseudonym": "Køber Syv"}
TRACES = ("zebed", "quist", "køber syv")
"""Beginnings of the names, so that stems of the search are found, too."""


@pytest.fixture
def known_everywhere(nordlys, journey, bob, alice, by_bob):
    """A participant who is named in an interview, on a map, in its past, and in what was said
    about it."""
    interview = interviewing.create_interview(
        nordlys, participant=WHO["pseudonym"], person=f"{WHO['full']}, {WHO['mail']}",
        transcript=f"{WHO['full']}s egne ord.", language="da", by=by_bob,
    )  # fmt: skip
    ladder = interviewing.add_answer(interview, answer=f"{WHO['full']} lukkede.", by=by_bob)
    for answer in ("Ingen pris.", "Min chef spørger.", "Jeg brændte mig engang."):
        interviewing.ask_why(ladder, answer=answer, by=by_bob)
    create_lane(journey, kind="insights", by=by_bob)
    stage = Stage.objects.filter(board=journey.pk).order_by("position").first()
    interviewing.learn_from(
        ladder, quote=f"Jeg lukkede den, sagde {WHO['full']}.", language="da",
        text=f"En pris beroliger {WHO['pseudonym']}.", tags=[WHO["pseudonym"]],
        stages=[(stage, by_bob)], by=by_bob,
    )  # fmt: skip
    lane = Lane.objects.get(board=journey.pk, kind="does")
    note = create_note(stage=stage, lane=lane, text=f"Som {WHO['full']} gør", by=by_bob)
    gone = create_note(stage=stage, lane=lane, text=WHO["mail"], by=by_bob)
    delete_note(gone, by=by_bob)
    with journey.editing(by=by_bob):
        stage.situation = f"{WHO['full']}'s kontor"
        stage.save()
    with journey.editing(by=by_bob):
        stage.situation = "Et kontor"
        stage.save()
    body = f"@[Alice](user:{alice.pk}) spørg {WHO['full']} igen"
    create_comment(journey, target=note, body=body, by=by_bob)
    save_snapshot(journey, label=f"Efter {WHO['pseudonym']}", note=WHO["full"], by=by_bob)
    save_view(journey, name="Hans", query=f"find={quote(WHO['full'])}", shared=True, by=by_bob)
    save_as_template(journey, name=f"Fra {WHO['full']}", with_notes=True, by=by_bob)
    services.create_source(nordlys, name=f"Besøg hos {WHO['full']}", kind="visit", by=by_bob)
    OutgoingMail.objects.create(to=alice.email, subject="Nyt", body=f"Om {WHO['full']}")
    return interview


def made_files(journey, by_bob):
    """A file of every format that a map can be had in."""
    for file_format in Export.Format.values:
        with suppress(exporting.CannotExport):
            export = exporting.request_export(
                journey, kind="map", language="da", file_format=file_format, by=by_bob
            )
            exporting.make(export.pk)
    return set(Export.objects.filter(status="done").values_list("format", flat=True))


def traces():
    return {
        where: found
        for trace in TRACES
        for where, found in (
            (f"columns with {trace}", columns_with(trace)),
            (f"files with {trace}", files_with(trace)),
            (f"caches with {trace}", caches_with(trace)),
        )
        if found
    }


def test_a_forgotten_participant_is_found_nowhere_and_the_insight_stays(
    page_of, journey, nordlys, bob, by_bob, known_everywhere
):
    interview = known_everywhere
    assert made_files(journey, by_bob) >= {"pdf", "pptx", "xlsx"}
    watched, page = page_of(bob), page_of(bob)
    watched.goto(journey.get_absolute_url())
    expect(watched.locator(".insight")).to_contain_text("sagde Zebedeus")
    found = page.locator("main p[role=status]")
    page.goto(f"/search/?q={quote(WHO['full'])}")
    expect(found).not_to_contain_text("Nothing here holds all of")
    page.goto(f"/interviews/{interview.pk}/")
    page.locator("#answer-new textarea").fill("A draft about Zebedeus")
    page.locator("#answer-new textarea").blur()
    before = traces()
    assert {name.partition(" with ")[0] for name in before} >= {"columns", "files"}
    assert len(before["columns with zebed"]) >= 14, before
    assert len(before["files with zebed"]) >= 3, before

    page.get_by_role("link", name="Forget this participant…").click()
    page.get_by_role("button", name="Forget this participant").click()
    expect(page.get_by_role("heading", name="Interviews", exact=True)).to_be_visible()

    expect(watched.locator(".insight")).to_contain_text("Jeg lukkede den, sagde ….")
    expect(watched.locator("main")).not_to_contain_text("Zebedeus")
    assert traces() == {}
    kept = page.evaluate("() => JSON.stringify({...localStorage})")
    assert "Zebedeus" not in kept
    past = [
        str(vars(state_at(journey, version))) for version in range(1, fresh(journey).version + 1)
    ]
    assert [told for told in past if any(trace in told.casefold() for trace in TRACES)] == []
    for address in (journey.get_absolute_url(), "/insights/", "/interviews/", "/sources/"):
        page.goto(address)
        text = page.content().casefold()
        assert [trace for trace in TRACES if trace in text] == [], address
    for name in WHO.values():
        page.goto(f"/search/?q={quote(name)}")
        expect(found).to_contain_text("Nothing here holds all of")
    page.goto(f"/search/?q={quote('lukkede')}")
    page.get_by_role("link", name="Jeg lukkede den, sagde ….").click()
    expect(page.get_by_text("En pris beroliger ….")).to_be_visible()
    expect(page.get_by_text("Jeg brændte mig engang.")).to_be_visible()


def fresh(journey):
    journey.refresh_from_db()
    return journey


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
