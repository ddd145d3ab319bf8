"""Two personas side by side on one journey: what each feels, why, and what each says."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from journeys.curve import FeltRow, felt_rows
from journeys.emotion import curves
from journeys.models import Journey, Note, Persona, Stage
from journeys.selectors import Card, emotions_of, outline_of, periods_of
from journeys.spots import spots_of


@dataclass(frozen=True)
class BesideStage:
    """A stage as two personas live it; the cells of rows and notes are left and right."""

    stage: Stage
    number: int
    rows: list[FeltRow]
    notes: tuple[list[Note], list[Note]]

    @property
    def apart(self) -> int:
        """How far their feelings lie apart, 0 to 4; 0 where one of them is not known."""
        left, right = (handle.feeling for handle in self.rows[0].cells)
        return abs(left.score - right.score) if left and right else 0


@dataclass(frozen=True)
class Beside:
    """A whole journey as two personas live it."""

    personas: tuple[Persona, Persona]
    stages: list[BesideStage]
    card: Card

    @property
    def furthest_apart(self) -> list[BesideStage]:
        """The stages where they differ, the largest difference first."""
        different = [stage for stage in self.stages if stage.apart]
        return sorted(different, key=lambda stage: -stage.apart)


def beside(journey: Journey, left: Persona, right: Persona) -> Beside:
    """A constant number of queries, whatever the size of the journey."""
    people, stages = (left, right), outline_of(journey).stages
    emotions, spots = emotions_of(journey), spots_of(journey)
    said = _notes(journey, people)
    rows = [
        BesideStage(
            stage,
            number,
            felt_rows(
                [emotion for emotion in emotions if emotion.stage_id == stage.pk],
                people,
                spots.get(stage.pk, []),
            ),
            (said[stage.pk, left.pk], said[stage.pk, right.pk]),
        )
        for number, stage in enumerate(stages, start=1)
    ]
    card = Card(
        journey,
        curves=curves(stages, people, emotions, spots),
        periods=periods_of(stages),
        stage_count=len(stages),
    )
    return Beside(people, rows, card)


def _notes(journey: Journey, people: Sequence[Persona]) -> dict[tuple[int, int | None], list[Note]]:
    """The notes that are these personas' voices, by stage and persona, in the map's order."""
    found: dict[tuple[int, int | None], list[Note]] = defaultdict(list)
    notes = Note.objects.filter(board=journey.pk, persona__in=people).select_related("lane")
    for note in notes.order_by("lane__position", "position"):
        found[note.stage_id, note.persona_id].append(note)
    return found
