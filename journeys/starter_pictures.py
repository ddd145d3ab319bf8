"""A small drawing of each starter: its stages as columns, its lanes as rows."""

from dataclasses import dataclass
from functools import cached_property

from journeys.lanes import kind_of
from journeys.starters import Starter

WIDTH, HEIGHT, HEAD = 160, 92, 15
MOST_ROWS = 9


@dataclass(frozen=True)
class Slip:
    """A rectangle in units of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Row:
    """A lane: its colour and the slips on it, or a line where it is the curve."""

    colour: int
    slips: list[Slip]
    line: str = ""


@dataclass(frozen=True)
class Picture:
    """What is drawn of a starter; made once for each."""

    starter: Starter

    @property
    def column(self) -> float:
        return WIDTH / max(1, len(self.starter.stages))

    @cached_property
    def stages(self) -> list[tuple[str, Slip]]:
        """Each stage's period and the band above its column."""
        return [
            (stage.period, Slip(round(index * self.column + 1, 1), 0, round(self.column - 2, 1), 8))
            for index, stage in enumerate(self.starter.stages)
        ]

    @cached_property
    def rows(self) -> list[Row]:
        lanes = self.starter.lanes[:MOST_ROWS]
        height = min(12.0, (HEIGHT - HEAD) / max(1, len(lanes)))
        return [
            self._row(number, lane.kind, round(HEAD + number * height, 1), height)
            for number, lane in enumerate(lanes)
        ]

    def _row(self, number: int, kind: str, top: float, height: float) -> Row:
        if kind == "emotion":
            return Row(0, [], self._line(top + height / 2, height / 2 - 1))
        slips = [
            Slip(
                round(index * self.column + 2, 1),
                top,
                # Some cells are fuller than others, always the same ones.
                round((self.column - 4) * (0.55 + (number * 5 + index * 7) % 4 * 0.15), 1),
                round(height - 3, 1),
            )
            for index in range(len(self.starter.stages))
            if (number * 3 + index * 5) % 7
        ]
        return Row(kind_of(kind).colour, slips)

    def _line(self, middle: float, swing: float) -> str:
        """Up and down from stage to stage."""
        heights = (0.3, 0.9, -0.6, -0.2, 0.8, -0.9, -0.4)
        points = [
            (round((index + 0.5) * self.column, 1), round(middle + swing * heights[index % 7], 1))
            for index in range(len(self.starter.stages))
        ]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""
