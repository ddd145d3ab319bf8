"""Saved versions of a map: name one, rename it, forget it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.forms import SnapshotForm
from collaboration.live import viewer_of
from collaboration.models import Snapshot
from collaboration.snapshots import (
    change_snapshot,
    delete_snapshot,
    save_snapshot,
    snapshots_of,
)
from journeys.models import Journey
from teams.access import Request, is_htmx
from teams.models import Role


def snapshot_on(journey: Journey, snapshot_id: int) -> Snapshot:
    """A saved version of this map, or Http404."""
    snapshot = snapshots_of(journey).filter(pk=snapshot_id).first()
    if snapshot is None:
        raise Http404
    return snapshot


@require_GET
@board_view(Role.VIEWER, Journey, members_only=True)
def show(request: Request, journey: Journey) -> HttpResponse:
    return _page(request, journey, SnapshotForm())


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def create(request: Request, journey: Journey) -> HttpResponse:
    """The form alone, for the dialog on the map."""
    form = SnapshotForm(request.POST or None)
    if request.method == "GET":
        context = {"journey": journey, "form": form}
        return render(request, "journeys/_version_form.html", context)
    if not form.is_valid():
        if is_htmx(request):
            context = {"journey": journey, "form": form}
            return render(request, "journeys/_version_form.html", context, status=422)
        return _page(request, journey, form, status=422)
    snapshot = save_snapshot(journey, by=request.actor, **form.cleaned_data)
    said = _("Saved as “%(name)s”.") % {"name": snapshot.label}
    if is_htmx(request):
        fresh = {"journey": journey, "form": SnapshotForm()}
        response = render(request, "journeys/_version_form.html", fresh)
        shown = {"journey": journey, "said": said}
        response.write(render_to_string("journeys/_version_saved.html", shown))
        return response
    messages.success(request, said)
    return redirect("journeys:versions", journey.pk)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def edit(request: Request, journey: Journey, snapshot_id: int) -> HttpResponse:
    snapshot = snapshot_on(journey, snapshot_id)
    form = SnapshotForm(request.POST or None, instance=snapshot)
    if request.method == "POST" and form.is_valid():
        change_snapshot(snapshot, by=request.actor, **form.cleaned_data)
        return redirect("journeys:versions", journey.pk)
    context = {"journey": journey, "form": form, "snapshot": snapshot}
    status = 422 if form.errors else 200
    return render(request, "journeys/version_form.html", context, status=status)


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def delete(request: Request, journey: Journey, snapshot_id: int) -> HttpResponse:
    delete_snapshot(snapshot_on(journey, snapshot_id), by=request.actor)
    messages.success(request, _("The name is gone. The version itself stays in the history."))
    return redirect("journeys:versions", journey.pk)


def _page(
    request: Request, journey: Journey, form: SnapshotForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "journey": journey,
        "snapshots": snapshots_of(journey),
        "form": form,
        "viewer": viewer_of(request),
    }
    return render(request, "journeys/versions.html", context, status=status)
