"""The next workshop, made from one: what is unsolved goes along, and who took part."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collaboration.editing import Refused
from journeys.models import Journey, Stage
from teams.access import Actor
from teams.models import Role
from workshops.agenda import plan_workshop
from workshops.agendas import FOLLOW_UP
from workshops.inspiration import bring_case
from workshops.inspiration_models import ShownCase
from workshops.models import (
    Action,
    ActionStatus,
    Contribution,
    ContributionKind,
    Participant,
    ScopeStage,
    Workshop,
)
from workshops.selectors import scope_of

OPEN_KINDS = (ContributionKind.PROBLEM, ContributionKind.QUESTION)
COPIED = (
    "kind", "text", "author", "author_name", "mark", "touchpoint", "touchpoint_title",
    "discussion",
)  # fmt: skip


# --- What is there to go on with -----------------------------------------------------------
def unsolved(workshop: Workshop) -> "QuerySet[Contribution]":
    """Problems and questions that no kept action has solved, stage by stage."""
    kept = Action.objects.filter(board=workshop.pk, status=ActionStatus.KEPT)
    solved = kept.exclude(proposal__solves=None).values("proposal__solves")
    rows = Contribution.objects.filter(board=workshop.pk, kind__in=OPEN_KINDS)
    rows = rows.exclude(pk__in=solved).select_related("stage", "participant")
    return rows.order_by("stage__position", "position", "pk")


def cases_of(workshop: Workshop) -> "QuerySet[ShownCase]":
    """The inspiration that was taken along to it."""
    rows: QuerySet[ShownCase] = ShownCase.objects.filter(board=workshop.pk)
    return rows.select_related("case")


def living_follow_ups(workshop: Workshop) -> "QuerySet[Workshop]":
    """The workshops that follow this one already, the latest first."""
    rows: QuerySet[Workshop] = Workshop.objects.alive().filter(
        follows=workshop.pk, governed_by=workshop.governed_by_id
    )
    return rows.order_by("-starts_at", "-pk")


def proposed_title(workshop: Workshop) -> str:
    return (_("Follow-up: %(title)s") % {"title": workshop.title})[:120]


def invitation_text(workshop: Workshop) -> str:
    """Words to begin the invitation with, in the language in force."""
    decided = Action.objects.filter(board=workshop.pk).count()
    words = [_met(workshop)]
    if decided:
        actions = ngettext("We decided one action.", "We decided %(count)s actions.", decided)
        words.append(actions % {"count": decided})
    if still := unsolved(workshop).count():
        left = ngettext(
            "One problem or question is still open.",
            "%(count)s problems and questions are still open.",
            still,
        )
        words.append(left % {"count": still})
    words.append(
        _(
            "Now we look at what came of it, at what has changed on the map, and decide what is next."
        )
    )
    return " ".join(words)


def _met(workshop: Workshop) -> str:
    what = {"title": workshop.title, "journey": workshop.subject.title}
    if workshop.starts_at is None:
        return _("In “%(title)s” we worked on “%(journey)s”.") % what
    day = date_format(workshop.starts_at, "DATE_FORMAT")
    words = _("On %(day)s, in “%(title)s”, we worked on “%(journey)s”.")
    return words % {**what, "day": day}


# --- Making it -----------------------------------------------------------------------------
def plan_follow_up(
    workshop: Workshop,
    *,
    title: str,
    carried: Collection[int] | None = None,
    by: Actor,
    **fields: Any,
) -> Workshop:
    """The next workshop on the same stages, with the agenda of follow-ups, the people who can be
    reached, inspiration, and what is unsolved: all of it, or what `carried` names by number.

    `fields` are any of starts_at, location, facilitator, introduction. Refused where the journey
    is gone, and for those who are not editors.
    """
    by.must(Role.EDITOR)
    journey = Journey.objects.alive().filter(pk=workshop.subject_id, archived_at=None).first()
    if journey is None:
        raise Refused(_("The journey of this workshop is in the trash or in the archive."))
    fields.setdefault("facilitator", workshop.facilitator)
    with transaction.atomic():
        following = plan_workshop(
            journey,
            agenda=FOLLOW_UP,
            title=title,
            follows=workshop,
            stage_ids=_stages_again(workshop),
            by=by,
            **fields,
        )
        with following.editing(by=by, lasting=True):
            people = _take_people(workshop, following)
            problems = _take_problems(workshop, following, people, carried)
            for shown in cases_of(workshop):
                problem = problems.get(shown.problem_id or 0)
                bring_case(following, shown.case, problem=problem, by=by)
    return following


def _stages_again(workshop: Workshop) -> list[int] | None:
    """The stages of its scope that are still on the map; None is all."""
    chosen = [stage.journey_stage_id for stage in scope_of(workshop)]
    present = Stage.objects.filter(board=workshop.subject_id, pk__in=chosen)
    return list(present.values_list("pk", flat=True)) or None


def _take_people(workshop: Workshop, following: Workshop) -> dict[int, Participant]:
    """All but guests without an address, who come by the new code if they come again."""
    found = {}
    for person in Participant.objects.filter(board=workshop.pk).order_by("pk"):
        if person.is_guest and not person.email:
            continue
        again = Participant(
            board_id=following.pk,
            name=person.name,
            department=person.department,
            email=person.email,
            user_id=person.user_id,
        )
        again.save()
        found[person.pk] = again
    return found


def _take_problems(
    workshop: Workshop,
    following: Workshop,
    people: dict[int, Participant],
    carried: Collection[int] | None,
) -> dict[int, Contribution]:
    """The new ones by the number of the old."""
    stages = {stage.journey_stage_id: stage for stage in scope_of(following)}
    return {
        problem.pk: _carry(problem, following, people, stages)
        for problem in unsolved(workshop)
        if carried is None or problem.pk in carried
    }


def _carry(
    problem: Contribution,
    following: Workshop,
    people: dict[int, Participant],
    stages: dict[int, ScopeStage],
) -> Contribution:
    stage = problem.stage and stages.get(problem.stage.journey_stage_id)
    again = Contribution(
        board_id=following.pk,
        stage=stage,
        participant=people.get(problem.participant_id or 0),
        carried=problem.pk,
        **{name: getattr(problem, name) for name in COPIED},
    )
    again.place()
    again.save()
    return again
