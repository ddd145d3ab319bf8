"""Choosing kinds of sources for stages, on the page that says where we are guessing."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from collaboration.access import board_view
from collaboration.live import viewer_of
from insights.learnt import sourced
from insights.models import ChosenSource, SourceKind
from insights.planning import choose_source, drop_source
from journeys.models import Journey, Stage
from journeys.views.places import named_item
from teams.access import Request, is_htmx
from teams.models import Role


@require_POST
@board_view(Role.EDITOR, Journey)
def choose(request: Request, journey: Journey) -> HttpResponse:
    """Choose what `choice` names, `12-interview`, or choose it no longer."""
    pk, _dash, kind = request.POST.get("choice", "").partition("-")
    if kind not in SourceKind.values:
        raise Http404
    with journey.editing(by=request.actor):
        stage = named_item(journey, Stage, pk)
        present = ChosenSource.objects.filter(stage=stage, kind=kind).first()
        if present:
            drop_source(present, by=request.actor)
        else:
            choose_source(stage, kind=kind, by=request.actor)
    if not is_htmx(request):
        return redirect("insights:coverage", journey.pk)
    context = {"journey": journey, "viewer": viewer_of(request), **sourced(journey)}
    return render(request, "insights/_learnt.html", context)
