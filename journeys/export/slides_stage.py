"""The slide of a stage: what stands in its lanes, in columns, pictures as pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Length, Pt

from journeys.export.measure import line_count
from journeys.export.palette import INK, PAPER, SIGNAL, SOFT, TINTS, TONES
from journeys.export.shapes import (
    FOOT,
    INNER,
    LEFT,
    UNDER_TITLE,
    Ink,
    Place,
    add_box,
    add_run,
    add_text,
    clean,
    name,
    new_slide,
    rgb,
    write,
)  # fmt: skip
from journeys.export.sheet import Head, Sheet
from journeys.plain import Plain

POINTS = 11.0
COLUMNS = 3
GUTTER = Inches(0.25)
TOP = Emu(Inches(1.5))
ROOM = Emu(FOOT - TOP)
LINE_HEIGHT = Pt(POINTS * 1.22)
HEADING = Pt(POINTS * 1.9)
BETWEEN = Pt(6)
SIGHT = Inches(0.3)
"""Height of the line of visibility."""

TALLEST = Inches(2.4)
"""Of a picture."""

INSIDE = Inches(0.08)


@dataclass
class Part:
    """A lane's items in a stage, as many as stand together in one box."""

    title: str
    colour: int
    items: list[Plain] = field(default_factory=list)
    height: Length = field(default_factory=lambda: Emu(0))
    lead: Length = field(default_factory=lambda: Emu(0))
    """What of its height lies above the box: the line of visibility."""


def add_stage(deck: Any, sheet: Sheet, index: int, head: Head) -> None:
    columns = _in_columns(_parts(sheet, index))
    slides = [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)] or [[]]
    for number, chosen in enumerate(slides, start=1):
        title = f"{head.number} {head.title}" + (f" ({number})" if number > 1 else "")
        slide = new_slide(deck, title)
        about = [str(head.stage.get_period_display()), head.stage.situation]
        line = " · ".join(filter(None, about))
        add_text(slide, UNDER_TITLE, line, Ink(11, SOFT))
        for place, column in enumerate(chosen):
            _draw_column(slide, sheet, column, Emu(LEFT + (_column_width() + GUTTER) * place))
        if words := head.stage.speaker_notes:
            slide.notes_slide.notes_text_frame.text = clean(words)


def _column_width() -> Length:
    return Emu(int((INNER - GUTTER * (COLUMNS - 1)) / COLUMNS))


# --- What stands where -----------------------------------------------------------------------
def _parts(sheet: Sheet, index: int) -> list[Part]:
    """What stands in a stage, lane by lane, cut where a box would be higher than a slide. The
    line of visibility lies above the first of its lanes that has something here."""
    goals = [Plain(f"{label}: {value}") for label, value in sheet.heads[index].goals]
    parts = _parts_of(_("Goals"), 0, goals)
    line, below = sheet.line_of_visibility, False
    for row in sheet.rows:
        below = below or row is line
        found = _parts_of(row.title, row.colour, row.cells[index], below=below)
        below = below and not found
        parts += found
    return parts


def _parts_of(title: str, colour: int, items: list[Plain], *, below: bool = False) -> list[Part]:
    if not items:
        return []
    lead = SIGHT if below else Emu(0)
    parts = [Part(title, colour, height=Emu(HEADING + lead), lead=lead)]
    for item in sorted(items, key=lambda item: item.picture is not None):
        height = _height(item)
        if parts[-1].items and parts[-1].height + height > ROOM:
            parts.append(Part(title, colour, height=HEADING))
        parts[-1].items.append(item)
        parts[-1].height = Emu(parts[-1].height + height)
    return parts


def _height(item: Plain) -> Length:
    if item.picture is not None:
        return Emu(_picture_size(item)[1] + Pt(4))
    # Widths are those of our own font; a theme's fonts run no wider.
    ems = (_column_width() - Inches(0.3)) / Pt(POINTS)
    return Emu(line_count(_said(item), ems) * LINE_HEIGHT + Pt(3))


def _picture_size(item: Plain) -> tuple[int, int]:
    shown = item.picture
    if shown is None:
        return 0, 0
    wide = _column_width() - 2 * INSIDE
    scale = min(wide / shown.width, TALLEST / shown.height)
    return int(shown.width * scale), int(shown.height * scale)


def _in_columns(parts: Sequence[Part]) -> list[list[Part]]:
    columns: list[list[Part]] = []
    left = 0
    for part in parts:
        if not columns or part.height > left:
            columns.append([])
            left = ROOM
        columns[-1].append(part)
        left -= part.height + BETWEEN
    return columns


# --- Drawing it ------------------------------------------------------------------------------
def _draw_column(slide: Any, sheet: Sheet, parts: Sequence[Part], left: Length) -> None:
    top = TOP
    for part in parts:
        if part.lead:
            _draw_line(slide, left, Emu(top + part.lead - Inches(0.06)))
        place = Place(left, top + part.lead, _column_width(), part.height - part.lead)
        _draw_words(slide, part, place)
        _draw_pictures(slide, sheet, part, place)
        top = Emu(top + part.height + BETWEEN)


def _draw_line(slide: Any, left: Length, at: Length) -> None:
    words = _("Line of visibility")
    place = Place(left, at - Inches(0.24), _column_width(), Inches(0.24))
    add_text(slide, place, words, Ink(9, SOFT, bold=True))
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, left, at, Emu(left + _column_width()), at
    )
    line.line.color.rgb, line.line.width = rgb(SOFT), Pt(1.25)
    line.line.dash_style = MSO_LINE.DASH
    line.name = words


def _draw_words(slide: Any, part: Part, place: Place) -> None:
    shape = add_box(slide, place, TINTS.get(part.colour, PAPER))
    heading = Ink(POINTS, TONES.get(part.colour, INK), bold=True)
    write(shape, [part.title], heading, anchor=MSO_ANCHOR.TOP)
    for item in part.items:
        if item.picture is None:
            paragraph = shape.text_frame.add_paragraph()
            ink = Ink(POINTS, SIGNAL if item.strong else INK, item.strong)
            add_run(paragraph, _said(item), ink)
            paragraph.space_before = Pt(2)


def _draw_pictures(slide: Any, sheet: Sheet, part: Part, place: Place) -> None:
    """Below the words, from the foot of the box upwards."""
    pictures = [item for item in part.items if item.picture is not None]
    top = place.top + place.height - sum(_height(item) for item in pictures)
    for item in pictures:
        if item.picture is not None:
            width, height = _picture_size(item)
            content = BytesIO(sheet.prints[item.picture.stored])
            box = Place(place.left + INSIDE, top, width, height)
            name(slide.shapes.add_picture(content, *box.emus), item.text)
            top += _height(item)


def _said(item: Plain) -> str:
    more = " · ".join((*item.marks, item.detail) if item.detail else item.marks)
    return item.text + (f" ({more})" if more else "")
