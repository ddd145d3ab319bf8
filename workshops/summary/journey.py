"""The part of the map that the workshop worked on: its stages, the curve, what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from collaboration.drawings import image_of
from journeys.emotion import STEP, WORDS, Curve, Point
from journeys.export.sheet import Head, Sheet, sheet_of
from journeys.models import Persona, Stage
from journeys.plain import Plain
from workshops import selectors
from workshops.models import Workshop

MOST_STAGES_IN_A_STRIP = 7
TOLD = ("does", "thinks", "feels", "pains", "touchpoints")
"""The kinds of lanes whose items a summary repeats; all of them are in the files of the map."""

PLOT_TOP, PLOT_FOOT = 15, 15
"""Room above and below the plot, for points and their rings."""


@dataclass(frozen=True)
class Size:
    """Of a strip of the curve, in CSS pixels; the columns above it share its width."""

    width: float = 590
    height: float = 130


@dataclass(frozen=True)
class Strip:
    """A run of neighbouring stages with their part of the curve; `blanks` fill up the last."""

    heads: list[Head]
    blanks: range
    image: str
    words: str


@dataclass(frozen=True)
class Cell:
    """What stands in one lane of a stage."""

    lane: str
    items: list[Plain]


@dataclass(frozen=True)
class Place:
    """A stage in scope with what stands in its lanes."""

    head: Head
    cells: list[Cell]


@dataclass(frozen=True)
class JourneyPart:
    sheet: Sheet
    of_all: int
    """How many stages the whole journey has."""

    @property
    def heads(self) -> list[Head]:
        return self.sheet.heads

    @property
    def curves(self) -> list[Curve]:
        return self.sheet.curves

    @property
    def personas(self) -> list[Persona]:
        return self.sheet.personas

    @property
    def is_whole(self) -> bool:
        return len(self.heads) == self.of_all

    @property
    def strips(self) -> list[Strip]:
        return self.strips_of(MOST_STAGES_IN_A_STRIP, Size())

    def strips_of(self, most: int, size: Size) -> list[Strip]:
        """The map cut into strips of equal length with at most so many stages; without a
        picture where nobody said how it feels."""
        return strips_of(self.heads, self.curves, most, size)

    @property
    def places(self) -> list[Place]:
        """What stands in the lanes that tell of the customer, and at which points we meet."""
        rows = [row for row in self.sheet.rows if row.lane.kind in TOLD]
        return [
            Place(
                head,
                [
                    Cell(row.title, items)
                    for row in rows
                    if (items := [one for one in row.cells[index] if one.picture is None])
                ],
            )
            for index, head in enumerate(self.heads)
        ]


def journey_part(workshop: Workshop) -> JourneyPart:
    """The stages in scope as they are on the map now; all where none of them is left. A constant
    number of queries."""
    chosen = [stage.journey_stage_id for stage in selectors.scope_of(workshop)]
    sheet = sheet_of(workshop.subject, stages=chosen)
    return JourneyPart(sheet, Stage.objects.filter(board=workshop.subject_id).count())


def strips_of(heads: Sequence[Head], lines: Sequence[Curve], most: int, size: Size) -> list[Strip]:
    count = max(1, -(-len(heads) // most))
    length = max(1, -(-len(heads) // count))
    column = size.width / length
    scaled = [_scaled(line, column, size) for line in lines]
    found = []
    for first in range(0, len(heads), length):
        part = list(heads[first : first + length])
        left = first * column
        right = left + column * len(part)
        image = _strip_image(scaled, left, right, size) if lines else ""
        found.append(Strip(part, range(length - len(part)), image, words_of(part, lines)))
    return found


def _scaled(line: Curve, column: float, size: Size) -> Curve:
    high = size.height - PLOT_TOP - PLOT_FOOT
    points = [
        replace(point, x=point.x * column / STEP, y=PLOT_TOP + point.y * high / STEP)
        for point in line.points
    ]
    return replace(line, points=points)


def _strip_image(lines: Sequence[Curve], left: float, right: float, size: Size) -> str:
    """The part of the curves from `left` on; they run on beyond the edges of the picture."""
    high = size.height - PLOT_TOP - PLOT_FOOT
    context = {
        "curves": lines,
        "left": left,
        "right": right,
        "width": size.width,
        "height": size.height,
        "levels": [PLOT_TOP + high * step / 4 for step in range(5)],
    }
    return image_of("workshops/_summary_curve.html", context)


def words_of(heads: Sequence[Head], lines: Sequence[Curve]) -> str:
    """What the curve says, for those who cannot see it."""
    titles = {head.stage.pk: head.title for head in heads}
    said = [
        f"{_where(titles[point.stage_id], point)}: {WORDS[point.feeling.score]}"
        for line in lines
        for point in line.points
        if point.stage_id in titles
    ]
    return _("Emotion curve") + ". " + "; ".join(said)


def _where(stage: str, point: Point) -> str:
    return f"{stage}, {point.spot.title}" if point.spot else stage
