"""Inviting people to a workshop by mail, and what they answer by the link of their mail."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.live import answer
from journeys.views.places import id_in, named_item
from teams.access import Request, public
from teams.models import Role
from workshops import inviting
from workshops.appointments import appointment_of
from workshops.invitation_mail import invitation_of
from workshops.invitation_models import Answer, WorkshopInvitation
from workshops.models import Participant, Workshop


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop, members_only=True)
def invite(request: Request, workshop: Workshop) -> HttpResponse:
    """Who can be invited; and inviting those who are ticked."""
    if request.method == "GET":
        return _dialog(request, workshop)
    ticked = [pk for one in request.POST.getlist("participant") if (pk := id_in(one))]
    with workshop.editing(by=request.actor) as edit:
        people = list(Participant.objects.filter(board=workshop.pk, pk__in=ticked))
        try:
            asked = inviting.invite(workshop, participants=people, by=request.actor)
        except inviting.NoDate as reason:
            return _dialog(request, workshop, status=422, refused=str(reason))
    words = ngettext(
        "%(number)s invitation is sent.", "%(number)s invitations are sent.", len(asked)
    )
    return answer(request, edit, said=words % {"number": len(asked)})


def _dialog(
    request: Request, workshop: Workshop, *, status: int = 200, **more: Any
) -> HttpResponse:
    people = Participant.objects.filter(board=workshop.pk)
    context = {
        "workshop": workshop,
        "uninvited": inviting.uninvited(workshop),
        "unreachable": list(people.filter(email="").order_by("name", "pk")),
        "appointment": appointment_of(workshop),
        **more,
    }
    return render(request, "workshops/_mail_invitations.html", context, status=status)


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def tell(request: Request, workshop: Workshop) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        number = inviting.tell_again(workshop, by=request.actor)
    words = ngettext("%(number)s person is told.", "%(number)s people are told.", number)
    return answer(request, edit, said=words % {"number": number})


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def withdraw(request: Request, workshop: Workshop, workshopinvitation_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        invitation = named_item(workshop, WorkshopInvitation, workshopinvitation_id)
        inviting.withdraw_invitation(invitation, by=request.actor)
    said = _("%(name)s is told not to be expected.") % {"name": invitation.name}
    return answer(request, edit, said=said)


# --- By the link of a mail -----------------------------------------------------------------
@public
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes or no. Opening the link alone changes nothing: programs that look at mail for
    danger open all links."""
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    workshop = Workshop.objects.get(pk=invitation.board_id)
    appointment = appointment_of(workshop)
    stands = bool(appointment and invitation.participant_id and not invitation.cancelled_at)
    given = request.POST.get("answer", "")
    if request.method == "POST" and stands:
        if given not in (Answer.YES, Answer.NO):
            raise Http404
        by = inviting.invited_person(invitation)
        inviting.answer_invitation(invitation, answer=given, by=by)
    context = {
        "invitation": invitation,
        "workshop": workshop,
        "appointment": appointment if stands else None,
        "done": request.method == "POST" and stands,
    }
    return render(request, "workshops/invitation.html", context, status=200 if stands else 410)
