"""Walks side by side: stage by stage, what was met, and who is ahead."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import cast

from django.db.models import Count, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from journeys.models import Journey, Stage
from touchpoints.problems import Place, is_finding, places_of
from touchpoints.walk_models import Answer, Walk, WalkStep

MOST_BESIDE = 6
CLEARLY = 0.5
"""So many points apart, one side is ahead of the other."""

FROM_OUTSIDE = 2
"""So many competitors stand beside our own walk where nobody chose."""


# --- Reading -------------------------------------------------------------------------------
def walks_of(journey: Journey) -> "QuerySet[Walk]":
    """The latest first, each with `step_count`."""
    rows = Walk.objects.filter(board=journey.pk).annotate(step_count=Count("steps"))
    return cast("QuerySet[Walk]", rows.order_by("-walked_on", "-pk"))


def usual_choice(walks: Sequence[Walk]) -> list[Walk]:
    """Our latest walk, and the latest of each of the competitors walked last."""
    own = [walk for walk in walks if not walk.competitor][:1]
    latest: dict[str, Walk] = {}
    for walk in walks:
        if walk.competitor:
            latest.setdefault(walk.company.casefold(), walk)
    return own + list(latest.values())[:FROM_OUTSIDE]


def steps_of(walks: Collection[Walk]) -> "list[WalkStep]":
    """What was met on these walks, in the order in which it was written down."""
    rows = WalkStep.objects.filter(walk__in=walks).order_by("pk")
    found = rows.select_related("walk", "stage", "touchpoint")
    return [step for step in found if step.is_answered or step.place]


@dataclass(frozen=True)
class Met:
    """A step, and where it stands as a problem."""

    step: WalkStep
    problem: Place | None

    @property
    def may_be_brought(self) -> bool:
        return is_finding(self.step) and self.problem is None and not self.step.waits


@dataclass
class Side:
    """What one walk met in one stage."""

    walk: Walk
    met: list[Met] = field(default_factory=list)

    @property
    def score(self) -> float | None:
        scores = [one.step.score for one in self.met if one.step.score]
        return fmean(scores) if scores else None

    def always(self, question: str, answer: Answer) -> bool:
        """Whether each touchpoint that answers the question answers so."""
        said = {getattr(one.step, question) for one in self.met} - {""}
        return said == {answer}

    def ever(self, question: str, answer: Answer) -> bool:
        return any(getattr(one.step, question) == answer for one in self.met)


@dataclass
class Row:
    """One stage, or what is on the map no more, with a side for each walk."""

    stage: Stage | None
    number: int
    sides: list[Side]

    @property
    def ours(self) -> list[Side]:
        return [side for side in self.sides if not side.walk.competitor]

    @property
    def theirs(self) -> list[Side]:
        return [side for side in self.sides if side.walk.competitor]

    @property
    def best_of_theirs(self) -> Side | None:
        return _best(self.theirs)

    @property
    def lead(self) -> float | None:
        """How many points the best competitor is ahead of our best walk; less than nothing where
        we are ahead, None where only one side has scores."""
        ours, theirs = _best(self.ours), self.best_of_theirs
        if ours is None or theirs is None:
            return None
        return (theirs.score or 0) - (ours.score or 0)

    @property
    def verdict(self) -> str:
        """behind, ahead, level, or nothing where it cannot be said."""
        if self.lead is None:
            return ""
        if abs(self.lead) < CLEARLY:
            return "level"
        return "behind" if self.lead > 0 else "ahead"

    @property
    def said(self) -> str:
        """The verdict in words, with both scores."""
        ours, theirs = _best(self.ours), self.best_of_theirs
        if ours is None or theirs is None:
            return ""
        words = {
            "behind": _("%(company)s is ahead: %(theirs)s of 5, we %(ours)s"),
            "ahead": _("We are ahead: %(ours)s of 5, %(company)s %(theirs)s"),
            "level": _("Level with %(company)s: %(theirs)s of 5, we %(ours)s"),
        }[self.verdict]
        return words % {
            "company": theirs.walk,
            "theirs": in_words(theirs.score),
            "ours": in_words(ours.score),
        }

    @property
    def differences(self) -> list[str]:
        """What works, or helps, there and not with us."""
        words = {
            "worked": _("It works at %(company)s, and not with us."),
            "helped_goal": _("It brings customers to their goal at %(company)s, and not with us."),
        }
        return [
            said % {"company": side.walk}
            for question, said in words.items()
            if any(one.ever(question, Answer.NO) for one in self.ours)
            for side in self.theirs
            if side.always(question, Answer.YES)
        ]


def _best(sides: list[Side]) -> Side | None:
    scored = [side for side in sides if side.score is not None]
    return max(scored, key=lambda side: side.score or 0, default=None)


def in_words(score: float | None) -> str:
    if score is None:
        return "–"
    return number_format(round(score, 1), 0 if round(score, 1) == round(score) else 1)


@dataclass(frozen=True)
class Comparison:
    walks: list[Walk]
    rows: list[Row]

    @property
    def behind(self) -> list[Row]:
        """Where a competitor is ahead, by most first."""
        found = [row for row in self.rows if row.verdict == "behind"]
        return sorted(found, key=lambda row: -(row.lead or 0))

    @property
    def ahead(self) -> list[Row]:
        found = [row for row in self.rows if row.verdict == "ahead"]
        return sorted(found, key=lambda row: row.lead or 0)

    @property
    def has_both(self) -> bool:
        return len({walk.competitor for walk in self.walks}) > 1

    @property
    def totals(self) -> list[tuple[Walk, float | None, int]]:
        """Each walk with the mean of its scores and the number of its touchpoints."""
        found = []
        for number, walk in enumerate(self.walks):
            met = [one for row in self.rows for one in row.sides[number].met]
            scores = [one.step.score for one in met if one.step.score]
            found.append((walk, fmean(scores) if scores else None, len(met)))
        return found


def compare_walks(journey: Journey, walks: list[Walk]) -> Comparison:
    """Stage by stage in the order of the map, then what is on it no more; four queries."""
    steps = steps_of(walks)
    places = places_of([step.pk for step in steps])
    met: dict[tuple[int | None, int], list[Met]] = defaultdict(list)
    for step in steps:
        met[step.stage_id, step.walk_id].append(Met(step, places.get(step.pk)))
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    rows = [_row(stage, number, walks, met) for number, stage in enumerate(stages, 1)]
    rest = _row(None, 0, walks, met)
    return Comparison(walks, [*rows, rest] if any(side.met for side in rest.sides) else rows)


def _row(
    stage: Stage | None,
    number: int,
    walks: list[Walk],
    met: dict[tuple[int | None, int], list[Met]],
) -> Row:
    key = stage.pk if stage else None
    return Row(stage, number, [Side(walk, met.get((key, walk.pk), [])) for walk in walks])
