"""Problems that were found on walks: the next workshop on the journey takes them in."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from journeys.models import Journey
from teams.access import Actor
from touchpoints.problems import Place, words_of
from touchpoints.walk_models import WalkStep
from workshops.models import Contribution, Phase, Workshop
from workshops.selectors import scope_stage
from workshops.services import MOST_CONTRIBUTIONS, add_contribution

STILL_ON = timedelta(days=1)
"""So long after its beginning a workshop is still the next one."""


class WalkFindings:
    """A finding is the problem of one workshop; where that is deleted, it may go to another."""

    def take(self, journey: Journey, step: WalkStep, *, by: Actor) -> bool:
        workshop = next_workshop(journey)
        if workshop is None:
            return False
        write_down(workshop, step, by=by)
        return True

    def places(self, step_ids: Collection[int]) -> dict[int, Place]:
        found = Contribution.objects.filter(finding__in=step_ids, board__deleted_at=None)
        rows = found.order_by("-pk").values_list("finding", "pk", "board_id", "board__title")
        return {
            step_id: Place(pk, title, _address(board_id, pk))
            for step_id, pk, board_id, title in rows
        }


def _address(workshop_id: int, contribution_id: int) -> str:
    return f"{reverse('workshops:workshop', args=[workshop_id])}#contribution-{contribution_id}"


def next_workshop(journey: Journey) -> Workshop | None:
    """The one that comes first of those that are not over; one without a date comes last."""
    over = Q(phase=Phase.CLOSE) | Q(starts_at__lt=timezone.now() - STILL_ON)
    rows = Workshop.objects.alive().filter(subject=journey.pk, archived_at=None).exclude(over)
    coming: Workshop | None = rows.order_by(F("starts_at").asc(nulls_last=True), "pk").first()
    return coming


def write_down(workshop: Workshop, step: WalkStep, *, by: Actor) -> None:
    """The finding as a problem of a stage of the workshop; of the whole journey where the workshop
    does not work on that stage."""
    stage = scope_stage(workshop, step.stage_id) if step.stage_id else None
    add_contribution(
        workshop,
        text=words_of(step),
        stage=stage,
        finding=step.pk,
        touchpoint=step.touchpoint_id,
        by=by,
    )


def take_in(workshop: Workshop, journey: Journey, *, by: Actor) -> None:
    """Write down in a new workshop what waits on its journey, which is being edited. What it has
    no room for goes on waiting."""
    waiting = WalkStep.objects.filter(board=journey.pk, waits=True).order_by(
        "stage__position", "pk"
    )
    steps = list(waiting.select_related("walk", "stage", "touchpoint")[:MOST_CONTRIBUTIONS])
    there = WalkFindings().places([step.pk for step in steps])
    for step in steps:
        if step.pk not in there:
            write_down(workshop, step, by=by)
        step.waits = False
        step.save()
