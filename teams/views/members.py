"""Who is in the workspace, in which role, and who is invited."""

from allauth.core import ratelimit
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from teams import services
from teams.access import Request, workspace_view
from teams.forms import InvitationForm, RoleForm, WorkspaceChangeForm
from teams.models import Role
from teams.selectors import invitations_of, members_of

TOO_MANY = gettext_lazy("That were many invitations within an hour. Go on a little later.")


@workspace_view(Role.VIEWER)
@require_safe
def members(request: Request) -> HttpResponse:
    return show_members(request)


def show_members(request: Request, **unfinished_forms: BaseForm) -> HttpResponse:
    """The page; with status 422 where a form came back unfinished."""
    may_manage = request.actor.may(Role.OWNER)
    context = {
        "members": members_of(request.workspace),
        "invitations": invitations_of(request.workspace) if may_manage else [],
        "may_manage": may_manage,
        "roles": Role.choices,
        "invite_form": InvitationForm(),
        "workspace_form": WorkspaceChangeForm(instance=request.workspace),
        **unfinished_forms,
    }
    status = 422 if unfinished_forms else 200
    return render(request, "teams/members.html", context, status=status)


@workspace_view(Role.OWNER)
@require_POST
def change_role(request: Request, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(members_of(request.workspace), pk=membership_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of the roles."))
        return redirect("teams:members")
    try:
        services.change_role(membership, role=Role(form.cleaned_data["role"]), by=request.actor)
    except services.LastOwner:
        messages.error(request, _("A workspace needs an owner. Make somebody else owner first."))
    else:
        messages.success(request, _("%(name)s has a new role.") % {"name": membership.user})
    return redirect("teams:members")


@workspace_view(Role.VIEWER)
@require_POST
def remove_member(request: Request, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(members_of(request.workspace), pk=membership_id)
    try:
        services.remove_member(membership, by=request.actor)
    except services.LastOwner:
        messages.error(request, _("A workspace needs an owner. Make somebody else owner first."))
        return redirect("teams:members")
    if membership.user_id == request.user.pk:
        messages.success(request, _("You have left %(name)s.") % {"name": request.workspace})
        return redirect("/")
    messages.success(request, _("%(name)s is no longer a member.") % {"name": membership.user})
    return redirect("teams:members")


@workspace_view(Role.OWNER)
@require_POST
def invite(request: Request) -> HttpResponse:
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return show_members(request, invite_form=form)
    if not ratelimit.consume(request, action="invite"):
        form.add_error(None, TOO_MANY)
        return show_members(request, invite_form=form)
    email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    try:
        services.invite_person(request.workspace, email=email, role=role, by=request.actor)
    except services.AlreadyMember:
        form.add_error("email", _("This person is a member already."))
        return show_members(request, invite_form=form)
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
    return redirect("teams:members")


@workspace_view(Role.OWNER)
@require_POST
def resend_invitation(request: Request, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(invitations_of(request.workspace), pk=invitation_id)
    if not ratelimit.consume(request, action="invite"):
        messages.error(request, TOO_MANY)
        return redirect("teams:members")
    services.resend_invitation(invitation, by=request.actor)
    messages.success(
        request, _("A new link is on its way to %(email)s.") % {"email": invitation.email}
    )
    return redirect("teams:members")


@workspace_view(Role.OWNER)
@require_POST
def revoke_invitation(request: Request, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(invitations_of(request.workspace), pk=invitation_id)
    services.revoke_invitation(invitation, by=request.actor)
    messages.success(
        request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email}
    )
    return redirect("teams:members")
