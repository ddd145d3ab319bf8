"""What I was told: the list behind the bell, and mail that ends with one click."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration import notifications
from collaboration.deeplinks import address_of, with_addresses
from collaboration.notification_mail import person_of
from teams import services
from teams.access import Request, public, workspace_view
from teams.models import Role, User

A_PAGE = 50
BEHIND_THE_BELL = 7


@require_GET
@workspace_view(Role.VIEWER)
def index(request: Request) -> HttpResponse:
    told = notifications.notifications_of(request.user, request.workspace)
    told = told.select_related("actor", "board", "comment")
    page = Paginator(told, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "collaboration/notifications.html", {"page": page})


@require_GET
@workspace_view(Role.VIEWER)
def bell(request: Request) -> HttpResponse:
    """The bell of the top bar with its number, drawn afresh."""
    return render(request, "collaboration/_bell.html")


@require_GET
@workspace_view(Role.VIEWER)
def newest(request: Request) -> HttpResponse:
    """The last few, for the menu behind the bell."""
    told = notifications.notifications_of(request.user, request.workspace)
    told = told.select_related("actor", "board", "comment")[:BEHIND_THE_BELL]
    return render(request, "collaboration/_newest.html", {"newest": told})


@require_POST
@workspace_view(Role.VIEWER)
def open_one(request: Request, notification_id: int) -> HttpResponse:
    """Mark one as read and go to what it is about."""
    told = notifications.notifications_of(request.user, request.workspace)
    one = get_object_or_404(with_addresses(told), pk=notification_id)
    notifications.mark_read(told.filter(pk=one.pk))
    return redirect(address_of(one))


@require_POST
@workspace_view(Role.VIEWER)
def read_all(request: Request) -> HttpResponse:
    notifications.mark_read(notifications.notifications_of(request.user, request.workspace))
    return redirect("collaboration:notifications")


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A mail program may post here without a page of ours (RFC 8058): the link is the proof.

    Opening the link alone changes nothing: programs that check links open them, too.
    """
    person = person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        services.choose_notify(person, notify=User.Notify.OFF)
    context = {"person": person, "done": request.method == "POST"}
    return render(request, "collaboration/unsubscribe.html", context)
