"""Our own activities: the page, and each activity edited in its row."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, edit_in_place
from collaboration.live import answer, viewer_of
from collaboration.undo import undo_context
from journeys.models import Journey
from journeys.views.places import id_in, named_item
from teams.access import Request
from teams.models import Role
from touchpoints import activities
from touchpoints.activity_forms import ActivityForm
from touchpoints.activity_page import activities_html, effort_of
from touchpoints.models import Activity


@require_GET
@board_view(Role.VIEWER, Journey)
def page(request: Request, journey: Journey) -> HttpResponse:
    effort, viewer = effort_of(journey), viewer_of(request)
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "table": activities_html(journey, effort, viewer),
        **undo_context(request, journey),
    }
    return render(request, "touchpoints/activities.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey) -> HttpResponse:
    """`stage`, `channel` and `decision` may be given to start from."""
    start: dict[str, Any] = {name: id_in(request.GET.get(name)) for name in ("stage", "channel")}
    start["decision"] = request.GET.get("decision", "")
    return new_activity(request, journey, template="touchpoints/_activity_new.html", start=start)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, activity_id: int) -> HttpResponse:
    return one_activity(request, journey, activity_id, template="touchpoints/_activity_form.html")


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, activity_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        activity = named_item(journey, Activity, activity_id)
        activities.delete_activity(activity, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": activity}
    return answer(request, edit, said=said)


# --- For the page and for the cells of the map -----------------------------------------------
def new_activity(
    request: Request,
    journey: Journey,
    *,
    template: str,
    start: dict[str, Any],
    **context: Any,
) -> HttpResponse:
    """The form of a new activity, which begins with `start`, and what was sent with it."""
    context["journey"] = journey
    if request.method == "GET":
        form = ActivityForm.of_new(journey, **start)
        return render(request, template, {**context, "form": form})
    return create_in_place(
        request,
        journey,
        ActivityForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: activities.create_activity(journey, **data, by=request.actor),
    )


def one_activity(
    request: Request, journey: Journey, activity_id: int, *, template: str
) -> HttpResponse:
    return edit_in_place(
        request,
        journey,
        (Activity, activity_id),
        ActivityForm,
        template=template,
        context={"journey": journey},
        save=lambda form: activities.save_activity(form.instance, by=request.actor),
    )
