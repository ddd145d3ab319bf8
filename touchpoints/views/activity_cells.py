"""Our activities in the cells of a map."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.live import answer
from journeys.models import Journey, Lane, Stage
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from touchpoints import activities
from touchpoints.models import Activity
from touchpoints.views.activities import new_activity, one_activity


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    return new_activity(
        request,
        journey,
        template="touchpoints/_activity_cell_new.html",
        start={"stage": stage_id},
        stage=named_item(journey, Stage, stage_id),
        lane=named_item(journey, Lane, lane_id),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, activity_id: int) -> HttpResponse:
    template = "touchpoints/_activity_cell_form.html"
    return one_activity(request, journey, activity_id, template=template)


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
