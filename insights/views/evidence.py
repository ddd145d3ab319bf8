"""Insights in the cells of a map."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place
from collaboration.live import answer
from collaboration.merge import MergeForm
from collaboration.models import Change
from insights import services
from insights.forms import InsightForm, SearchForm
from insights.models import Evidence
from insights.selectors import insights_of, insights_to_attach
from journeys.models import Journey, Lane, Stage
from journeys.selectors import cell_of
from journeys.views.places import named_item, target_of
from teams.access import Request
from teams.models import Role

MOST_CHOICES = 12


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    """Write a new insight and put it on the stage."""
    stage = named_item(journey, Stage, stage_id)
    lane = named_item(journey, Lane, lane_id)
    template = "insights/_evidence_new.html"
    context = {"journey": journey, "stage": stage, "lane": lane}
    seen = {"language": services.language_of(journey.workspace, request.actor)}
    if request.method == "GET":
        form = InsightForm.of_new(journey.workspace_id, **seen)
        return render(request, template, {**context, "form": form})
    return create_in_place(
        request,
        journey,
        InsightForm.of_new(journey.workspace_id, request.POST, **seen),
        template=template,
        context=context,
        create=lambda data: services.collect_insight(stage=stage, **data, by=request.actor),
    )


@require_GET
@board_view(Role.EDITOR, Journey, members_only=True)
def choose(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    """Insights of the library that the stage does not show yet."""
    stage = named_item(journey, Stage, stage_id)
    words = SearchForm(request.GET).wanted().words
    context = {
        "journey": journey,
        "stage": stage,
        "lane": named_item(journey, Lane, lane_id),
        "words": words,
        "insights": insights_to_attach(stage, words)[:MOST_CHOICES],
    }
    return render(request, "insights/_insight_choice.html", context)


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def attach(request: Request, journey: Journey, stage_id: int, insight_id: int) -> HttpResponse:
    insight = get_object_or_404(insights_of(journey.workspace_id), pk=insight_id)
    with journey.editing(by=request.actor) as edit:
        stage = named_item(journey, Stage, stage_id)
        services.attach_insight(insight, stage=stage, by=request.actor)
    return answer(request, edit, said=_("The insight is now on “%(stage)s”.") % {"stage": stage})


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def edit(request: Request, journey: Journey, evidence_id: int) -> HttpResponse:
    """Change the insight where it stands; every map that shows it is drawn again."""
    evidence = Evidence.objects.filter(board=journey.pk, pk=evidence_id).first()
    if request.method == "POST":
        return _save(request, journey, evidence) if evidence else _gone(request)
    evidence = named_item(journey, Evidence, evidence_id)
    return _form(request, evidence, InsightForm(instance=evidence.insight))


def _save(request: Request, journey: Journey, evidence: Evidence) -> HttpResponse:
    with services.editing_insight(evidence.insight, by=request.actor) as insight:
        form = InsightForm(request.POST, instance=insight)
        if not form.is_valid():
            return _form(request, evidence, form, status=422)
        if clashes := form.clashes():
            last = Change.objects.filter(item_type="evidence", item_id=evidence.pk).last()
            context = {"clashes": clashes, "other": last.actor_name if last else ""}
            return _form(request, evidence, form.retry(), status=409, **context)
        edits = services.change_insight(insight, **form.changes(), by=request.actor)
    here = next((edit for edit in edits if edit.board.pk == journey.pk), None)
    return answer(request, here) if here else _gone(request)


def _form(
    request: Request, evidence: Evidence, form: MergeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    region = cell_of(evidence, "insights")
    context = {"item": evidence, "form": form, "region": region, **more}
    return render(request, "insights/_evidence_form.html", context, status=status)


def _gone(request: Request) -> HttpResponse:
    """The insight was taken off meanwhile: what was typed is given back."""
    texts = [request.POST[name] for name in ("quote", "text") if request.POST.get(name)]
    return render(request, "collaboration/_gone.html", {"texts": texts}, status=409)


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, evidence_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        evidence = named_item(journey, Evidence, evidence_id)
        if direction := request.POST.get("direction"):
            services.step_evidence(evidence, direction=direction, by=request.actor)
        else:
            services.move_evidence(
                evidence,
                stage=named_item(journey, Stage, request.POST.get("stage")),
                before=target_of(journey, Evidence, request.POST.get("before")),
                by=request.actor,
            )
    said = _("The insight is now on “%(stage)s”.") % {"stage": evidence.stage}
    return answer(request, edit, said=said)


@require_POST
@board_view(Role.EDITOR, Journey)
def detach(request: Request, journey: Journey, evidence_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        evidence = named_item(journey, Evidence, evidence_id)
        services.detach_evidence(evidence, by=request.actor)
    said = _("The insight is off this stage and stays in the library. Undo brings it back.")
    return answer(request, edit, said=said)
