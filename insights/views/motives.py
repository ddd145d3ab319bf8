"""What drives customers in the end, by stage and persona."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from insights.interview_models import DEEP_ENOUGH
from insights.interview_search import LARGEST_ID
from insights.motives import Motives
from insights.selectors import stages_by_journey, stages_seen_by
from journeys.models import Persona
from teams.access import Request, workspace_view
from teams.models import Role

STAGES_A_PAGE = 12


class MotivesForm(forms.Form):
    """Of whom, and where; anything that cannot be understood does not narrow the page."""

    stage = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    persona = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


@require_GET
@workspace_view(Role.VIEWER)
def motives(request: Request) -> HttpResponse:
    search = MotivesForm(request.GET)
    search.full_clean()
    found = Motives(request.workspace, request.user, **search.cleaned_data)
    page = Paginator(found.stages(), STAGES_A_PAGE).get_page(request.GET.get("page"))
    filters = request.GET.copy()
    filters.pop("page", None)
    context = {
        "stages": found.of(page.object_list),
        "page": page,
        "search": search,
        "filters": filters,
        "journeys": stages_by_journey(stages_seen_by(request.user, request.workspace)),
        "personas": Persona.objects.filter(workspace=request.workspace),
        "enough": DEEP_ENOUGH,
        "may_edit": request.actor.may(Role.EDITOR),
    }
    return render(request, "insights/motives.html", context)
