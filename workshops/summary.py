"""The summary of a workshop: one PDF for all who took part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaboration.drawings import image_of
from collaboration.exporting import Options, Progress
from collaboration.models import Board
from journeys.emotion import STEP, WORDS, Curve, Point, curves
from journeys.models import Stage
from journeys.selectors import emotions_of, outline_of, personas_of
from journeys.spots import spots_of
from teams.access import Actor
from workshops import selectors
from workshops.chart import chart_of
from workshops.models import Workshop

MOST_STAGES_IN_A_STRIP = 7
STRIP_WIDTH, STRIP_HEIGHT = 590, 130
"""The size of a strip of the curve in CSS pixels; the columns above it share its width."""

PLOT_TOP, PLOT_HEIGHT = 15, 100


def render_summary(board: Board, actor: Actor, report: Progress, _options: Options) -> bytes:
    """The summary as a PDF in the language in force. Everything in it is open to viewers."""
    # WeasyPrint is large and slow to load, so the web processes do without it.
    from collaboration.pdf import render_pdf

    workshop = Workshop.objects.select_related("follows").get(pk=board.pk)
    if actor.user and workshop.follows and not workshop.follows.actor_for(actor.user):
        workshop.follows = None
    html = summary_html(workshop)
    report(20)
    content = render_pdf(html)
    report(95)
    return content


def summary_html(workshop: Workshop) -> str:
    """The whole document; a constant number of queries."""
    columns = selectors.columns_of(workshop)
    rated = selectors.rated_proposals(workshop)
    departments = selectors.departments_of(workshop)
    context = {
        "language": get_language(),
        "workshop": workshop,
        "departments": departments,
        "participant_count": sum(len(people) for _name, people in departments),
        "columns": [column for column in columns if column.contributions],
        "contribution_count": sum(len(column.contributions) for column in columns),
        "ranking": selectors.ranking(rated),
        "chart_image": chart_image(rated),
        "actions": list(selectors.actions_of(workshop)),
        **map_context(workshop),
    }
    return render_to_string("workshops/summary.html", context)


# --- The map -------------------------------------------------------------------------------
@dataclass(frozen=True)
class Strip:
    """A run of neighbouring stages with their part of the curve; `blanks` fill up the last."""

    stages: list[Stage]
    blanks: range
    image: str
    words: str


def map_context(workshop: Workshop) -> dict[str, Any]:
    """The journey's stages now, those in the workshop's scope, and the curves through them, with
    what is felt at touchpoints."""
    journey = workshop.subject
    stages = outline_of(journey).stages
    personas = personas_of(journey)
    lines = curves(stages, personas, emotions_of(journey), spots_of(journey))
    return {
        "stages": stages,
        "scope": {stage.journey_stage_id for stage in selectors.scope_of(workshop)},
        "personas": personas,
        "curves": lines,
        "strips": strips_of(stages, lines) if lines else [],
    }


def strips_of(stages: Sequence[Stage], lines: Sequence[Curve]) -> list[Strip]:
    """The map cut into strips of equal length, none longer than a page is wide."""
    count = -(-len(stages) // MOST_STAGES_IN_A_STRIP)
    length = -(-len(stages) // count)
    width = STRIP_WIDTH / length
    scaled = [_scaled(line, width) for line in lines]
    return [
        _strip(stages[first : first + length], lines, scaled, first * width, length)
        for first in range(0, len(stages), length)
    ]


def _strip(
    stages: Sequence[Stage],
    lines: Sequence[Curve],
    scaled: Sequence[Curve],
    left: float,
    length: int,
) -> Strip:
    right = left + STRIP_WIDTH * len(stages) / length
    blanks = range(length - len(stages))
    return Strip(list(stages), blanks, _strip_image(scaled, left, right), words_of(stages, lines))


def _scaled(line: Curve, stage_width: float) -> Curve:
    points = [
        replace(point, x=point.x * stage_width / STEP, y=PLOT_TOP + point.y * PLOT_HEIGHT / STEP)
        for point in line.points
    ]
    return replace(line, points=points)


def _strip_image(lines: Sequence[Curve], left: float, right: float) -> str:
    """The part of the curves from `left` on; they run on beyond the edges of the picture."""
    context = {
        "curves": lines,
        "left": left,
        "right": right,
        "width": STRIP_WIDTH,
        "height": STRIP_HEIGHT,
        "levels": [PLOT_TOP + PLOT_HEIGHT * step / 4 for step in range(5)],
    }
    return image_of("workshops/_summary_curve.html", context)


def words_of(stages: Sequence[Stage], lines: Sequence[Curve]) -> str:
    """What the curve says, for those who cannot see it."""
    ids = {stage.pk: stage.title for stage in stages}
    said = [
        f"{_where(ids[point.stage_id], point)}: {WORDS[point.feeling.score]}"
        for line in lines
        for point in line.points
        if point.stage_id in ids
    ]
    return _("Emotion curve") + ". " + "; ".join(said)


def _where(stage: str, point: Point) -> str:
    return f"{stage}, {point.spot.title}" if point.spot else stage


# --- Drawings ------------------------------------------------------------------------------
def chart_image(rated: Sequence[selectors.RatedProposal]) -> str:
    return image_of("workshops/_rating_chart.html", {"chart": chart_of(rated)})
