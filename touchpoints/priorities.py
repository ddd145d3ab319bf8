"""Which touchpoints to work on first: a score from 0 to 100 by weights that the team sets.

Each part lies between 0 and 1:

    importance       (importance to the customer - 1) / 4
    dissatisfaction  (5 - how well it works) / 4
    moment of truth  1 for a moment of truth, otherwise 0
    goals            (importance to us - 1) / 4: how far it helps to reach our goals; where that is
                     not rated, what an activity of ours in its stage and channel serves:
                     1 for our first goal, falling evenly to 1 / n for the last of n

score = 100 x (sum of weight x part) / (sum of weights). What is not rated counts nothing, and the
explanation says so. A touchpoint that is missing works as badly as can be.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.models import Journey
from teams.access import Actor
from touchpoints.models import ActivityGoal, Goal, GoalSide, PriorityWeights, Touchpoint

PARTS: dict[str, str | Promise] = {
    "importance": gettext_lazy("Importance to the customer"),
    "dissatisfaction": gettext_lazy("Dissatisfaction"),
    "moment": gettext_lazy("Moment of truth"),
    "goals": gettext_lazy("Contribution to our goals"),
}


Served = dict[tuple[int, int | None], tuple[int, int]]
"""By stage and channel: the best rank of our goals that an activity there serves, and of how
many goals."""


@dataclass(frozen=True)
class Part:
    """One part of a score: `value` from 0 to 1, or None where it is not rated; `points` of 100."""

    name: str
    value: float | None
    weight: int
    points: float
    said: str

    @property
    def title(self) -> str:
        return str(PARTS[self.name])


@dataclass(frozen=True)
class Ranked:
    """A touchpoint with its score and what it is made of."""

    rank: int
    item: Touchpoint
    parts: list[Part]

    @property
    def score(self) -> float:
        """From 0 to 100."""
        return sum(part.points for part in self.parts)

    @property
    def unrated(self) -> list[str]:
        return [part.title for part in self.parts if part.value is None]


def weights_of(journey: Journey) -> PriorityWeights:
    """The team's weights; where none were set, the usual ones, not saved."""
    found: PriorityWeights | None = PriorityWeights.objects.filter(board=journey.pk).first()
    return found or PriorityWeights(board_id=journey.pk)


def save_weights(journey: Journey, *, by: Actor, **weights: int) -> PriorityWeights:
    """Set how much each part of the score counts."""
    with journey.editing(by=by):
        present = weights_of(journey)
        for name, weight in weights.items():
            setattr(present, name, weight)
        present.save()
    return present


def priorities_of(journey: Journey, weights: PriorityWeights | None = None) -> list[Ranked]:
    """Every touchpoint, the most urgent first; equal ones in the order in which they are met."""
    weights = weights or weights_of(journey)
    served = served_at(journey)
    scored = [(item, parts_of(item, weights, served)) for item in _in_order(journey)]
    scored.sort(key=lambda pair: -round(sum(part.points for part in pair[1]), 6))
    return [Ranked(rank, item, parts) for rank, (item, parts) in enumerate(scored, 1)]


def _in_order(journey: Journey) -> "QuerySet[Touchpoint]":
    rows: QuerySet[Touchpoint] = Touchpoint.objects.filter(board=journey.pk)
    return rows.select_related("stage", "channel").order_by("stage__position", "position")


def served_at(journey: Journey) -> Served:
    """Two queries."""
    ours = Goal.objects.filter(board=journey.pk, side=GoalSide.BUSINESS).order_by("position")
    ranks = {pk: rank for rank, pk in enumerate(ours.values_list("pk", flat=True), 1)}
    pairs = ActivityGoal.objects.filter(board=journey.pk, goal__in=ranks)
    places = pairs.exclude(activity__stage=None).exclude(activity__channel=None)
    found: Served = {}
    for stage, channel, goal in places.values_list("activity__stage", "activity__channel", "goal"):
        best, _of = found.get((stage, channel), (len(ranks), 0))
        found[stage, channel] = (min(best, ranks[goal]), len(ranks))
    return found


def parts_of(item: Touchpoint, weights: PriorityWeights, served: Served) -> list[Part]:
    place = served.get((item.stage_id, item.channel_id)) if item.our_importance is None else None
    values = {
        "importance": _rising(item.importance),
        "dissatisfaction": 1.0 if item.missing else _falling(item.satisfaction),
        "moment": 1.0 if item.moment_of_truth else 0.0,
        "goals": _share(place) if place else _rising(item.our_importance),
    }
    words = _words(item)
    if place:
        words["goals"] = _("an activity there serves our goal %(rank)s") % {"rank": place[0]}
    total = weights.total
    return [
        Part(
            name,
            value,
            weights.of(name),
            100 * weights.of(name) * (value or 0) / total if total else 0,
            words[name],
        )
        for name, value in values.items()
    ]


def _rising(rating: int | None) -> float | None:
    return None if rating is None else (rating - 1) / 4


def _share(place: tuple[int, int]) -> float:
    rank, of = place
    return (of - rank + 1) / of


def _falling(rating: int | None) -> float | None:
    return None if rating is None else (5 - rating) / 4


def _words(item: Touchpoint) -> dict[str, str]:
    unknown = _("not rated")
    rated = _("%(rating)s of 5")
    said = {
        name: unknown if rating is None else rated % {"rating": rating}
        for name, rating in (
            ("importance", item.importance),
            ("dissatisfaction", item.satisfaction),
            ("goals", item.our_importance),
        )
    }
    if item.missing:
        said["dissatisfaction"] = _("missing")
    elif item.satisfaction is not None:
        words = _("works %(rating)s of 5")
        said["dissatisfaction"] = words % {"rating": item.satisfaction}
    return said | {"moment": _("yes") if item.moment_of_truth else _("no")}
