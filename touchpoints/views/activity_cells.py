"""Our activities in the cells of a map."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys.models import Journey, Lane, Stage
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from touchpoints import activities
from touchpoints.activity_forms import ActivityForm
from touchpoints.models import Activity


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    stage = named_item(journey, Stage, stage_id)
    lane = named_item(journey, Lane, lane_id)
    template = "touchpoints/_activity_cell_new.html"
    context = {"journey": journey, "stage": stage, "lane": lane}
    if request.method == "GET":
        form = ActivityForm.of_new(journey, stage=stage.pk)
        return render(request, template, {**context, "form": form})
    return create_in_place(
        request,
        journey,
        ActivityForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: activities.create_activity(journey, **data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, activity_id: int) -> HttpResponse:
    template, context = "touchpoints/_activity_cell_form.html", {"journey": journey}
    if request.method == "GET":
        item = named_item(journey, Activity, activity_id)
        form = ActivityForm(instance=item)
        return render(request, template, {**context, "item": item, "form": form})
    return save_in_place(
        request,
        journey,
        (Activity, activity_id),
        ActivityForm,
        template=template,
        context=context,
        save=lambda form: activities.save_activity(form.instance, by=request.actor),
    )


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, activity_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        activity = named_item(journey, Activity, activity_id)
        if direction := request.POST.get("direction"):
            activities.step_activity(activity, direction=direction, by=request.actor)
        else:
            stage = named_item(journey, Stage, request.POST.get("stage"))
            activities.move_activity(activity, stage=stage, by=request.actor)
    said = _("“%(activity)s” is now in “%(stage)s”.")
    words = said % {"activity": activity, "stage": activity.stage} if activity.stage else ""
    return answer(request, edit, said=words)
