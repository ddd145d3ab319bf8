"""Make a workspace, name it, change over to another."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams import services
from teams.access import Request, signed_in, workspace_view
from teams.forms import WorkspaceChangeForm, WorkspaceForm
from teams.models import Role
from teams.views.members import show_members


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def create_workspace(request: Request) -> HttpResponse:
    form = WorkspaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        workspace = services.create_workspace(form.cleaned_data["name"], by=request.user)
        request.session["workspace"] = workspace.pk
        return redirect("/")
    status = 422 if request.method == "POST" else 200
    return render(request, "teams/create_workspace.html", {"form": form}, status=status)


@workspace_view(Role.OWNER)
@require_POST
def change_workspace(request: Request) -> HttpResponse:
    form = WorkspaceChangeForm(request.POST)
    if not form.is_valid():
        return show_members(request, workspace_form=form)
    services.change_workspace(request.workspace, **form.cleaned_data, by=request.actor)
    messages.success(request, _("The workspace is changed."))
    return redirect("teams:members")


@signed_in
@require_POST
def switch(request: Request) -> HttpResponse:
    chosen = request.POST.get("workspace", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        raise Http404
    if not request.user.memberships.filter(workspace_id=int(chosen)).exists():
        raise Http404
    request.session["workspace"] = int(chosen)
    return redirect("/")
