"""Walks the journeys of the demo, and brings what was found to the next workshop."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from journeys.models import Journey, Stage
from touchpoints.models import Touchpoint
from touchpoints.problems import bring_problem
from touchpoints.walk_models import Walk
from touchpoints.walks import answer_step, finish_walk, start_walk
from workshops.demo.build_map import stages_of
from workshops.demo.drawn import WRONG, Sheet
from workshops.demo.people import Cast
from workshops.demo.shapes import MetStory, WalkStory

GLASS, STREET, FRAME = "#9db8c4", "#d9e6ea", "#2b3a42"


def walk_journey(story: WalkStory, journey: Journey, cast: Cast) -> Walk:
    by = cast.actors["editor"]
    walk = start_walk(
        journey,
        competitor=bool(story.company),
        company=story.company,
        walker=story.walker,
        walked_on=timezone.localdate() - timedelta(days=story.days_ago),
        by=by,
    )
    stages = stages_of(journey)
    for number, met in enumerate(story.met):
        step = answer_step(walk, **_answers(walk, met, stages[met.stage], number), by=by)
        if met.problem:
            bring_problem(step, by=by)
    finish_walk(walk, by=by)
    return walk


def _answers(walk: Walk, met: MetStory, stage: Stage, number: int) -> dict[str, Any]:
    """The step has the key that the form would give it."""
    ours = Touchpoint.objects.filter(stage=stage, title=met.touchpoint).first()
    key = f"touchpoint-{ours.pk}" if ours and not walk.competitor else f"step-{number}"
    return {
        "key": key,
        "stage": stage,
        "touchpoint": ours,
        "place": met.place,
        "worked": met.worked,
        "helped_goal": met.helped,
        "missing": met.missing,
        "better": met.better,
        "score": met.score,
        "file": PHOTOS[met.photo]() if met.photo else None,
        "photo_says": met.photo_says,
    }


# --- Photos ----------------------------------------------------------------------------------
def _shelf() -> BytesIO:
    sheet = Sheet(480, 320, "#f0e6d6")
    for row in range(3):
        for column in range(5):
            _pair(sheet, 60 + 90 * column, 70 + 95 * row, GLASS)
        sheet.block((20, 95 + 95 * row, 460, 103 + 95 * row), "#b98a5e", 3)
    return sheet.file("shelf.png")


def _till() -> BytesIO:
    sheet = Sheet(300, 480, "#3d4a52")
    sheet.block((24, 24, 276, 456), "#ffffff", 22)
    for row in range(4):
        sheet.block((48, 80 + 70 * row, 252, 122 + 70 * row), "#eef1f2", 8)
    sheet.block((48, 372, 252, 420), WRONG, 10)
    return sheet.file("till.png")


def _lens() -> BytesIO:
    sheet = Sheet(480, 320, STREET)
    sheet.block((0, 230, 480, 320), "#b9c4c6")
    for house, colour in enumerate(("#c9805f", "#8fa58c", "#c7a86a", "#9a8fb0")):
        sheet.block((10 + 120 * house, 90, 115 + 120 * house, 232), colour, 4)
    for number, colour in enumerate((GLASS, "#7c6a58", "#5f7f6a", "#8b6f80")):
        x = 75 + 110 * number
        sheet.stroke([(x, 0), (x, 120)], FRAME, 2)
        sheet.round((x - 38, 118, x + 38, 194), colour)
    return sheet.file("lens.png")


def _pair(sheet: Sheet, x: float, y: float, colour: str) -> None:
    for side in (-18, 18):
        sheet.round((x + side - 16, y - 12, x + side + 16, y + 18), FRAME)
        sheet.round((x + side - 13, y - 9, x + side + 13, y + 15), colour)
    sheet.stroke([(x - 4, y), (x + 4, y)], FRAME, 3)


PHOTOS = {"shelf": _shelf, "till": _till, "lens": _lens}
