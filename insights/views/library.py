"""The library of insights: find, add, change, delete, and put on maps."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import actor_on, library_view
from collaboration.cells import csv_lines
from collaboration.editing import Refused
from collaboration.merge import MergeForm
from insights import services
from insights.forms import InsightForm, SearchForm
from insights.highlighting import highlight
from insights.models import Evidence, Insight
from insights.selectors import (
    evidence_seen_by,
    insights_of,
    sources_of,
    stages_by_journey,
    stages_of,
    stages_seen_by,
    tags_of,
    with_places,
)
from insights.spreadsheet import rows_of
from journeys.models import Persona, Stage
from teams.access import Request, workspace_view
from teams.models import Role

INSIGHTS_A_PAGE = 24
MOST_TAGS_SHOWN = 200


@require_GET
@workspace_view(Role.VIEWER)
def library(request: Request) -> HttpResponse:
    search = SearchForm(request.GET)
    stages = list(stages_seen_by(request.user, request.workspace))
    wanted = search.wanted({stage.pk for stage in stages})
    tags = tags_of(request.workspace)
    found = insights_of(request.workspace, wanted, tags=[tag for tag, _uses in tags])
    found = with_places(found, request.user)
    filters = request.GET.copy()
    filters.pop("page", None)
    page = Paginator(found, INSIGHTS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = highlight(page.object_list, wanted.words)
    context = {"page": page, "search": search, "filters": filters, **_choices(request, stages)}
    context["tags"] = tags[:MOST_TAGS_SHOWN]
    return render(request, "insights/library.html", context)


@require_GET
@workspace_view(Role.COMMENTER)
def file(request: Request) -> HttpResponse:
    """The insights that the page lists, as a table that can be imported again."""
    stages = list(stages_seen_by(request.user, request.workspace))
    wanted = SearchForm(request.GET).wanted({stage.pk for stage in stages})
    separator = "," if get_language() == "en" else ";"
    lines = csv_lines(rows_of(insights_of(request.workspace, wanted)), separator=separator)
    headers = {"Content-Disposition": 'attachment; filename="waymark-insights.csv"'}
    return HttpResponse("".join(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _choices(request: Request, stages: list[Stage]) -> dict[str, Any]:
    """By what the library can be narrowed, and what can be given to many insights."""
    may_edit = request.actor.may(Role.EDITOR)
    return {
        "kinds": Insight.Kind.choices,
        "strengths": Insight.Strength.choices,
        "languages": settings.LANGUAGES,
        "sources": sources_of(request.workspace),
        "personas": Persona.objects.filter(workspace=request.workspace),
        "journeys": stages_by_journey(stages),
        "may_edit": may_edit,
        "may_take_out": request.actor.may(Role.COMMENTER),
    }


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def new(request: Request) -> HttpResponse:
    language = services.language_of(request.workspace, request.actor)
    form = InsightForm.of_new(request.workspace.pk, request.POST or None, language=language)
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
        services.change_insight(present, **form.changes(), by=request.actor)
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
