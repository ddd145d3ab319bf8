"""A map as PowerPoint slides of native shapes: overviews with the curve, then a slide a stage."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Length, Pt

from journeys.emotion import STEP, WORDS, Curve
from journeys.export.archive import steady
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
    TONES,
)  # fmt: skip
from journeys.export.shapes import (
    FOOT,
    HEIGHT,
    INNER,
    LEFT,
    UNDER_TITLE,
    WIDTH,
    Ink,
    Place,
    add_box,
    add_text,
    clean,
    name,
    new_slide,
    rgb,
    write,
)  # fmt: skip
from journeys.export.sheet import Head, Sheet, bands_of
from journeys.export.slides_paths import add_paths, paths_height
from journeys.export.slides_stage import add_stage

TOP = Inches(1.15)
MOST_STAGES = 10
"""On one overview; a longer map gets several."""

MOST_IN_A_LINE = 280
"""Longer facts of the journey stand in the speaker's notes alone."""

FACE = Inches(0.34)
MOMENT = Inches(0.3)
"""Room for a moment of truth below its stage, which may take two lines."""

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
        add_stage(deck, sheet, index, head)
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
    room = paths_height(sheet, first, len(heads))
    for band in bands_of(heads):
        left = LEFT + column * band.first
        width = Emu(column * band.count - Inches(0.04))
        shape = add_box(slide, Place(left, Inches(1.45), width, Inches(0.3)), BANDS[band.period])
        write(shape, [str(band.period.label)], Ink(11, BAND_INKS[band.period], bold=True))
    heads_top = Emu(Inches(1.8) + room)
    add_paths(slide, sheet, first, len(heads), column=column, foot=heads_top)
    for index, head in enumerate(heads):
        _stage_box(slide, head, Place(LEFT + column * index, heads_top, column, HEAD_HEIGHT))
    _curves(slide, sheet, first, len(heads), Plot(column, Emu(PLOT_TOP + room)))
    _legend(slide, sheet, Emu(Inches(5.18) + room))
    _moments(slide, sheet, first, heads, Plot(column, Emu(Inches(5.58) + room)))


def _stage_box(slide: Any, head: Head, place: Place) -> None:
    shape = add_box(slide, replace(place, width=place.width - Inches(0.04)), PAPER)
    lines = [f"{head.number} {head.title}", head.stage.situation]
    write(shape, [line for line in lines if line], Ink(10), anchor=MSO_ANCHOR.TOP)
    shape.text_frame.paragraphs[0].runs[0].font.bold = True
    for paragraph in shape.text_frame.paragraphs[1:]:
        paragraph.runs[0].font.size = Pt(8)


HEAD_HEIGHT = Inches(1.25)
PLOT_TOP, PLOT_HEIGHT = Inches(3.3), Inches(1.75)


@dataclass(frozen=True)
class Plot:
    """Columns of one width below a line of the slide."""

    column: Length
    top: Length


def _curves(slide: Any, sheet: Sheet, first: int, count: int, plot: Plot) -> None:
    """The lines through these stages; a point a feeling, which says in words what it is."""
    if not sheet.curves:
        return
    for step in range(5):
        height = Emu(int(plot.top + PLOT_HEIGHT * step / 4))
        rule = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, LEFT, height, Emu(LEFT + plot.column * count), height
        )
        rule.line.color.rgb = rgb(FAINT if step == 2 else LINE)
        rule.line.width = Pt(0.75)
    for line in sheet.curves:
        _curve(slide, line, first, count, plot)


def _curve(slide: Any, line: Curve, first: int, count: int, plot: Plot) -> None:
    def place(x: float, y: float) -> tuple[int, int]:
        return (
            int(LEFT + plot.column * (x / STEP - first)),
            int(plot.top + PLOT_HEIGHT * y / STEP),
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


def _legend(slide: Any, sheet: Sheet, top: Length) -> None:
    """Whose curves these are, with their faces."""
    people = sheet.personas
    wide = min(Inches(2.6), INNER // max(1, len(people)))
    for index, persona in enumerate(people):
        left = Emu(LEFT + wide * index)
        if content := sheet.prints.get(persona.portrait):
            face = slide.shapes.add_picture(io.BytesIO(content), left, top, FACE, FACE)
            face.auto_shape_type = MSO_SHAPE.OVAL
            name(face, _("Portrait of %(name)s") % {"name": persona.name})
            left = Emu(left + FACE + Inches(0.06))
        place = Place(left, top, LEFT + wide * (index + 1) - left, FACE)
        tone = TONES.get(persona.colour, INK)
        box = add_text(slide, place, f"● {persona.name}", Ink(10, tone, bold=True))
        box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _moments(slide: Any, sheet: Sheet, first: int, heads: Sequence[Head], plot: Plot) -> None:
    """The moments of truth of each stage, below it, as many as fit."""
    most = max(1, (FOOT - plot.top) // MOMENT)
    for index in range(len(heads)):
        items = [item for row in sheet.rows for item in row.cells[first + index] if item.strong]
        if items:
            left = Emu(LEFT + plot.column * index)
            words = [f"★ {item.text}" for item in items[:most]]
            place = Place(left, plot.top, plot.column, FOOT - plot.top)
            add_text(slide, place, "\n".join(words), Ink(9, SIGNAL))
