"""The gap analysis as PDF and workbook, through the jobs that make files."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from collaboration import exporting
from collaboration.exporting import BadOptions, request_export
from collaboration.models import Export
from journeys.services import create_persona
from touchpoints import services
from touchpoints.activities import create_activity
from touchpoints.gap_files import gap_options, gaps_workbook, render_gaps_pdf
from touchpoints.gaps import gaps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(journey, stages, website, shop, by_bob):
    meet = services.create_touchpoint
    meet(stage=stages[0], title="Search", channel=website, importance=5, by=by_bob)
    meet(stage=stages[0], title="Shelf", channel=shop, use="not", why_unused="Too far", by=by_bob)
    create_activity(
        journey, title="=Window()", stage=stages[0], channel=shop, hours_per_month=7.5,
        decision="drop", decision_reason="Nobody passes", by=by_bob,
    )  # fmt: skip
    return journey


def test_pdf_says_verdicts_hours_and_decisions(filled, stages, by_bob):
    content = render_gaps_pdf(filled, by_bob, lambda _per_cent: None, {})
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    text = " ".join(text.split())
    for words in (
        "Gap analysis", "Buying sunglasses", stages[0].title, "Gap Website", "Waste Street shop",
        "7.5 h", "Nobody passes", "Too far", "Effort against importance",
    ):  # fmt: skip
        assert words in text, words


def test_case_86_workbook_holds_the_figures_and_no_formula(filled, stages):
    book = load_workbook(io.BytesIO(gaps_workbook(gaps_of(filled))))
    alignment, pairs, activities, noes = (list(page.values) for page in book.worksheets)
    assert alignment[-1] == ("All stages", 0, 0, 1, 1, 0)
    assert [row[:3] for row in pairs[1:]] == [
        (stages[0].title, "Street shop", "Waste"), (stages[0].title, "Website", "Gap"),
    ]  # fmt: skip
    assert activities[1][:3] == ("=Window()", stages[0].title, "Street shop")
    cell = book.worksheets[2]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert noes[1][1:] == ("Shelf", "Street shop", "Too far")


def test_the_same_analysis_gives_the_same_workbook(filled):
    assert gaps_workbook(gaps_of(filled)) == gaps_workbook(gaps_of(filled))


def test_options_are_checked(nordlys, journey, by_bob):
    stranger = create_persona(nordlys, name="Karin", by=by_bob)
    assert gap_options(journey, {"period": "after"}) == {"period": "after"}
    for wrong in ({"period": "never"}, {"persona": stranger.pk}, {"persona": "1"}, {"width": 3}):
        with pytest.raises(BadOptions):
            gap_options(journey, wrong)


def test_asking_on_the_page_queues_the_file_that_was_asked_for(client_of, bob, filled):
    address = reverse("touchpoints:gaps_export", args=[filled.pk])
    client = client_of(bob)
    assert client.post(address, {"format": "xlsx", "period": "before"}).status_code == 302
    export = Export.objects.get()
    assert (export.kind, export.format, export.options) == ("gaps", "xlsx", {"period": "before"})
    assert client.post(address, {"format": "pptx"}).status_code == 404


def test_viewer_takes_no_file_out(client_of, victor, filled):
    address = reverse("touchpoints:gaps_export", args=[filled.pk])
    assert client_of(victor).post(address, {"format": "pdf"}).status_code == 403
    assert not Export.objects.exists()


def test_job_makes_the_file(filled, by_bob):
    export = request_export(filled, kind="gaps", file_format="xlsx", language="da", by=by_bob)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert (export.status, export.progress) == ("done", 100)
    assert export.file.size > 4000
    export.file.delete(save=False)
