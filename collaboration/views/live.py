"""What changed on a board since a version, for pages whose stream is blocked."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from collaboration.access import board_view
from collaboration.live import TooFarBehind, render_changes, viewer_of
from collaboration.models import Board
from teams.models import Role

RESET_CONTENT = 205


@require_GET
@board_view(Role.VIEWER)
def changes(request: HttpRequest, board: Board) -> HttpResponse:
    """The pieces as HTML; 204 when there are none, 205 when the page has to be loaded anew."""
    asked = request.GET.get("since", "")
    since = int(asked) if asked.isdecimal() and len(asked) < 16 else None
    version = {"Board-Version": str(board.version)}
    if since is None or since > board.version:
        return HttpResponse(status=RESET_CONTENT, headers=version)
    if since == board.version:
        return HttpResponse(status=204, headers=version)
    try:
        delta = render_changes(board, since, viewer_of(request))
    except TooFarBehind:
        return HttpResponse(status=RESET_CONTENT, headers=version)
    return HttpResponse(delta.html, headers=version)
