"""The map as slides and as a workbook: opened again and read."""

import io
import zipfile
from html import unescape

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from journeys import services
from journeys.models import Lane, Note, Stage
from journeys.starters import STARTERS
from tests.journeys.export_scenes import file_of, fill
from tests.journeys.test_export_pdf import large

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(journey, as_bob):
    return fill(journey, by=as_bob)


def deck_of(journey):
    return Presentation(io.BytesIO(file_of(journey, "pptx")))


def words_on(slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def book_of(journey):
    return load_workbook(io.BytesIO(file_of(journey, "xlsx")))


def rows_of(page) -> list[dict]:
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


# --- Slides --------------------------------------------------------------------------------
def test_there_is_an_overview_and_a_slide_for_each_stage_with_a_title(full):
    titles = [slide.shapes.title.text_frame.text for slide in deck_of(full).slides]
    assert titles[0] == "Buying software"
    assert titles[1:] == [
        "1 Not active", "2 Trigger", "3 First interest", "4 Active evaluation",
        "5 Purchase decision", "6 Customer experience", "7 Loyalty",
    ]  # fmt: skip


def test_the_slides_say_what_the_map_says(full):
    slides = list(deck_of(full).slides)
    overview = words_on(slides[0])
    for text in ("To sleep at night", "Before purchase", "6 Customer experience", "★ Meets us"):
        assert text in overview
    assert "Är det värt det?" in words_on(slides[1])
    assert "Meets us (Moment of truth · Fair (offline))" in words_on(slides[3])


def test_nothing_on_the_slides_is_a_picture_and_the_curve_is_a_shape(full):
    slides = list(deck_of(full).slides)
    kinds = {shape.shape_type for slide in slides for shape in slide.shapes}
    assert "PICTURE" not in {kind.name for kind in kinds if kind}
    names = [shape.name for shape in slides[0].shapes]
    assert "Emotion curve: Åsa Bjørk" in names
    assert sum(name.startswith("Åsa Bjørk:") for name in names) == 7


def test_every_shape_stays_on_its_slide(nordlys, as_bob):
    deck = deck_of(large(nordlys, as_bob, notes=1500))
    assert len(deck.slides) >= 33
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
    whole = " ".join(words_on(slide) for slide in deck.slides)
    assert all(f"n{number} " in whole for number in range(1500))


# --- The workbook --------------------------------------------------------------------------
def test_the_first_sheet_is_the_grid_with_frozen_heads(full):
    page = book_of(full)["Map"]
    assert page["A1"].value == "Buying software"
    assert page.freeze_panes == "B6"
    heads = [cell.value for cell in page[5]][1:]
    assert heads[:2] == ["1 Not active", "2 Trigger"]
    lanes = {page.cell(row, 1).value: row for row in range(6, page.max_row + 1)}
    assert page.cell(lanes["Thinks"], 2).value == "• Är det värt det?"
    meets = page.cell(lanes["Touchpoints"], 4).value
    assert meets == "★ Meets us (Moment of truth · Fair (offline))"


def test_everything_on_the_map_has_a_sheet(full):
    book = book_of(full)
    assert book.sheetnames == [
        "Map", "Stages", "Notes", "Feelings", "Touchpoints", "Paths", "Personas",
    ]  # fmt: skip
    assert rows_of(book["Stages"])[0]["Title"] == "Not active"
    touchpoint = rows_of(book["Touchpoints"])[0]
    assert (touchpoint["Stage"], touchpoint["Touchpoint"], touchpoint["Channel"]) == (
        "First interest", "Meets us", "Fair",
    )  # fmt: skip
    assert rows_of(book["Feelings"])[1] == {
        "Stage": "Trigger", "Lane": "Emotion curve", "Persona": "Åsa Bjørk", "Touchpoint": None,
        "Score": -1, "Feeling": "Bad", "Reason": "Reason 1",
    }  # fmt: skip
    assert rows_of(book["Personas"])[0]["Name"] == "Åsa Bjørk"
    assert [row["Score"] for row in rows_of(book["Feelings"])] == [-2, -1, 0, 1, 2, -2, -1]


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(1+1)", "+1", "-1", "@cmd", "\t=1", "\r=1", " =1", "\u00a0=1", "first\n=1",
        '=HYPERLINK("http://127.0.0.1:9","x")', "=cmd|'/C calc'!A0", "\u200b=1",
    ],
)  # fmt: skip
def test_case_86_no_text_becomes_a_formula_and_none_is_changed(text, full, as_bob):
    note = Note.objects.filter(board=full.pk).first()
    with full.editing(by=as_bob):
        note.text = text
        note.save()
    content = file_of(full, "xlsx")
    cells = [cell for row in load_workbook(io.BytesIO(content))["Notes"] for cell in row]
    (cell,) = [
        cell for cell in cells if str(cell.value).strip() == text.replace("\r", "\n").strip()
    ]
    assert cell.data_type == "s"
    assert (
        cell.quotePrefix or not text.lstrip("\u200b\u00a0 \t\r\n").startswith("=") or "\n" in text
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


# --- Both ----------------------------------------------------------------------------------
@pytest.mark.parametrize("file_format", ["pptx", "xlsx"])
def test_the_same_map_gives_the_same_bytes(file_format, full):
    assert file_of(full, file_format) == file_of(full, file_format)


@pytest.mark.parametrize("file_format", ["pptx", "xlsx"])
def test_case_90_what_xml_cannot_hold_is_left_out(file_format, full, as_bob):
    note = Note.objects.filter(board=full.pk).first()
    with full.editing(by=as_bob):
        note.text = "a\x01b\x0bc\uffff " + "e" + "\u0301" * 1900
        note.save()
    assert file_of(full, file_format)


@pytest.mark.parametrize("file_format", ["pptx", "xlsx"])
def test_a_map_without_stages_is_a_file_too(file_format, nordlys, as_bob):
    empty = services.create_journey(nordlys, title="Bare", starter=STARTERS["empty"], by=as_bob)
    assert file_of(empty, file_format)


@pytest.mark.parametrize("file_format", ["pptx", "xlsx"])
def test_only_what_was_chosen_is_in_it(file_format, full):
    stage = Stage.objects.filter(board=full.pk).order_by("position").first()
    lane = Lane.objects.get(board=full.pk, kind="thinks")
    content = file_of(full, file_format, stages=[stage.pk], lanes=[lane.pk])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    whole = unescape(parts.decode(errors="ignore"))
    assert "Är det värt det?" in whole
    assert "Loyalty" not in whole
    assert "Meets us" not in whole
