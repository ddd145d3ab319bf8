"""The door of a workshop from the inside: its code, who may come in, who waits."""

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.editing import Edit
from collaboration.live import answer, pieces
from teams.access import Request
from teams.models import Role
from workshops import joining
from workshops.door_models import Door, DoorState
from workshops.models import Workshop

INVITE = "invite-body"


@require_GET
@board_view(Role.EDITOR, Workshop, members_only=True)
def invite(request: Request, workshop: Workshop) -> HttpResponse:
    """Code, address and QR code, large enough for the back row."""
    return render(request, "workshops/_invite.html", _ways_in(workshop))


def _ways_in(workshop: Workshop) -> dict[str, object]:
    door = joining.door_of(workshop)
    context: dict[str, object] = {"workshop": workshop, "door": door, "states": DoorState.choices}
    if door:
        address = address_of(door)
        context |= {"address": address, "qr": qr_of(address)}
    return context


def address_of(door: Door) -> str:
    return f"{settings.SITE_URL}{reverse('workshops:door', args=[door.code])}"


def qr_of(text: str) -> SafeString:
    """As an SVG without a fixed size."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True, light="#fff")
    return mark_safe(svg)  # noqa: S308 - made of squares alone


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def set_door(request: Request, workshop: Workshop) -> HttpResponse:
    chosen = request.POST.get("state", "")
    if chosen not in DoorState.values:
        return HttpResponse(_("There is no such choice."), status=422)
    with workshop.editing(by=request.actor) as edit:
        joining.set_door(workshop, state=DoorState(chosen), by=request.actor)
    return _with_ways_in(request, workshop, edit, DoorState(chosen).label)


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def change_code(request: Request, workshop: Workshop) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        joining.change_code(workshop, by=request.actor)
    return _with_ways_in(request, workshop, edit, _("The door has a new code."))


def _with_ways_in(request: Request, workshop: Workshop, edit: Edit, said: str) -> HttpResponse:
    response = answer(request, edit, said=said)
    drawn = render_to_string("workshops/_invite.html", _ways_in(workshop))
    response.content += pieces([(INVITE, drawn)], "outerHTML").encode()
    return response


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def admit(request: Request, workshop: Workshop) -> HttpResponse:
    """The one who is named, or all who wait."""
    asked = request.POST.get("seat", "")
    with workshop.editing(by=request.actor) as edit:
        seat_ids = [_number(asked)] if asked else None
        let_in = joining.admit(workshop, seat_ids=seat_ids, by=request.actor)
    words = ngettext("%(count)s person is in.", "%(count)s people are in.", len(let_in))
    return answer(request, edit, said=words % {"count": len(let_in)})


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def turn_away(request: Request, workshop: Workshop) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        seat_id = _number(request.POST.get("seat", ""))
        joining.turn_away(workshop, seat_id=seat_id, by=request.actor)
    return answer(request, edit, said=_("They were not let in."))


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)
