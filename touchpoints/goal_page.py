"""The page of goals: both sides ranked side by side, and what we do for which of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from collaboration.live import Viewer
from collaboration.models import Board, Change
from journeys.models import Journey, Stage
from touchpoints.goal_models import Goal, GoalSide
from touchpoints.goals import Effort, efforts_of, goals_of, kinds_of_efforts
from touchpoints.side_pages import SidePage

REGION = "goals-board"


class Serves(Enum):
    """Whom an effort serves."""

    BOTH = "both"
    BUSINESS = "business"
    CUSTOMER = "customer"
    NEITHER = "neither"

    @property
    def label(self) -> str | Promise:
        return LABELS[self]

    @property
    def advice(self) -> str | Promise:
        return ADVICE[self]


LABELS = {
    Serves.BOTH: _("Serves both"),
    Serves.BUSINESS: _("Serves only us"),
    Serves.CUSTOMER: _("Serves only the customer"),
    Serves.NEITHER: _("Serves neither"),
}
ADVICE = {
    Serves.BOTH: _("Here the two sides pull together: do more of it."),
    Serves.BUSINESS: _("What would the customer gain from it? Without an answer it is noise to them."),
    Serves.CUSTOMER: _("What does it bring you? If nothing, it is the first to be cut."),
    Serves.NEITHER: _("No goal says why you do it. Tie it to one, or drop it."),
}  # fmt: skip


@dataclass(frozen=True)
class Ranked:
    """A goal with its rank on its side, and how much serves it."""

    goal: Goal
    rank: int
    served_by: int


@dataclass(frozen=True)
class Shown:
    """An effort with the goals that it serves, customers' first."""

    effort: Effort
    customer: list[Ranked]
    business: list[Ranked]

    @property
    def serves(self) -> Serves:
        if self.customer and self.business:
            return Serves.BOTH
        if self.business:
            return Serves.BUSINESS
        return Serves.CUSTOMER if self.customer else Serves.NEITHER

    @property
    def ranked(self) -> list[Ranked]:
        return [*self.customer, *self.business]


@dataclass(frozen=True)
class Group:
    serves: Serves
    efforts: list[Shown]

    @property
    def hours(self) -> float:
        """A month."""
        return sum(one.effort.hours for one in self.efforts)


@dataclass(frozen=True)
class Tension:
    """Both sides, and what we do for them."""

    journey: Journey
    customer: list[Ranked]
    business: list[Ranked]
    efforts: list[Shown]
    stages: list[Stage]

    @property
    def goals(self) -> list[Ranked]:
        return [*self.customer, *self.business]

    @cached_property
    def groups(self) -> list[Group]:
        return [
            Group(serves, [one for one in self.efforts if one.serves is serves])
            for serves in Serves
        ]

    @property
    def meetings(self) -> list[tuple[Ranked, list[int]]]:
        """Each goal of the customer's with how many efforts serve it and each of ours at once."""
        return [
            (ours, [self._meet(ours, other) for other in self.business]) for ours in self.customer
        ]

    def _meet(self, first: Ranked, second: Ranked) -> int:
        wanted = {first.goal.pk, second.goal.pk}
        return sum(1 for one in self.efforts if wanted <= one.effort.goals)


def tension_of(journey: Journey, *, for_guests: bool = False) -> Tension:
    """A constant number of queries."""
    efforts = efforts_of(journey, for_guests=for_guests)
    sides: dict[str, list[Ranked]] = {side.value: [] for side in GoalSide}
    for goal in goals_of(journey):
        ranked = sides[goal.side]
        served_by = sum(1 for effort in efforts if goal.pk in effort.goals)
        ranked.append(Ranked(goal, len(ranked) + 1, served_by))
    customer, business = sides[GoalSide.CUSTOMER], sides[GoalSide.BUSINESS]
    shown = [
        Shown(one, _among(customer, one.goals), _among(business, one.goals)) for one in efforts
    ]
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    return Tension(journey, customer, business, shown, list(stages))


def _among(ranked: Iterable[Ranked], goals: frozenset[int]) -> list[Ranked]:
    return [one for one in ranked if one.goal.pk in goals]


class GoalsPage(SidePage):
    view: ClassVar[str] = "goals"
    region: ClassVar[str] = REGION
    WHOLE: ClassVar[frozenset[str]] = frozenset({REGION})
    shows: ClassVar[frozenset[str]] = frozenset({"goal", "stage", "journey"})

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        shown = self.shows.union(*(kind.shows for kind in kinds_of_efforts()))
        return {REGION} if any(change.item_type in shown for change in changes) else set()

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return goals_html(journey, viewer)


def goals_html(journey: Journey, viewer: Viewer) -> SafeString:
    tension = tension_of(journey, for_guests=viewer.is_guest)
    context: dict[str, Any] = {
        "journey": journey,
        "tension": tension,
        "viewer": viewer,
        "lists": [
            (GoalSide.CUSTOMER, _("What customers want"), tension.customer, journey.customer_goal),
            (GoalSide.BUSINESS, _("What we want"), tension.business, journey.business_goal),
        ],
    }
    return render_to_string("touchpoints/_goals.html", context)


def on_goals(item: Any, _words: str) -> str:
    """Where a found goal is shown."""
    return f"{reverse('touchpoints:goals', args=[item.board_id])}#goal-{item.pk}"
