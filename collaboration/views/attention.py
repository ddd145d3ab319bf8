"""Who reads along: names for mentions and owners, what is new, where somebody is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from collaboration import places, visits
from collaboration.access import board_view
from collaboration.guests import number_among_those_here
from collaboration.mentions import name_in_mention, people_called
from collaboration.models import Board
from teams.access import Request
from teams.models import Role, User


@require_GET
@board_view(Role.COMMENTER)
def people(request: Request, board: Board) -> HttpResponse:
    """Options for `?q=an`: people who may read this board; guests are offered nobody."""
    words = request.GET.get("q", "")[:80]
    found = [] if request.actor.is_guest else people_called(board, words)
    options = [(person, name_in_mention(person)) for person in found]
    return render(request, "collaboration/_people.html", {"options": options})


@require_GET
@board_view(Role.VIEWER)
def unread(request: Request, board: Board) -> HttpResponse:
    """What others changed since the person's last visit, to be marked on the page."""
    news = visits.news_for(request.user, board) if isinstance(request.user, User) else None
    context = {"board": board, "address": board.get_absolute_url(), "news": news}
    return render(request, "collaboration/_unread.html", context)


@require_POST
@board_view(Role.VIEWER)
def visited(request: Request, board: Board) -> HttpResponse:
    """Sent when the page is left: it had shown the board up to `version`."""
    asked = request.POST.get("version", "")
    if asked.isdecimal() and len(asked) < 16 and request.user.is_authenticated:
        visits.record_visit(request.user, board, version=int(asked))
    return HttpResponse(status=204)


@require_POST
@board_view(Role.VIEWER)
def here(request: Request, board: Board) -> HttpResponse:
    """Where on the board somebody is: the id of an element, or nothing."""
    place = request.POST.get("place", "")
    if places.PLACE.fullmatch(place):
        places.be_at(board.pk, number_among_those_here(request.actor), place)
    return HttpResponse(status=204)
