"""Writing the library of inspiration, and what workshops show of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from collaboration.editing import Refused, editing_all
from collaboration.models import Board
from collaboration.pictures import keep_picture
from teams.access import Actor
from teams.models import Role, Workspace
from workshops.inspiration_models import MOST_CASES, InspirationCase, ShownCase
from workshops.models import Contribution, Workshop
from workshops.services import require_same_board


class LibraryFull(Refused):
    """The library holds as many cases as can be matched to a problem; says so in words."""


class CaseGone(Refused):
    """The case is not in the workspace's library (any more)."""


class CaseInUse(Refused):
    """Somebody has just taken the case along to a workshop."""


# --- The library ---------------------------------------------------------------------------
@transaction.atomic
def create_case(
    workspace: Workspace, *, file: IO[bytes] | None = None, by: Actor, **fields: Any
) -> InspirationCase:
    """A new case in the library; raises NotAPicture, in words, for a file that is none."""
    by.must(Role.EDITOR)
    if InspirationCase.objects.filter(workspace=workspace).count() >= MOST_CASES:
        words = _("The library holds at most %(most)s cases. Delete some first.")
        raise LibraryFull(words % {"most": MOST_CASES})
    case = InspirationCase(workspace=workspace, created_by=by.user, **fields)
    if file:
        case.picture = keep_picture(file).name
    case.save()
    return case


@contextmanager
def editing_case(case: InspirationCase, *, by: Actor) -> Iterator[InspirationCase]:
    """The case as it is stored now, held with all workshops that took it along, for a merge and
    a change; raises CaseGone where it has been deleted."""
    by.must(Role.EDITOR)
    with editing_all(_boards_with(case).alive(), by=by):
        rows = InspirationCase.objects.select_for_update(no_key=True)
        present = rows.filter(pk=case.pk).first()
        if present is None:
            raise CaseGone(_("This case has just been deleted from the library."))
        yield present


def change_case(case: InspirationCase, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields, and redraw the case on every workshop that took it along."""
    with editing_case(case, by=by) as present:
        for name, value in fields.items():
            setattr(present, name, value)
        for shown in ShownCase.objects.filter(case=case, board__deleted_at=None):
            with shown.board.editing(by=by) as edit:
                edit.touch(shown)
        present.save(update_fields=[*fields, "updated_at"])


def change_picture(case: InspirationCase, *, file: IO[bytes] | None, by: Actor) -> None:
    """Give a case a picture, or take it away; raises NotAPicture, in words, for what is none."""
    by.must(Role.EDITOR)
    stored = keep_picture(file).name if file else ""
    change_case(case, fields={"picture": stored}, by=by)


@transaction.atomic
def delete_case(case: InspirationCase, *, by: Actor) -> None:
    """Take a case off every workshop, as edits of them, and out of the library."""
    by.must(Role.EDITOR)
    for board in _boards_with(case):
        with board.editing(by=by):
            for shown in ShownCase.objects.filter(board=board.pk, case=case):
                shown.delete()
    InspirationCase.objects.select_for_update().filter(pk=case.pk).first()
    if ShownCase.objects.filter(case=case).exists():
        raise CaseInUse(_("Somebody has just taken this case along to a workshop. Try again."))
    case.delete()


def _boards_with(case: InspirationCase) -> Any:
    """Every board that took the case along, deleted ones too, by id."""
    taken = ShownCase.objects.filter(case=case).order_by().values("board")
    return Board.objects.filter(pk__in=taken).order_by("pk")


# --- On a workshop -------------------------------------------------------------------------
def bring_case(
    workshop: Workshop,
    case: InspirationCase,
    *,
    problem: Contribution | None = None,
    by: Actor,
) -> ShownCase:
    """Take a case of the same workspace along; `problem` is what it may help with. Where it is
    there already, it takes the problem and is returned."""
    with workshop.editing(by=by):
        require_same_board(workshop, problem)
        ours = InspirationCase.objects.filter(pk=case.pk, workspace=workshop.workspace_id)
        if not ours.select_for_update(no_key=True).exists():
            raise CaseGone(_("This case has just been deleted from the library."))
        rows = ShownCase.objects.filter(board=workshop.pk, case=case)
        shown: ShownCase = rows.first() or ShownCase(board_id=workshop.pk, case=case)
        if problem is not None:
            shown.problem = problem
        shown.save()
    return shown


def show_case(
    workshop: Workshop,
    case: InspirationCase,
    *,
    problem: Contribution | None = None,
    by: Actor,
) -> ShownCase:
    """Show a case to everybody now, in the place of the one that is shown."""
    with workshop.editing(by=by):
        shown = bring_case(workshop, case, problem=problem, by=by)
        _put_away(workshop, but=shown)
        shown.showing = True
        shown.save()
    return shown


def put_away_case(workshop: Workshop, *, by: Actor) -> None:
    """Show no case any longer; it stays among those that were taken along."""
    with workshop.editing(by=by):
        _put_away(workshop)


def _put_away(workshop: Workshop, *, but: ShownCase | None = None) -> None:
    for shown in ShownCase.objects.filter(board=workshop.pk, showing=True):
        if but is None or shown.pk != but.pk:
            shown.showing = False
            shown.save()


def change_shown(shown: ShownCase, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields: problem, showing."""
    workshop = Workshop.objects.get(pk=shown.board_id)
    with workshop.editing(by=by):
        if "problem" in fields:
            require_same_board(workshop, fields["problem"])
            shown.problem = fields["problem"]
        shown.showing = fields.get("showing", shown.showing)
        if shown.showing:
            _put_away(workshop, but=shown)
        shown.save()


def drop_case(shown: ShownCase, *, by: Actor) -> None:
    """Take a case along no longer; it stays in the library."""
    with shown.board.editing(by=by):
        shown.delete()
