"""The guest door of a workshop: `/join/<code>/`, from the outside."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from collaboration.editing import Refused
from collaboration.guests import Entry, entry_for, given_to, remember
from collaboration.retry import tried_again
from teams.access import Request, public
from teams.models import Role
from workshops import joining, selectors
from workshops.forms import CodeForm, SeatForm
from workshops.guessing import count_wrong_guess, has_guessed_too_often
from workshops.models import Workshop


@public
@require_GET
def enter(request: Request) -> HttpResponse:
    """Where the code is typed in; sends on to the workshop's door."""
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        code = joining.typed_code(form.cleaned_data["code"]) or "-"
        return redirect("workshops:door", code=code)
    return _page(request, "workshops/join_code.html", {"form": form}, 422 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
@tried_again
def door(request: Request, code: str) -> HttpResponse:
    """Name and department, and in; who has a seat goes straight to it."""
    workshop = joining.workshop_of(code)
    if workshop and is_inside(request, workshop):
        return redirect(workshop)
    if has_guessed_too_often(request):
        return _wrong(request, _("Too many attempts. Wait some minutes and try again."), 429)
    if workshop is None:
        count_wrong_guess(request)
        said = _("No workshop has this code. Look at it once more, or ask the facilitator.")
        return _wrong(request, said, 404)
    if waits(request, workshop):
        return _page(request, "workshops/join_waiting.html", {"workshop": workshop, "code": code})
    return _take_seat(request, workshop)


def _take_seat(request: Request, workshop: Workshop) -> HttpResponse:
    form = SeatForm(request.POST or None, initial=_known_name(request))
    departments = [name for name, _people in selectors.departments_of(workshop) if name]
    context = {"workshop": workshop, "form": form, "departments": departments}
    if request.method != "POST" or not form.is_valid():
        return _page(request, "workshops/join.html", context, 422 if form.is_bound else 200)
    try:
        entry = joining.take_seat(workshop, **form.cleaned_data, user=_onlooker(request, workshop))
    except Refused as reason:
        form.add_error(None, str(reason))
        return _page(request, "workshops/join.html", context, 409)
    remember(request, entry)
    return redirect(request.path if joining.is_waiting(entry) else workshop)


def _known_name(request: Request) -> dict[str, str]:
    return {"name": request.user.name} if request.user.is_authenticated else {}


def _onlooker(request: Request, workshop: Workshop) -> Any:
    """A member of the workspace who may only look on, and takes part by the code."""
    signed_in = request.user.is_authenticated
    return request.user if signed_in and workshop.actor_for(request.user) else None


@public
@require_GET
def wait(request: Request, code: str) -> HttpResponse:
    """What the page of somebody who waits asks again and again."""
    workshop = joining.workshop_of(code)
    if workshop and waits(request, workshop):
        context = {"workshop": workshop, "code": code}
        return render(request, "workshops/_join_wait.html", context)
    return HttpResponse(headers={"HX-Redirect": reverse("workshops:door", args=[code])})


def is_inside(request: Request, workshop: Workshop) -> bool:
    """With a seat, by a link as good, or as somebody of the workspace who may take part."""
    entry = entry_for(request.session, workshop.pk)
    given = given_to([entry]).get(entry) if entry else None
    if given and given.role.includes(Role.COMMENTER):
        return True
    own = workshop.actor_for(request.user) if request.user.is_authenticated else None
    return own is not None and own.may(Role.COMMENTER)


def waits(request: Request, workshop: Workshop) -> bool:
    entry: Entry | None = entry_for(request.session, workshop.pk)
    return entry is not None and joining.is_waiting(entry)


def _wrong(request: Request, said: str, status: int) -> HttpResponse:
    context = {"form": CodeForm(), "said": said}
    return _page(request, "workshops/join_code.html", context, status)


def _page(
    request: Request, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
