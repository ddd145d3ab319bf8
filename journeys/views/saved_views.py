"""What a map can be narrowed to, and the views of it that people have kept."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.editing import Refused
from collaboration.live import saying, viewer_of
from journeys.filters import filters_of
from journeys.models import Journey
from journeys.saved_views import SavedView, delete_view, save_view, views_for
from journeys.selectors import outline_of
from teams.access import Request
from teams.models import Role


class SavedViewForm(forms.ModelForm[SavedView]):
    class Meta:
        model = SavedView
        fields = ["name", "query", "shared"]


@require_GET
@board_view(Role.VIEWER, Journey)
def panel(request: Request, journey: Journey) -> HttpResponse:
    lanes = outline_of(journey).lanes
    context = {
        **_saved(request, journey),
        "filters": filters_of(journey, lanes, with_people=not request.actor.is_guest),
        "lanes": lanes,
    }
    return render(request, "journeys/_view_panel.html", context)


def _saved(request: Request, journey: Journey, **more: Any) -> dict[str, Any]:
    return {
        "journey": journey,
        "viewer": viewer_of(request),
        "reader": request.actor.user,
        "saved_views": views_for(request.actor.user, journey),
        **more,
    }


@require_POST
@board_view(Role.VIEWER, Journey)
def save(request: Request, journey: Journey) -> HttpResponse:
    form = SavedViewForm(request.POST)
    if form.is_valid():
        try:
            save_view(journey, **form.cleaned_data, by=request.actor)
        except Refused as reason:
            form.add_error(None, str(reason))
    context = _saved(request, journey, form=form)
    said = saying(_("The view is saved.")) if not form.errors else ""
    response = render(
        request, "journeys/_saved_views.html", context, status=422 if form.errors else 200
    )
    response.write(said)
    return response


@require_POST
@board_view(Role.VIEWER, Journey)
def delete(request: Request, journey: Journey, savedview_id: int) -> HttpResponse:
    view = get_object_or_404(views_for(request.actor.user, journey), pk=savedview_id)
    delete_view(view, by=request.actor)
    response = render(request, "journeys/_saved_views.html", _saved(request, journey))
    response.write(saying(_("The view is deleted.")))
    return response
