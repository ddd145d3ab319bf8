"""Lanes: the rows of the map."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys import services
from journeys.forms import LaneForm, NewLaneForm
from journeys.models import Journey, Lane
from journeys.selectors import kinds_on
from journeys.views.places import named_item, neighbour, target_of
from teams.access import Request
from teams.models import Role


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey) -> HttpResponse:
    template, context = "journeys/_lane_new.html", {"journey": journey}
    taken = kinds_on(journey)
    if request.method == "GET":
        return render(request, template, {**context, "form": NewLaneForm(taken=taken)})
    return create_in_place(
        request,
        journey,
        NewLaneForm(request.POST, taken=taken),
        template=template,
        context=context,
        create=lambda data: services.create_lane(journey, **data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, lane_id: int) -> HttpResponse:
    template, context = "journeys/_lane_form.html", {"journey": journey}
    if request.method == "POST":
        return save_in_place(
            request, journey, (Lane, lane_id), LaneForm, template=template, context=context
        )
    lane = named_item(journey, Lane, lane_id)
    return render(request, template, {**context, "item": lane, "form": LaneForm(instance=lane)})


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, lane_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        lane = named_item(journey, Lane, lane_id)
        if direction := request.POST.get("direction"):
            before = neighbour(lane, {"up": -1, "down": 1}.get(direction, 0))
        else:
            before = target_of(journey, Lane, request.POST.get("before"))
        services.move_lane(lane, before=before, by=request.actor)
    return answer(request, edit, said=_("“%(title)s” has moved.") % {"title": lane})


@require_POST
@board_view(Role.EDITOR, Journey)
def collapse(request: Request, journey: Journey, lane_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        lane = named_item(journey, Lane, lane_id)
        services.collapse_lane(lane, collapsed=not lane.collapsed, by=request.actor)
    return answer(request, edit)


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, lane_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        lane = named_item(journey, Lane, lane_id)
        services.delete_lane(lane, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": lane}
    return answer(request, edit, said=said)
