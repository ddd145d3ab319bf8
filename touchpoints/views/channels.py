"""The list of channels of a workspace."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import library_view
from collaboration.editing import Refused
from collaboration.merge import Clash, MergeForm, merged
from teams.access import Request, workspace_view
from teams.models import Role
from touchpoints import services
from touchpoints.forms import ChannelForm, ChannelMergeForm
from touchpoints.models import Channel
from touchpoints.selectors import channels_with_use


@require_GET
@workspace_view(Role.VIEWER)
def library(request: Request) -> HttpResponse:
    return _library(request, ChannelForm(instance=Channel(workspace=request.workspace)))


@require_POST
@library_view(Role.EDITOR)
def create(request: Request) -> HttpResponse:
    form = ChannelForm(request.POST, instance=Channel(workspace=request.workspace))
    if not form.is_valid():
        return _library(request, form, status=422)
    try:
        services.create_channel(request.workspace, **form.cleaned_data, by=request.actor)
    except Refused as reason:
        form.add_error(None, str(reason))
        return _library(request, form, status=422)
    return redirect("touchpoints:channels")


@require_POST
@library_view(Role.EDITOR)
def usual(request: Request) -> HttpResponse:
    services.starter_channels(request.workspace, by=request.actor)
    return redirect("touchpoints:channels")


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def edit(request: Request, channel_id: int) -> HttpResponse:
    channel = get_object_or_404(Channel, workspace=request.workspace, pk=channel_id)
    form: MergeForm = ChannelMergeForm(instance=channel)
    clashes: list[Clash] = []
    if request.method == "POST":
        form, clashes = merged(
            services.editing_channel(channel, by=request.actor),
            ChannelMergeForm,
            request.POST,
            save=services.save_channel,
        )
        if not form.errors and not clashes:
            return redirect("touchpoints:channels")
    context = {"form": form, "channel": channel, "clashes": clashes}
    status = 409 if clashes else 422 if form.errors else 200
    return render(request, "touchpoints/channel_form.html", context, status=status)


@require_POST
@library_view(Role.EDITOR)
def delete(request: Request, channel_id: int) -> HttpResponse:
    channel = get_object_or_404(Channel, workspace=request.workspace, pk=channel_id)
    try:
        services.delete_channel(channel, by=request.actor)
    except Refused as reason:
        form = ChannelForm(instance=Channel(workspace=request.workspace))
        return _library(request, form, refused=str(reason), status=409)
    return redirect("touchpoints:channels")


def _library(
    request: Request, form: ChannelForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "channels": channels_with_use(request.workspace),
        "form": form,
        "refused": refused,
        "may_edit": request.actor.may(Role.EDITOR),
    }
    return render(request, "touchpoints/channels.html", context, status=status)
