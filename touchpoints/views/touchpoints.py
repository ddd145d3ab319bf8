"""Touchpoints in the cells of a map."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys.models import Journey, Lane, Stage
from journeys.views.places import named_item, target_of
from teams.access import Request
from teams.models import Role
from touchpoints import services
from touchpoints.forms import NOT_YET, TouchpointForm
from touchpoints.message_page import links_of
from touchpoints.models import Touchpoint


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    stage = named_item(journey, Stage, stage_id)
    lane = named_item(journey, Lane, lane_id)
    template = "touchpoints/_touchpoint_new.html"
    context = {"journey": journey, "stage": stage, "lane": lane}
    if request.method == "GET":
        return render(request, template, {**context, "form": TouchpointForm.of_new(journey)})
    _first_channels(request, journey)
    return create_in_place(
        request,
        journey,
        TouchpointForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: services.create_touchpoint(stage=stage, **data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, touchpoint_id: int) -> HttpResponse:
    template = "touchpoints/_touchpoint_form.html"
    context: dict[str, Any] = {"journey": journey}
    if request.method == "GET":
        touchpoint = named_item(journey, Touchpoint, touchpoint_id)
        context |= {"item": touchpoint, "links": links_of(touchpoint)}
        return render(request, template, {**context, "form": TouchpointForm(instance=touchpoint)})
    _first_channels(request, journey)
    return save_in_place(
        request,
        journey,
        (Touchpoint, touchpoint_id),
        TouchpointForm,
        template=template,
        context=context,
        save=lambda form: services.save_touchpoint(form.instance, by=request.actor),
    )


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, touchpoint_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        touchpoint = named_item(journey, Touchpoint, touchpoint_id)
        if direction := request.POST.get("direction"):
            services.step_touchpoint(touchpoint, direction=direction, by=request.actor)
        else:
            services.move_touchpoint(
                touchpoint,
                stage=named_item(journey, Stage, request.POST.get("stage")),
                before=target_of(journey, Touchpoint, request.POST.get("before")),
                by=request.actor,
            )
    said = _("“%(touchpoint)s” is now in “%(stage)s”.")
    return answer(request, edit, said=said % {"touchpoint": touchpoint, "stage": touchpoint.stage})


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, touchpoint_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        touchpoint = named_item(journey, Touchpoint, touchpoint_id)
        services.delete_touchpoint(touchpoint, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": touchpoint}
    return answer(request, edit, said=said)


def _first_channels(request: Request, journey: Journey) -> None:
    """Make the usual channels when one of them was chosen before the workspace had any."""
    if request.POST.get("channel", "").startswith(NOT_YET):
        services.starter_channels(journey.workspace, by=request.actor)
