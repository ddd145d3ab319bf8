"""Room for the points of a chart and for their names: nothing covers anything else."""

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from workshops.selectors import RatedProposal

APART = 1
"""Between two points."""

LETTER_WIDTH, WIDE_LETTER_WIDTH, LINE_HEIGHT = 5.9, 11.0, 11.0
"""Of a name, in the units of the drawing, rather too much than too little."""

LENGTHS = (24, 14)
"""How much of a name is shown: as much as finds room, or none."""

MANY = 80
"""More points than this are placed less finely."""

MOST_NAMED = 40
"""With more points than this there are only letters; the table has the names."""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Spot:
    """Where a proposal belongs."""

    rated: RatedProposal
    x: float
    y: float


@dataclass(frozen=True)
class Point:
    """A proposal in the chart, as near to its spot as there was room, with its name where that
    found room."""

    rated: RatedProposal
    x: float
    y: float
    radius: float
    at_x: float
    at_y: float
    name: str = ""
    name_x: float = 0
    name_y: float = 0
    anchor: str = "start"

    @property
    def is_moved(self) -> bool:
        """So far that a line has to lead to the spot."""
        return math.hypot(self.x - self.at_x, self.y - self.at_y) > self.radius

    @property
    def box(self) -> Box:
        r = self.radius + APART
        return Box(self.x - r, self.y - r, self.x + r, self.y + r)


# --- Points --------------------------------------------------------------------------------
def place_apart(spots: Sequence[Spot], room: Box, *, radius: float) -> list[Point]:
    """Each on its spot or on the nearest free place; who comes first stands nearest."""
    step = 2 * (radius + APART)
    taken: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    placed = []
    for spot in spots:
        x, y = _inside(spot.x, spot.y, room, radius + APART)
        for dx, dy in _offsets(1 if len(spots) > MANY else 2):
            there = x + dx * step, y + dy * step
            if _fits(there, room, radius + APART) and _is_free(there, taken, step):
                break
        taken[_cell(there, step)].append(there)
        placed.append(Point(spot.rated, *there, radius, spot.x, spot.y))
    return placed


def _inside(x: float, y: float, room: Box, margin: float) -> tuple[float, float]:
    return (
        min(max(x, room.left + margin), room.right - margin),
        min(max(y, room.top + margin), room.bottom - margin),
    )


def _fits(at: tuple[float, float], room: Box, margin: float) -> bool:
    x, y = at
    return room.holds(Box(x - margin, y - margin, x + margin, y + margin))


def _is_free(
    at: tuple[float, float],
    taken: dict[tuple[int, int], list[tuple[float, float]]],
    step: float,
) -> bool:
    column, row = _cell(at, step)
    near = (taken.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
    return all(math.dist(at, other) >= step - 1e-6 for others in near for other in others)


def _cell(at: tuple[float, float], step: float) -> tuple[int, int]:
    return int(at[0] // step), int(at[1] // step)


@cache
def _offsets(parts: int) -> list[tuple[float, float]]:
    """Places around a spot, the nearest first; a step has so many parts."""
    reach = range(-30 * parts, 30 * parts + 1)
    grid = [(column / parts, row / parts) for column in reach for row in reach]
    return sorted(grid, key=lambda at: (at[0] ** 2 + at[1] ** 2, at[1], at[0]))


# --- Names ---------------------------------------------------------------------------------
def name_points(points: Sequence[Point], room: Box, taken: Sequence[Box]) -> list[Point]:
    """Write names beside points, those of the first points first, where they cover nothing."""
    if len(points) > MOST_NAMED:
        return list(points)
    covered = [*taken, *(point.box for point in points)]
    named = []
    for point in points:
        written = _named(point, room, covered)
        if written.name:
            covered.append(_box_of(written))
        named.append(written)
    return named


def _named(point: Point, room: Box, covered: Sequence[Box]) -> Point:
    for length in LENGTHS:
        for tried in _beside(point, shortened(point.rated.proposal.title, length)):
            box = _box_of(tried)
            if room.holds(box) and not any(box.meets(other) for other in covered):
                return tried
    return point


def _beside(point: Point, name: str) -> Iterator[Point]:
    """To the right, to the left, below and above, there also to one side."""
    away, r = point.radius + 4, point.radius
    below, above = point.y + away + LINE_HEIGHT / 2, point.y - away - LINE_HEIGHT / 2
    for x, y, anchor in (
        (point.x + away, point.y, "start"),
        (point.x - away, point.y, "end"),
        (point.x, below, "middle"),
        (point.x, above, "middle"),
        (point.x + r, below, "end"),
        (point.x + r, above, "end"),
        (point.x - r, below, "start"),
        (point.x - r, above, "start"),
    ):
        yield replace(point, name=name, name_x=x, name_y=y, anchor=anchor)


def _box_of(point: Point) -> Box:
    width = width_of(point.name)
    left = point.name_x - {"start": 0, "middle": width / 2, "end": width}[point.anchor]
    top = point.name_y - LINE_HEIGHT / 2
    return Box(left, top, left + width, top + LINE_HEIGHT)


def width_of(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return wide * WIDE_LETTER_WIDTH + (len(text) - wide) * LETTER_WIDTH


def shortened(text: str, length: int) -> str:
    """At most so many letters, cut between words where that leaves enough."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    whole, _space, _rest = cut.rpartition(" ")
    return (whole if len(whole) >= length // 2 else cut).rstrip(" ,.;:–-") + "…"
