"""Reading a map: a constant number of queries, whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from collaboration.models import Comment
from collaboration.presence import Person
from journeys.emotion import STEP, Curve, curves
from journeys.lanes import Cells, LaneKind
from journeys.models import (
    Emotion,
    Journey,
    JourneyPersona,
    Lane,
    Note,
    Path,
    Period,
    Persona,
    Stage,
)
from journeys.spots import Spots, spots_of
from teams.models import User, Workspace


@dataclass(frozen=True)
class Relatives:
    """The living maps that a journey belongs together with."""

    based_on: Journey | None
    futures: list[Journey]
    beside: Journey | None


@dataclass
class JourneyMap:
    """A journey with everything that its grid shows, loaded."""

    journey: Journey
    stages: list[Stage]
    lanes: list[Lane]
    personas: list[Persona] = field(default_factory=list)
    cells: Cells = field(default_factory=dict)
    open_comments: dict[int, int] = field(default_factory=dict)
    spots: Spots = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)

    @property
    def periods(self) -> list[tuple[Period, int]]:
        """Runs of neighbouring stages in one period, with their length."""
        return periods_of(self.stages)


def periods_of(stages: Iterable[Stage]) -> list[tuple[Period, int]]:
    """Runs of neighbouring stages in one period, with their length."""
    runs = groupby(stages, key=lambda stage: stage.period)
    return [(Period(period), len(list(run))) for period, run in runs]


def map_of(journey: Journey) -> JourneyMap:
    """The whole map: stages, lanes, personas, open comments, and one query per item type."""
    loaded = outline_of(journey)
    loaded.personas = personas_of(journey)
    loaded.cells = cells_of(journey, loaded.lanes)
    loaded.spots = spots_of(journey)
    loaded.paths = paths_of(journey)
    loaded.open_comments = open_comments_by_stage(journey)
    return loaded


def outline_of(journey: Journey) -> JourneyMap:
    """Stages and lanes alone, in order."""
    return JourneyMap(
        journey,
        list(Stage.objects.filter(board=journey.pk).order_by("position")),
        list(Lane.objects.filter(board=journey.pk).order_by("position")),
    )


def cells_of(
    journey: Journey, lanes: Sequence[Lane], stage_ids: Sequence[int] | None = None
) -> Cells:
    """The items of these lanes by (stage id, lane id); one query per item type."""
    found: Cells = {}
    for kind, group in _by_item_model(lanes):
        found.update(kind.cells(journey, group, stage_ids))
    return found


def _by_item_model(lanes: Sequence[Lane]) -> list[tuple[LaneKind, list[Lane]]]:
    groups: dict[type, tuple[LaneKind, list[Lane]]] = {}
    for lane in lanes:
        kind = lane.kind_of
        groups.setdefault(kind.item_model, (kind, []))[1].append(lane)
    return list(groups.values())


def personas_of(journey: Journey) -> list[Persona]:
    """The personas of a journey in the order in which they were added."""
    links = JourneyPersona.objects.filter(board=journey.pk).select_related("persona")
    return [link.persona for link in links.order_by("created_at", "pk")]


def open_comments_by_stage(journey: Journey) -> dict[int, int]:
    """Number of unresolved threads by stage id; stages without any are not named."""
    threads = Comment.objects.filter(
        board=journey.pk, target_type="stage", parent=None, resolved_at=None
    )
    return dict(threads.values_list("target_id").annotate(count=Count("pk")).order_by())


def paths_of(journey: Journey) -> list[Path]:
    """The paths in the order of the stages where they start, then where they end."""
    rows = Path.objects.filter(board=journey.pk)
    return list(rows.order_by("from_stage__position", "to_stage__position"))


def emotions_of(journey: Journey) -> list[Emotion]:
    return list(Emotion.objects.filter(board=journey.pk).order_by("stage__position", "pk"))


def persona_on(journey: Journey, persona_id: int | None) -> Persona | None:
    """A persona of this map by id; None for all customers; Http404 for any other id."""
    if persona_id is None:
        return None
    for persona in personas_of(journey):
        if persona.pk == persona_id:
            return persona
    raise Http404


def kinds_on(journey: Journey) -> set[str]:
    """The keys of the kinds of lanes that a map has."""
    return set(Lane.objects.filter(board=journey.pk).values_list("kind", flat=True))


def shown_personas(journey_id: int) -> QuerySet[Persona]:
    """The personas of a journey, to choose from, by name."""
    links = JourneyPersona.objects.filter(board=journey_id).values("persona")
    return Persona.objects.filter(pk__in=links)


@dataclass
class Card:
    """A journey as the dashboard shows it."""

    journey: Journey
    curves: list[Curve] = field(default_factory=list)
    periods: list[tuple[Period, int]] = field(default_factory=list)
    stage_count: int = 0
    note_count: int = 0
    open_comments: int = 0
    personas: list[Persona] = field(default_factory=list)
    review_state: str = ""
    is_unread: bool = False
    people_here: list[Person] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Width of the small curve, in the units of the drawing."""
        return STEP * max(1, self.stage_count)

    @property
    def bands(self) -> list[tuple[Period, int, int]]:
        """Each period with where it starts and how wide it is, in the units of the drawing."""
        found, start = [], 0
        for period, length in self.periods:
            found.append((period, STEP * start, STEP * length))
            start += length
        return found


def cards_of(workspace: Workspace, user: User, wanted: Q | None = None) -> list[Card]:
    """The journeys that somebody may see, last edited first; a constant number of queries."""
    seen = Journey.objects.visible_to(user).filter(wanted or Q(), workspace=workspace)
    journeys = seen.select_related("created_by")
    cards = {journey.pk: Card(journey) for journey in journeys}
    stages = _by_board(Stage.objects.filter(board__in=cards).order_by("position"))
    emotions = _by_board(Emotion.objects.filter(board__in=cards))
    links = _by_board(
        JourneyPersona.objects.filter(board__in=cards)
        .select_related("persona")
        .order_by("created_at", "pk")
    )
    notes = _counts(Note.objects.filter(board__in=cards))
    comments = _counts(Comment.objects.filter(board__in=cards, parent=None, resolved_at=None))
    for pk, card in cards.items():
        card.personas = [link.persona for link in links[pk]]
        card.stage_count = len(stages[pk])
        card.periods = periods_of(stages[pk])
        card.note_count = notes.get(pk, 0)
        card.open_comments = comments.get(pk, 0)
        card.curves = curves(stages[pk], card.personas, emotions[pk])
    return list(cards.values())


def _by_board(items: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for item in items:
        found[item.board_id].append(item)
    return found


def _counts(items: QuerySet[Any]) -> dict[int, int]:
    return dict(items.order_by().values_list("board_id").annotate(count=Count("pk")))


def cell_of(item: Any, kind: str) -> str:
    """The region that shows an item of a stage: its cell in the first lane of this kind."""
    lane = Lane.objects.filter(board=item.board_id, kind=kind).order_by("position").first()
    return f"cell-{item.stage_id}-{lane.pk if lane else 0}"


def notes_in(stage: Stage) -> list[Note]:
    """The notes of a stage with their lanes, from the top."""
    notes = Note.objects.filter(stage=stage).select_related("lane")
    return list(notes.order_by("lane__position", "position"))


def relatives_of(journey: Journey) -> Relatives:
    """What it was made from, the future-state maps made from it, and what stands beside it; not
    what is a hidden draft, for the head of a map is the same for all who see it."""
    near = Q(pk=journey.based_on_id) | Q(based_on=journey.pk)
    near |= Q(pk=journey.pair_id) | Q(pair=journey.pk)
    seen = Journey.objects.alive().filter(near, hidden=False).exclude(pk=journey.pk)
    found = list(seen.order_by("pk"))
    based_on = [one for one in found if one.pk == journey.based_on_id]
    beside = [one for one in found if journey.pk == one.pair_id or journey.pair_id == one.pk]
    futures = [one for one in found if one.based_on_id == journey.pk]
    return Relatives(next(iter(based_on), None), futures, next(iter(beside), None))


def pairable_with(journey: Journey) -> QuerySet[Journey]:
    """The journeys of its workspace that may stand beside it: a plan beside a map."""
    plan = Journey.Perspective.LIFECYCLE
    others = Journey.objects.alive().filter(workspace=journey.workspace_id, hidden=False)
    others = others.order_by("title", "pk")
    if journey.perspective == plan:
        found: QuerySet[Journey] = others.exclude(perspective=plan)
    else:
        found = others.filter(perspective=plan)
    return found
