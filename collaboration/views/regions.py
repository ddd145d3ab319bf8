"""Any region of a board's page, drawn afresh: what Cancel puts back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from collaboration.access import board_view
from collaboration.live import page_of, pieces, viewer_of
from collaboration.models import Board
from teams.models import Role


@require_GET
@board_view(Role.VIEWER)
def regions(request: HttpRequest, board: Board) -> HttpResponse:
    """The region called `name`, as a piece that replaces it; 404 when there is none."""
    name = request.GET.get("name", "")
    try:
        viewer = viewer_of(request)
        drawn = page_of(board, viewer.view).draw(board.specific, {name}, viewer)
    except (ValueError, KeyError) as error:
        raise Http404 from error
    if name not in drawn:
        raise Http404
    return HttpResponse(pieces(drawn.items(), "outerHTML"))
