"""Taking back what was done, and doing it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collaboration import undo as steps
from collaboration.access import board_view
from collaboration.live import answer
from collaboration.models import Board
from collaboration.reverting import UndoConflict
from teams.access import Request
from teams.models import Role


@require_POST
@board_view(Role.EDITOR, members_only=True)
def undo(request: Request, board: Board) -> HttpResponse:
    """An edit that cannot be taken back is explained once; the next Undo goes on before it."""
    version = steps.next_undo(board, request.user, passing=steps.passed_by(request, board))
    if version is None:
        raise UndoConflict(_("There is nothing of yours to undo."))
    try:
        edit = steps.undo(board, version, by=request.actor)
    except UndoConflict:
        steps.pass_by(request, board, version)
        raise
    return answer(request, edit, said=_("Undone."))


@require_POST
@board_view(Role.EDITOR, members_only=True)
def redo(request: Request, board: Board) -> HttpResponse:
    version = steps.next_redo(board, request.user)
    if version is None:
        raise UndoConflict(_("There is nothing to redo."))
    return answer(request, steps.undo(board, version, by=request.actor), said=_("Redone."))


@require_POST
@board_view(Role.EDITOR, members_only=True)
def undo_edit(request: Request, board: Board, version: int) -> HttpResponse:
    """Take back one edit out of the history, whoever made it."""
    try:
        steps.undo(board, version, by=request.actor)
    except UndoConflict as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("Taken back. The history keeps both."))
    return redirect(board.specific.get_history_url())
