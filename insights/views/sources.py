"""The sources that insights come from."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import library_view
from collaboration.editing import Refused
from collaboration.merge import Clash, MergeForm, merged
from insights import services
from insights.forms import SourceForm, SourceMergeForm
from insights.models import Source
from insights.selectors import sources_with_use
from teams.access import Request, workspace_view
from teams.models import Role


@require_GET
@workspace_view(Role.VIEWER)
def library(request: Request) -> HttpResponse:
    return _library(request, SourceForm(instance=Source(workspace=request.workspace)))


@require_POST
@library_view(Role.EDITOR)
def create(request: Request) -> HttpResponse:
    form = SourceForm(request.POST, instance=Source(workspace=request.workspace))
    if not form.is_valid():
        return _library(request, form, status=422)
    try:
        services.create_source(request.workspace, **form.cleaned_data, by=request.actor)
    except Refused as reason:
        form.add_error(None, str(reason))
        return _library(request, form, status=422)
    return redirect("insights:sources")


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def edit(request: Request, source_id: int) -> HttpResponse:
    source = get_object_or_404(Source, workspace=request.workspace, pk=source_id)
    form: MergeForm = SourceMergeForm(instance=source)
    clashes: list[Clash] = []
    if request.method == "POST":
        form, clashes = merged(
            services.editing_source(source, by=request.actor),
            SourceMergeForm,
            request.POST,
            save=services.save_source,
        )
        if not form.errors and not clashes:
            return redirect("insights:sources")
    context = {"form": form, "source": source, "clashes": clashes}
    status = 409 if clashes else 422 if form.errors else 200
    return render(request, "insights/source_form.html", context, status=status)


@require_POST
@library_view(Role.EDITOR)
def delete(request: Request, source_id: int) -> HttpResponse:
    source = get_object_or_404(Source, workspace=request.workspace, pk=source_id)
    try:
        services.delete_source(source, by=request.actor)
    except Refused as reason:
        form = SourceForm(instance=Source(workspace=request.workspace))
        return _library(request, form, refused=str(reason), status=409)
    return redirect("insights:sources")


def _library(
    request: Request, form: SourceForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "sources": sources_with_use(request.workspace),
        "form": form,
        "refused": refused,
        "may_edit": request.actor.may(Role.EDITOR),
    }
    return render(request, "insights/sources.html", context, status=status)
