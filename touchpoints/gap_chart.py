"""Effort against importance as a drawing: places of points, worked out on the server."""

from collections import defaultdict
from dataclasses import dataclass

from touchpoints.gaps import GapAnalysis, Pair

WIDTH, HEIGHT = 720, 380
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 28, 52
COLUMNS = 6
"""Where no customer is, then importance 1 to 5."""
COLUMN = (WIDTH - LEFT - RIGHT) / COLUMNS
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class ChartPoint:
    """A pair on which we are, numbered as in the table beside the drawing."""

    number: int
    pair: Pair
    stage: str
    channel: str
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    value: float
    at: float


@dataclass(frozen=True)
class EffortChart:
    points: list[ChartPoint]
    columns: list[Tick]
    lines: list[Tick]
    average: Tick
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart_of(analysis: GapAnalysis) -> EffortChart:
    """Hours upwards, importance to the right; points of one column stand side by side."""
    ours = [pair for pair in analysis.pairs if pair.activities]
    highest = _ceiling(max((pair.hours for pair in ours), default=0))
    stages = {stage.pk: stage.title for stage in analysis.stages}
    channels = {channel.pk: channel.name for channel in analysis.channels}
    numbers = {id(pair): number for number, pair in enumerate(ours, 1)}
    points = [
        ChartPoint(
            numbers[id(pair)],
            pair,
            stages.get(pair.stage_id, ""),
            channels.get(pair.channel_id, ""),
            round(LEFT + COLUMN * (column + (place + 1) / (count + 1)), 1),
            _height(pair.hours, highest),
        )
        for pair, column, place, count in _placed(ours)
    ]
    return EffortChart(
        sorted(points, key=lambda point: point.number),
        [Tick(n, round(LEFT + COLUMN * (n + 0.5), 1)) for n in range(COLUMNS)],
        [Tick(highest * n / 4, _height(highest * n / 4, highest)) for n in range(5)],
        Tick(analysis.average_hours, _height(analysis.average_hours, highest)),
    )


def _placed(pairs: list[Pair]) -> list[tuple[Pair, int, int, int]]:
    """Each pair with its column, its place among those of the column, and how many these are."""
    columns: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        columns[pair.importance or 0].append(pair)
    return [
        (pair, column, place, len(group))
        for column, group in columns.items()
        for place, pair in enumerate(sorted(group, key=lambda one: one.hours))
    ]


def _height(hours: float, highest: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * hours / highest, 1)


def _ceiling(hours: float) -> float:
    """A round number that is not less: 1, 2 or 5 with zeros."""
    power = 1.0
    while True:
        for step in STEPS:
            if hours <= step * power:
                return max(step * power, 4)
        power *= 10
