"""The map as a PDF and a picture: what stands in it, that nothing is cut off, and its bounds."""

import io
import re
import time
from itertools import pairwise

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from collaboration.exporting import BadOptions, ExportFailed
from journeys import services
from journeys.export import layout, measure, paper
from journeys.export.options import map_options
from journeys.export.sheet import sheet_of
from journeys.models import Lane, Note, Stage
from journeys.starters import STARTERS, Starter, StarterStage, lanes
from tests.journeys.export_scenes import file_of, fill, sheets_of

pytestmark = pytest.mark.django_db

MARKUP = '<img src="http://127.0.0.1:9/x.png"><script>alert(1)</script>{{ 7*7 }}'


@pytest.fixture
def full(journey, as_bob):
    return fill(journey, by=as_bob)


def lines_with_places(content: bytes) -> list[tuple[str, float, float]]:
    """Every line of text of the first page with its foot and its head, in points from below."""
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        return [(text.get_text_bounded(*box).strip(), box[1], box[3]) for box in boxes]


# --- One page ------------------------------------------------------------------------------
def test_everything_on_the_map_stands_on_one_page(full):
    (text,) = sheets_of(file_of(full))
    for words in (
        "Buying software", "Current state", "To sleep at night", "Åsa Bjørk", "Before purchase",
        "1 Not active", "7 Loyalty", "Thinks", "Opportunities", "Är det värt det?",
        "Åsa Bjørk: Very bad", "Reason 3", "Meets us", "Moment of truth", "Fair (offline)",
        "4 Active evaluation → 2 Trigger: 40% · Too dear",
    ):  # fmt: skip
        assert words in text


def test_it_is_tagged_as_a_table_with_headers_and_has_bookmarks(full):
    reader = PdfReader(io.BytesIO(file_of(full)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert (root["/Lang"], reader.metadata.title) == ("en", "Buying software")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tags = tags_below(root["/StructTreeRoot"])
    assert tags.count("/Table") == 1
    assert tags.count("/TH") == 7 + Lane.objects.filter(board=full.pk).count() + 1 + len(["Paths"])
    assert "/Figure" in tags
    assert str(reader.outline).count("Loyalty") == 1


def tags_below(element) -> list[str]:
    found = [element["/S"]] if "/S" in element else []
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(element, dict) and "/S" in element:
            found += tags_below(element)
    return found


def test_a_usual_map_is_a3_and_a_huge_one_takes_larger_paper(full, as_bob):
    assert size_of(file_of(full)) == (420, 297)
    thinks = Lane.objects.get(board=full.pk, kind="thinks")
    for stage in Stage.objects.filter(board=full.pk):
        for _ in range(40):
            services.create_note(stage=stage, lane=thinks, text="word " * 40, by=as_bob)
    width, height = size_of(file_of(full))
    assert width >= 841
    assert height >= 594


def size_of(content: bytes) -> tuple[int, int]:
    box = PdfReader(io.BytesIO(content)).pages[0].mediabox
    return round(float(box.width) * layout.MM), round(float(box.height) * layout.MM)


def test_no_lane_runs_into_the_next_one(full, as_bob):
    """Lines are counted before they are drawn: what is drawn must keep within what was counted."""
    thinks = Lane.objects.get(board=full.pk, kind="thinks")
    stages = list(Stage.objects.filter(board=full.pk).order_by("position"))
    texts = ("WWWWW MMMM " * 20, "Ж" * 300, "iiii llll " * 60, "a" * 200, "漢字" * 80, "😀" * 60)
    for stage, text in zip(stages, texts, strict=False):
        services.create_note(stage=stage, lane=thinks, text=text, by=as_bob)
    sheet = sheet_of(full)
    placed = layout.one_page(sheet)
    lines = lines_with_places(file_of(full))
    page_height = placed.height / layout.MM
    tops = [
        (page_height - (strip.top + layout.MARGIN) / layout.MM) for strip in placed.pages[0].strips
    ]
    names = [strip.name for strip in placed.pages[0].strips]
    feels = names.index("Feels")
    upper, lower = tops[feels - 1], tops[feels]
    inside = [line for line in lines if re.match(r"WWW|MMM|ЖЖ|lll|aaaa|漢|😀", line[0])]
    assert len(inside) > 40
    assert max(head for _text, _foot, head in inside) < upper
    assert min(foot for _text, foot, _head in inside) > lower


def test_only_chosen_stages_and_lanes_are_shown(full):
    stages = list(Stage.objects.filter(board=full.pk).order_by("position"))
    lane = Lane.objects.get(board=full.pk, kind="touchpoints")
    (text,) = sheets_of(file_of(full, stages=[stages[2].pk], lanes=[lane.pk]))
    assert "Meets us" in text
    assert "First interest" in text
    assert "Loyalty" not in text
    assert "Thinks" not in text


def test_it_speaks_the_language_asked_for(full):
    with translation.override("da"):
        content = file_of(full)
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == "da"


def test_the_same_map_gives_the_same_bytes(full):
    assert file_of(full) == file_of(full)


def test_a_map_without_stages_is_a_page_too(nordlys, as_bob):
    empty = services.create_journey(nordlys, title="Bare", starter=STARTERS["empty"], by=as_bob)
    (text,) = sheets_of(file_of(empty))
    assert "Bare" in text
    assert "no stages yet" in text


# --- Tiles ---------------------------------------------------------------------------------
def test_tiles_repeat_heads_and_names_and_say_where_they_belong(full, as_bob):
    gains = Lane.objects.get(board=full.pk, kind="gains")
    for stage in Stage.objects.filter(board=full.pk):
        for _ in range(10):
            services.create_note(stage=stage, lane=gains, text="Won " * 30, by=as_bob)
    pages = sheets_of(file_of(full, layout="tiles"))
    total = len(pages)
    assert total > 1
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {total}, column {(number - 1) % 2 + 1}" in text
        assert "Buying software" in text
    assert "1 Not active" in pages[0]
    assert "5 Purchase decision" in pages[1]
    assert "1 Not active" in pages[2]
    whole = " ".join(pages)
    for words in ("Är det värt det?", "Meets us", "Opportunities", "Reason 6"):
        assert words in whole


def test_a_lane_that_is_taller_than_a_page_goes_on_and_loses_no_word(full, as_bob):
    thinks = Lane.objects.get(board=full.pk, kind="thinks")
    first = Stage.objects.filter(board=full.pk).order_by("position").first()
    for number in range(60):
        text = f"begin{number} " + "many words here " * 12 + f"end{number}"
        services.create_note(stage=first, lane=thinks, text=text, by=as_bob)
    long = " ".join(f"w{number}" for number in range(390))
    services.create_note(stage=first, lane=thinks, text=long, by=as_bob)
    whole = " ".join(sheets_of(file_of(full, layout="tiles")))
    assert "Thinks (continued)" in whole
    numbers = [int(one) for one in re.findall(r"end(\d+)", whole)]
    assert numbers == list(range(60))
    assert [int(one) for one in re.findall(r"\bw(\d+)", whole)] == list(range(390))


@pytest.mark.parametrize("name", ["A4", "A3"])
def test_pages_beside_each_other_show_the_same_lanes_at_the_same_height(name, full):
    placed = layout.tiles(sheet_of(full), name)
    left, right = placed.pages[0], placed.pages[1]
    assert [(one.top, one.height) for one in left.strips] == [
        (one.top, one.height) for one in right.strips
    ]
    foot = placed.height - 2 * layout.MARGIN - layout.FOOT
    for page in placed.pages:
        assert all(one.top + one.height <= two.top + 0.01 for one, two in pairwise(page.strips))
        assert page.strips[-1].top + page.strips[-1].height <= foot + 0.01


# --- Measuring -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text", ["one two three", "x" * 500, "a b" * 300, "漢字" * 40, "e\u0301" * 50]
)
def test_a_text_is_cut_between_two_pages_without_losing_a_letter(text):
    first, second = measure.first_lines(text, 12.0, 3)
    assert first
    assert (first + second).replace(" ", "") == text.replace(" ", "")
    assert measure.line_count(first, 12.0) <= 4


def test_lines_are_counted():
    assert measure.line_count("", 10) == 1
    assert measure.line_count("one\ntwo", 10) == 2
    assert measure.line_count("word " * 10, 5.5) == 5


# --- Bounds --------------------------------------------------------------------------------
def test_case_79_markup_shows_as_text(full, as_bob):
    note = Note.objects.filter(board=full.pk).first()
    with full.editing(by=as_bob):
        note.text = MARKUP
        note.save()
        full.title = MARKUP[:120]
        full.save()
    html = paper.map_html(sheet_of(full), layout.one_page(sheet_of(full)))
    assert "<script>" not in html
    assert MARKUP.replace(" ", "") in sheets_of(file_of(full))[0].replace(" ", "")


def test_case_90_thirty_stages_fifteen_lanes_and_1500_notes_are_drawn_in_time(nordlys, as_bob):
    big = large(nordlys, as_bob, notes=1500)
    before = time.monotonic()
    one = file_of(big)
    tiles = file_of(big, layout="tiles", paper="A3")
    assert time.monotonic() - before < 120
    text = " ".join(sheets_of(one))
    assert len(set(re.findall(r"\bn(\d+)\b", text))) == 1500
    assert len(set(re.findall(r"\bn(\d+)\b", " ".join(sheets_of(tiles))))) == 1500


def large(workspace, by, *, notes: int):
    stages = tuple(StarterStage(f"Stage {number}", "before") for number in range(30))
    kinds = ("does", "thinks", "feels", "says", "needs", "pains", "gains", "barriers") * 2
    starter = Starter("large", "", "", stages, lanes(*kinds[:14], "emotion"))
    journey = services.create_journey(workspace, title="Large", starter=starter, by=by)
    columns = list(Stage.objects.filter(board=journey.pk).order_by("position"))
    rows = list(Lane.objects.filter(board=journey.pk).exclude(kind="emotion"))
    with journey.editing(by=by) as edit:
        edit.create(
            [
                Note(
                    board=journey, stage=columns[number % 30], lane=rows[number // 30 % 14],
                    text=f"n{number} looks for the order of last week", position=f"a{number:05}",
                )
                for number in range(notes)
            ]
        )  # fmt: skip
    return journey


def test_case_90_hostile_text_is_drawn(full, as_bob):
    thinks = Lane.objects.get(board=full.pk, kind="thinks")
    stage = Stage.objects.filter(board=full.pk).first()
    for text in ("e" + "\u0301" * 1999, "x" * 2000, "\U0001f600" * 2000, "\u202e" * 500 + "evil"):
        services.create_note(stage=stage, lane=thinks, text=text, by=as_bob)
    (text,) = sheets_of(file_of(full))
    assert "Loyalty" in text


def test_case_90_too_much_text_is_refused_before_it_is_drawn(full, as_bob):
    stages = list(Stage.objects.filter(board=full.pk))
    lanes = list(Lane.objects.filter(board=full.pk, kind__in=("thinks", "feels", "says")))
    with full.editing(by=as_bob) as edit:
        edit.create(
            [
                Note(board=full, stage=stage, lane=lane, text="x " * 1000, position=f"b{number:03}")
                for stage in stages
                for lane in lanes
                for number in range(16)
            ]
        )
    with pytest.raises(ExportFailed, match="too much text"):
        file_of(full)


def test_the_sheet_takes_a_constant_number_of_queries(full, as_bob, django_assert_num_queries):
    with django_assert_num_queries(11):
        sheet_of(full)
    thinks = Lane.objects.get(board=full.pk, kind="thinks")
    for stage in Stage.objects.filter(board=full.pk):
        services.create_note(stage=stage, lane=thinks, text="More", by=as_bob)
    with django_assert_num_queries(11):
        sheet_of(full)


# --- The picture ---------------------------------------------------------------------------
def test_the_picture_is_as_wide_as_asked_for_and_not_blank(full):
    picture = Image.open(io.BytesIO(file_of(full, "png", width=1600)))
    assert (picture.format, picture.width) == ("PNG", 1600)
    assert 1100 < picture.height < 1160
    colours = picture.convert("RGB").getcolors(1 << 24)
    assert len(colours) > 50


def test_the_picture_shows_what_the_page_shows(full):
    picture = Image.open(io.BytesIO(file_of(full, "png", width=1600))).convert("RGB")
    page = pypdfium2.PdfDocument(file_of(full))[0]
    drawn = page.render(scale=1600 / page.get_width()).to_pil().convert("RGB")
    assert picture.tobytes() == drawn.tobytes()


# --- Options -------------------------------------------------------------------------------
def test_what_is_usual_is_left_out_and_the_rest_is_put_in_order(full):
    stages = list(Stage.objects.filter(board=full.pk).order_by("position"))
    assert map_options(full, {"layout": "page", "paper": "A4"}) == {}
    assert map_options(full, {"stages": [one.pk for one in stages]}) == {}
    chosen = map_options(full, {"stages": [stages[3].pk, stages[1].pk, stages[3].pk]})
    assert chosen == {"stages": [stages[1].pk, stages[3].pk]}


@pytest.mark.parametrize(
    "wanted",
    [
        {"layout": "round"}, {"layout": "tiles", "paper": "A9"}, {"width": 10**9}, {"width": "x"},
        {"width": True}, {"stages": "all"}, {"stages": ["1"]}, {"owner": 1}, {"lanes": [{}]},
    ],
)  # fmt: skip
def test_case_60_options_that_do_not_exist_are_refused(wanted, full):
    with pytest.raises(BadOptions):
        map_options(full, wanted)


def test_case_56_a_foreign_stage_is_refused(full, secret):
    foreign = Stage.objects.filter(board=secret.pk).first()
    with pytest.raises(BadOptions):
        map_options(full, {"stages": [foreign.pk]})


# --- The command ---------------------------------------------------------------------------
def test_the_command_writes_each_format(full, tmp_path):
    path = tmp_path / "out.pdf"
    call_command("render_map", full.pk, "-o", path, "--language", "sv", "--layout", "tiles")
    assert PdfReader(path).trailer["/Root"]["/Lang"] == "sv"
    call_command("render_map", full.pk, "-o", tmp_path / "out.png", "--width", "900")
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.width == 900


def test_the_command_says_what_is_wrong(full, tmp_path):
    with pytest.raises(CommandError, match="no journey"):
        call_command("render_map", 999999, "-o", tmp_path / "out.pdf")
    with pytest.raises(CommandError, match="no format"):
        call_command("render_map", full.pk, "-o", tmp_path / "out.doc")
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("render_map", full.pk, "-o", tmp_path / "no" / "out.pdf")
