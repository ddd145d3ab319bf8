"""The library of insights: find, add, change, delete, and put on maps."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import actor_on, library_view
from collaboration.editing import Refused
from collaboration.merge import MergeForm
from insights import services
from insights.forms import InsightForm, SearchForm
from insights.models import Evidence, Insight
from insights.selectors import (
    evidence_seen_by,
    insights_of,
    sources_with_use,
    stages_by_journey,
    stages_of,
    with_places,
)
from teams.access import Request, workspace_view
from teams.models import Role

INSIGHTS_A_PAGE = 24


@require_GET
@workspace_view(Role.VIEWER)
def library(request: Request) -> HttpResponse:
    search = SearchForm(request.GET)
    found = with_places(insights_of(request.workspace, search.wanted()), request.user)
    filters = request.GET.copy()
    filters.pop("page", None)
    context = {
        "page": Paginator(found, INSIGHTS_A_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "filters": filters,
        "kinds": Insight.Kind.choices,
        "sources": sources_with_use(request.workspace),
        "may_edit": request.actor.may(Role.EDITOR),
    }
    return render(request, "insights/library.html", context)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def new(request: Request) -> HttpResponse:
    form = InsightForm.of_new(request.workspace.pk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            insight = services.create_insight(
                request.workspace, **form.cleaned_data, by=request.actor
            )
            return redirect("insights:insight", insight.pk)
        except Refused as reason:
            form.add_error(None, str(reason))
    return _form(request, form, status=422 if form.errors else 200)


@require_GET
@workspace_view(Role.VIEWER)
def show(request: Request, insight_id: int) -> HttpResponse:
    return _show(request, insight_id)


def _show(
    request: Request, insight_id: int, *, refused: str = "", status: int = 200
) -> HttpResponse:
    insights = with_places(insights_of(request.workspace), request.user)
    insight = get_object_or_404(insights, pk=insight_id)
    may_edit = request.actor.may(Role.EDITOR)
    context = {"insight": insight, "may_edit": may_edit, "refused": refused}
    if may_edit:
        shown = Evidence.objects.filter(insight=insight).values("stage")
        stages = stages_of(request.workspace, request.user).exclude(pk__in=shown)
        context["journeys"] = stages_by_journey(stages)
    return render(request, "insights/insight.html", context, status=status)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def edit(request: Request, insight_id: int) -> HttpResponse:
    insight = get_object_or_404(insights_of(request.workspace), pk=insight_id)
    if request.method == "GET":
        return _form(request, InsightForm(instance=insight))
    with services.editing_insight(insight, by=request.actor) as present:
        form = InsightForm(request.POST, instance=present)
        if not form.is_valid():
            return _form(request, form, status=422)
        if clashes := form.clashes():
            return _form(request, form.retry(), status=409, clashes=clashes)
        services.change_insight(present, fields=form.changed_data, by=request.actor)
    return redirect("insights:insight", insight.pk)


def _form(request: Request, form: MergeForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "insight": form.instance, **more}
    return render(request, "insights/insight_form.html", context, status=status)


@require_POST
@library_view(Role.EDITOR)
def delete(request: Request, insight_id: int) -> HttpResponse:
    insight = get_object_or_404(insights_of(request.workspace), pk=insight_id)
    try:
        services.delete_insight(insight, by=request.actor)
    except Refused as reason:
        return _show(request, insight_id, refused=str(reason), status=409)
    return redirect("insights:library")


@require_POST
@library_view(Role.EDITOR)
def attach(request: Request, insight_id: int) -> HttpResponse:
    insight = get_object_or_404(insights_of(request.workspace), pk=insight_id)
    stages = stages_of(request.workspace, request.user)
    stage = stages.filter(pk=_number(request.POST.get("stage"))).first()
    if stage is None:
        refused = _("Choose a stage of one of your journeys.")
        return _show(request, insight_id, refused=refused, status=422)
    try:
        by = actor_on(stage.board, request.user)
        services.attach_insight(insight, stage=stage, by=by)
    except Refused as reason:
        return _show(request, insight_id, refused=str(reason), status=409)
    return redirect("insights:insight", insight.pk)


def _number(text: str | None) -> int:
    """The id that a form field holds, or 0, which nothing has."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


@require_POST
@library_view(Role.EDITOR)
def detach(request: Request, insight_id: int, evidence_id: int) -> HttpResponse:
    ours = evidence_seen_by(request.user).filter(
        insight=insight_id, insight__workspace=request.workspace
    )
    evidence = get_object_or_404(ours.select_related("board"), pk=evidence_id)
    services.detach_evidence(evidence, by=actor_on(evidence.board, request.user))
    return redirect("insights:insight", insight_id)
