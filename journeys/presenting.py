"""A map as a presentation: one slide a stage."""

from dataclasses import dataclass

from collaboration.live import Viewer
from journeys.emotion import curves
from journeys.models import Lane, Stage
from journeys.outline import plain
from journeys.page import cells_html
from journeys.selectors import Card, JourneyMap, emotions_of
from teams.models import Role


@dataclass(frozen=True)
class Slide:
    """A stage with what its lanes say; lanes that say nothing here are left out."""

    stage: Stage
    lanes: list[tuple[Lane, str]]


def slides_of(loaded: JourneyMap, viewer: Viewer) -> list[Slide]:
    """Drawn as for somebody who only looks, whoever presents."""
    reader = Viewer(Role.VIEWER, viewer.language)
    wanted = [
        (stage, lane)
        for stage in loaded.stages
        for lane in loaded.lanes
        if loaded.cells.get((stage.pk, lane.pk))
    ]
    cells = cells_html(loaded, wanted, reader)
    told: dict[int, list[tuple[Lane, str]]] = {}
    for stage, lane in wanted:
        told.setdefault(stage.pk, []).append((lane, plain(cells[stage.pk, lane.pk])))
    return [Slide(stage, told.get(stage.pk, [])) for stage in loaded.stages]


def picture_of(loaded: JourneyMap) -> Card:
    """The curves of a loaded map in small, as the dashboard shows them."""
    return Card(
        loaded.journey,
        curves=curves(loaded.stages, loaded.personas, emotions_of(loaded.journey)),
        periods=loaded.periods,
        stage_count=len(loaded.stages),
    )
