"""Paths as arrows above the stage heads, each on a track of its own.

Every arrow rises from a port in its first stage, runs along a track and comes down to a port in
its last. Ports keep to the middle of a stage's width and labels to the border between two
stages, so that no arrow ever runs through a text; tracks are given by interval, so that no two
arrows on one overlap.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journeys.models import Path, Stage
from journeys.paths import WORDS, Kind, kind_between

TRACK = 20
"""Height of a track, in pixels."""

HEAD = 12
"""What stays free between the lowest track and the stages, for the arrow heads."""

PORTS_FROM, PORTS_TO = 0.22, 0.78
"""Where ports may be, as shares of a stage's width; labels have the rest."""

THINNEST, THICKEST = 1.5, 6.0


@dataclass(frozen=True)
class Arrow:
    """A path as it is drawn: x in per cent of the whole width, y in pixels from the top.

    It leaves at `left` and arrives at `right`, whichever lies further left.
    """

    path: Path
    kind: Kind
    start: Stage
    end: Stage
    left: float
    right: float
    label: float
    track: int
    height: int

    @property
    def x1(self) -> str:
        return f"{self.left:g}%"

    @property
    def x2(self) -> str:
        return f"{self.right:g}%"

    @property
    def label_x(self) -> str:
        return f"{self.label:g}%"

    @property
    def y(self) -> int:
        return self.height - HEAD - TRACK * self.track - 4

    @property
    def label_y(self) -> int:
        return self.y - 5

    @property
    def foot(self) -> int:
        """Where it stands on the stages."""
        return self.height - 2

    @property
    def per_cent(self) -> float | None:
        return None if self.path.share is None else round(100 * self.path.share, 4)

    @property
    def thickness(self) -> str:
        share = self.path.share or 0
        return f"{THINNEST + (THICKEST - THINNEST) * share:.3g}"

    @property
    def words(self) -> str:
        return str(WORDS[self.kind]) % {"start": self.start.title, "end": self.end.title}


@dataclass(frozen=True)
class Drawing:
    arrows: list[Arrow]
    height: int


def arrows_of(stages: Sequence[Stage], paths: Iterable[Path]) -> Drawing:
    """The arrows in the order of their paths; a path whose stages are not all here is left out."""
    number = {stage.pk: index for index, stage in enumerate(stages)}
    drawn = [path for path in paths if path.from_stage_id in number and path.to_stage_id in number]
    ends = {path.pk: (number[path.from_stage_id], number[path.to_stage_id]) for path in drawn}
    ports = _ports(ends)
    tracks = _tracks(ends, ports)
    height = TRACK * (max(tracks.values(), default=-1) + 1) + HEAD + 4
    wide = 100 / max(1, len(stages))
    arrows = [
        Arrow(
            path=path,
            kind=kind_between(*ends[path.pk]),
            start=stages[ends[path.pk][0]],
            end=stages[ends[path.pk][1]],
            left=round(ports[path.pk][0] * wide, 3),
            right=round(ports[path.pk][1] * wide, 3),
            label=round(_border(*ends[path.pk]) * wide, 3),
            track=tracks[path.pk],
            height=height,
        )
        for path in drawn
    ]
    return Drawing(arrows, height)


Ends = dict[int, tuple[int, int]]
"""The numbers of the stages at both ends, by path id."""

Ports = dict[int, tuple[float, float]]
"""Where a path leaves and where it arrives, in stages from the left, by path id."""


def _ports(ends: Ends) -> Ports:
    """Every end has a port of its own: those to the left stand left, those to the right stand
    right, and the longest nearest to the middle, so that arrows lie around one another."""
    at_stage: dict[int, list[tuple[bool, int, int, int]]] = defaultdict(list)
    for pk, (start, end) in ends.items():
        for side, (here, there) in enumerate(((start, end), (end, start))):
            leads_right, length = there > here, abs(there - here)
            at_stage[here].append((leads_right, -length if leads_right else length, pk, side))
    found: dict[int, list[float]] = {pk: [0.0, 0.0] for pk in ends}
    for stage, sides in at_stage.items():
        for place, (_right, _length, pk, side) in enumerate(sorted(sides), start=1):
            share = place / (len(sides) + 1)
            found[pk][side] = stage + PORTS_FROM + (PORTS_TO - PORTS_FROM) * share
    return {pk: (start, end) for pk, (start, end) in found.items()}


def _tracks(ends: Ends, ports: Ports) -> dict[int, int]:
    """The lowest free track for each, short ones first; tracks count from the stages upwards."""
    taken: list[list[tuple[float, float]]] = []
    found = {}
    for pk in sorted(ends, key=lambda pk: (abs(ends[pk][1] - ends[pk][0]), min(ports[pk]), pk)):
        run = min(ports[pk]), max(ports[pk])
        free = [track for track, runs in enumerate(taken) if not _meets(run, runs)]
        if not free:
            taken.append([])
        found[pk] = free[0] if free else len(taken) - 1
        taken[found[pk]].append(run)
    return found


def _meets(run: tuple[float, float], runs: Iterable[tuple[float, float]]) -> bool:
    return any(run[0] <= end and start <= run[1] for start, end in runs)


def _border(start: int, end: int) -> int:
    """The border between two stages nearest to the middle of the way; there the label stands."""
    left, right = sorted((start, end))
    return (left + right + 1) // 2
