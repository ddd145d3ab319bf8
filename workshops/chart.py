"""The two-axis chart of proposals: one drawing for the page and for the PDF."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workshops.models import HIGHEST, LOWEST
from workshops.selectors import RatedProposal

WIDTH, HEIGHT = 420, 400
LEFT, TOP, RIGHT, BOTTOM = 46, 14, 406, 350
"""The plot's edges inside the drawing; titles and numbers stand outside of them."""

INSET = 30
"""Room between the plot's edge and the marks 1 and 5, so that no point is cut."""

RADIUS = 11
GAP = 2 * RADIUS + 2


@dataclass(frozen=True)
class Point:
    """A proposal in the chart, at its median feasibility (x) and effect (y)."""

    rated: RatedProposal
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """One mark of a scale, 1 to 5, and where it stands on both axes."""

    mark: int
    x: float
    y: float


def chart_of(proposals: Sequence[RatedProposal]) -> dict[str, object]:
    """What `workshops/_rating_chart.html` draws."""
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
        "radius": RADIUS,
        "ticks": [Tick(mark, _x(mark), _y(mark)) for mark in range(LOWEST, HIGHEST + 1)],
        "points": points_of(proposals),
    }


def points_of(proposals: Sequence[RatedProposal]) -> list[Point]:
    """A point for each rated proposal; those on one spot stand around it, all inside the plot."""
    spots: dict[tuple[float, float], list[RatedProposal]] = defaultdict(list)
    for rated in proposals:
        if rated.feasibility is not None and rated.effect is not None:
            spots[rated.feasibility, rated.effect].append(rated)
    return [
        Point(rated, x, y)
        for (feasibility, effect), group in spots.items()
        for rated, x, y in _group(group, _x(feasibility), _y(effect))
    ]


def _group(
    group: Sequence[RatedProposal], x: float, y: float
) -> list[tuple[RatedProposal, float, float]]:
    """Circles around a spot, moved together where one would leave the plot."""
    places = _around(len(group))
    xs = _inside([x + dx for dx, _ in places], LEFT, RIGHT)
    ys = _inside([y + dy for _, dy in places], TOP, BOTTOM)
    return list(zip(group, xs, ys, strict=True))


def _inside(values: Sequence[float], low: float, high: float) -> list[float]:
    margin = RADIUS + 2
    too_low = max(0.0, low + margin - min(values))
    too_high = max(0.0, max(values) - (high - margin))
    return [value + too_low - too_high for value in values]


def _around(count: int) -> list[tuple[float, float]]:
    """Places for `count` circles in rows around a spot, none over another."""
    columns = 1
    while columns * columns < count:
        columns += 1
    rows = -(-count // columns)
    places = []
    for index in range(count):
        row, column = divmod(index, columns)
        in_row = min(columns, count - row * columns)
        places.append(((column - (in_row - 1) / 2) * GAP, (row - (rows - 1) / 2) * GAP))
    return places


def _x(mark: float) -> float:
    return _scaled(mark, LEFT + INSET, RIGHT - INSET)


def _y(mark: float) -> float:
    return _scaled(mark, BOTTOM - INSET, TOP + INSET)


def _scaled(mark: float, low: float, high: float) -> float:
    return low + (high - low) * (mark - LOWEST) / (HIGHEST - LOWEST)
