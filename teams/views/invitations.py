"""The door of an invitation: the link, what it offers, and joining."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams import services
from teams.access import Request, public, signed_in
from teams.models import Invitation
from teams.selectors import has_confirmed, invitation_held_by, open_invitations


@public
@require_safe
def open_invitation(request: Request, token: str) -> HttpResponse:
    """Take the secret out of the address at once: history, logs and Referer never see it again."""
    found = open_invitations().filter(pk__in=Invitation.objects.with_secret(token)).first()
    request.session["invitation"] = found.pk if found else None
    return redirect("teams:invitation")


@public
@require_safe
def invitation(request: Request) -> HttpResponse:
    held = invitation_held_by(request)
    if held is None:
        return render(request, "teams/invitation_closed.html", status=404)
    user = request.user
    is_theirs = user.is_authenticated and has_confirmed(user, held.email)
    context = {"invitation": held, "is_theirs": is_theirs}
    return render(request, "teams/invitation.html", context)


@signed_in
@require_POST
def accept_invitation(request: Request) -> HttpResponse:
    held = invitation_held_by(request)
    if held is None:
        return render(request, "teams/invitation_closed.html", status=404)
    try:
        membership = services.accept_invitation(held, by=request.user)
    except services.InvitationClosed:
        return render(request, "teams/invitation_closed.html", status=404)
    except services.OtherAddress:
        context = {"invitation": held, "is_theirs": False}
        return render(request, "teams/invitation.html", context, status=403)
    del request.session["invitation"]
    request.session["workspace"] = membership.workspace_id
    messages.success(request, _("Welcome to %(name)s!") % {"name": membership.workspace})
    return redirect("/")
