"""Coming in by a share link: `/s/<token>/`, the door behind it, and leaving again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collaboration import door
from collaboration.guests import entry_for, given_to, leave, let_in
from collaboration.openings import ShareLink
from collaboration.share_forms import DoorForm
from teams.access import Request, public


@public
@require_safe
def open_link(request: Request, token: str) -> HttpResponse:
    """Take the token out of the address at once: history, logs and Referer never see it again."""
    door.hold(request, token)
    response = unseen(redirect("collaboration:door"))
    response["Referrer-Policy"] = "no-referrer"
    return response


def unseen(response: HttpResponse) -> HttpResponse:
    """Not for search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@public
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request) -> HttpResponse:
    link = door.held_link(request)
    if link and is_inside(request, link):
        return redirect(link.board.get_absolute_url())
    form = DoorForm(
        request.POST or None,
        asks_name=not request.user.is_authenticated,
        asks_password=link is None or bool(link.password),
    )
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, 422 if form.is_bound else 200)
    if door.is_throttled(request):
        form.add_error(None, _("Too many attempts. Wait some minutes and try again."))
        return _form(request, form, 429)
    found = door.opened(request, link, form.cleaned_data.get("password", ""))
    if found is None:
        form.add_error(None, _("This link has ended or does not exist, or the password is wrong."))
        return _form(request, form, 404)
    name = form.cleaned_data.get("name") or request.user.name
    let_in(request, found, name=name)
    return redirect(found.board.get_absolute_url())


def is_inside(request: Request, link: ShareLink) -> bool:
    """As its guest already, or by a role of one's own that is as high."""
    entry = entry_for(request.session, link.board_id)
    if entry and entry.link_id == link.pk and given_to([entry]):
        return True
    own = link.board.actor_for(request.user) if request.user.is_authenticated else None
    return own is not None and own.may(link.role_now)


def _form(request: Request, form: DoorForm, status: int) -> HttpResponse:
    response = render(request, "collaboration/door.html", {"form": form}, status=status)
    return unseen(response)


@public
@require_POST
def step_out(request: Request) -> HttpResponse:
    number = request.POST.get("board", "")
    leave(request, int(number) if number.isdecimal() else 0)
    messages.success(request, _("You have left the map. The link brings you back."))
    return redirect("account_login")
