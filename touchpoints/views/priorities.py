"""Which touchpoints to work on first, by the team's weights."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from collaboration.access import board_view
from collaboration.live import answer, viewer_of
from collaboration.undo import undo_context
from journeys.models import Journey
from teams.access import Request
from teams.models import Role
from touchpoints.priorities import save_weights, weights_of
from touchpoints.priority_page import WeightsForm, priorities_html


@require_GET
@board_view(Role.VIEWER, Journey)
def page(request: Request, journey: Journey) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "list": priorities_html(journey, viewer),
        **undo_context(request, journey),
    }
    return render(request, "touchpoints/priorities.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def weights(request: Request, journey: Journey) -> HttpResponse:
    """How much each part of the score counts, from 0 to 10."""
    template = "touchpoints/_weights_form.html"
    context: dict[str, Any] = {"journey": journey}
    if request.method == "GET":
        form = WeightsForm(instance=weights_of(journey))
        return render(request, template, {**context, "form": form})
    with journey.editing(by=request.actor) as edit:
        form = WeightsForm(request.POST, instance=weights_of(journey))
        if not form.is_valid():
            return render(request, template, {**context, "form": form}, status=422)
        if clashes := form.clashes():
            context |= {"form": form.retry(), "clashes": clashes}
            return render(request, template, context, status=409)
        save_weights(journey, **form.cleaned_data, by=request.actor)
    return answer(request, edit)
