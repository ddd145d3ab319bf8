"""What a map draws rather than tells - arrows, the line of visibility, pictures, portraits - in
its files, opened again."""

import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.core.files.storage import default_storage
from pptx import Presentation
from pypdf import PdfReader

from journeys import pictures, services
from journeys.export import layout
from journeys.export.album import with_pictures
from journeys.export.sheet import sheet_of
from journeys.models import Lane, Persona, Picture, Stage
from journeys.paths import create_path
from journeys.plain import Plain
from tests.drawn import picture_file
from tests.journeys.export_scenes import file_of, fill, sheets_of
from tests.journeys.test_export_pdf import lines_with_places, tags_below

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def full(journey, as_bob):
    """Two personas' worth of map, a backstage lane with a note, a lane of three pictures."""
    fill(journey, by=as_bob)
    stages = list(Stage.objects.filter(board=journey.pk).order_by("position"))
    lane = services.create_lane(journey, kind="image", by=as_bob)
    backstage = services.create_lane(journey, kind="backstage", by=as_bob)
    services.create_note(stage=stages[0], lane=backstage, text="We pick the order", by=as_bob)
    for number, says in enumerate(("A shop window", "A crane", "An empty box")):
        file = picture_file(size=(60 + number, 40))
        pictures.create_picture(stage=stages[number], lane=lane, file=file, alt=says, by=as_bob)
    pictures.create_picture(
        stage=stages[3], lane=lane, file=picture_file(size=(90, 40)), decorative=True, by=as_bob
    )
    persona = Persona.objects.get(name="Åsa Bjørk")
    services.change_portrait(persona, file=picture_file(size=(50, 50)), by=as_bob)
    create_path(from_stage=stages[0], to_stage=stages[6], share=0.125, by=as_bob)
    return journey


def images_on(page) -> int:
    """Bitmaps that are really drawn, also inside of other drawings."""
    return len(list(page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)))


def place_of(content: bytes, text: str) -> tuple[float, float]:
    """Foot and head of a text that stands once on the first page, in points from below."""
    with pypdfium2.PdfDocument(content) as document:
        page = document[0].get_textpage()
        search = page.search(text)
        first, count = search.get_next()
        assert search.get_next() is None
        boxes = [page.get_charbox(first + letter) for letter in range(count)]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def alts_of(content: bytes) -> list[str]:
    """What the figures of a PDF say to those who cannot see them."""
    found = []

    def look(element):
        if element.get("/S") == "/Figure":
            found.append(str(element["/Alt"]))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            child = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(child, dict) and "/S" in child:
                look(child)

    look(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"])
    return found


# --- On paper ------------------------------------------------------------------------------
def test_the_page_draws_pictures_and_portraits_instead_of_telling_them(full):
    content = file_of(full)
    with pypdfium2.PdfDocument(content) as document:
        assert images_on(document[0]) == 4 + 1
    (text,) = sheets_of(content)
    assert "A shop window" not in text
    said = alts_of(content)
    for words in ("A shop window", "Picture, only decoration", "Portrait of Åsa Bjørk"):
        assert said.count(words) == 1


def test_arrows_stand_between_the_periods_and_the_heads_with_their_share(full):
    content = file_of(full)
    periods, heads = place_of(content, "Before purchase"), place_of(content, "1 Not active")
    for share in ("40 %", "12.5 %"):
        foot, head = place_of(content, share)
        assert heads[1] < foot < head < periods[0]
    (said,) = [words for words in alts_of(content) if words.startswith("Paths.")]
    assert "From “Active evaluation” back to “Trigger” 40 %" in said
    assert "From “Not active” ahead to “Loyalty” 12.5 %" in said
    (text,) = sheets_of(content)
    assert "4 Active evaluation → 2 Trigger: 40% · Too dear" in text
    assert "1 Not active → 7 Loyalty" not in text


def test_the_line_of_visibility_lies_right_above_the_backstage(full):
    content = file_of(full)
    line, lane = place_of(content, "Line of visibility"), place_of(content, "Backstage")
    assert lane[1] < line[0]
    between = [
        text
        for text, foot, head in lines_with_places(content)
        if lane[1] < foot < line[0] and head < line[0]
    ]
    assert between == []
    (placed,) = layout.one_page(sheet_of(full)).pages
    assert [strip.name for strip in placed.strips if strip.lead] == ["Backstage"]


def test_a_map_without_any_of_it_has_no_room_for_it(journey):
    placed = layout.one_page(sheet_of(journey))
    assert placed.arrows_height == 0
    assert not any(strip.lead for strip in placed.pages[0].strips)
    content = file_of(journey)
    (text,) = sheets_of(content)
    assert "Line of visibility" not in text
    assert "Paths" not in text
    with pypdfium2.PdfDocument(content) as document:
        assert images_on(document[0]) == 0


def test_tiles_hold_each_picture_once_and_arrows_on_their_first_row(full):
    content = file_of(full, layout="tiles")
    with pypdfium2.PdfDocument(content) as document:
        assert sum(images_on(page) for page in document) == 4 + 1
    pages = sheets_of(content)
    assert "12.5 %" in pages[0]
    assert "12.5 %" in pages[1]
    assert not any("12.5 %" in page for page in pages[2:])
    assert "40 %" not in pages[1]
    assert sum("Line of visibility" in page for page in pages) == 2


def test_tiles_are_filled_evenly_with_no_lane_alone_on_the_last(full, as_bob):
    thinks = Lane.objects.get(board=full.pk, kind="thinks")
    for stage in Stage.objects.filter(board=full.pk):
        for _ in range(10):
            services.create_note(stage=stage, lane=thinks, text="word " * 30, by=as_bob)
    placed = layout.tiles(with_pictures(sheet_of(full)), "A4")
    heights = [sum(strip.height for strip in page.strips) for page in placed.pages[::2]]
    assert len(heights) >= 3
    assert min(heights) > max(heights) / 3


def test_what_is_drawn_is_still_a_table_with_headers(full):
    reader = PdfReader(io.BytesIO(file_of(full)))
    tags = tags_below(reader.trailer["/Root"]["/StructTreeRoot"])
    lanes = Lane.objects.filter(board=full.pk).count()
    assert tags.count("/TH") == 7 + lanes + 1 + 1
    assert tags.count("/Figure") == 1 + 1 + 4 + 1


def test_a_picture_whose_file_is_gone_is_told_in_words(full):
    default_storage.delete(Picture.objects.get(board=full.pk, alt="A crane").stored)
    content = file_of(full)
    assert "A crane" in sheets_of(content)[0]
    with pypdfium2.PdfDocument(content) as document:
        assert images_on(document[0]) == 3 + 1


def test_more_pictures_than_a_file_carries_are_told_in_words(full, monkeypatch):
    monkeypatch.setattr("journeys.export.album.MOST_BYTES", 1)
    sheet = with_pictures(sheet_of(full))
    assert sheet.prints == {}
    items = [item for row in sheet.rows for cell in row.cells for item in cell]
    assert all(isinstance(item, Plain) and item.picture is None for item in items)


# --- On slides -----------------------------------------------------------------------------
def slides_of(journey):
    return list(Presentation(io.BytesIO(file_of(journey, "pptx"))).slides)


def described(shape) -> str:
    return shape.element.xpath("./*/p:cNvPr")[0].get("descr") or ""


def of_kind(slide, kind: str) -> list:
    return [one for one in slide.shapes if one.shape_type and one.shape_type.name == kind]


def test_slides_hold_pictures_and_portraits_as_pictures(full):
    overview, *stages = slides_of(full)
    assert [described(one) for one in of_kind(overview, "PICTURE")] == ["Portrait of Åsa Bjørk"]
    found = {described(one): one for slide in stages for one in of_kind(slide, "PICTURE")}
    assert set(found) == {
        "A shop window", "A crane", "An empty box", "Picture, only decoration",
    }  # fmt: skip
    crane = found["A crane"]
    assert crane.width / crane.height == pytest.approx(61 / 40, rel=0.01)


def test_paths_are_lines_with_heads_and_shares_above_the_stages(full):
    overview = slides_of(full)[0]
    lines = [one for one in of_kind(overview, "FREEFORM") if one.element.xpath(".//a:tailEnd")]
    assert [described(one) for one in lines] == [
        "From “Not active” ahead to “Loyalty” 12.5 %",
        "From “Active evaluation” back to “Trigger”: Too dear 40 %",
    ]
    words = {one.text_frame.text: one for one in overview.shapes if one.has_text_frame}
    head = next(one for text, one in words.items() if text.startswith("1 Not active"))
    period = words["Before purchase"]
    for share in ("40 %", "12.5 %"):
        assert period.top + period.height <= words[share].top
        assert words[share].top + words[share].height <= head.top
    assert all(one.top + one.height <= head.top for one in lines)


def test_the_line_of_visibility_stands_above_backstage_in_its_stage(full):
    first, second = slides_of(full)[1:3]
    (line,) = [one for one in first.shapes if one.name == "Line of visibility"]
    (box,) = [
        one
        for one in first.shapes
        if one.has_text_frame and one.text_frame.text.startswith("Backstage")
    ]
    assert line.top <= box.top
    assert line.left == box.left
    assert "Line of visibility" not in [one.name for one in second.shapes]


def test_nothing_leaves_its_slide(full):
    deck = Presentation(io.BytesIO(file_of(full, "pptx")))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("file_format", ["pdf", "pptx"])
def test_the_same_pictures_give_the_same_bytes(file_format, full):
    assert file_of(full, file_format) == file_of(full, file_format)
