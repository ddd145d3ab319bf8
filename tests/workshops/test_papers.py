"""The papers before a workshop: what stands in them, and that they stay in bounds."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from collaboration import exporting
from collaboration.models import Export
from collaboration.pdf import render_pdf
from insights import services as learning
from journeys.models import Persona
from journeys.services import change_portrait
from tests.drawn import picture_file
from workshops import services
from workshops.models import Workshop
from workshops.preparing import PERSONAS, SHEET, paper_html

pytestmark = pytest.mark.django_db
MARKUP = '<img src="http://127.0.0.1:9/x.png"><script>alert(1)</script>{{ 7*7 }}'


def fresh(workshop) -> Workshop:
    return Workshop.objects.get(pk=workshop.pk)


def reader_of(workshop, template) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(paper_html(fresh(workshop), template))))


def words_of(reader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_the_sheet_says_when_what_and_what_to_bring(full_workshop):
    reader = reader_of(full_workshop, SHEET)
    words = words_of(reader)
    for text in (
        "Why do trials end in silence?",
        "Helle Friis",
        "Aarhus, room Skagen",
        "We follow the customer from the first search",
        "Active evaluation",
        "Birgit",
        "Bring one story that a customer told you.",
        "Karin Åström",
        "Here we have only our own opinions so far.",
    ):
        assert text in words
    assert reader.metadata["/Title"] == "Preparation: Why do trials end in silence?"
    assert "/MarkInfo" in reader.trailer["/Root"]
    assert 2 <= len(reader.pages) <= 5


def test_what_is_contributed_now_is_not_on_the_sheet(full_workshop):
    assert "We say three different prices." not in words_of(reader_of(full_workshop, SHEET))


def test_the_sheet_of_a_follow_up_names_what_is_left(full_workshop, journey, as_bob):
    after = services.create_workshop(journey, title="Next", follows=full_workshop, by=as_bob)
    words = words_of(reader_of(after, SHEET))
    assert "We say three different prices." in words
    assert "Nobody answers the chat" not in words  # a proposal solves it


def test_each_persona_has_a_page_with_face_curve_and_words(full_workshop, nordlys, as_bob):
    birgit = Persona.objects.get(workspace=nordlys, name="Birgit")
    change_portrait(birgit, file=picture_file(), by=as_bob)
    learning.create_insight(nordlys, quote="I gave up at the form", personas=[birgit], by=as_bob)
    learning.create_insight(nordlys, quote="Of nobody in particular", by=as_bob)
    reader = reader_of(full_workshop, PERSONAS)
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    [page] = [page for page in pages[1:] if page.count("I gave up at the form")]
    assert "Small firm" in page
    assert "How it feels" in page
    assert "Of nobody in particular" not in " ".join(pages)
    assert [one.title for one in reader.outline if not isinstance(one, list)]
    assert any("Hans" in page for page in pages[2:])


@pytest.mark.parametrize("template", [SHEET, PERSONAS])
def test_a_workshop_with_nothing_has_its_papers_too(template, workshop):
    assert "First session" in words_of(reader_of(workshop, template))


@pytest.mark.parametrize("template", [SHEET, PERSONAS])
def test_the_same_workshop_gives_the_same_bytes(template, full_workshop):
    html = paper_html(fresh(full_workshop), template)
    assert html == paper_html(fresh(full_workshop), template)
    assert render_pdf(html) == render_pdf(html)


@pytest.mark.parametrize("template", [SHEET, PERSONAS])
def test_case_79_markup_shows_as_text(template, full_workshop, nordlys, as_bob):
    services.change_workshop(
        full_workshop, fields={"introduction": MARKUP, "title": MARKUP[:100]}, by=as_bob
    )
    Persona.objects.filter(workspace=nordlys).update(name=MARKUP[:80], goals=MARKUP * 3)
    html = paper_html(fresh(full_workshop), template)
    assert "<script>" not in html
    assert "{{ 7*7 }}" in words_of(PdfReader(io.BytesIO(render_pdf(html)))).replace(" }}", " }}")


@pytest.mark.parametrize("template", [SHEET, PERSONAS])
def test_papers_take_a_constant_number_of_queries(
    template, full_workshop, nordlys, as_bob, django_assert_max_num_queries
):
    for number in range(20):
        services.add_participant(full_workshop, name=f"Guest {number}", by=as_bob)
        learning.create_insight(
            nordlys,
            quote=f"Words {number}",
            personas=Persona.objects.filter(workspace=nordlys),
            by=as_bob,
        )
    workshop = fresh(full_workshop)
    with django_assert_max_num_queries(34):
        paper_html(workshop, template)


@pytest.mark.parametrize("kind", ["prepare", "personas"])
def test_a_commenter_asks_for_a_paper_and_gets_it(kind, full_workshop, carol, client_of):
    client = client_of(carol)
    page = client.get(f"/workshops/{full_workshop.pk}/").content.decode()
    assert f'value="{kind}"' in page
    address = reverse("collaboration:create_export", args=[full_workshop.pk])
    assert client.post(address, {"kind": kind}).status_code in (200, 302)
    export = Export.objects.get(board=full_workshop.pk, kind=kind)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert (export.status, export.error) == ("done", "")
    with export.file.open() as file:
        assert file.read()[:5] == b"%PDF-"
