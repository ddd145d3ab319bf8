"""On what a map rests: the quotes behind a claim, and where we are guessing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.editing import Edit
from collaboration.live import answer, pieces, viewer_of
from insights import services
from insights.grounds import Ground, coverage_of, strength_of
from insights.learnt import sourced
from insights.models import Evidence, News
from insights.selectors import Wanted, insights_of
from journeys.models import Journey, Note, Stage
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from touchpoints.models import Touchpoint

CLAIMS: dict[str, Any] = {"note": Note, "touchpoint": Touchpoint, "stage": Stage}
MOST_CHOICES = 8


@require_GET
@board_view(Role.VIEWER, Journey)
def panel(request: Request, journey: Journey) -> HttpResponse:
    """The quotes behind `?type=note&id=12`; with `q`, what else could stand there."""
    claim = _claim(journey, request.GET)
    return render(request, "insights/_grounds.html", _shown(request, journey, claim))


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def attach(request: Request, journey: Journey, insight_id: int) -> HttpResponse:
    """Say that an insight of the library supports or contradicts a claim."""
    insight = get_object_or_404(insights_of(journey.workspace_id), pk=insight_id)
    with journey.editing(by=request.actor) as edit:
        claim = _claim(journey, request.POST)
        stage = claim if isinstance(claim, Stage) else claim.stage
        about = None if isinstance(claim, Stage) else claim
        services.attach_insight(
            insight, stage=stage, about=about, stance=_stance(request), by=request.actor
        )
    return _answer(request, journey, edit, claim)


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def judge(request: Request, journey: Journey, evidence_id: int) -> HttpResponse:
    """Turn what an insight says about a claim, say whether it was new to us (`news`), or take it
    off (`stance` is empty)."""
    with journey.editing(by=request.actor) as edit:
        evidence = named_item(journey, Evidence, evidence_id)
        claim = evidence.note or evidence.touchpoint or evidence.stage
        if request.POST.get("news"):
            new = request.POST["news"] == News.NEW
            services.call_new(evidence, new_to_us=new, by=request.actor)
        elif request.POST.get("stance"):
            services.judge_evidence(evidence, stance=_stance(request), by=request.actor)
        else:
            services.detach_evidence(evidence, by=request.actor)
    return _answer(request, journey, edit, claim)


@require_GET
@board_view(Role.VIEWER, Journey)
def coverage(request: Request, journey: Journey) -> HttpResponse:
    """How much of the map rests on evidence, by stage and lane."""
    context = {
        "journey": journey,
        "viewer": viewer_of(request),
        **_covered(journey),
        **sourced(journey),
    }
    return render(request, "insights/coverage.html", context)


@require_GET
@board_view(Role.VIEWER, Journey)
def guesses(request: Request, journey: Journey) -> HttpResponse:
    """What the map shows in the view “where are we guessing”: the ground of each cell."""
    context = {"cells": coverage_of(journey).cells.items()}
    return render(request, "insights/_guesses.html", context)


# --- Inside --------------------------------------------------------------------------------
def _claim(journey: Journey, asked: Any) -> Any:
    model = CLAIMS.get(asked.get("type", ""))
    if model is None:
        raise Http404
    return named_item(journey, model, asked.get("id"))


def _covered(journey: Journey) -> dict[str, Any]:
    found = coverage_of(journey)
    rows = [
        (
            lane,
            found.of_lane(lane),
            [(stage, found.cells.get((stage.pk, lane.pk))) for stage in found.stages],
        )
        for lane in found.lanes
    ]
    heads = [(stage, found.of_stage(stage)) for stage in found.stages]
    return {"coverage": found, "rows": rows, "heads": heads}


def _stance(request: Request) -> str:
    stance = request.POST.get("stance", "")
    if stance not in Evidence.Stance.values:
        raise Http404
    return stance


def _shown(request: Request, journey: Journey, claim: Any) -> dict[str, Any]:
    evidence = _evidence_about(claim)
    ground = Ground()
    for one in evidence:
        source = one.insight.source
        ground.add(one.stance, strength_of(source.kind if source else None))
    words = request.GET.get("q", "")[:200]
    viewer = viewer_of(request)
    context = {
        "journey": journey,
        "claim": claim,
        "type": claim.type_name(),
        "evidence": evidence,
        "ground": ground,
        "words": words,
        "viewer": viewer,
    }
    if viewer.can_edit and not viewer.is_guest:
        shown = [one.insight_id for one in evidence]
        found = insights_of(journey.workspace_id, Wanted(words=words)).exclude(pk__in=shown)
        context["choices"] = found[:MOST_CHOICES]
    return context


def _evidence_about(claim: Any) -> list[Evidence]:
    kind = claim.type_name()
    about = {kind: claim}
    if kind == "stage":
        about |= {"note": None, "touchpoint": None}
    rows = (
        Evidence.objects.filter(**about)
        .select_related("insight__source")
        .defer("insight__found_by")
    )
    return list(rows.order_by("-stance", "position"))


def _answer(request: Request, journey: Journey, edit: Edit, claim: Any) -> HttpResponse:
    said = _("The evidence has changed.")
    response = answer(request, edit, said=said) if edit.changes else HttpResponse()
    html = render_to_string("insights/_grounds.html", _shown(request, journey, claim), request)
    response.content += pieces([("panel", html)], "innerHTML").encode()
    return response
