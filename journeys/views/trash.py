"""What was deleted, and what is kept aside.

The trash shows to each what they may take out: somebody can be an editor of one map alone.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import actor_on, board_view
from collaboration.editing import Refused
from collaboration.models import Board
from collaboration.toasts import offer_undo
from collaboration.trash import KEPT_DAYS, days_left, delete_forever, restore_board, trash_of
from journeys.archive import archive_journey, unarchive_journey
from journeys.models import Journey
from teams.access import Request, workspace_view
from teams.models import Role


@require_GET
@workspace_view(Role.VIEWER)
def trash(request: Request) -> HttpResponse:
    boards = trash_of(request.workspace, request.user)
    context = {
        "rows": [(board, days_left(board), board.role_here == Role.OWNER) for board in boards],
        "kept_days": KEPT_DAYS,
    }
    return render(request, "journeys/trash.html", context)


def _trashed(request: Request, board_id: int) -> Board:
    board: Board = get_object_or_404(trash_of(request.workspace, request.user), pk=board_id)
    return board


@require_POST
@workspace_view(Role.VIEWER)
def restore(request: Request, journey_id: int) -> HttpResponse:
    board = _trashed(request, journey_id)
    return redirect(restore_board(board, by=actor_on(board, request.user)))


@require_POST
@workspace_view(Role.VIEWER)
def erase(request: Request, journey_id: int) -> HttpResponse:
    board = _trashed(request, journey_id)
    try:
        delete_forever(board, title=request.POST.get("title", ""), by=actor_on(board, request.user))
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("“%(title)s” is gone for ever.") % {"title": board.title})
    return redirect("journeys:trash")


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def archive(request: Request, journey: Journey) -> HttpResponse:
    archive_journey(journey, by=request.actor)
    said = _("“%(title)s” is in the archive.") % {"title": journey.title}
    offer_undo(request, said, at=reverse("journeys:unarchive", args=[journey.pk]))
    return redirect("journeys:dashboard")


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def unarchive(request: Request, journey: Journey) -> HttpResponse:
    unarchive_journey(journey, by=request.actor)
    return redirect("journeys:map", journey.pk)
