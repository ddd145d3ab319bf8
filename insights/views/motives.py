"""What drives customers in the end, by stage and persona."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from insights.interview_models import DEEP_ENOUGH
from insights.motives import motives_of
from teams.access import Request, workspace_view
from teams.models import Role


@require_GET
@workspace_view(Role.VIEWER)
def motives(request: Request) -> HttpResponse:
    stages = motives_of(request.workspace, request.user)
    context = {"stages": stages, "enough": DEEP_ENOUGH, "may_edit": request.actor.may(Role.EDITOR)}
    return render(request, "insights/motives.html", context)
