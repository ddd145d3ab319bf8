"""The emotion curve on paper: the part of it that belongs to a run of stages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from collaboration.drawings import image_of
from journeys.emotion import STEP, WORDS, Curve, Point
from journeys.export.sheet import Head, Sheet

EDGE = 0.1
"""Room above the best and below the worst feeling, as a share of the height."""


@dataclass(frozen=True)
class Window:
    """A run of columns to look at the curves through, in the units of the drawing."""

    first: int
    count: int
    column: float
    height: float

    @property
    def left(self) -> float:
        return self.first * self.column

    @property
    def width(self) -> float:
        return self.count * self.column


def scaled(line: Curve, window: Window) -> Curve:
    """A curve in the units of a window: x over the whole map, y with room at both edges."""
    tall = window.height * (1 - 2 * EDGE)
    points = [
        replace(
            point, x=point.x * window.column / STEP, y=window.height * EDGE + point.y * tall / STEP
        )
        for point in line.points
    ]
    return replace(line, points=points)


def curve_image(lines: Sequence[Curve], window: Window) -> str:
    """The part of the curves inside the window; they run on beyond its edges."""
    tall = window.height * (1 - 2 * EDGE)
    context = {
        "curves": [scaled(line, window) for line in lines],
        "left": window.left,
        "right": window.left + window.width,
        "width": window.width,
        "height": window.height,
        "levels": [window.height * EDGE + tall * step / 4 for step in range(5)],
    }
    return image_of("journeys/_export_curve.html", context)


def curve_words(sheet: Sheet, heads: Sequence[Head]) -> str:
    """What the curve says, for those who cannot see it."""
    titles = {head.stage.pk: head.title for head in heads}
    said = [
        f"{_where(titles[point.stage_id], point)}: {_who(line)}{WORDS[point.feeling.score]}"
        for line in sheet.curves
        for point in line.points
        if point.stage_id in titles
    ]
    return _("Emotion curve") + ". " + "; ".join(said)


def _where(stage: str, point: Point) -> str:
    return f"{stage}, {point.spot.title}" if point.spot else stage


def _who(line: Curve) -> str:
    return f"{line.persona.name} " if line.persona else ""
