"""Large journeys for measurements: 12 stages, 10 lanes, 300 notes each."""

from itertools import product

from journeys.models import Journey, Lane, Period
from journeys.services import create_journey, create_note, record_emotion
from journeys.starters import Starter, StarterStage, lanes
from touchpoints.services import create_touchpoint
from workshops.demo.build_map import stages_of
from workshops.demo.people import Cast

STAGES, NOTES = 12, 300
TEXT_LANES = (
    "does", "thinks", "feels", "says", "needs", "pains", "barriers", "opportunities",
)  # fmt: skip
LANES = (*TEXT_LANES, "emotion", "touchpoints")
WORDS = (
    "Looks for the order of last week and finds three that could be it.",
    "Asks a colleague.",
    "Is this the same price as in the offer? The line for freight was not there before, or was it?",
    "Waits.",
    "“Can somebody call me back today?”",
    "Compares two lists by hand, with a ruler on the screen.",
    "Hopes that it will be the last time.",
)


def draw_large_journey(number: int, cast: Cast) -> Journey:
    """One edit of the board for all of it: history is not what is measured here."""
    owner = cast.actors["owner"]
    journey = create_journey(
        cast.workspace, title=f"Large journey {number}", starter=_starter(), by=owner
    )
    with journey.editing(by=owner):
        _write_notes(journey, cast)
        for index, stage in enumerate(stages_of(journey)):
            record_emotion(stage, persona=None, score=index % 5 - 2, by=owner)
            create_touchpoint(stage=stage, title=f"Contact {index + 1}", by=owner)
    return journey


def _starter() -> Starter:
    periods = [Period.BEFORE] * 5 + [Period.DURING] * 2 + [Period.AFTER] * 5
    stages = tuple(
        StarterStage(f"Stage {number}", period, f"What happens in stage {number}.")
        for number, period in enumerate(periods, start=1)
    )
    return Starter("large", "", "", stages, lanes(*LANES))


def _write_notes(journey: Journey, cast: Cast) -> None:
    """Spread evenly over all cells of the text lanes."""
    lanes = Lane.objects.filter(board=journey.pk, kind__in=TEXT_LANES)
    cells = list(product(stages_of(journey), lanes))
    for index in range(NOTES):
        stage, lane = cells[index % len(cells)]
        text = WORDS[index % len(WORDS)]
        create_note(stage=stage, lane=lane, text=text, by=cast.actors["editor"])
