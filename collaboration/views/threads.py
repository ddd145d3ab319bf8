"""All comments of a board in one panel, and the address of a single one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from collaboration.access import board_view
from collaboration.forms import NewCommentForm
from collaboration.live import viewer_of
from collaboration.models import Board
from collaboration.threads import FILTERS, talks_of
from collaboration.views.comments import about, comment_or_404, panel, target_or_404
from teams.access import Request
from teams.models import Role, User


@require_GET
@board_view(Role.VIEWER)
def index(request: Request, board: Board) -> HttpResponse:
    """The threads of every item: `?show=open`, `resolved`, `mine` or `mentions`."""
    show = request.GET.get("show", "open")
    user = request.user if isinstance(request.user, User) else None
    whole = board.specific
    context = {
        **about(board, whole),
        "show": show if show in FILTERS else "open",
        "talks": talks_of(board, show=show, user=user),
        "viewer": viewer_of(request),
        "form": NewCommentForm(),
        "list_only": "list" in request.GET,
    }
    return render(request, "collaboration/_all_comments.html", context)


@require_GET
@board_view(Role.VIEWER)
def one(request: Request, board: Board, comment_id: int) -> HttpResponse:
    """The panel of the item that a comment is about."""
    comment = comment_or_404(board, comment_id)
    return panel(request, board, target_or_404(board, comment.target_type, comment.target_id))
