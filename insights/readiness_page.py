"""The page of what stands ready: stage by stage, beside what customers doubt and need there."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from collaboration.live import Viewer
from insights.doubts import Doubt, Preparation, StageReadiness, State, preparation_of
from insights.models import Readiness
from insights.readiness_models import ReadinessStatus
from journeys.models import Journey
from touchpoints.side_pages import SidePage

REGION = "readiness-board"


@dataclass(frozen=True)
class Card:
    """Something that stands ready, or will, with the doubts that it answers."""

    item: Readiness
    answers: list[tuple[int, Doubt]]
    """Each with the id of the pair."""


@dataclass(frozen=True)
class Row:
    """A stage as the board shows it: its doubts, and a column for each status."""

    each: StageReadiness
    columns: list[tuple[ReadinessStatus, list[Card]]]


def rows_of(preparation: Preparation) -> list[Row]:
    answered: dict[int, list[tuple[int, Doubt]]] = {item.pk: [] for item in preparation.items}
    for doubt in preparation.doubts:
        for answer in doubt.answers:
            answered[answer.readiness_id].append((answer.pk, doubt))
    return [
        Row(
            each,
            [
                (
                    status,
                    [Card(one, answered[one.pk]) for one in each.items if one.status == status],
                )
                for status in ReadinessStatus
            ],
        )
        for each in preparation.stages
    ]


class ReadinessPage(SidePage):
    view: ClassVar[str] = "readiness"
    region: ClassVar[str] = REGION
    WHOLE: ClassVar[frozenset[str]] = frozenset({REGION})
    shows: ClassVar[frozenset[str]] = frozenset(
        {"readiness", "answer", "stage", "note", "lane", "evidence"}
    )

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return readiness_html(journey, viewer)


def readiness_html(journey: Journey, viewer: Viewer) -> SafeString:
    """Five queries, whatever the number of stages, doubts and answers."""
    preparation = preparation_of(journey)
    context: dict[str, Any] = {
        "journey": journey,
        "viewer": viewer,
        "preparation": preparation,
        "rows": rows_of(preparation),
        "titles": {each.stage.pk: each.stage.title for each in preparation.stages},
        "open": _by_stage(preparation, State.OPEN),
        "counts": {state.value: len(preparation.in_state(state)) for state in State},
        "statuses": ReadinessStatus.choices,
    }
    return render_to_string("insights/_readiness_board.html", context)


def _by_stage(preparation: Preparation, state: State) -> list[tuple[StageReadiness, list[Doubt]]]:
    """The doubts of this state, in the order of their stages."""
    found = (
        (each, [doubt for doubt in each.doubts if doubt.state is state])
        for each in preparation.stages
    )
    return [(each, doubts) for each, doubts in found if doubts]


def on_board(item: Any, _words: str) -> str:
    """Where what was found is shown."""
    return f"{reverse('insights:readiness', args=[item.board_id])}#readiness-{item.pk}"
