"""Reading what was decided: by status, on one workshop or on all of a workspace."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from collaboration.models import Comment
from journeys.measured import Measure
from journeys.models import Metric, MetricPoint
from teams.models import User, Workspace
from workshops.action_forms import ActionsForm
from workshops.models import Action, ActionStatus, Workshop
from workshops.selectors import workshops_of

MOST_SHOWN = 60
"""Of one status, on the board of all workshops."""


@dataclass(frozen=True)
class Decided:
    """An action with the metric of the map that proves it, where it is still measured there."""

    action: Action
    measure: Measure | None
    question: bool
    """Whether the question that it opened again still stands on the map."""


@dataclass(frozen=True)
class StatusColumn:
    """All actions of one status; `hidden` is how many there are beyond those shown."""

    status: ActionStatus
    cards: list[Decided]
    hidden: int = 0


def decided(actions: Iterable[Action]) -> list[Decided]:
    """With what stands on the map about each; a query for metrics and one for questions, where
    there are any."""
    rows = list(actions)
    measures = measures_of(row.proof_metric for row in rows)
    questions = _present(row.question for row in rows)
    return [
        Decided(row, measures.get(row.proof_metric or 0), row.question in questions) for row in rows
    ]


def measures_of(metric_ids: Iterable[int | None]) -> dict[int, Measure]:
    """Metrics by their number, those alone that have been measured."""
    wanted = {pk for pk in metric_ids if pk}
    if not wanted:
        return {}
    metrics = Metric.objects.filter(pk__in=wanted, board__deleted_at=None)
    points = Prefetch("points", MetricPoint.objects.order_by("date"))
    found = (Measure(one) for one in metrics.prefetch_related(points))
    return {measure.metric.pk: measure for measure in found if measure.latest}


def _present(comment_ids: Iterable[int | None]) -> set[int]:
    wanted = {pk for pk in comment_ids if pk}
    rows = Comment.objects.filter(pk__in=wanted, board__deleted_at=None) if wanted else []
    return {row.pk for row in rows}


def by_status(actions: Iterable[Action], most: int | None = None) -> list[StatusColumn]:
    """One column a status, each in the order given."""
    rows: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        rows[action.status].append(action)
    shown = {status: rows[status][:most] for status in ActionStatus}
    cards: dict[str, list[Decided]] = defaultdict(list)
    for one in decided(action for some in shown.values() for action in some):
        cards[one.action.status].append(one)
    return [
        StatusColumn(status, cards[status], len(rows[status]) - len(shown[status]))
        for status in ActionStatus
    ]


# --- All workshops -------------------------------------------------------------------------
def all_actions(workspace: Workspace, user: User) -> "QuerySet[Action]":
    """Of every living workshop that somebody may see, what is due first on top."""
    seen = Workshop.objects.visible_to(user).filter(workspace=workspace, archived_at=None)
    rows = Action.objects.filter(board__in=seen.values("pk"))
    rows = rows.select_related("board__workshop__subject", "proposal")
    return rows.order_by(F("due").asc(nulls_last=True), "pk")


def owners_of(actions: "QuerySet[Action]") -> list[str]:
    names = actions.exclude(owner="").order_by().values_list("owner", flat=True)
    return sorted(set(names), key=str.casefold)


def filters(workspace: Workspace, user: User, data: Any) -> ActionsForm:
    actions = all_actions(workspace, user)
    with_some = workshops_of(workspace, user).filter(pk__in=actions.values("board").order_by())
    return ActionsForm(data, workshops=with_some, owners=owners_of(actions))


def narrowed(actions: "QuerySet[Action]", form: ActionsForm) -> list[Action]:
    asked = form.asked
    if asked.get("workshop"):
        actions = actions.filter(board=asked["workshop"].pk)
    if asked.get("owner"):
        actions = actions.filter(owner=asked["owner"])
    return [row for row in actions if not asked.get("late") or row.is_late]
