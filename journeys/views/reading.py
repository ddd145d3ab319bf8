"""Other ways to read a map: outline, table, presentation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from collaboration.access import board_view
from collaboration.live import viewer_of
from collaboration.marks import draw_marks
from collaboration.undo import undo_context
from journeys import selectors
from journeys.models import Journey
from journeys.outline import OutlinePage, TablePage
from journeys.presenting import picture_of, slides_of
from teams.access import Request
from teams.models import Role


@require_GET
@board_view(Role.VIEWER, Journey)
def outline(request: Request, journey: Journey) -> HttpResponse:
    return _read(request, journey, OutlinePage())


@require_GET
@board_view(Role.VIEWER, Journey)
def table(request: Request, journey: Journey) -> HttpResponse:
    return _read(request, journey, TablePage())


def _read(request: Request, journey: Journey, page: OutlinePage) -> HttpResponse:
    loaded, viewer = selectors.map_of(journey), viewer_of(request)
    context = {
        "journey": journey,
        "board": journey,
        "map": loaded,
        "viewer": viewer,
        "view": page.view,
        "whole": page.whole(loaded, viewer),
        "marks": draw_marks(journey, viewer),
        **undo_context(request, journey),
    }
    return render(request, "journeys/reading.html", context)


@require_GET
@board_view(Role.VIEWER, Journey)
def present(request: Request, journey: Journey) -> HttpResponse:
    loaded, viewer = selectors.map_of(journey), viewer_of(request)
    context = {
        "journey": journey,
        "viewer": viewer,
        "map": loaded,
        "card": picture_of(loaded),
        "slides": slides_of(loaded, viewer),
    }
    return render(request, "journeys/present.html", context)


@require_GET
@board_view(Role.COMMENTER, Journey, members_only=True)
def speaker(request: Request, journey: Journey) -> HttpResponse:
    """The window beside a presentation: what to say now, what comes next, how late it is."""
    context = {"journey": journey, "stages": selectors.outline_of(journey).stages}
    return render(request, "journeys/speaker.html", context)
