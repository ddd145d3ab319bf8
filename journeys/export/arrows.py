"""Paths on paper: the arrows above a run of stages, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collaboration.drawings import image_of
from journeys.arrows import Arrow
from journeys.export.curve import Window
from journeys.export.sheet import Sheet

TRACK = 1.7
"""Height of a track, in em."""

ABOVE, BELOW = 1.1, 1.2
"""Room for the label of the highest arrow, and for the heads of all; in em."""

EDGE = 1.6
"""How far a label keeps from the edge of a page, in em."""

LETTER = 0.86
THICKNESS = 0.5
"""Of a line, as a share of its thickness on the screen."""


@dataclass(frozen=True)
class Drawn:
    """An arrow in the units of a drawing: it leaves at x1, runs along y, arrives at x2."""

    arrow: Arrow
    x1: float
    x2: float
    y: float
    foot: float
    label_x: float
    label_y: float
    thickness: float
    unit: float

    @property
    def label(self) -> str:
        return share_of(self.arrow)

    @property
    def line(self) -> str:
        return f"M{self.x1:g} {self.foot:g}V{self.y:g}H{self.x2:g}V{self.foot - 0.55 * self.unit:g}"

    @property
    def head(self) -> str:
        wide, high = 0.42 * self.unit, 0.75 * self.unit
        x, y = self.x2, self.foot
        return f"M{x - wide:g} {y - high:g}L{x:g} {y:g}L{x + wide:g} {y - high:g}Z"


def share_of(arrow: Arrow) -> str:
    return "" if arrow.per_cent is None else f"{arrow.per_cent:g} %"


def arrows_height(sheet: Sheet) -> float:
    """In em; 0 where there are none."""
    tracks = max((arrow.track + 1 for arrow in sheet.arrows), default=0)
    return ABOVE + BELOW + TRACK * (tracks - 1) if tracks else 0.0


def arrows_here(sheet: Sheet, first: int, count: int) -> list[Arrow]:
    """Those that are seen above these stages."""
    wide = 100 / max(1, len(sheet.heads))
    left, right = first * wide, (first + count) * wide
    return [
        arrow
        for arrow in sheet.arrows
        if min(arrow.left, arrow.right) < right and max(arrow.left, arrow.right) > left
    ]


def drawn_arrows(sheet: Sheet, window: Window, unit: float) -> list[Drawn]:
    """The arrows inside a window, `unit` units to an em; a label stays where it is seen."""
    whole = window.column * len(sheet.heads) / 100
    foot = window.height - 0.35 * unit
    low, high = window.left + EDGE * unit, window.left + window.width - EDGE * unit
    found = []
    for arrow in arrows_here(sheet, window.first, window.count):
        y = window.height - (BELOW + TRACK * arrow.track) * unit
        found.append(
            Drawn(
                arrow=arrow,
                x1=arrow.left * whole,
                x2=arrow.right * whole,
                y=y,
                foot=foot,
                label_x=min(max(arrow.label * whole, low), high),
                label_y=y - 0.28 * unit,
                thickness=float(arrow.thickness) * THICKNESS,
                unit=unit,
            )
        )
    return found


def arrows_image(sheet: Sheet, window: Window, unit: float) -> str:
    context = {
        "arrows": drawn_arrows(sheet, window, unit),
        "left": window.left,
        "width": window.width,
        "height": window.height,
        "radius": 0.22 * unit,
    }
    return image_of("journeys/_export_paths.html", context)


def arrows_words(arrows: Sequence[Arrow]) -> str:
    """What the arrows say, for those who cannot see them."""
    said = [" ".join(filter(None, (arrow.words, share_of(arrow)))) for arrow in arrows]
    return _("Paths") + ". " + "; ".join(said)
