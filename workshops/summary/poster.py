"""A wall poster, made of panels of the size of a sheet: printed one a sheet and put beside each
other, or in one piece. Nothing crosses an edge, so nothing has to be matched but the sheets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from workshops.summary.fitting import Fit, Room, fit
from workshops.summary.journey import Size, Strip
from workshops.summary.matter import Matter
from workshops.summary.problems import Said
from workshops.summary.solutions import Solution

PANEL_WIDTH_MM, PANEL_HEIGHT_MM = 210, 297
TEMPLATE = "workshops/summary/poster.html"
SHORTER = (1.0, 0.8, 0.6)
"""How much of the room is filled; less where a draft ran over."""

TEXT = Room(22.5, 38, extra=0.9, most_lines=4)
"""A panel of the large poster that is one list, in em of its text; then one with a line below
each entry, and one that shares its panel."""

TITLED = Room(25.5, 32, extra=2.0, most_lines=3)
SHARED = Room(22.5, 17, extra=0.9, most_lines=3)
SMALL = Room(31.5, 21, extra=0.8, most_lines=2)
SMALL_TITLED = Room(34, 11.5, extra=1.9, most_lines=1)
CURVE = Size(640, 250)


@dataclass(frozen=True)
class Panel:
    template: str
    column: int
    row: int
    entries: Fit[Any] | None = None
    more: Fit[Any] | None = None
    strip: Strip | None = None

    @property
    def left(self) -> int:
        return self.column * PANEL_WIDTH_MM

    @property
    def top(self) -> int:
        return self.row * PANEL_HEIGHT_MM


@dataclass(frozen=True)
class Poster:
    name: str
    columns: int
    rows: int
    panels: list[Panel]
    is_whole: bool = False

    @property
    def width(self) -> int:
        return self.columns * PANEL_WIDTH_MM

    @property
    def height(self) -> int:
        return self.rows * PANEL_HEIGHT_MM


def tiles_a1(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    for share in SHORTER:
        yield TEMPLATE, {"poster": Poster("A1", 4, 2, _large(matter, share))}


def whole_a1(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    for share in SHORTER:
        yield TEMPLATE, {"poster": Poster("A1", 4, 2, _large(matter, share), is_whole=True)}


def tiles_a3(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    for share in SHORTER:
        yield TEMPLATE, {"poster": Poster("A3", 2, 1, _small(matter, share))}


def _large(matter: Matter, share: float) -> list[Panel]:
    """Two rows of four: what was looked at and said; what comes of it."""
    half = -(-len(matter.journey.heads) // 2)
    left, right = (*matter.journey.strips_of(max(half, 1), CURVE), None, None)[:2]
    room, titled, below = (_room(one, share) for one in (TEXT, TITLED, SHARED))
    return [
        Panel("workshops/summary/_panel_title.html", 0, 0),
        Panel(
            "workshops/summary/_panel_curve.html",
            1,
            0,
            _problems_at(matter, left, below),
            strip=left,
        ),
        Panel(
            "workshops/summary/_panel_curve.html",
            2,
            0,
            _problems_at(matter, right, below),
            strip=right,
        ),
        Panel("workshops/summary/_panel_strengths.html", 3, 0, *_voices(matter, below)),
        Panel("workshops/summary/_panel_problems.html", 0, 1, fit(matter.problems, room, _said)),
        Panel("workshops/summary/_panel_chart.html", 1, 1),
        Panel(
            "workshops/summary/_panel_ranking.html", 2, 1, fit(matter.solutions, titled, _titled)
        ),
        Panel("workshops/summary/_panel_decisions.html", 3, 1, fit(matter.actions, titled, str)),
    ]


def _small(matter: Matter, share: float) -> list[Panel]:
    """Two panels beside each other: the problems on their map, and what comes of them."""
    strips = matter.journey.strips_of(40, Size(640, 150))
    half = _room(SMALL_TITLED, share)
    problems = fit(matter.problems, _room(SMALL, share), _said)
    solutions, actions = fit(matter.solutions, half, _titled), fit(matter.actions, half, str)
    return [
        Panel(
            "workshops/summary/_panel_left.html",
            0,
            0,
            problems,
            strip=strips[0] if strips else None,
        ),
        Panel("workshops/summary/_panel_right.html", 1, 0, solutions, actions),
    ]


def _room(room: Room, share: float) -> Room:
    return replace(room, height=room.height * share)


def _problems_at(matter: Matter, strip: Strip | None, room: Room) -> Fit[Any]:
    """The problems in these stages, those with the most votes first."""
    stages = {head.stage.pk for head in strip.heads} if strip else set()
    here = {
        part.stage.pk
        for part in matter.words
        if part.stage and part.stage.journey_stage_id in stages
    }
    found = [one for one in matter.problems if one.item.stage_id in here]
    return fit(found, room, _said)


def _voices(matter: Matter, room: Room) -> tuple[Fit[Any], Fit[Any]]:
    """What is good already, and what is still to be asked."""
    return fit(matter.strengths, room, _said), fit(matter.questions, room, _said)


def _said(one: Said) -> str:
    return one.item.text


def _titled(one: Solution) -> str:
    return one.rated.proposal.title
