"""From a talk to the map: why-ladders, a shift of listening in, and where we are guessing."""

import time
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
from insights.models import Insight, LadderStep
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


GUIDE = ("What did you do first?", "What made you stop?")


def begin_interview(page):
    """From a guide to the open page of a new interview, as somebody does it."""
    page.goto("/interviews/")
    page.get_by_role("link", name="New guide").click()
    page.get_by_label("Name", exact=True).fill("Buying a system")
    page.get_by_label("Questions").fill("\n".join(GUIDE))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="New interview").click()
    page.get_by_label("Pseudonym of the participant").fill("Buyer 7")
    page.get_by_label("Guide").select_option(label="Buying a system")
    page.get_by_label("Consent given on").fill("2026-05-04")
    page.get_by_label("Consent given for").fill("Quotes without a name")
    page.get_by_label("Keep until").fill("2031-05-04")
    page.get_by_role("button", name="Begin the interview").click()
    expect(page.get_by_role("heading", name="Buyer 7")).to_be_visible()


def test_an_interview_with_a_ladder_of_four_steps_becomes_an_insight_on_the_map(
    page_of, journey, bob, alice, by_bob
):
    create_lane(journey, kind="insights", by=by_bob)
    watching, page = page_of(alice), page_of(bob)
    watching.goto(journey.get_absolute_url())
    begin_interview(page)
    page.get_by_role("button", name=GUIDE[1]).click()
    answer = page.locator("#answer-new").get_by_label("Answer, in the customer’s words")
    expect(answer).to_be_focused()
    page.keyboard.type("I closed the page.")
    page.keyboard.press("Alt+w")
    for words in ("No price.", "My boss asks for it first."):
        expect(page.locator(".rung-open textarea")).to_be_focused()
        page.keyboard.type(words)
        page.keyboard.press("Alt+w")
        expect(page.locator(".rung blockquote").last).to_have_text(words)
    expect(page.locator(".rung-open textarea")).to_be_focused()
    expect(page.get_by_text("2 whys deep · ask on")).to_be_visible()
    page.keyboard.type("I was burnt once.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("3 whys deep", exact=True)).to_be_visible()
    assert list(LadderStep.objects.values_list("question", "answer")) == [
        (GUIDE[1], "I closed the page."), ("Why?", "No price."),
        ("Why?", "My boss asks for it first."), ("Why?", "I was burnt once."),
    ]  # fmt: skip

    page.get_by_role("link", name="Make an insight of it").click()
    stage = Stage.objects.filter(board=journey.pk).order_by("position").first()
    page.get_by_label(stage.title, exact=True).check()
    page.get_by_role("button", name="Add to the library").click()
    expect(page.get_by_role("heading", name="Why?")).to_be_visible()
    lane = Lane.objects.get(board=journey.pk, kind="insights")
    cell = watching.locator(f"#cell-{stage.pk}-{lane.pk}")
    expect(cell.locator(".insight")).to_contain_text("I closed the page.")
    page.goto("/insights/motives/")
    expect(page.get_by_role("link", name="I was burnt once.")).to_be_visible()


def test_a_marked_part_of_a_transcript_becomes_an_insight(page_of, journey, bob, by_bob):
    page = page_of(bob)
    begin_interview(page)
    page.get_by_role("link", name="Edit what is known").click()
    subtitles = "1\n00:00:01,000 --> 00:00:02,000\nKunden: Fakturaen kom for sent.\n"
    file = {"name": "talk.srt", "mimeType": "application/x-subrip", "buffer": subtitles.encode()}
    page.get_by_label("Transcript from a file").set_input_files(file)
    page.get_by_role("button", name="Save").click()
    words = page.locator("[data-quotable] p").first
    expect(words).to_contain_text("Fakturaen kom for sent.")
    page.locator("#transcript").evaluate("each => { each.open = true; }")
    expect(page.locator("[data-quoting]")).to_be_hidden()
    words.select_text()
    page.get_by_role("button", name="Make an insight of the marked part").click()
    quoted = page.locator("[name=quote]")
    expect(quoted).to_have_value("Kunden: Fakturaen kom for sent.")
    page.reload()
    expect(quoted).to_have_value("Kunden: Fakturaen kom for sent.")
    page.get_by_role("button", name="Add to the library").click()
    expect(page.locator("main blockquote").first).to_contain_text("Fakturaen kom for sent.")
    page.go_back()
    expect(quoted).to_be_visible()
    page.goto("/interviews/")
    page.get_by_role("link", name="Buyer 7").click()
    expect(page.locator("[data-quotable] mark")).to_have_text("Kunden: Fakturaen kom for sent.")


def test_answers_typed_without_a_connection_are_written_down_when_it_is_back(
    page_of, nordlys, bob, by_bob
):
    interview = interviewing.create_interview(nordlys, participant="Buyer 7", by=by_bob)
    page = page_of(bob)
    page.goto(f"/interviews/{interview.pk}/")
    answer = page.locator("#answer-new textarea")
    expect(answer).to_be_visible()
    page.context.set_offline(True)
    answer.fill("Said in the tunnel")
    answer.press("Control+Enter")
    expect(page.locator("#saved-state")).to_have_text("Offline, will retry")
    expect(answer).to_have_value("Said in the tunnel")
    page.context.set_offline(False)
    expect(page.locator(".rung blockquote").last).to_have_text("Said in the tunnel", timeout=30_000)
    expect(page.locator("#saved-state")).to_have_text("All changes saved")
    assert list(LadderStep.objects.values_list("answer", flat=True)) == ["Said in the tunnel"]


def test_two_people_write_down_one_interview_and_a_double_click_counts_once(
    page_of, nordlys, bob, alice, by_bob
):
    interview = interviewing.create_interview(nordlys, participant="Buyer 7", by=by_bob)
    pages = [page_of(bob), page_of(alice)]
    for number, page in enumerate(pages):
        page.goto(f"/interviews/{interview.pk}/")
        page.locator("#answer-new textarea").fill(f"Heard by {number}")
    for page in pages:
        page.get_by_role("button", name="Write it down", exact=True).dblclick()
        expect(page.locator(".rung blockquote")).to_have_count(1)
    pages[0].reload()
    expect(pages[0].locator(".rung blockquote")).to_have_text(["Heard by 0", "Heard by 1"])
    assert LadderStep.objects.count() == 2


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


CALLS = [
    ("Deliveries come before ten", "A text when the car leaves", "Nobody knows where it is"),
    ("New phone system since May", "One number to call", "Three menus before a person"),
    ("Year end in a small shop", "Invoices in one file", "Forty mails with one invoice each"),
    ("Moved to a new address", "Tell us once", "The old address is on the label again"),
    ("First order at all", "To see what it costs", "The price comes after the basket"),
]


def test_a_shift_of_five_calls_by_keyboard_alone(page_of, bob):
    """Twenty an hour leave three minutes for a call, most of which the call itself takes."""
    page = page_of(bob)
    page.goto("/insights/listening/")
    waited = []
    for number, words in enumerate(CALLS):
        situation = page.get_by_label("Situation")
        expect(situation).to_be_focused()
        expect(situation).to_have_value("")
        for field, said in enumerate(words):
            page.keyboard.type(said)
            if field < 2:
                page.keyboard.press("Tab")
        began = time.monotonic()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#calls > li")).to_have_count(number + 1)
        expect(page.get_by_label("Situation")).to_be_focused()
        waited.append(time.monotonic() - began)
    assert max(waited) < 3, waited
    written = Insight.objects.filter(source__kind="listening", kind="pain").order_by("pk")
    said = [(f"Situation: {one}\nWish: {two}\nDifficulty: {three}") for one, two, three in CALLS]
    assert list(written.values_list("text", flat=True)) == said

    page.goto("/insights/?unplaced=1")
    expect(page.locator(".insight-card")).to_have_count(5)
    for _situation, _wish, difficulty in CALLS:
        expect(page.get_by_text(difficulty)).to_be_visible()


def test_calls_are_written_down_on_a_phone(page_of, bob):
    page = page_of(bob, viewport={"width": 360, "height": 740})
    page.goto("/insights/listening/")
    page.get_by_label("Difficulty").fill("Nobody answers")
    page.get_by_role("button", name="Save, and the next one").click()
    expect(page.locator("#calls > li")).to_have_count(1)
    expect(page.get_by_label("Difficulty")).to_have_value("")


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
