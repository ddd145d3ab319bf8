"""Root motives: what stands at the foot of the whys, by stage and persona."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from insights.models import Evidence, Insight
from insights.selectors import insights_of, with_places
from journeys.models import Persona
from teams.models import User, Workspace

MOST_MOTIVES = 400


@dataclass(frozen=True)
class Motive:
    """The last answer of a ladder, and the insight that rests on it."""

    insight: Insight
    root: str
    depth: int
    is_shallow: bool


@dataclass
class StageMotives:
    """The motives of one stage, by persona; without a stage they are on no map yet."""

    place: Evidence | None
    by_persona: dict[Persona | None, list[Motive]] = field(default_factory=dict)


def motives_of(workspace: Workspace, user: User) -> list[StageMotives]:
    """Every insight with a ladder, by stage in the order of the maps, then by persona; the
    deepest first. Five queries, whatever there is."""
    found: dict[int | None, StageMotives] = {}
    for insight in with_places(_with_ladders(workspace), user)[:MOST_MOTIVES]:
        motive = _motive(insight)
        for place in insight.places or [None]:  # type: ignore[attr-defined]
            stage_id = place.stage_id if place else None
            of_stage = found.setdefault(stage_id, StageMotives(place))
            personas: list[Persona | None] = [*insight.personas.all()]
            for persona in personas or [None]:
                of_stage.by_persona.setdefault(persona, []).append(motive)
    for of_stage in found.values():
        for motives in of_stage.by_persona.values():
            motives.sort(key=lambda motive: -motive.depth)
    return sorted(found.values(), key=_in_order)


def _with_ladders(workspace: Workspace) -> QuerySet[Insight]:
    insights = insights_of(workspace).filter(ladder__isnull=False)
    return insights.select_related("ladder").prefetch_related("ladder__steps", "personas")


def _motive(insight: Insight) -> Motive:
    ladder = insight.ladder
    rungs = ladder.rungs if ladder else []
    root = rungs[-1].answer if rungs else insight.quote or insight.text
    return Motive(insight, root, ladder.depth if ladder else 0, not ladder or ladder.is_shallow)


def _in_order(stage: StageMotives) -> tuple[bool, str, int, str]:
    place = stage.place
    if place is None:
        return True, "", 0, ""
    return False, place.board.title, place.board_id, place.stage.position
