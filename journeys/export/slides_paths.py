"""Paths on a slide: arrows of lines that can be moved, each with its share beside it."""

from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Length, Pt

from journeys.arrows import Arrow
from journeys.export.arrows import arrows_here, share_of
from journeys.export.palette import ACCENT, TONES
from journeys.export.shapes import LEFT, Ink, Place, add_text, add_tip, name, rgb
from journeys.export.sheet import Sheet
from journeys.paths import Kind

TRACK = Inches(0.24)
HIGHEST = Inches(1.0)
"""Of all tracks together; many lie closer."""

HEADS = Inches(0.2)
"""Between the lowest track and the stages."""

LABEL = Place(0, 0, Inches(0.7), Inches(0.22))
COLOURS = {Kind.FORWARD: ACCENT, Kind.SKIP: TONES[7], Kind.BACK: TONES[1]}
DASHES = {Kind.SKIP: MSO_LINE.DASH, Kind.BACK: MSO_LINE.ROUND_DOT}


def paths_height(sheet: Sheet, first: int, count: int) -> Length:
    """Room above the stages for the arrows there; none where there are none."""
    tracks = _tracks(sheet, first, count)
    return Emu(min(TRACK * tracks, HIGHEST) + HEADS) if tracks else Emu(0)


def _tracks(sheet: Sheet, first: int, count: int) -> int:
    return max((arrow.track + 1 for arrow in arrows_here(sheet, first, count)), default=0)


def add_paths(
    slide: Any, sheet: Sheet, first: int, count: int, *, column: Length, foot: Length
) -> None:
    """The arrows above these stages; one that leads to others runs out of the slide's columns."""
    tracks = _tracks(sheet, first, count)
    step = min(TRACK, HIGHEST // tracks) if tracks else 0
    low, high = LEFT, LEFT + column * count
    for arrow in arrows_here(sheet, first, count):
        ends = [_x(sheet, share, first, column) for share in (arrow.left, arrow.right)]
        track = foot - HEADS - step * arrow.track
        _add_arrow(slide, arrow, _points(ends, (low, high), track, foot))
        label = _x(sheet, arrow.label, first, column)
        _add_share(slide, arrow, min(max(label, low + LABEL.width // 2), high), track)


def _x(sheet: Sheet, share: float, first: int, column: Length) -> int:
    return int(LEFT + column * (share * len(sheet.heads) / 100 - first))


def _points(
    ends: list[int], edges: tuple[int, int], track: int, foot: int
) -> list[tuple[int, int]]:
    """Up from the first end, along, and down to the last; an end beyond the edge is left open."""
    start, end = ends
    low, high = edges
    points = [(start, foot)] if low <= start <= high else []
    points += [(min(max(x, low), high), track) for x in ends]
    return [*points, (end, foot)] if low <= end <= high else points


def _add_arrow(slide: Any, arrow: Arrow, points: list[tuple[int, int]]) -> None:
    builder = slide.shapes.build_freeform(*points[0])
    builder.add_line_segments(points[1:], close=False)
    shape = builder.convert_to_shape()
    shape.fill.background()
    shape.shadow.inherit = False
    shape.line.color.rgb = rgb(COLOURS[arrow.kind])
    shape.line.width = Pt(max(1.25, float(arrow.thickness) * 0.7))
    if arrow.kind in DASHES:
        shape.line.dash_style = DASHES[arrow.kind]
    add_tip(shape)
    about = ": ".join(filter(None, (arrow.words, arrow.path.reason)))
    name(shape, " ".join(filter(None, (about, share_of(arrow)))))


def _add_share(slide: Any, arrow: Arrow, at: int, track: int) -> None:
    if not share_of(arrow):
        return
    place = Place(at - LABEL.width // 2, track - LABEL.height, LABEL.width, LABEL.height)
    box = add_text(slide, place, share_of(arrow), Ink(9, COLOURS[arrow.kind], bold=True))
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
