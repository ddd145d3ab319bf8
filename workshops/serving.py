"""What workshops decided, as efforts that serve the goals of their journey."""

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.editing import Refused
from journeys.models import Journey
from teams.access import Actor
from touchpoints.goals import Effort, EffortKind
from touchpoints.models import Goal
from workshops.models import Action, ActionGoal, ActionStatus


class ActionEfforts(EffortKind):
    """Actions of living workshops on the journey, without those that were dropped."""

    key: ClassVar[str] = "action"
    name: ClassVar[str | Promise] = gettext_lazy("Actions of workshops")
    shows: ClassVar[frozenset[str]] = frozenset({"actiongoal"})
    for_guests: ClassVar[bool] = False

    def efforts(self, journey: Journey) -> list[Effort]:
        served: dict[int, set[int]] = {}
        for pair in ActionGoal.objects.filter(board=journey.pk):
            served.setdefault(pair.action_id, set()).add(pair.goal_id)
        return [
            Effort(
                self.key,
                action.pk,
                action.title,
                action.board.title,
                frozenset(served.get(action.pk, ())),
            )
            for action in actions_on(journey)
        ]

    def serve(self, journey: Journey, pk: int, goal: Goal, *, by: Actor) -> None:
        action = actions_on(journey).filter(pk=pk).first()
        if action is None:
            raise Refused(_("This action has just been deleted."))
        serve_goal(action, goal, by=by)

    def release(self, journey: Journey, pk: int, goal: Goal, *, by: Actor) -> None:
        for pair in ActionGoal.objects.filter(board=journey.pk, action_id=pk, goal=goal):
            release_goal(pair, by=by)


def actions_on(journey: Journey) -> "QuerySet[Action]":
    """What the journey's living workshops decided, as their workshops took place."""
    rows: QuerySet[Action] = Action.objects.filter(
        board__workshop__subject=journey.pk, board__deleted_at=None
    )
    rows = rows.exclude(status=ActionStatus.DROPPED).select_related("board")
    return rows.order_by("board__created_at", "board", "pk")


def serve_goal(action: Action, goal: Goal, *, by: Actor) -> ActionGoal:
    """Say, on the journey, that an action serves a goal; once is enough."""
    with goal.board.editing(by=by):
        present: ActionGoal | None = ActionGoal.objects.filter(
            action_id=action.pk, goal=goal
        ).first()
        if present:
            return present
        pair = ActionGoal(board_id=goal.board_id, action_id=action.pk, goal=goal)
        pair.save()
    return pair


def release_goal(pair: ActionGoal, *, by: Actor) -> None:
    with pair.board.editing(by=by):
        pair.delete()
