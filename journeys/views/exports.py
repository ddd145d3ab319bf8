"""The dialog that makes files of a map."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from collaboration.access import board_view
from collaboration.exporting import NEEDS, request_export
from collaboration.models import Export
from collaboration.views.exports import list_context
from journeys.export.forms import MapExportForm
from journeys.models import Journey
from teams.access import Request


@require_http_methods(["GET", "POST"])
@board_view(NEEDS, Journey, members_only=True)
def export(request: Request, journey: Journey) -> HttpResponse:
    form = MapExportForm(journey, request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        request_export(
            journey,
            kind=Export.Kind.MAP,
            file_format=form.cleaned_data["file_format"],
            language=form.cleaned_data["language"],
            options=form.options,
            by=request.actor,
        )
    context = {"journey": journey, "form": form, **list_context(journey, request)}
    status = 422 if form.errors else 200
    return render(request, "journeys/_export.html", context, status=status)
