"""Stages: the columns of the map."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys import services
from journeys.forms import NewStageForm, StageForm, StageTextForm
from journeys.models import Journey, Lane, Stage
from journeys.stage_lanes import StageFieldLane
from journeys.views.places import named_item, neighbour, target_of
from teams.access import Request
from teams.models import Role


@require_POST
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey) -> HttpResponse:
    before = target_of(journey, Stage, request.POST.get("before"))
    return create_in_place(
        request,
        journey,
        NewStageForm(request.POST),
        template="journeys/_stage_new.html",
        context={"journey": journey},
        create=lambda data: services.create_stage(journey, **data, before=before, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, stage_id: int) -> HttpResponse:
    template, context = "journeys/_stage_form.html", {"journey": journey}
    if request.method == "POST":
        return save_in_place(
            request, journey, (Stage, stage_id), StageForm, template=template, context=context
        )
    stage = named_item(journey, Stage, stage_id)
    return render(request, template, {**context, "item": stage, "form": StageForm(instance=stage)})


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def text(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    """The field of a stage that a lane shows, edited in its cell."""
    lane = named_item(journey, Lane, lane_id)
    if not isinstance(lane.kind_of, StageFieldLane):
        raise Http404
    form_class = StageTextForm.of(lane.kind_of.fields)
    template = "journeys/_stage_text_form.html"
    context = {"journey": journey, "lane": lane, "stage_id": stage_id}
    if request.method == "POST":
        return save_in_place(
            request, journey, (Stage, stage_id), form_class, template=template, context=context
        )
    form = form_class(instance=named_item(journey, Stage, stage_id))
    return render(request, template, {**context, "form": form})


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, stage_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        stage = named_item(journey, Stage, stage_id)
        if direction := request.POST.get("direction"):
            before = neighbour(stage, {"left": -1, "right": 1}.get(direction, 0))
        else:
            before = target_of(journey, Stage, request.POST.get("before"))
        services.move_stage(stage, before=before, by=request.actor)
    return answer(request, edit, said=_("“%(title)s” has moved.") % {"title": stage.title})


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, stage_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        stage = named_item(journey, Stage, stage_id)
        services.delete_stage(stage, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": stage.title}
    return answer(request, edit, said=said)
