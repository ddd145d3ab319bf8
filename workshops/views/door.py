"""The door of a workshop from the inside: its code, who may come in, who waits."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.editing import Edit
from collaboration.live import answer, pieces
from teams.access import Request
from teams.models import Role
from workshops import joining
from workshops.door_models import DoorState
from workshops.models import Workshop
from workshops.ways_in import address_of, qr_of

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


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def set_door(request: Request, workshop: Workshop) -> HttpResponse:
    chosen = request.POST.get("state", "")
    if chosen not in DoorState.values:
        return HttpResponse(_("There is no such choice."), status=422)
    with workshop.editing(by=request.actor) as edit:
        joining.set_door(workshop, state=DoorState(chosen), by=request.actor)
    return _with_ways_in(request, workshop, edit, str(DoorState(chosen).label))


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
