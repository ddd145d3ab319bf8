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
from journeys.models import Emotion, Persona, Stage

if TYPE_CHECKING:
    from journeys.selectors import JourneyMap

STEP = 100
"""Width of a stage and height of the curve, in the units of the drawing."""

BETWEEN_PERSONAS = 0.16
"""How far apart personas stand within a stage, as a share of its width (as in emotion.css)."""

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
        return people_key(loaded.personas)

    def context(self, loaded: "JourneyMap", stage: Stage, items: Sequence[Any]) -> dict[str, Any]:
        return {"sliders": sliders(items, loaded.personas)}


@dataclass(frozen=True)
class Point:
    """A feeling on the curve, in units of the drawing: x to the right, y downwards."""

    x: float
    y: float
    emotion: Emotion


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
    stages: Sequence[Stage], personas: Sequence[Persona], emotions: Iterable[Emotion]
) -> list[Curve]:
    """One curve for each persona that has feelings, personas first, all customers last.

    Points of several personas stand beside each other inside a stage, as the sliders do.
    """
    by_persona: dict[int | None, dict[int, Emotion]] = defaultdict(dict)
    for emotion in emotions:
        by_persona[emotion.persona_id][emotion.stage_id] = emotion
    rows = rows_of(personas)
    return [
        Curve(persona, persona.colour if persona else EVERYBODY_COLOUR, points)
        for row, persona in enumerate(rows)
        if (points := _points(stages, by_persona[persona.pk if persona else None], row, len(rows)))
    ]


def rows_of(personas: Sequence[Persona]) -> list[Persona | None]:
    """Whose feelings a map asks for: each persona's, or all customers' when it has none."""
    return list(personas) or [None]


def _points(
    stages: Sequence[Stage], feelings: dict[int, Emotion], row: int, rows: int
) -> list[Point]:
    aside = (row - (rows - 1) / 2) * BETWEEN_PERSONAS
    return [
        Point(STEP * (index + 0.5 + aside), _height(feelings[stage.pk].score), feelings[stage.pk])
        for index, stage in enumerate(stages)
        if stage.pk in feelings
    ]


def _height(score: int) -> float:
    """+2 at the top of the drawing, -2 at its foot."""
    return STEP * (0.5 - score / 4)


def sliders(stage_emotions: Sequence[Emotion], personas: Sequence[Persona]) -> list[dict[str, Any]]:
    """What a cell shows: for each persona (or all customers) the feeling, or None."""
    given = {emotion.persona_id: emotion for emotion in stage_emotions}
    rows = []
    for persona in rows_of(personas):
        emotion = given.get(persona.pk if persona else None)
        word = WORDS[emotion.score] if emotion else ""
        rows.append({"persona": persona, "emotion": emotion, "word": word})
    return rows
