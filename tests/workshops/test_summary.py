"""The summary: what stands in it, and that it stays in bounds."""

import io
import re
from base64 import b64decode

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pypdf import PdfReader

from collaboration.pdf import render_pdf
from journeys.emotion import curves
from journeys.models import Stage
from journeys.selectors import emotions_of, map_of, personas_of
from journeys.services import create_stage, delete_journey
from tests.workshops import scenes
from touchpoints.services import create_touchpoint, record_feeling
from workshops import chart, deciding, services
from workshops.chart import BOTTOM, LEFT, RADIUS, RIGHT, TOP, points_of
from workshops.models import Workshop
from workshops.selectors import rated_proposals
from workshops.summary.journey import journey_part
from workshops.summary.render import summary_html

pytestmark = pytest.mark.django_db

MARKUP = '<img src="http://127.0.0.1:9/x.png"><script>alert(1)</script>{{ 7*7 }}'


def pages_of(html: str) -> list[str]:
    reader = PdfReader(io.BytesIO(render_pdf(html)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_summary_holds_everything(full_workshop):
    pages = pages_of(summary_html(full_workshop))
    whole = " ".join(pages)
    assert "Why do trials end in silence?" in pages[0]
    for text in (
        "Helle Friis",
        "Aarhus, room Skagen",
        "Karin Åström",
        "Customer service",
        "Active evaluation",
        "Nobody answers the chat after four o'clock.",
        "We say three different prices.",
        "Open the chat until eight",
        "Trial the evening chat for a month",
        "Sofie Lund",
    ):
        assert text in whole


def test_contents_name_the_pages_and_every_page_its_number(full_workshop):
    pages = pages_of(summary_html(full_workshop))
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page
    listed = dict(
        re.findall(r"(Participants|Contributions|Proposals|Decisions)[ .]+(\d+)", pages[0])
    )
    for title, number in listed.items():
        assert title in pages[int(number) - 1]


def test_an_empty_workshop_has_a_summary_too(workshop):
    whole = " ".join(pages_of(summary_html(workshop)))
    for text in ("Nothing was contributed.", "Nothing was proposed.", "Nothing was decided yet."):
        assert text in whole


def test_a_workshop_on_a_deleted_journey_has_a_summary(full_workshop, journey, as_bob):
    delete_journey(journey, by=as_bob)
    html = summary_html(Workshop.objects.get(pk=full_workshop.pk))
    assert "Why do trials end in silence?" in html


def test_case_79_markup_shows_as_text(workshop, as_bob):
    services.change_workshop(
        workshop,
        fields={"title": MARKUP[:120], "introduction": MARKUP, "facilitator": "<b>x</b>"},
        by=as_bob,
    )
    said = services.add_contribution(workshop, text=MARKUP, by=as_bob)
    services.add_participant(workshop, name="<i>Ida</i>", department="<u>Sales</u>", by=as_bob)
    proposal = deciding.add_proposal(workshop, title=MARKUP, text=MARKUP, solves=said, by=as_bob)
    deciding.add_action(
        workshop, title=MARKUP, owner="<b>", result=MARKUP, proposal=proposal, by=as_bob
    )
    html = summary_html(Workshop.objects.get(pk=workshop.pk))
    assert "<script>" not in html
    assert "<b>" not in html
    whole = " ".join(pages_of(html)).replace(" ", "")
    assert MARKUP.replace(" ", "") in whole


def test_every_language_has_the_same_structure(full_workshop):
    shapes = set()
    for language in ("en", "da", "sv", "nl"):
        with translation.override(language):
            html = summary_html(full_workshop)
        assert f'<html lang="{language}">' in html
        assert not re.search(r'(x|y|cx|cy|d)="[^"]*\d,\d+"', html)
        shapes.add(re.sub(r">[^<]*<|lang=\"..\"|base64,[^\"]*|alt=\"[^\"]*\"", "><", html))
    assert len(shapes) == 1


def test_a_long_map_is_cut_into_strips_of_equal_length(full_workshop, journey, as_bob):
    for number in range(8):
        create_stage(journey, title=f"Later {number}", by=as_bob)
    services.choose_scope(full_workshop, stage_ids=None, by=as_bob)
    strips = journey_part(full_workshop).strips
    assert [len(strip.heads) for strip in strips] == [5, 5, 5]
    assert "Very bad" in strips[0].words
    assert len(pages_of(summary_html(full_workshop))) > 2


def test_the_curve_runs_through_what_is_felt_at_touchpoints_as_on_the_map(
    full_workshop, journey, as_bob
):
    before = _drawn(full_workshop)
    stage = Stage.objects.filter(board=journey.pk).order_by("position")[1]
    persona = personas_of(journey)[0]
    for title, score, decides in (("Calls the shop", 2, True), ("Reads the contract", -1, False)):
        touchpoint = create_touchpoint(stage=stage, title=title, moment_of_truth=decides, by=as_bob)
        record_feeling(touchpoint, persona=persona, score=score, by=as_bob)
    after = _drawn(full_workshop)
    assert after.count("<circle") == before.count("<circle") + 2
    assert [drawn.count('curve-decides"') for drawn in (before, after)] == [0, 1]
    (strip,) = journey_part(full_workshop).strips
    assert f"{stage.title}, Calls the shop: Very good" in strip.words
    assert f"{stage.title}, Reads the contract: Bad" in strip.words
    line = next(one for one in journey_part(full_workshop).curves if one.persona == persona)
    on_map = map_of(journey)
    shown = curves(on_map.stages, on_map.personas, emotions_of(journey), on_map.spots)
    assert line.line in [one.line for one in shown]


def _drawn(workshop) -> str:
    """The curve of a summary as SVG."""
    (strip,) = journey_part(workshop).strips
    return b64decode(strip.image.partition("base64,")[2]).decode()


def test_the_summary_takes_a_constant_number_of_queries(
    full_workshop, as_bob, django_assert_max_num_queries
):
    for number in range(20):
        proposal = deciding.add_proposal(full_workshop, title=f"More {number}", by=as_bob)
        deciding.rate_proposal(proposal, feasibility=3, effect=3, by=as_bob)
    workshop = Workshop.objects.get(pk=full_workshop.pk)
    with django_assert_max_num_queries(30):
        summary_html(workshop)


# --- The chart -----------------------------------------------------------------------------
@pytest.mark.parametrize("mark", [1, 3, 5])
def test_points_on_one_spot_stand_beside_each_other_inside_the_plot(mark, workshop, as_bob):
    for number in range(12):
        proposal = deciding.add_proposal(workshop, title=f"P{number}", by=as_bob)
        deciding.rate_proposal(proposal, feasibility=mark, effect=mark, by=as_bob)
    points = points_of(rated_proposals(workshop))
    assert all(LEFT + RADIUS <= point.x <= RIGHT - RADIUS for point in points)
    assert all(TOP + RADIUS <= point.y <= BOTTOM - RADIUS for point in points)
    for index, one in enumerate(points):
        for two in points[:index]:
            assert (one.x - two.x) ** 2 + (one.y - two.y) ** 2 >= (2 * RADIUS) ** 2


def test_more_feasible_is_to_the_right_and_more_effect_is_up():
    assert chart._x(1) < chart._x(5)
    assert chart._y(1) > chart._y(5)


# --- The command ---------------------------------------------------------------------------
def test_the_command_writes_the_file(full_workshop, tmp_path, capsys):
    path = tmp_path / "out.pdf"
    call_command("render_summary", full_workshop.pk, "-o", path, "--language", "da")
    assert PdfReader(path).trailer["/Root"]["/Lang"] == "da"


def test_the_command_says_what_is_wrong(full_workshop, tmp_path):
    with pytest.raises(CommandError, match="no workshop"):
        call_command("render_summary", 999999, "-o", tmp_path / "out.pdf")
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("render_summary", full_workshop.pk, "-o", tmp_path / "no" / "out.pdf")


def test_case_90_a_large_workshop_is_drawn_within_the_limits(journey, as_bob):
    workshop = scenes.full_workshop(journey, by=as_bob)
    with workshop.editing(by=as_bob):
        for number in range(150):
            services.add_contribution(workshop, text="word " * 190 + str(number), by=as_bob)
        services.add_contribution(workshop, text="x" * 1000, by=as_bob)
        services.add_contribution(workshop, text="e" + "\u0301" * 999, by=as_bob)
        services.add_contribution(workshop, text="\U0001f600" * 1000, by=as_bob)
    assert len(pages_of(summary_html(Workshop.objects.get(pk=workshop.pk)))) > 20
