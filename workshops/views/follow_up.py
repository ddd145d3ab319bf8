"""The next workshop, made from one by one button; and what changed on the map between the two."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from collaboration.access import board_view
from teams.access import Request
from teams.models import Role
from workshops.decided import by_status
from workshops.follow_up import cases_of, living_follow_ups, plan_follow_up
from workshops.follow_up_forms import FollowUpForm
from workshops.models import Workshop
from workshops.selectors import actions_of, departments_of
from workshops.since import changed_on_map, held_at, last_time


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop, members_only=True)
def plan(request: Request, workshop: Workshop) -> HttpResponse:
    form = FollowUpForm(request.POST or None, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        return redirect(plan_follow_up(workshop, **form.chosen, by=request.actor))
    context = {
        "workshop": workshop,
        "form": form,
        "following": living_follow_ups(workshop),
        "statuses": by_status(actions_of(workshop)),
        "departments": departments_of(workshop),
        "cases": cases_of(workshop),
    }
    return render(request, "workshops/follow_up.html", context, status=422 if form.errors else 200)


@require_GET
@board_view(Role.VIEWER, Workshop, members_only=True)
def changed(request: Request, workshop: Workshop) -> HttpResponse:
    """What has changed on the map since the workshop before; asked for when it is opened."""
    last, journey = last_time(workshop), workshop.subject
    if last is None or journey.deleted_at:
        raise Http404
    comparison = changed_on_map(last.workshop, journey)
    context = {
        "journey": journey,
        "last": last,
        "comparison": comparison,
        "since": held_at(last.workshop),
    }
    return render(request, "workshops/_changed_on_map.html", context)
