"""The two-axis chart of proposals: one drawing for the page and for the PDF."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workshops.labels import APART, Box, Point, Spot, name_points, place_apart
from workshops.models import HIGHEST, LOWEST
from workshops.selectors import RatedProposal

WIDTH, HEIGHT = 420, 400
LEFT, TOP, RIGHT, BOTTOM = 46, 14, 406, 350
"""The plot's edges inside the drawing; titles and numbers stand outside of them."""

INSET = 30
"""Room between the plot's edge and the marks 1 and 5, so that no point is cut."""

RADIUS = 11
"""Of a point, as long as there are not very many."""

FILLED = 0.5
"""How much of the plot points may take up at most."""

CORNER_WIDTH, CORNER_HEIGHT = 90, 18


@dataclass(frozen=True)
class Tick:
    """One mark of a scale, 1 to 5, and where it stands on both axes."""

    mark: int
    x: float
    y: float


def chart_of(proposals: Sequence[RatedProposal], *, linked: bool = False) -> dict[str, object]:
    """What `workshops/_rating_chart.html` draws; `linked`, each point leads to its proposal."""
    points = points_of(proposals)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "top": TOP,
        "right": RIGHT,
        "bottom": BOTTOM,
        "middle_x": (LEFT + RIGHT) / 2,
        "middle_y": (TOP + BOTTOM) / 2,
        "plot_width": RIGHT - LEFT,
        "plot_height": BOTTOM - TOP,
        "half_width": (RIGHT - LEFT) / 2,
        "half_height": (BOTTOM - TOP) / 2,
        "linked": linked,
        "ticks": [Tick(mark, _x(mark), _y(mark)) for mark in range(LOWEST, HIGHEST + 1)],
        "points": points,
    }


def points_of(proposals: Sequence[RatedProposal]) -> list[Point]:
    """A point for each rated proposal, in the order of the board: none covers another, all are
    inside the plot, the best stand nearest to their marks and are named first."""
    shown = [one for one in proposals if one.feasibility is not None and one.effect is not None]
    spots = [Spot(one, _x(one.feasibility or 0), _y(one.effect or 0)) for one in shown]
    best_first = sorted(spots, key=lambda spot: spot.rated.rank or 0)
    placed = place_apart(best_first, Box(LEFT, TOP, RIGHT, BOTTOM), radius=_radius(len(spots)))
    order = {spot.rated.proposal.pk: index for index, spot in enumerate(spots)}
    named = name_points(placed, Box(LEFT, TOP, RIGHT, BOTTOM), _corners())
    return sorted(named, key=lambda point: order[point.rated.proposal.pk])


def _radius(count: int) -> float:
    """Smaller where there are very many, so that all find room."""
    room = (RIGHT - LEFT) * (BOTTOM - TOP) * FILLED / max(count, 1)
    return min(RADIUS, math.sqrt(room) / 2 - APART)


def _corners() -> list[Box]:
    """Where the names of the four quarters stand."""
    return [
        Box(x, y, x + CORNER_WIDTH, y + CORNER_HEIGHT)
        for x in (LEFT + 4, RIGHT - 4 - CORNER_WIDTH)
        for y in (TOP + 4, BOTTOM - 4 - CORNER_HEIGHT)
    ]


def _x(mark: float) -> float:
    return _scaled(mark, LEFT + INSET, RIGHT - INSET)


def _y(mark: float) -> float:
    return _scaled(mark, BOTTOM - INSET, TOP + INSET)


def _scaled(mark: float, low: float, high: float) -> float:
    return low + (high - low) * (mark - LOWEST) / (HIGHEST - LOWEST)
