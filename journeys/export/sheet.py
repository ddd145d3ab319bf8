"""A map as plain words in rows and columns: what every file of it is made from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from journeys.arrows import Arrow, arrows_of
from journeys.emotion import WORDS, Curve, Point, curves
from journeys.lanes import BACKSTAGE
from journeys.models import Journey, Lane, Period, Persona, Stage
from journeys.plain import Facts, Plain, facts_of
from journeys.selectors import (
    JourneyMap,
    cells_of,
    emotions_of,
    outline_of,
    paths_of,
    personas_of,
)
from journeys.spots import spots_of

EMOTION = "emotion"


@dataclass(frozen=True)
class Head:
    """A stage: what stands at the top of its column. What has a lane of its own stands there."""

    stage: Stage
    number: int
    situation: str
    goals: Facts
    marks: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.stage.title


@dataclass(frozen=True)
class Row:
    """A lane with its items, one list for each stage."""

    lane: Lane
    title: str
    cells: list[list[Plain]]

    @property
    def colour(self) -> int:
        """One of the eight colours; 0 is plain."""
        return self.lane.kind_of.colour

    @property
    def is_curve(self) -> bool:
        return self.lane.kind == EMOTION

    @property
    def is_backstage(self) -> bool:
        return self.lane.kind == BACKSTAGE


@dataclass(frozen=True)
class Band:
    """A run of neighbouring stages in one period."""

    period: Period
    first: int
    count: int


@dataclass(frozen=True)
class Sheet:
    """Everything that the files of a map say, in the language in force; needs no database."""

    title: str
    perspective: str
    facts: Facts
    personas: list[Persona]
    heads: list[Head]
    rows: list[Row]
    curves: list[Curve]
    changed_at: datetime
    paths: list[Facts] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    prints: dict[str, bytes] = field(default_factory=dict)
    """Pictures and portraits made small for paper, by the name under which they are stored."""

    @property
    def path_lines(self) -> list[str]:
        return [path_line(facts) for facts in self.paths]

    @property
    def path_reasons(self) -> list[str]:
        """The paths of which more is known than an arrow shows."""
        return [path_line(facts) for facts in self.paths if any(value for _, value in facts[3:])]

    @property
    def line_of_visibility(self) -> Row | None:
        """The lane below the line: the first backstage."""
        return next((row for row in self.rows if row.is_backstage), None)

    @property
    def bands(self) -> list[Band]:
        return bands_of(self.heads)


def bands_of(heads: Sequence[Head]) -> list[Band]:
    found: list[Band] = []
    for index, head in enumerate(heads):
        if found and found[-1].period == head.stage.period:
            found[-1] = Band(found[-1].period, found[-1].first, found[-1].count + 1)
        else:
            found.append(Band(Period(head.stage.period), index, 1))
    return found


def sheet_of(journey: Journey, *, stages: Sequence[int] = (), lanes: Sequence[int] = ()) -> Sheet:
    """These stages and lanes of a map by id, or all; a constant number of queries."""
    loaded = _chosen(outline_of(journey), stages, lanes)
    loaded.personas = personas_of(journey)
    stage_ids = [stage.pk for stage in loaded.stages]
    loaded.cells = cells_of(journey, loaded.lanes, stage_ids)
    loaded.spots = spots_of(journey, stage_ids)
    loaded.paths = paths_of(journey)
    lines = _curves(loaded)
    return Sheet(
        title=journey.title,
        perspective=journey.get_perspective_display(),
        facts=_facts(journey),
        personas=loaded.personas,
        heads=_heads(loaded),
        rows=[_row(loaded, lane, lines) for lane in loaded.lanes],
        curves=lines,
        changed_at=journey.updated_at,
        paths=_paths(loaded),
        arrows=arrows_of(loaded.stages, loaded.paths).arrows,
    )


def _chosen(loaded: JourneyMap, stages: Sequence[int], lanes: Sequence[int]) -> JourneyMap:
    """What was asked for and is still there; everything where nothing of it is."""
    loaded.stages = [one for one in loaded.stages if one.pk in stages] or loaded.stages
    loaded.lanes = [one for one in loaded.lanes if one.pk in lanes] or loaded.lanes
    return loaded


def _facts(journey: Journey) -> Facts:
    named = (
        (_("Customer’s goal"), journey.customer_goal),
        (_("Our goal"), journey.business_goal),
        (_("Scope"), journey.scope),
    )
    return tuple((name, value) for name, value in named if value)


def _heads(loaded: JourneyMap) -> list[Head]:
    below = {lane.kind for lane in loaded.lanes}
    return [
        Head(
            stage,
            number,
            "" if "situation" in below else stage.situation,
            _goals(stage, below),
            _marks(loaded, stage),
        )
        for number, stage in enumerate(loaded.stages, start=1)
    ]


def _goals(stage: Stage, below: set[str]) -> Facts:
    named = (
        ("customer_goal", _("Customer’s goal"), stage.customer_goal),
        ("business_goal", _("Our goal"), stage.business_goal),
    )
    return tuple((name, value) for key, name, value in named if value and key not in below)


def _marks(loaded: JourneyMap, stage: Stage) -> tuple[str, ...]:
    found = (
        lane.kind_of.stage_mark(items)
        for lane in loaded.lanes
        if (items := loaded.cells.get((stage.pk, lane.pk)))
    )
    return tuple(mark for mark in found if mark)


def _row(loaded: JourneyMap, lane: Lane, lines: list[Curve]) -> Row:
    """All items of a lane are put into words at once, then given back to their cells."""
    if lane.kind == EMOTION:
        return Row(lane, str(lane), [_feelings(stage, lines) for stage in loaded.stages])
    cells: list[list[Any]] = [
        list(loaded.cells.get((stage.pk, lane.pk), ())) for stage in loaded.stages
    ]
    plain = iter(lane.kind_of.plain(loaded, [item for cell in cells for item in cell]))
    told = [[next(plain) for _item in cell] for cell in cells]
    return Row(lane, str(lane), [[item for item in cell if item is not None] for cell in told])


def _curves(loaded: JourneyMap) -> list[Curve]:
    if not any(lane.kind == EMOTION for lane in loaded.lanes):
        return []
    return curves(loaded.stages, loaded.personas, emotions_of(loaded.journey), loaded.spots)


def _feelings(stage: Stage, lines: list[Curve]) -> list[Plain]:
    """The points of the curves in a stage, in words."""
    return [
        _feeling(line.persona, point)
        for line in lines
        for point in line.points
        if point.stage_id == stage.pk
    ]


def _feeling(persona: Persona | None, point: Point) -> Plain:
    name, word = persona.name if persona else "", str(WORDS[point.feeling.score])
    where = point.spot.title if point.spot else ""
    return Plain(
        f"{name}: {word}" if name else word,
        detail=" · ".join(filter(None, (where, point.feeling.reason))),
        colour=persona.colour if persona else 0,
        facts=(
            (_("Persona"), name),
            (_("Touchpoint"), where),
            (_("Score"), point.feeling.score),
            (_("Feeling"), word),
            (_("Reason"), point.feeling.reason),
        ),
    )


def _paths(loaded: JourneyMap) -> list[Facts]:
    """The moves of customers between the stages that are shown, in the order of the map."""
    numbers = {stage.pk: number for number, stage in enumerate(loaded.stages, start=1)}
    titles = {stage.pk: stage.title for stage in loaded.stages}
    paths = [
        path
        for path in loaded.paths
        if path.from_stage_id in numbers and path.to_stage_id in numbers
    ]
    paths.sort(key=lambda path: (numbers[path.from_stage_id], numbers[path.to_stage_id]))
    return [
        (
            (_("From"), f"{numbers[path.from_stage_id]} {titles[path.from_stage_id]}"),
            (_("To"), f"{numbers[path.to_stage_id]} {titles[path.to_stage_id]}"),
            (_("Share of customers"), None if path.share is None else f"{path.share:.0%}"),
            (_("Why they do"), path.reason),
            (_("What we do about it"), path.response),
        )
        for path in paths
    ]


def path_line(facts: Facts) -> str:
    """A path in one line: from where to where, how many, why, what is done about it."""
    start, end, *more = (value for _name, value in facts)
    about = " · ".join(str(value) for value in more if value)
    return f"{start} → {end}" + (f": {about}" if about else "")


def persona_facts(persona: Persona) -> Facts:
    """A persona in the order of its page."""
    names = ["name", "segment", "quote", "summary", "goals", "pains", "gains", "behaviours"]
    return facts_of(persona, names)
