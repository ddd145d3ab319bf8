"""The library opened beside a map, and putting its insights into the cells."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from collaboration.access import board_view
from collaboration.live import answer, pieces
from insights.highlighting import highlight
from insights.models import Evidence, Insight
from insights.placing import place_insight
from insights.selectors import insights_of, sources_of
from insights.shelf import Part, ShelfForm, places_in, shelved
from journeys.models import Journey, Lane, Note, Stage
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from touchpoints.models import Touchpoint

INSIGHTS_A_PAGE = 20
CLAIMS: dict[str, Any] = {"note": Note, "touchpoint": Touchpoint}


@require_GET
@board_view(Role.EDITOR, Journey, members_only=True)
def shelf(request: Request, journey: Journey) -> HttpResponse:
    """Insights to be put on this map; at first those that are on no map yet."""
    return render(request, "insights/_shelf.html", _shown(journey, request.GET))


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def place(request: Request, journey: Journey, insight_id: int) -> HttpResponse:
    """Where an insight shall go, to choose from; and putting it there: `place` is `lane-3`,
    `note-12`, `touchpoint-7`, or empty for the stage as a whole."""
    insight = get_object_or_404(insights_of(journey.workspace_id), pk=insight_id)
    if request.method == "GET":
        return _form(request, journey, insight)
    with journey.editing(by=request.actor) as edit:
        evidence = place_insight(insight, **_target(journey, request.POST), by=request.actor)
    response = answer(request, edit, said=_said(evidence))
    html = render_to_string("insights/_shelf.html#results", _shown(journey, request.POST), request)
    response.content += pieces([("shelf-results", html)], "outerHTML").encode()
    return response


# --- Inside --------------------------------------------------------------------------------
def _shown(journey: Journey, asked: QueryDict) -> dict[str, Any]:
    search = ShelfForm(asked)
    found = shelved(journey, search)
    page = Paginator(found, INSIGHTS_A_PAGE).get_page(asked.get("page"))
    page.object_list = highlight(page.object_list, search.cleaned_data.get("q", ""))
    return {
        "journey": journey,
        "page": page,
        "search": search,
        "parts": Part.choices,
        "kinds": Insight.Kind.choices,
        "sources": sources_of(journey.workspace_id),
    }


def _form(request: Request, journey: Journey, insight: Insight) -> HttpResponse:
    stages = list(Stage.objects.filter(board=journey.pk).order_by("position"))
    wanted = request.GET.get("stage")
    chosen = next((one for one in stages if str(one.pk) == wanted), stages[0] if stages else None)
    context = {
        "journey": journey,
        "insight": insight,
        "stages": stages,
        "chosen": chosen,
        "places": places_in(chosen) if chosen else [],
        "place": request.GET.get("place"),
    }
    return render(request, "insights/_place_form.html", context)


def _target(journey: Journey, asked: QueryDict) -> dict[str, Any]:
    stance = asked.get("stance") or Evidence.Stance.SUPPORTS
    if stance not in Evidence.Stance.values:
        raise Http404
    kind, _dash, pk = asked.get("place", "").partition("-")
    if kind in CLAIMS:
        claim = named_item(journey, CLAIMS[kind], pk)
        return {"stage": claim.stage, "about": claim, "stance": stance}
    lane = named_item(journey, Lane, pk) if kind else None
    stage = named_item(journey, Stage, asked.get("stage"))
    return {"stage": stage, "lane": lane, "stance": stance}


def _said(evidence: Evidence) -> str:
    claim = evidence.note or evidence.touchpoint
    if claim is None:
        return _("The insight is now on “%(stage)s”.") % {"stage": evidence.stage}
    if evidence.stance == Evidence.Stance.CONTRADICTS:
        return _("The insight contradicts “%(claim)s”.") % {"claim": str(claim)[:80]}
    return _("The insight supports “%(claim)s”.") % {"claim": str(claim)[:80]}
