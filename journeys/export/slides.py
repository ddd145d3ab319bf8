"""A map as PowerPoint slides of native shapes: overviews with the curve, then a slide a stage."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Length, Pt

from journeys.emotion import STEP, WORDS, Curve
from journeys.export.archive import steady
from journeys.export.measure import line_count
from journeys.export.palette import (
    ACCENT,
    BAND_INKS,
    BANDS,
    FAINT,
    INK,
    LINE,
    PAPER,
    SIGNAL,
    SOFT,
    TINTS,
    TONES,
)  # fmt: skip
from journeys.export.shapes import (
    HEIGHT,
    INNER,
    LEFT,
    WIDTH,
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
from journeys.export.sheet import Head, Sheet, bands_of
from journeys.plain import Plain

TOP = Inches(1.15)
UNDER_TITLE = Place(LEFT, Inches(0.86), INNER, Inches(0.5))
FOOT = Inches(7.2)
MOST_STAGES = 10
"""On one overview; a longer map gets several."""

MOST_IN_A_LINE = 280
"""Longer facts of the journey stand in the speaker's notes alone."""

SAMPLES = 10
"""Straight lines that stand for the curve between two stages."""


def pptx_of(sheet: Sheet) -> bytes:
    """The same map gives the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = clean(sheet.title)
    deck.core_properties.author = "Waymark"
    for first in range(0, max(1, len(sheet.heads)), MOST_STAGES):
        _overview(deck, sheet, first)
    for index, head in enumerate(sheet.heads):
        _stage(deck, sheet, index, head)
    content = io.BytesIO()
    deck.save(content)
    return steady(content.getvalue(), sheet.changed_at)


# --- Overview ------------------------------------------------------------------------------
def _overview(deck: Any, sheet: Sheet, first: int) -> None:
    heads = sheet.heads[first : first + MOST_STAGES]
    slide = new_slide(deck, sheet.title)
    goals = [
        f"{label}: {value}" for label, value in sheet.facts if len(str(value)) <= MOST_IN_A_LINE
    ]
    add_text(slide, UNDER_TITLE, " · ".join([sheet.perspective, *goals]), Ink(10, SOFT))
    about = "\n".join([*(f"{label}: {value}" for label, value in sheet.facts), *sheet.path_lines])
    if about and not first:
        slide.notes_slide.notes_text_frame.text = clean(about)
    if not heads:
        words = _("The journey has no stages yet.")
        add_text(slide, Place(LEFT, TOP, INNER, Inches(0.5)), words, Ink(14, SOFT))
        return
    column = Emu(int(INNER / len(heads)))
    for band in bands_of(heads):
        left = LEFT + column * band.first
        width = Emu(column * band.count - Inches(0.04))
        shape = add_box(slide, Place(left, Inches(1.45), width, Inches(0.3)), BANDS[band.period])
        write(shape, [str(band.period.label)], Ink(11, BAND_INKS[band.period], bold=True))
    for index, head in enumerate(heads):
        _stage_box(slide, head, Emu(LEFT + column * index), column)
    _curves(slide, sheet, first, len(heads), column)
    _legend(slide, sheet)
    _moments(slide, sheet, first, heads, column)


def _stage_box(slide: Any, head: Head, left: Length, column: Length) -> None:
    place = Place(left, Inches(1.8), column - Inches(0.04), Inches(1.25))
    shape = add_box(slide, place, PAPER)
    lines = [f"{head.number} {head.title}", head.stage.situation]
    write(shape, [line for line in lines if line], Ink(10), anchor=MSO_ANCHOR.TOP)
    shape.text_frame.paragraphs[0].runs[0].font.bold = True
    for paragraph in shape.text_frame.paragraphs[1:]:
        paragraph.runs[0].font.size = Pt(8)


PLOT_TOP, PLOT_HEIGHT = Inches(3.3), Inches(1.75)


def _curves(slide: Any, sheet: Sheet, first: int, count: int, column: Length) -> None:
    """The lines through these stages; a point a feeling, which says in words what it is."""
    if not sheet.curves:
        return
    for step in range(5):
        height = Emu(int(PLOT_TOP + PLOT_HEIGHT * step / 4))
        rule = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, LEFT, height, Emu(LEFT + column * count), height
        )
        rule.line.color.rgb = rgb(FAINT if step == 2 else LINE)
        rule.line.width = Pt(0.75)
    for line in sheet.curves:
        _curve(slide, line, first, count, column)


def _curve(slide: Any, line: Curve, first: int, count: int, column: Length) -> None:
    def place(x: float, y: float) -> tuple[int, int]:
        return (
            int(LEFT + column * (x / STEP - first)),
            int(PLOT_TOP + PLOT_HEIGHT * y / STEP),
        )

    low, high = STEP * first, STEP * (first + count)
    drawn = [place(x, y) for x, y in _sampled(line) if low <= x <= high]
    tone = TONES.get(line.colour, ACCENT)
    who = line.persona.name if line.persona else _("All customers")
    if len(drawn) > 1:
        builder = slide.shapes.build_freeform(*drawn[0])
        builder.add_line_segments(drawn[1:], close=False)
        shape = builder.convert_to_shape()
        shape.fill.background()
        shape.line.color.rgb, shape.line.width = rgb(tone), Pt(2.25)
        shape.shadow.inherit = False
        name(shape, f"{_('Emotion curve')}: {who}")
    size = Inches(0.14)
    for point in line.points:
        if low <= point.x <= high:
            x, y = place(point.x, point.y)
            spot = Place(x - size // 2, y - size // 2, size, size)
            dot = add_box(slide, spot, tone, MSO_SHAPE.OVAL)
            name(dot, f"{who}: {WORDS[point.feeling.score]}")


def _sampled(line: Curve) -> list[tuple[float, float]]:
    """Points along the smooth path, which is a start and cubic pieces."""
    numbers = [float(one) for one in re.findall(r"-?[\d.]+(?:e-?\d+)?", line.line)]
    if len(numbers) < 8:
        return [(point.x, point.y) for point in line.points]
    found = [(numbers[0], numbers[1])]
    for index in range(2, len(numbers) - 5, 6):
        x0, y0 = found[-1]
        x1, y1, x2, y2, x3, y3 = numbers[index : index + 6]
        for step in range(1, SAMPLES + 1):
            t = step / SAMPLES
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
            found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found


def _legend(slide: Any, sheet: Sheet) -> None:
    people = [line for line in sheet.curves if line.persona]
    for index, line in enumerate(people):
        left = Emu(LEFT + Inches(2.4) * index)
        place = Place(left, Inches(5.1), Inches(2.4), Inches(0.3))
        ink = Ink(10, TONES.get(line.colour, INK), bold=True)
        add_text(slide, place, f"● {line.persona.name}" if line.persona else "", ink)


def _moments(slide: Any, sheet: Sheet, first: int, heads: Sequence[Head], column: Length) -> None:
    """The moments of truth of each stage, below it."""
    for index in range(len(heads)):
        items = [item for row in sheet.rows for item in row.cells[first + index] if item.strong]
        if items:
            left = Emu(LEFT + column * index)
            words = [f"★ {item.text}" for item in items[:5]]
            place = Place(left, Inches(5.45), column, Inches(1.7))
            add_text(slide, place, "\n".join(words), Ink(9, SIGNAL))


# --- A stage -------------------------------------------------------------------------------
POINTS = 11.0
COLUMNS = 3
GUTTER = Inches(0.25)


@dataclass
class Part:
    """A lane's items in a stage, as many as stand together in one box."""

    title: str
    colour: int
    items: list[Plain] = field(default_factory=list)
    height: Length = field(default_factory=lambda: Emu(0))


def _stage(deck: Any, sheet: Sheet, index: int, head: Head) -> None:
    parts = _parts(sheet, index)
    columns = _in_columns(parts)
    slides = [columns[at : at + COLUMNS] for at in range(0, len(columns), COLUMNS)] or [[]]
    for number, chosen in enumerate(slides, start=1):
        title = f"{head.number} {head.title}" + (f" ({number})" if number > 1 else "")
        slide = new_slide(deck, title)
        about = [str(head.stage.get_period_display()), head.stage.situation]
        line = " · ".join(filter(None, about))
        add_text(slide, UNDER_TITLE, line, Ink(11, SOFT))
        for place, column in enumerate(chosen):
            _draw_column(slide, column, Emu(LEFT + (_column_width() + GUTTER) * place))
        if words := head.stage.speaker_notes:
            slide.notes_slide.notes_text_frame.text = clean(words)


def _column_width() -> Length:
    return Emu(int((INNER - GUTTER * (COLUMNS - 1)) / COLUMNS))


LINE_HEIGHT = Pt(POINTS * 1.22)
HEADING = Pt(POINTS * 1.9)
ROOM = Emu(FOOT - Inches(1.5))


def _parts(sheet: Sheet, index: int) -> list[Part]:
    """What stands in a stage, lane by lane, cut where a box would be higher than a slide."""
    parts: list[Part] = []
    goals = [Plain(f"{label}: {value}") for label, value in sheet.heads[index].goals]
    lanes = [(row.title, row.colour, row.cells[index]) for row in sheet.rows]
    for title, colour, items in [(_("Goals"), 0, goals), *lanes]:
        part = Part(title, colour, height=HEADING)
        for item in items:
            height = _height(item)
            if part.items and part.height + height > ROOM:
                parts.append(part)
                part = Part(title, colour, height=HEADING)
            part.items.append(item)
            part.height = Emu(part.height + height)
        if part.items:
            parts.append(part)
    return parts


def _height(item: Plain) -> Length:
    # Widths are those of our own font; a theme's fonts run no wider.
    ems = (_column_width() - Inches(0.3)) / Pt(POINTS)
    return Emu(line_count(_said(item), ems) * LINE_HEIGHT + Pt(3))


def _in_columns(parts: Sequence[Part]) -> list[list[Part]]:
    columns: list[list[Part]] = []
    left = 0
    for part in parts:
        if not columns or part.height > left:
            columns.append([])
            left = ROOM
        columns[-1].append(part)
        left -= part.height + Pt(6)
    return columns


def _draw_column(slide: Any, parts: Sequence[Part], left: Length) -> None:
    top = Emu(Inches(1.5))
    for part in parts:
        tint = TINTS.get(part.colour, PAPER)
        shape = add_box(slide, Place(left, top, _column_width(), part.height), tint)
        heading = Ink(POINTS, TONES.get(part.colour, INK), bold=True)
        write(shape, [part.title], heading, anchor=MSO_ANCHOR.TOP)
        for item in part.items:
            paragraph = shape.text_frame.add_paragraph()
            ink = Ink(POINTS, SIGNAL if item.strong else INK, item.strong)
            add_run(paragraph, _said(item), ink)
            paragraph.space_before = Pt(2)
        top = Emu(top + part.height + Pt(6))


def _said(item: Plain) -> str:
    more = " · ".join((*item.marks, item.detail) if item.detail else item.marks)
    return item.text + (f" ({more})" if more else "")
