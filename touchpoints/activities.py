"""What we do ourselves: per stage and channel, with purpose, effort and a decision."""

from typing import Any, cast

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from journeys.models import Journey, Stage
from journeys.stepping import stage_beside
from teams.access import Actor
from touchpoints.models import Activity
from touchpoints.services import require_channel


# --- Reading -------------------------------------------------------------------------------
def activities_of(journey: Journey) -> "QuerySet[Activity]":
    """In the order of their stages; those tied to no stage come last."""
    rows = Activity.objects.filter(board=journey.pk).select_related("stage", "channel")
    order = (F("stage__position").asc(nulls_last=True), "title", "pk")
    return cast("QuerySet[Activity]", rows.order_by(*order))


# --- Writing -------------------------------------------------------------------------------
def create_activity(journey: Journey, *, title: str, by: Actor, **fields: Any) -> Activity:
    """A new activity on a journey; its stage is on it, its channel of the workspace."""
    with journey.editing(by=by):
        activity = Activity(board_id=journey.pk, title=title, **fields)
        save_activity(activity, by=by)
    return activity


def save_activity(activity: Activity, *, by: Actor) -> None:
    """Write an activity whose fields were set; a decision has its reason."""
    with activity.board.editing(by=by):
        changed = activity.changed_fields().keys()
        if "channel_id" in changed:
            require_channel(activity.board.workspace_id, activity.channel_id)
        if "stage_id" in changed and activity.stage_id is not None:
            _require_stage(activity)
        if activity.decision and not activity.decision_reason:
            raise Refused(_("Give the reason of the decision."))
        activity.save()


def _require_stage(activity: Activity) -> None:
    stages = Stage.objects.filter(board=activity.board_id)
    if activity.stage_id not in stages.values_list("pk", flat=True):
        raise Refused(_("This stage has just been deleted. Choose another one."))


def decide_activity(activity: Activity, *, decision: str, reason: str, by: Actor) -> None:
    """Say what becomes of an activity, and why; without a decision it is open again."""
    with activity.board.editing(by=by):
        activity.decision, activity.decision_reason = decision, reason if decision else ""
        save_activity(activity, by=by)


def move_activity(activity: Activity, *, stage: Stage, by: Actor) -> None:
    """Tie an activity to another stage of its journey."""
    with activity.board.editing(by=by):
        activity.stage = stage
        save_activity(activity, by=by)


def step_activity(activity: Activity, *, direction: str, by: Actor) -> None:
    """Move to the stage on the `left` or `right`; at the edge of the map it stays."""
    if place := stage_beside(activity.stage, direction):
        move_activity(activity, stage=place, by=by)


def delete_activity(activity: Activity, *, by: Actor) -> None:
    with activity.board.editing(by=by):
        activity.delete()
