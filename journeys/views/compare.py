"""Two states of a map beside each other, and what changed since a day."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.attention import BoardVisit
from collaboration.editing import Refused
from collaboration.exporting import NEEDS, BadOptions, exports_of, request_export
from collaboration.live import viewer_of
from collaboration.models import Change, Export
from journeys.comparing import compare, people_since
from journeys.ends import (
    End,
    UnknownEnd,
    end_of,
    last_snapshot,
)
from journeys.ends_form import EndsForm
from journeys.models import Journey
from teams.access import Request
from teams.models import Role

FILES_SHOWN = 3
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
Quick = list[tuple[str, str]]


@require_GET
@board_view(Role.VIEWER, Journey, members_only=True)
def show(request: Request, journey: Journey) -> HttpResponse:
    context: dict[str, Any] = {"journey": journey, "viewer": viewer_of(request)}
    tokens = {name: _asked(request, journey, name) for name in ("from", "to")}
    ends: dict[str, End] = {}
    status = 200
    try:
        ends["from"] = end_of(journey, tokens["from"], user=request.user)
        ends["to"] = end_of(journey, tokens["to"], user=request.user, is_last=True)
    except UnknownEnd as reason:
        context["problem"] = reason
        status = 422
    else:
        context |= _compared(request, ends["from"], ends["to"])
    context["form"] = EndsForm(journey, tokens, ends, user=request.user)
    return render(request, "journeys/compare.html", context, status=status)


@require_GET
@board_view(Role.VIEWER, Journey, members_only=True)
def changes_since(request: Request, journey: Journey) -> HttpResponse:
    quick = _quick_choices(request, journey)
    token = request.GET.get("since") or quick[0][0]
    context: dict[str, Any] = {
        "journey": journey,
        "viewer": viewer_of(request),
        "quick": quick,
        "since": token,
        **_files(request, journey),
    }
    try:
        first = end_of(journey, token, user=request.user)
    except UnknownEnd as reason:
        context["problem"] = reason
        return render(request, "journeys/changes_since.html", context, status=422)
    now = end_of(journey, "now", user=request.user)
    context |= {**_compared(request, first, now), "people": people_since(first)}
    return render(request, "journeys/changes_since.html", context)


@require_POST
@board_view(NEEDS, Journey, members_only=True)
def export_changes(request: Request, journey: Journey) -> HttpResponse:
    """Ask for the same page as a PDF."""
    token = request.POST.get("since", "")
    try:
        request_export(
            journey,
            kind=Export.Kind.CHANGES,
            language=get_language(),
            options={"since": token},
            by=request.actor,
        )
    except BadOptions as reason:
        raise Refused(str(reason)) from reason
    query = urlencode({"since": token})
    return redirect(f"{reverse('journeys:changes_since', args=[journey.pk])}?{query}#files")


def _files(request: Request, journey: Journey) -> dict[str, Any]:
    """This person's own files of this kind."""
    may_export = request.actor.may(NEEDS)
    mine = exports_of(journey, request.user).filter(kind=Export.Kind.CHANGES)
    exports = mine[:FILES_SHOWN] if may_export else []
    return {"board": journey, "may_export": may_export, "exports": exports}


def _compared(request: Request, first: End, last: End) -> dict[str, Any]:
    """A map may be brought back where the address leads from its past to its present."""
    forward = last.token == "now" and first.board.pk == last.board.pk  # noqa: S105
    return {
        "comparison": compare(first, last),
        "address": last.board.get_absolute_url(),
        "may_restore": forward and request.actor.may(Role.EDITOR),
    }


def _asked(request: Request, journey: Journey, name: str) -> str:
    """The token in the address; where a day is to be chosen, the day beside it."""
    token = request.GET.get(name, "")
    if token == "date":  # noqa: S105
        return request.GET.get(f"{name}_date", "")
    return token or ("now" if name == "to" else _usual_start(journey))


def _usual_start(journey: Journey) -> str:
    saved = last_snapshot(journey)
    return f"snapshot:{saved.pk}" if saved else _day(MONTH)


def _day(ago: timedelta) -> str:
    return (timezone.localdate() - ago).isoformat()


def _quick_choices(request: Request, journey: Journey) -> Quick:
    """(token, words), the likeliest first."""
    found: Quick = []
    visit = BoardVisit.objects.filter(board=journey.pk, user=request.user).first()
    if visit and visit.version < journey.version:
        found.append((f"version:{visit.version}", _("my last visit")))
    mine = Change.objects.filter(board=journey.pk, actor=request.user)
    own = mine.order_by("-version").values_list("version", flat=True).first()
    if own and own < journey.version:
        found.append((f"version:{own}", _("my last edit")))
    if saved := last_snapshot(journey):
        words = _("the saved version “%(name)s”") % {"name": saved.label}
        found.append((f"snapshot:{saved.pk}", words))
    return [*found, (_day(MONTH), _("a month ago")), (_day(YEAR), _("a year ago"))]
