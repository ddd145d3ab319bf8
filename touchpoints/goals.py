"""Ranked goals of both sides, and what serves them: writing, and one way to read them all.

What serves goals is an effort. Each app says which efforts it knows: our activities here, what
workshops decided in the app above.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.editing import Refused
from journeys.models import Journey, Stage
from teams.access import Actor
from touchpoints.activities import activities_of
from touchpoints.goal_models import ActivityGoal, Goal
from touchpoints.models import Activity


# --- Goals ---------------------------------------------------------------------------------
def goals_of(journey: Journey) -> "QuerySet[Goal]":
    """Both sides, each in its order."""
    rows: QuerySet[Goal] = Goal.objects.filter(board=journey.pk)
    return rows.select_related("stage").order_by("side", "position")


def create_goal(
    journey: Journey,
    *,
    side: str,
    text: str,
    stage: Stage | None = None,
    before: Goal | None = None,
    by: Actor,
) -> Goal:
    """A new goal of one side, before another of that side or last."""
    with journey.editing(by=by):
        goal = Goal(board_id=journey.pk, side=side, text=text, stage=stage)
        goal.place(before=before)
        save_goal(goal, by=by)
    return goal


def save_goal(goal: Goal, *, by: Actor) -> None:
    with goal.board.editing(by=by):
        if "stage_id" in goal.changed_fields() and goal.stage_id is not None:
            stages = Stage.objects.filter(board=goal.board_id)
            if goal.stage_id not in stages.values_list("pk", flat=True):
                raise Refused(_("This stage has just been deleted. Choose another one."))
        goal.save()


def move_goal(goal: Goal, *, before: Goal | None, by: Actor) -> None:
    """Rank it before another goal of its side, or last."""
    with goal.board.editing(by=by):
        if before is not None and before.side != goal.side:
            raise Refused(_("A goal is ranked among those of its own side."))
        goal.place(before=before)
        goal.save()


def step_goal(goal: Goal, *, direction: str, by: Actor) -> None:
    """One rank `up` or `down`; at the end it stays where it is."""
    with goal.board.editing(by=by):
        order = list(goal.siblings().order_by("position"))
        place = order.index(goal)
        if direction == "up" and place > 0:
            move_goal(goal, before=order[place - 1], by=by)
        elif direction == "down" and place < len(order) - 1:
            after = order[place + 2] if place + 2 < len(order) else None
            move_goal(goal, before=after, by=by)


def delete_goal(goal: Goal, *, by: Actor) -> None:
    """Nothing serves it any longer."""
    with goal.board.editing(by=by):
        goal.delete()


# --- What serves them ------------------------------------------------------------------------
@dataclass(frozen=True)
class Effort:
    """Something that we do, or have decided to do, with the goals that it serves."""

    kind: str
    pk: int
    title: str
    where: str
    goals: frozenset[int]
    hours: float = 0

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


class EffortKind(ABC):
    """A kind of effort of one app, registered in its AppConfig.ready()."""

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    shows: ClassVar[frozenset[str]]
    """The types of items on the journey's board whose changes touch it."""
    for_guests: ClassVar[bool] = True

    @abstractmethod
    def efforts(self, journey: Journey) -> list[Effort]: ...

    @abstractmethod
    def serve(self, journey: Journey, pk: int, goal: Goal, *, by: Actor) -> None:
        """Say that it serves a goal; raises Refused where it is gone."""

    @abstractmethod
    def release(self, journey: Journey, pk: int, goal: Goal, *, by: Actor) -> None: ...


_kinds: dict[str, EffortKind] = {}


def register(kind: EffortKind) -> None:
    _kinds[kind.key] = kind


def kinds_of_efforts(*, for_guests: bool = False) -> list[EffortKind]:
    return [kind for kind in _kinds.values() if kind.for_guests or not for_guests]


def efforts_of(journey: Journey, *, for_guests: bool = False) -> list[Effort]:
    """All that serves or could serve a goal; a few queries a kind."""
    return [
        effort
        for kind in kinds_of_efforts(for_guests=for_guests)
        for effort in kind.efforts(journey)
    ]


def change_served(
    journey: Journey,
    kind: str,
    pk: int,
    *,
    added: Iterable[Goal],
    removed: Iterable[Goal],
    by: Actor,
) -> None:
    """Say which goals an effort serves as well, and which it does not serve any longer."""
    with journey.editing(by=by):
        for goal in added:
            _kinds[kind].serve(journey, pk, goal, by=by)
        for goal in removed:
            _kinds[kind].release(journey, pk, goal, by=by)


class ActivityEfforts(EffortKind):
    """What we do ourselves; what is to be dropped serves nothing for long."""

    key = "activity"
    name = gettext_lazy("Our activities")
    shows = frozenset({"activity", "activitygoal"})

    def efforts(self, journey: Journey) -> list[Effort]:
        served: dict[int, set[int]] = {}
        for pair in ActivityGoal.objects.filter(board=journey.pk):
            served.setdefault(pair.activity_id, set()).add(pair.goal_id)
        return [
            Effort(
                self.key,
                one.pk,
                one.title,
                _where(one),
                frozenset(served.get(one.pk, ())),
                (one.hours_per_month or 0) if one.is_done else 0,
            )
            for one in activities_of(journey)
        ]

    def serve(self, journey: Journey, pk: int, goal: Goal, *, by: Actor) -> None:
        serve_goal(_activity(journey, pk), goal, by=by)

    def release(self, journey: Journey, pk: int, goal: Goal, *, by: Actor) -> None:
        for pair in ActivityGoal.objects.filter(board=journey.pk, activity=pk, goal=goal):
            release_goal(pair, by=by)


def _where(activity: Activity) -> str:
    parts = (
        activity.stage.title if activity.stage else "",
        activity.channel.name if activity.channel else "",
    )
    return " · ".join(filter(None, parts))


def _activity(journey: Journey, pk: int) -> Activity:
    found: Activity | None = Activity.objects.filter(board=journey.pk, pk=pk).first()
    if found is None:
        raise Refused(_("This activity has just been deleted."))
    return found


def serve_goal(activity: Activity, goal: Goal, *, by: Actor) -> ActivityGoal:
    """Say that an activity serves a goal of its journey; once is enough."""
    with goal.board.editing(by=by):
        if activity.board_id != goal.board_id:
            raise Refused(_("This belongs to another journey."))
        present: ActivityGoal | None = ActivityGoal.objects.filter(
            activity=activity, goal=goal
        ).first()
        if present:
            return present
        pair = ActivityGoal(board_id=goal.board_id, activity=activity, goal=goal)
        pair.save()
    return pair


def release_goal(pair: ActivityGoal, *, by: Actor) -> None:
    with pair.board.editing(by=by):
        pair.delete()
