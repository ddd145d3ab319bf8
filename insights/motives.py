"""Root motives: what stands at the foot of the whys, by stage and persona.

Thousands of ladders are counted by their ids; only the motives that are shown are loaded.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max

from insights.models import Insight
from insights.selectors import evidence_seen_by
from journeys.models import Persona, Stage
from teams.models import User, Workspace

MOST_AT_ONCE = 5
"""So many motives of one persona at one stage, where nobody asked for all of them."""
MOST_OF_ONE = 100

Group = tuple[int | None, int | None]
"""The ids of a stage and of a persona; None where there is none."""


@dataclass(frozen=True)
class Motive:
    """The last answer of a ladder, and the insight that rests on it."""

    insight: Insight
    root: str
    depth: int
    is_shallow: bool


@dataclass
class PersonaMotives:
    """The deepest motives of a persona at a stage, of `number` that there are."""

    persona: Persona | None
    number: int
    motives: list[Motive] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        return self.number - len(self.motives)


@dataclass
class StageMotives:
    """The motives of one stage, by persona; without a stage they are on no map yet."""

    stage: Stage | None
    groups: list[PersonaMotives] = field(default_factory=list)


class Motives:
    """What there is, by stage and persona: counted in four queries, whatever there is."""

    def __init__(
        self,
        workspace: Workspace,
        user: User,
        *,
        stage: int | None = None,
        persona: int | None = None,
    ) -> None:
        self.most = MOST_OF_ONE if stage and persona else MOST_AT_ONCE
        self._groups: dict[Group, list[tuple[int, int]]] = defaultdict(list)
        self._personas = {one.pk: one for one in Persona.objects.filter(workspace=workspace)}
        ladders = Insight.objects.filter(workspace=workspace, ladder__isnull=False)
        depths = ladders.order_by().values_list("pk").annotate(Max("ladder__steps__depth"))
        placed = _pairs(
            evidence_seen_by(user)
            .filter(insight__in=ladders.values("pk"))
            .values_list("insight", "stage").distinct()
        )  # fmt: skip
        named = _pairs(
            Insight.personas.through.objects.filter(insight__in=ladders.values("pk"))
            .values_list("insight", "persona")
        )  # fmt: skip
        for insight, depth in depths:
            for at in placed.get(insight, [None]):
                for who in named.get(insight, [None]):
                    if (stage is None or at == stage) and (persona is None or who == persona):
                        self._groups[at, who].append((-(depth or 0), -insight))

    def stages(self) -> list[int | None]:
        """The stages that have motives, in the order of the maps; what is on no map is last."""
        ids = {stage for stage, _persona in self._groups}
        rows = Stage.objects.filter(pk__in=[pk for pk in ids if pk])
        known = rows.order_by("board__title", "board", "position").values_list("pk", flat=True)
        return [*known, *([None] if None in ids else [])]

    def of(self, stages: Iterable[int | None]) -> list[StageMotives]:
        """The deepest of each persona at these stages, with their insights; three queries."""
        wanted = list(stages)
        shown = {
            group: sorted(found)[: self.most]
            for group, found in self._groups.items()
            if group[0] in wanted
        }
        ids = {-insight for found in shown.values() for _depth, insight in found}
        loaded = Insight.objects.select_related("ladder").prefetch_related("ladder__steps")
        insights = loaded.in_bulk(ids)
        places = Stage.objects.select_related("board").in_bulk([pk for pk in wanted if pk])
        result = {pk: StageMotives(places[pk] if pk else None) for pk in wanted}
        for (stage, persona), found in sorted(shown.items(), key=self._by_name):
            group = PersonaMotives(
                self._personas.get(persona or 0), len(self._groups[stage, persona])
            )
            group.motives = [_motive(insights[-pk]) for _depth, pk in found if -pk in insights]
            result[stage].groups.append(group)
        return list(result.values())

    def _by_name(self, entry: tuple[Group, object]) -> tuple[bool, str]:
        persona = self._personas.get(entry[0][1] or 0)
        return (persona is None, persona.name.casefold() if persona else "")


def _pairs(rows: Iterable[tuple[int, int]]) -> dict[int, list[int | None]]:
    found: dict[int, list[int | None]] = defaultdict(list)
    for insight, other in rows:
        found[insight].append(other)
    return found


def _motive(insight: Insight) -> Motive:
    ladder = insight.ladder
    rungs = ladder.rungs if ladder else []
    root = rungs[-1].answer if rungs else insight.quote or insight.text
    return Motive(insight, root, ladder.depth if ladder else 0, not ladder or ladder.is_shallow)
