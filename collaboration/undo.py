"""Undo and redo: new edits that put back what an earlier edit changed.

History is never rewritten. An undo of an undo is a redo; an edit stands when the chain of
undoes that starts at it has even length.
"""

from collections.abc import Collection

from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collaboration.editing import Edit
from collaboration.limits import LimitReached
from collaboration.models import Board, Change
from collaboration.reverting import UndoConflict, revert
from teams.access import Actor
from teams.models import Role, User

NEVER_UNDONE = ("comment",)
PASSED_BY = "undo_passed_by"
REACH = 500


def undo(board: Board, version: int, *, by: Actor) -> Edit:
    """Put back what edit `version` changed, as a new edit.

    Raises UndoConflict, and changes nothing, when a field, a parent or a child that the
    undo needs has been changed or removed meanwhile.
    """
    try:
        with board.editing(by=by, undoes=version) as edit:
            noted = len(edit.changes)
            revert(edit, undoable(board).filter(version=version).order_by("-pk"))
            if len(edit.changes) == noted:
                raise UndoConflict(_nothing_left(board, version))
    except LimitReached as reason:
        raise UndoConflict(str(reason)) from reason
    except IntegrityError as error:
        raise UndoConflict(_("Something else has taken its place since.")) from error
    return edit


def undoable(board: Board) -> QuerySet[Change]:
    """The changes that can be taken back; a touch changed nothing here, a board that was taken
    out of the trash is not thrown back into it, and the making of a board stays. What was said
    stays said, yet a comment that was brought to another item goes back with it."""
    moved = Q(action=Change.Action.UPDATE, after__has_key="target_id")
    changes = Change.objects.filter(board=board, lasting=False)
    changes = changes.filter(~Q(item_type__in=NEVER_UNDONE) | moved)
    changes = changes.exclude(after__has_key="deleted_at")
    return changes.exclude(action=Change.Action.UPDATE, before={}, after={})


def next_undo(board: Board, user: User, *, passing: Collection[int] = ()) -> int | None:
    """The version that Undo would take back for this person, or None."""
    return next_steps(board, user, passing=passing)[0]


def passed_by(request: HttpRequest, board: Board) -> list[int]:
    """The edits of this board that could not be taken back in this session."""
    passed: list[int] = request.session.get(PASSED_BY, {}).get(str(board.pk), [])
    return passed


def pass_by(request: HttpRequest, board: Board, version: int) -> None:
    """Let the next Undo of this session go on before this edit."""
    passed = [*passed_by(request, board), version][-REACH:]
    request.session[PASSED_BY] = {str(board.pk): passed}


def next_redo(board: Board, user: User) -> int | None:
    """The undo that Redo would take back for this person, or None."""
    return next_steps(board, user)[1]


def next_steps(
    board: Board, user: User, *, passing: Collection[int] = ()
) -> tuple[int | None, int | None]:
    """(what Undo, what Redo would take back) for this person; one query."""
    rows = (
        undoable(board)
        .filter(Q(actor=user) | Q(undoes__isnull=False))
        .order_by("-version")
        .values_list("version", "undoes", "actor")
        .distinct()[:REACH]
    )
    done: list[int] = []
    undone: list[tuple[int, int]] = []
    for version, undoes, actor in reversed(rows):
        _step(done, undone, version, undoes, mine=actor == user.pk)
    done = [version for version in done if version not in passing]
    return (done[-1] if done else None), (undone[-1][1] if undone else None)


def _step(
    done: list[int], undone: list[tuple[int, int]], version: int, undoes: int | None, *, mine: bool
) -> None:
    """Follow one edit: `done` are versions to undo, `undone` pairs (version, its undo)."""
    if undoes is None:
        done.append(version)
        undone.clear()
        return
    if undoes in done:
        done.remove(undoes)
        if mine:
            undone.append((undoes, version))
        return
    undone[:] = [pair for pair in undone if pair[1] != undoes]
    if mine:
        done.append(version)


def _nothing_left(board: Board, version: int) -> str:
    if Change.objects.filter(board=board, version=version, lasting=True).exists():
        return _("This is how it was made, so it stays.")
    return _("There is nothing left of this to take back.")


def may_undo(actor: Actor) -> bool:
    """Editors take back what they did; guests have no past that could be told apart."""
    return actor.may(Role.EDITOR) and not actor.is_guest


def undo_context(request: HttpRequest, board: Board) -> dict[str, object]:
    """What a page needs that has the buttons and their keys."""
    if not may_undo(request.actor):  # type: ignore[attr-defined]
        return {"may_undo": False}
    return {"may_undo": True, "undo_buttons": draw_undo_buttons(request, board)}


def undo_region(request: HttpRequest, board: Board) -> dict[str, str]:
    """The buttons as a region, for those whose page has them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {"undo-buttons": draw_undo_buttons(request, board)} if may_undo(actor) else {}


def draw_undo_buttons(request: HttpRequest, board: Board) -> SafeString:
    """The undo and redo buttons of this person; without an account there is nothing to undo."""
    user = request.user
    passing = passed_by(request, board)
    steps = next_steps(board, user, passing=passing) if isinstance(user, User) else (None, None)
    context = {"board": board, "undoes": steps[0], "redoes": steps[1]}
    return render_to_string("collaboration/_undo.html", context)
