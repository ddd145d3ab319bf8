"""Writing sources, insights and evidence; evidence is edited through its board's one door."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused, editing_all
from collaboration.library import touch_everywhere
from insights.models import Evidence, Insight, Source
from insights.selectors import boards_showing, sources_of
from journeys.models import Note, Persona, Stage
from journeys.stepping import step_from
from teams.access import Actor
from teams.models import Role, Workspace
from touchpoints.models import Touchpoint


class NameTaken(Refused):
    """The workspace has a source of this name already, in capitals or not."""


class SourceInUse(Refused):
    """Insights come from this source."""


class AlreadyThere(Refused):
    """The stage shows this insight already."""


class StandsElsewhere(Refused):
    """Evidence stands in the stage of what it is about."""


class NotInLibrary(Refused):
    """The insight, or its source, is not in the workspace (any more)."""


# --- Sources -------------------------------------------------------------------------------
@transaction.atomic
def create_source(workspace: Workspace, *, name: str, kind: str, by: Actor) -> Source:
    """A new source; raises NameTaken where the workspace has one of this name."""
    by.must(Role.EDITOR)
    source = Source(workspace=workspace, name=name, kind=kind)
    save_source(source)
    return source


@transaction.atomic
def change_source(source: Source, *, by: Actor) -> None:
    """Save a source whose fields were set, and redraw its insights on every map."""
    with editing_source(source, by=by):
        save_source(source)


@contextmanager
def editing_source(source: Source, *, by: Actor) -> Iterator[Source]:
    """The source as it is stored now, to be changed and saved; what shows it is redrawn. Locks
    boards first and the library's row second. Roll back to leave everything as it was."""
    by.must(Role.EDITOR)
    with transaction.atomic():
        touch_everywhere(Evidence.objects.filter(insight__source=source), by=by)
        yield Source.objects.select_for_update(no_key=True).get(pk=source.pk)


@transaction.atomic
def delete_source(source: Source, *, by: Actor) -> None:
    """Delete a source that no insight names; raises SourceInUse otherwise."""
    by.must(Role.EDITOR)
    # Nobody can name the source in an insight while it is held like this.
    Source.objects.select_for_update().filter(pk=source.pk).first()
    if Insight.objects.filter(source=source).exists():
        words = _("Insights come from “%(source)s”. Give them another source first.")
        raise SourceInUse(words % {"source": source.name})
    source.delete()


def save_source(source: Source) -> None:
    """Write it inside `editing_source`; raises NameTaken where another has its name."""
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        raise NameTaken(_("There is already a source of this name.")) from error


# --- Insights ------------------------------------------------------------------------------
@transaction.atomic
def create_insight(
    workspace: Workspace, *, personas: Iterable[Persona] = (), by: Actor, **fields: Any
) -> Insight:
    """A new insight in the library: with a quote, a text of our own, or both.

    Without a `language` it is in that of the workspace, or of its writer.
    """
    by.must(Role.EDITOR)
    fields.setdefault("language", language_of(workspace, by))
    insight = Insight(workspace=workspace, created_by=by.user, **fields)
    _hold_source(insight)
    insight.save()
    insight.personas.set(personas)
    return insight


def language_of(workspace: Workspace, by: Actor) -> str:
    """The language in which somebody writes, as long as they do not say another."""
    own = by.user.language if by.user else ""
    return workspace.language or own or settings.LANGUAGE_CODE[:2]


@contextmanager
def editing_insight(insight: Insight, *, by: Actor) -> Iterator[Insight]:
    """The insight as it is now, held with all maps that show it, for a merge and a change.

    Raises NotInLibrary where it has been deleted.
    """
    by.must(Role.EDITOR)
    with editing_all(boards_showing(insight).alive(), by=by):
        held = Insight.objects.select_for_update(no_key=True).filter(pk=insight.pk).first()
        if held is None:
            raise NotInLibrary(_("This insight has just been deleted from the library."))
        yield held


@transaction.atomic
def change_insight(
    insight: Insight,
    *,
    fields: Iterable[str] | None = None,
    personas: Iterable[Persona] | None = None,
    by: Actor,
) -> list[Edit]:
    """Save an insight whose fields were set and redraw it on every map: one edit a board.

    `fields` names those to be written, so that others changed meanwhile stay; None is all.
    `personas`, where given, are put in the place of those that it has.
    """
    by.must(Role.EDITOR)
    edits = touch_everywhere(Evidence.objects.filter(insight=insight), by=by)
    _hold_source(insight)
    insight.save(update_fields=None if fields is None else [*fields, "updated_at"])
    if personas is not None:
        insight.personas.set(personas)
    return edits


@transaction.atomic
def delete_insight(insight: Insight, *, by: Actor) -> None:
    """Take an insight off every map, as edits of those maps, and out of the library.

    The maps' Undo then says that the insight has gone. Raises AlreadyThere when somebody
    puts it on another map in the same moment.
    """
    by.must(Role.EDITOR)
    for board in boards_showing(insight):
        with board.editing(by=by):
            for evidence in Evidence.objects.filter(board=board.pk, insight=insight):
                evidence.delete()
    Insight.objects.select_for_update().filter(pk=insight.pk).first()
    if Evidence.objects.filter(insight=insight).exists():
        raise AlreadyThere(_("Somebody has just put this insight on a map. Try again."))
    insight.delete()


def _hold_source(insight: Insight) -> None:
    """Keep the source from being deleted until this is written."""
    if insight.source_id is None:
        return
    ours = sources_of(insight.workspace_id).filter(pk=insight.source_id)
    if not ours.select_for_update(no_key=True).exists():
        raise NotInLibrary(_("This source has just been deleted. Choose another one."))


# --- Evidence: insights on maps ------------------------------------------------------------
Claim = Note | Touchpoint
"""What an insight can be about on a stage."""


def attach_insight(
    insight: Insight,
    *,
    stage: Stage,
    before: Evidence | None = None,
    about: Claim | None = None,
    stance: str = Evidence.Stance.SUPPORTS,
    by: Actor,
) -> Evidence:
    """Put an insight of the same workspace on a stage, before another there or last; `about`
    is a note or a touchpoint of the stage that it supports or contradicts. What stood there
    before the insight was learnt is confirmed by it, anything else is new to us.

    Where it stands there already, that evidence takes the stance and is returned.
    """
    with stage.board.editing(by=by):
        target = {
            "note": about if isinstance(about, Note) else None,
            "touchpoint": about if isinstance(about, Touchpoint) else None,
        }
        present = Evidence.objects.filter(stage=stage, insight=insight, **target).first()
        if present:
            return judge_evidence(present, stance=stance, by=by)
        ours = Insight.objects.filter(pk=insight.pk, workspace=stage.board.workspace_id)
        if not ours.select_for_update(no_key=True).exists():
            raise NotInLibrary(_("This insight has just been deleted from the library."))
        evidence = Evidence(
            board_id=stage.board_id, stage=stage, insight=insight, stance=stance, **target
        )
        evidence.new_to_us = about is None or about.created_at >= insight.created_at
        evidence.place(before=before)
        evidence.save()
    return evidence


def judge_evidence(evidence: Evidence, *, stance: str, by: Actor) -> Evidence:
    """Say that an insight supports, or contradicts, what it is about."""
    with evidence.board.editing(by=by):
        evidence.stance = stance
        evidence.save()
    return evidence


def call_new(evidence: Evidence, *, new_to_us: bool, by: Actor) -> None:
    """Say that it was new to us, or that it confirms what we knew."""
    with evidence.board.editing(by=by):
        evidence.new_to_us = new_to_us
        evidence.save()


def collect_insight(*, stage: Stage, by: Actor, **fields: Any) -> Evidence:
    """Write a new insight into the library and put it on a stage: both, or neither."""
    with stage.board.editing(by=by):
        insight = create_insight(stage.board.workspace, by=by, **fields)
        return attach_insight(insight, stage=stage, by=by)


def move_evidence(
    evidence: Evidence, *, stage: Stage, before: Evidence | None = None, by: Actor
) -> None:
    """Put evidence into a stage of its board; raises AlreadyThere where that stage has it, and
    StandsElsewhere for evidence about a note or a touchpoint of another stage."""
    with evidence.board.editing(by=by):
        claim = evidence.note or evidence.touchpoint
        if claim and claim.stage_id != stage.pk:
            words = _("This insight is about “%(claim)s” and moves with it.")
            raise StandsElsewhere(words % {"claim": str(claim)[:80]})
        others = Evidence.objects.filter(
            stage=stage,
            insight=evidence.insight_id,
            note=evidence.note_id,
            touchpoint=evidence.touchpoint_id,
        )
        if others.exclude(pk=evidence.pk).exists():
            raise AlreadyThere(_("“%(stage)s” shows this insight already.") % {"stage": stage})
        evidence.stage = stage
        evidence.place(before=before)
        evidence.save()


def step_evidence(evidence: Evidence, *, direction: str, by: Actor) -> None:
    """Move one step: `up` or `down` in its stage, `left` or `right` to the next stage.

    At the edge of the map it stays where it is.
    """
    if place := step_from(evidence, direction):
        move_evidence(evidence, stage=place[0], before=place[1], by=by)


def detach_evidence(evidence: Evidence, *, by: Actor) -> None:
    """Take an insight off a stage; it stays in the library."""
    with evidence.board.editing(by=by):
        evidence.delete()
