"""Writing down interviews: the guide, the answers, the whys, and the insight that they give."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from insights.interview_models import (
    MOST_GUIDES,
    MOST_LADDERS,
    MOST_STEPS,
    Interview,
    InterviewGuide,
    InterviewReading,
    Ladder,
    LadderStep,
)
from insights.models import Insight
from insights.selectors import sources_of
from insights.services import NameTaken, NotInLibrary, attach_insight, create_insight
from insights.transcripts import require_room
from journeys.models import Stage
from teams.access import Actor
from teams.models import Role, Workspace
from touchpoints.models import Touchpoint


class InterviewGone(Refused):
    """The interview, or this part of it, was deleted meanwhile."""


class LadderEnds(Refused):
    """Nobody has that many whys."""


# --- Guides --------------------------------------------------------------------------------
@transaction.atomic
def save_guide(guide: InterviewGuide, *, by: Actor) -> InterviewGuide:
    """Write a new or changed list of questions; raises NameTaken."""
    by.must(Role.EDITOR)
    guides = InterviewGuide.objects.filter(workspace=guide.workspace_id)
    if guide._state.adding and guides.count() >= MOST_GUIDES:
        raise Refused(_("A workspace has at most %(most)s guides.") % {"most": MOST_GUIDES})
    try:
        with transaction.atomic():
            guide.save()
    except IntegrityError as error:
        raise NameTaken(_("There is already a guide of this name.")) from error
    return guide


def delete_guide(guide: InterviewGuide, *, by: Actor) -> None:
    """Delete a guide; interviews that used it keep their questions and answers."""
    by.must(Role.EDITOR)
    guide.delete()


# --- Interviews ----------------------------------------------------------------------------
@transaction.atomic
def create_interview(workspace: Workspace, *, by: Actor, **fields: Any) -> Interview:
    """A talk that is to be held, is held now, or was held."""
    by.must(Role.EDITOR)
    interview = Interview(workspace=workspace, **fields)
    _hold_source(interview)
    interview.save()
    return interview


@contextmanager
def editing_interview(interview: Interview, *, by: Actor) -> Iterator[Interview]:
    """The interview as it is now, held for a merge and a change; raises InterviewGone."""
    by.must(Role.EDITOR)
    with transaction.atomic():
        yield _held(interview.pk)


def change_interview(
    interview: Interview, *, fields: Iterable[str] | None = None, by: Actor
) -> None:
    """Save an interview whose fields were set; `fields` names those to be written."""
    by.must(Role.EDITOR)
    with transaction.atomic():
        _hold_source(interview)
        interview.save(update_fields=None if fields is None else [*fields, "updated_at"])


def add_to_transcript(interview: Interview, words: str, *, by: Actor) -> None:
    """Put words below the transcript as it is now; raises NotATranscript where it gets too long."""
    with editing_interview(interview, by=by) as present:
        present.transcript = "\n\n".join(filter(None, (present.transcript.rstrip(), words)))
        require_room(present.transcript)
        change_interview(present, fields=["transcript"], by=by)


def note_reading(interview: Interview, *, by: Actor) -> None:
    """Write into the access log that somebody reads this interview."""
    by.must(Role.EDITOR)
    InterviewReading.objects.create(
        workspace_id=interview.workspace_id,
        interview=interview,
        reader=by.user,
        reader_name=by.name,
    )


def _held(interview_id: int) -> Interview:
    rows = Interview.objects.select_for_update(no_key=True)
    held = rows.filter(pk=interview_id).first()
    if held is None:
        raise InterviewGone(_("This interview has just been deleted."))
    return held


def _hold_source(interview: Interview) -> None:
    if interview.source_id is None:
        return
    ours = sources_of(interview.workspace_id).filter(pk=interview.source_id)
    if not ours.select_for_update(no_key=True).exists():
        raise NotInLibrary(_("This source has just been deleted. Choose another one."))


# --- Answers and the whys below them ---------------------------------------------------------
@transaction.atomic
def add_answer(interview: Interview, *, question: str = "", answer: str, by: Actor) -> Ladder:
    """Write down what the participant said; it is the first step of a ladder."""
    by.must(Role.EDITOR)
    held = _held(interview.pk)
    if held.ladders.count() >= MOST_LADDERS:
        raise LadderEnds(_("An interview has at most %(most)s answers.") % {"most": MOST_LADDERS})
    ladder = Ladder.objects.create(workspace_id=held.workspace_id, interview=held)
    LadderStep.objects.create(ladder=ladder, depth=0, question=question, answer=answer)
    return ladder


@transaction.atomic
def ask_why(ladder: Ladder, *, question: str = "", answer: str, by: Actor) -> LadderStep:
    """One why deeper: what two people write at once stands one below the other."""
    by.must(Role.EDITOR)
    held = _held_ladder(ladder)
    depth = held.steps.count()
    if depth >= MOST_STEPS:
        raise LadderEnds(_("A ladder has at most %(most)s steps.") % {"most": MOST_STEPS})
    step: LadderStep = held.steps.create(depth=depth, question=question or _("Why?"), answer=answer)
    return step


@contextmanager
def editing_step(step: LadderStep, *, by: Actor) -> Iterator[LadderStep]:
    """A step as it is now, its ladder held; raises InterviewGone."""
    by.must(Role.EDITOR)
    with transaction.atomic():
        _held_ladder(step.ladder)
        present = LadderStep.objects.select_related("ladder").filter(pk=step.pk).first()
        if present is None:
            raise InterviewGone(_("This answer has just been removed."))
        yield present


def change_step(step: LadderStep, *, by: Actor) -> None:
    by.must(Role.EDITOR)
    step.save()


@transaction.atomic
def remove_step(step: LadderStep, *, by: Actor) -> bool:
    """Take away a step and what stands below it; whether the ladder is still there."""
    by.must(Role.EDITOR)
    ladder = _held_ladder(step.ladder)
    ladder.steps.filter(depth__gte=step.depth).delete()
    if step.depth == 0:
        ladder.delete()
    return step.depth > 0


@transaction.atomic
def write_ladders(
    interview: Interview, ladders: Sequence[Sequence[tuple[str, str]]], *, by: Actor
) -> None:
    """Put these ladders of (question, answer) in the place of those that are there.

    One that reads the same stays, with the insights that rest on it.
    """
    by.must(Role.EDITOR)
    _held(interview.pk)
    present = interview.ladders.prefetch_related("steps")
    if len(ladders) > MOST_LADDERS:
        raise LadderEnds(_("An interview has at most %(most)s answers.") % {"most": MOST_LADDERS})
    kept = {_pairs(ladder): ladder for ladder in present}
    wanted = [tuple((question, answer) for question, answer in one) for one in ladders]
    for pairs, ladder in kept.items():
        if pairs not in wanted:
            ladder.delete()
    for pairs in wanted:
        if pairs and pairs not in kept:
            _write_ladder(interview, pairs)


def _pairs(ladder: Ladder) -> tuple[tuple[str, str], ...]:
    return tuple((step.question, step.answer) for step in ladder.rungs)


def _write_ladder(interview: Interview, pairs: Sequence[tuple[str, str]]) -> None:
    if len(pairs) > MOST_STEPS:
        raise LadderEnds(_("A ladder has at most %(most)s steps.") % {"most": MOST_STEPS})
    ladder = Ladder.objects.create(workspace_id=interview.workspace_id, interview=interview)
    LadderStep.objects.bulk_create(
        LadderStep(ladder=ladder, depth=depth, question=question, answer=answer)
        for depth, (question, answer) in enumerate(pairs)
    )


def _held_ladder(ladder: Ladder) -> Ladder:
    rows = Ladder.objects.select_for_update(no_key=True)
    held = rows.filter(pk=ladder.pk).first()
    if held is None:
        raise InterviewGone(_("This answer has just been removed."))
    return held


# --- What was learnt -----------------------------------------------------------------------
@transaction.atomic
def learn_from(
    said: Ladder | Interview,
    *,
    stages: Iterable[tuple[Stage, Actor]] = (),
    claims: Iterable[tuple[Touchpoint, Actor]] = (),
    by: Actor,
    **fields: Any,
) -> Insight:
    """Make an insight of a ladder, or of words of an interview, and put it on stages and on
    touchpoints, each with who acts on its board."""
    by.must(Role.EDITOR)
    ladder = _held_ladder(said) if isinstance(said, Ladder) else None
    interview_id = ladder.interview_id if ladder else _held(said.pk).pk
    fields |= {"ladder": ladder, "interview_id": interview_id}
    insight = create_insight(said.workspace, by=by, **fields)
    places: list[tuple[Stage, Touchpoint | None, Actor]]
    places = [(stage, None, actor) for stage, actor in stages]
    places += [(claim.stage, claim, actor) for claim, actor in claims]
    for stage, about, actor in sorted(places, key=lambda place: (place[0].board_id, place[0].pk)):
        attach_insight(insight, stage=stage, about=about, by=actor)
    return insight
