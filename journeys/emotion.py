"""The emotion lane: how customers feel through the journey, as one curve a persona."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from journeys.lanes import LaneKind, people_key
from journeys.models import Emotion, Feeling, Persona, Stage
from journeys.spots import Spot, Spots

if TYPE_CHECKING:
    from journeys.selectors import JourneyMap

STEP = 100
"""Width of a stage and height of the curve, in the units of the drawing."""

APART, APART_WHEN_MANY = 16, 12
"""How far apart personas stand within a stage, in per cent of its width; many are over three."""

MARGIN = 6
"""What a point takes up to either side, in per cent of a stage's width."""

EVERYBODY_COLOUR = 6
"""The colour of the curve of all customers, where a map names no persona."""

WORDS: dict[int, str | Promise] = {
    -2: _("Very bad"),
    -1: _("Bad"),
    0: _("Neutral"),
    1: _("Good"),
    2: _("Very good"),
}


class EmotionLane(LaneKind):
    key = "emotion"
    name = _("Emotion curve")
    prompt = _("How does the customer feel here?")
    icon = "emotion"
    template = "journeys/_emotion_cell.html"
    add_label = _("Add a feeling")

    @property
    def item_model(self) -> type[Emotion]:
        return Emotion

    def items(self, board: Board, stage_ids: Sequence[int] | None) -> Iterable[Emotion]:
        emotions = Emotion.objects.filter(board=board.pk).order_by("pk")
        return emotions if stage_ids is None else emotions.filter(stage__in=stage_ids)

    def surroundings(
        self, loaded: "JourneyMap", stage: Stage, items: Sequence[Any]
    ) -> tuple[object, ...]:
        spots = loaded.spots.get(stage.pk, [])
        seen = tuple(spot.version for spot in spots if spot.moment or spot.feelings)
        return (people_key(loaded.personas), seen)

    def context(self, loaded: "JourneyMap", stage: Stage, items: Sequence[Any]) -> dict[str, Any]:
        spots = loaded.spots.get(stage.pk, [])
        return {
            "handles": handles(items, loaded.personas, spots),
            "moments": [spot.title for spot in spots if spot.moment],
        }

    @property
    def records_name(self) -> str | Promise:
        return _("Feelings")


@dataclass(frozen=True)
class Point:
    """A feeling on the curve, in units of the drawing: x to the right, y downwards."""

    x: float
    y: float
    feeling: Feeling
    stage_id: int
    spot: Spot | None = None
    """Where in the stage it is felt; None for the stage as a whole."""

    @property
    def moment(self) -> bool:
        """Whether it is felt at a moment of truth."""
        return self.spot is not None and self.spot.moment


@dataclass(frozen=True)
class Curve:
    """One persona's line through the stages; `persona` is None for all customers."""

    persona: Persona | None
    colour: int
    points: list[Point]

    @property
    def line(self) -> str:
        """An SVG path through the points that never swings beyond them."""
        return smooth_path(self.points)

    @property
    def area(self) -> str:
        """The path closed along the neutral line, to be filled."""
        if not self.points:
            return ""
        first, last = self.points[0], self.points[-1]
        return f"{self.line}L{last.x:g} {STEP / 2:g}L{first.x:g} {STEP / 2:g}Z"


def smooth_path(points: Sequence[Point]) -> str:
    """A monotone cubic through points of ascending x, as SVG path data.

    The slopes are those of F. N. Fritsch and R. E. Carlson, "Monotone Piecewise Cubic
    Interpolation" (1980) in M. Steffen's form (1990): the curve has no extremes of its own.
    """
    if not points:
        return ""
    slopes = _slopes(points)
    path = f"M{points[0].x:g} {points[0].y:g}"
    for index, (one, two) in enumerate(pairwise(points)):
        third = (two.x - one.x) / 3
        first_y, second_y = one.y + slopes[index] * third, two.y - slopes[index + 1] * third
        path += f"C{one.x + third:g} {first_y:g} {two.x - third:g} {second_y:g} {two.x:g} {two.y:g}"
    return path


def _slopes(points: Sequence[Point]) -> list[float]:
    """The slope of the curve at each point; level where it turns and at its ends."""
    steps = [((two.y - one.y) / (two.x - one.x), two.x - one.x) for one, two in pairwise(points)]
    inner = []
    for (left, width), (right, next_width) in pairwise(steps):
        mean = (left * next_width + right * width) / (width + next_width)
        gentle = min(abs(left), abs(right), abs(mean) / 2) * 2 if left * right > 0 else 0.0
        inner.append(gentle if left > 0 else -gentle)
    return [0.0, *inner, 0.0]


def curves(
    stages: Sequence[Stage],
    personas: Sequence[Persona],
    emotions: Iterable[Emotion],
    spots: Spots | None = None,
) -> list[Curve]:
    """One curve for each persona that has feelings, personas first, all customers last.

    Points of several personas stand beside each other inside a stage, as the sliders do.
    """
    by_stage: dict[int, list[Emotion]] = defaultdict(list)
    for emotion in emotions:
        by_stage[emotion.stage_id].append(emotion)
    points: dict[int | None, list[Point]] = defaultdict(list)
    for index, stage in enumerate(stages):
        for handle in handles(by_stage[stage.pk], personas, (spots or {}).get(stage.pk, [])):
            if handle.feeling is not None:
                x, y = STEP * index + STEP * handle.at / 100, _height(handle.feeling.score)
                point = Point(x, y, handle.feeling, stage.pk, handle.spot)
                points[handle.persona_id].append(point)
    return [
        Curve(persona, persona.colour if persona else EVERYBODY_COLOUR, found)
        for persona in rows_of(personas)
        if (found := points[persona.pk if persona else None])
    ]


def rows_of(personas: Sequence[Persona]) -> list[Persona | None]:
    """Whose feelings a map asks for: each persona's, or all customers' when it has none."""
    return list(personas) or [None]


def _height(score: int) -> float:
    """+2 at the top of the drawing, -2 at its foot."""
    return STEP * (0.5 - score / 4)


# --- Points as they stand in a cell --------------------------------------------------------
@dataclass(frozen=True)
class Handle:
    """A point of the curve in its cell, `at` so many per cent of the width from the left."""

    at: int
    persona: Persona | None
    feeling: Feeling | None
    spot: Spot | None = None

    @property
    def persona_id(self) -> int | None:
        return self.persona.pk if self.persona else None

    @property
    def word(self) -> str | Promise:
        return WORDS[self.feeling.score] if self.feeling else ""

    @property
    def name(self) -> str:
        """A part of ids: whose feeling it is, and where within the stage."""
        whose = str(self.persona_id or "all")
        return f"{self.spot.kind.key}-{self.spot.pk}-{whose}" if self.spot else whose


def handles(
    emotions: Iterable[Emotion], personas: Sequence[Persona], spots: Sequence[Spot] = ()
) -> list[Handle]:
    """The points of one stage from left to right: each persona's (or all customers') in the
    middle, known or not, and around them those at spots, in the spots' order."""
    rows, given = rows_of(personas), {emotion.persona_id: emotion for emotion in emotions}
    places = _row_places(len(rows))
    found = [
        Handle(at, persona, given.get(persona.pk if persona else None))
        for at, persona in zip(places, rows, strict=True)
    ]
    shown = {persona.pk if persona else None for persona in rows}
    felt = [spot for spot in spots if shown & spot.feelings.keys()]
    for at, spot in _beside(felt, places[0] - MARGIN, places[-1] + MARGIN):
        for persona in rows:
            feeling = spot.feelings.get(persona.pk if persona else None)
            if feeling is not None:
                found.append(Handle(at, persona, feeling, spot))
    return sorted(found, key=lambda handle: handle.at)


def _row_places(count: int) -> list[int]:
    apart = APART if count <= 3 else APART_WHEN_MANY
    return [round(50 + (row - (count - 1) / 2) * apart) for row in range(count)]


def _beside(spots: Sequence[Spot], left: int, right: int) -> Iterable[tuple[int, Spot]]:
    """The first half of the spots left of the middle, the others right of it, each with its
    place; beyond what fits, they stand in the table alone."""
    half = len(spots) // 2
    yield from _spread(spots[:half], 0, left)
    yield from _spread(spots[half:], right, 100)


def _spread(spots: Sequence[Spot], low: int, high: int) -> Iterable[tuple[int, Spot]]:
    fitting = spots[: high - low - 1]
    step = (high - low) / (len(fitting) + 1)
    for number, spot in enumerate(fitting, start=1):
        yield round(low + number * step), spot
