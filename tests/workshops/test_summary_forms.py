"""The forms of a summary: how many pages, what stands on them, and that nothing is cut off."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from collaboration import pdf
from collaboration.branding import Branding, branding_of, change_branding
from collaboration.exporting import BadOptions, ExportFailed
from journeys.export.measure import line_count
from tests.drawn import picture_file
from tests.workshops import scenes
from workshops import deciding, inspiration, services
from workshops.agenda import change_agenda_item
from workshops.allowing import running_item
from workshops.clustering import begin_cluster
from workshops.models import Participant, Workshop
from workshops.silent import add_silent_note, reveal_notes
from workshops.summary.cards import Card, cards_of, sheets_of
from workshops.summary.fitting import Room, fit, shortened
from workshops.summary.matter import Matter
from workshops.summary.options import Variant, summary_options
from workshops.summary.render import render_variant, summary_html
from workshops.voting import cast_vote, dots_on

pytestmark = pytest.mark.django_db

HOSTILE = ("W" * 1000, "مرحبا بالعالم " * 60, "\U0001f600" * 300, "a\n" * 500, "<b>&amp;</b>" * 50)
PAGES = {Variant.PAGE: 1, Variant.POSTER_A1: 8, Variant.POSTER_A1_WHOLE: 1, Variant.POSTER_A3: 2}


def rendered(workshop: Workshop, variant: Variant) -> PdfReader:
    fresh = Workshop.objects.select_related("workspace", "follows").get(pk=workshop.pk)
    return PdfReader(io.BytesIO(render_variant(fresh, variant, lambda _: None)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture
def crowded(journey, as_bob) -> Workshop:
    """Long, odd and many words in all places."""
    workshop = scenes.full_workshop(journey, by=as_bob)
    with workshop.editing(by=as_bob):
        for text in HOSTILE:
            said = services.add_contribution(workshop, text=text, by=as_bob)
            deciding.add_proposal(workshop, title=text[:110], text=text, solves=said, by=as_bob)
            deciding.add_action(workshop, title=text[:190], owner=text[:70], by=as_bob)
        for number in range(40):
            services.add_contribution(workshop, text=f"Problem {number} " * 12, by=as_bob)
    return workshop


@pytest.mark.parametrize("variant", list(Variant))
def test_every_form_is_tagged_named_and_has_its_fonts(variant, full_workshop):
    reader = rendered(full_workshop, variant)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()
    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    inner = [font["/DescendantFonts"][0].get_object() for font in fonts]
    assert fonts
    assert all(
        "/FontFile2" in one["/FontDescriptor"] or "/FontFile3" in one["/FontDescriptor"]
        for one in inner
    )
    if variant in PAGES:
        assert len(reader.pages) == PAGES[variant]


@pytest.mark.parametrize("variant", list(PAGES))
def test_case_90_what_is_too_much_for_a_page_is_counted_and_not_cut_off(variant, crowded):
    reader = rendered(crowded, variant)
    assert len(reader.pages) == PAGES[variant]
    assert re.search(r"and \d+ more", text_of(reader))


def test_case_90_cards_hold_all_of_every_text(crowded):
    matter = Matter(crowded)
    reader = rendered(crowded, Variant.CARDS)
    assert len(reader.pages) == len(sheets_of(cards_of(matter)))
    said = text_of(reader).replace(" ", "")
    assert "W" * 1000 in said
    assert ("<b>&amp;</b>" * 50) in said


def test_the_handout_repeats_its_head_on_every_page(crowded):
    reader = rendered(crowded, Variant.HANDOUT)
    assert len(reader.pages) > 3
    for page in reader.pages:
        assert "Notes" in page.extract_text()
        assert float(page.mediabox.width) > float(page.mediabox.height)


def test_a_poster_is_as_large_as_its_sheets_beside_each_other(full_workshop):
    whole = rendered(full_workshop, Variant.POSTER_A1_WHOLE).pages[0].mediabox
    tiles = [page.mediabox for page in rendered(full_workshop, Variant.POSTER_A1).pages]
    assert round(float(whole.width)) == round(4 * float(tiles[0].width))
    assert round(float(whole.height)) == round(2 * float(tiles[0].height))


def test_tall_cards_take_two_places_and_stay_on_their_sheet():
    low = Card("idea", "Idea", "", "x", "", 0, is_tall=False)
    tall = Card("idea", "Idea", "", "x", "", 0, is_tall=True)
    sheets = sheets_of([low, low, low, tall, low, tall, tall])
    places = [(place.column, place.row) for place in sheets[0]]
    assert places == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2)]
    assert [(place.column, place.row) for place in sheets[1]] == [(0, 0), (0, 2)]


def test_a_list_is_as_long_as_its_room():
    room = Room(width=20, height=10, line=1.0, extra=1.0, most_lines=2)
    found = fit(["one", "two " * 40, "three", "four", "five"], room, str)
    assert [one.entry for one in found.shown][:1] == ["one"]
    assert found.shown[1].text.endswith("…")
    assert sum(line_count(one.text, 20) + 1 for one in found.shown) <= 10
    assert found.left_out == 5 - len(found.shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_shortened_text_takes_no_more_lines(text):
    assert line_count(shortened(text, 20, 3), 20) <= 3


def test_same_input_same_bytes(full_workshop):
    fresh = Workshop.objects.select_related("workspace", "follows").get(pk=full_workshop.pk)
    first, second = (render_variant(fresh, Variant.FULL, lambda _: None) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("wanted", [{"variant": "book"}, {"size": "A1"}, {"variant": ["full"]}])
def test_what_does_not_exist_cannot_be_asked_for(wanted, full_workshop, as_bob):
    with pytest.raises(BadOptions):
        summary_options(full_workshop, wanted, as_bob)


# --- What stands in it ---------------------------------------------------------------------
def test_bookmarks_lead_to_every_part(full_workshop):
    reader = rendered(full_workshop, Variant.FULL)
    titles = [one.title for one in reader.outline[1] if not isinstance(one, list)]
    assert titles[:3] == ["At a glance", "Participants", "The journey"]
    assert {"Contributions", "Proposals", "Decisions", "Open questions", "How it goes on"} <= set(
        titles
    )


def test_the_overview_is_one_page(crowded):
    reader = rendered(crowded, Variant.FULL)
    assert "At a glance" in reader.pages[1].extract_text()
    assert reader.pages[2].extract_text().count("Participants") >= 1


def test_the_follow_up_invites_with_its_date(full_workshop, journey, as_bob):
    html = summary_html(full_workshop)
    assert "A follow-up has not been planned yet." in html
    services.create_workshop(
        journey,
        title="In spring",
        starts_at="2027-03-01T09:00:00+00:00",
        follows=full_workshop,
        by=as_bob,
    )
    html = summary_html(full_workshop)
    assert "In spring" in html
    assert "March 1, 2027" in html or "1 March 2027" in html


def test_votes_put_the_problems_in_order(full_workshop, as_bob):
    problem = scenes.workshop_problem(full_workshop)
    someone = Participant.objects.filter(board=full_workshop.pk).first()
    before = dots_on(full_workshop).get(problem.pk, 0)
    other = services.add_contribution(full_workshop, text="Hardly anybody minds", by=as_bob)
    cast_vote(other, count=1, participant=someone, by=as_bob)
    counts = [one.votes for one in Matter(full_workshop).problems]
    assert counts[:2] == [before, 1]
    assert f"{before} votes" in summary_html(full_workshop)


def test_what_was_grouped_and_discussed_stands_in_it(full_workshop, as_bob):
    problem = scenes.workshop_problem(full_workshop)
    begin_cluster(problem, name="Opening hours", by=as_bob)
    problem.refresh_from_db()
    html = summary_html(full_workshop)
    assert html.count("Opening hours") == 2
    named = {group.name: group for group in Matter(full_workshop).groups}
    assert [one.item.pk for one in named["Opening hours"].said] == [problem.pk]


@pytest.mark.parametrize("variant", list(Variant))
def test_what_is_written_in_silence_is_in_no_form_before_it_is_revealed(
    variant, full_workshop, as_bob, acting, carol
):
    running = running_item(full_workshop)
    change_agenda_item(running, fields={"silent": True, "may_add": True}, by=as_bob)
    add_silent_note(full_workshop, text="Kvalmende langsom", by=acting(carol))
    assert "Kvalmende" not in summary_html(full_workshop, variant)
    reveal_notes(full_workshop, by=as_bob)
    told = cards_of(Matter(full_workshop))
    assert any("Kvalmende" in card.text for card in told)


def test_the_cases_that_were_shown_stand_in_it_with_their_pictures(full_workshop, nordlys, as_bob):
    case = inspiration.create_case(
        nordlys, title="A chat that sleeps", done="It said when.", file=picture_file(), by=as_bob
    )
    inspiration.bring_case(full_workshop, case, by=as_bob)
    html = summary_html(full_workshop)
    assert "A chat that sleeps" in html
    assert "data:image/jpeg;base64," in html


# --- Looks, and what can be missing --------------------------------------------------------
@pytest.fixture
def as_alice(acting, alice):
    return acting(alice)


def test_it_wears_the_colour_and_logo_of_the_workspace(full_workshop, nordlys, as_alice):
    change_branding(nordlys, colour="#ffcc00", upload=picture_file(), by=as_alice)
    html = summary_html(Workshop.objects.get(pk=full_workshop.pk))
    assert "data:image/" in html
    assert "#ffcc00" not in html
    assert rendered(full_workshop, Variant.FULL).pages[0].images


@pytest.mark.parametrize("content", [b"", b"not a picture", None])
def test_case_48_a_broken_logo_fails_with_the_reason_and_works_when_it_is_mended(
    content, full_workshop, nordlys, as_alice
):
    change_branding(nordlys, colour="#112233", upload=picture_file(), by=as_alice)
    stored = branding_of(nordlys).logo
    default_storage.delete(stored)
    if content is not None:
        with default_storage.open(stored, "wb") as file:
            file.write(content)
    with pytest.raises(ExportFailed, match="logo"):
        rendered(full_workshop, Variant.FULL)
    Branding.objects.update(logo="")
    assert rendered(full_workshop, Variant.PAGE).pages


def test_a_missing_font_fails_with_the_reason(full_workshop, monkeypatch):
    monkeypatch.setattr(pdf, "FONT", "vendor/gone.woff2")
    with pytest.raises(ExportFailed, match="font"):
        rendered(full_workshop, Variant.FULL)
