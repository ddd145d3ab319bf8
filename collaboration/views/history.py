"""Who changed what, and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from collaboration.access import board_view
from collaboration.history import cursor, feed_of
from collaboration.live import viewer_of
from collaboration.models import Board
from teams.models import Role


@require_GET
@board_view(Role.VIEWER, members_only=True)
def history(request: HttpRequest, board: Board) -> HttpResponse:
    context = {
        "board": board,
        "address": board.get_absolute_url(),
        "feed": feed_of(board, before=cursor(request, "before"), after=cursor(request, "after")),
        "viewer": viewer_of(request),
    }
    return render(request, "collaboration/history.html", context)
