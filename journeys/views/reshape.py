"""Splitting a stage into two, and merging two into one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collaboration.access import board_view
from collaboration.live import answer
from journeys.forms import ReshapeForm
from journeys.models import Journey, Note, Stage
from journeys.reshape import merge_stages, right_neighbour, split_stage
from journeys.selectors import notes_in
from journeys.views.places import named_item, named_items
from teams.access import Request
from teams.models import Role


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def split(request: Request, journey: Journey, stage_id: int) -> HttpResponse:
    stage = named_item(journey, Stage, stage_id)
    form = ReshapeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"journey": journey, "stage": stage, "form": form, "notes": notes_in(stage)}
        status = 422 if form.errors else 200
        return render(request, "journeys/_stage_split.html", context, status=status)
    ids = ",".join(request.POST.getlist("note"))
    with journey.editing(by=request.actor) as edit:
        notes = named_items(journey, Note, ids) if ids else []
        fresh = split_stage(stage, title=form.cleaned_data["title"], notes=notes, by=request.actor)
    said = _("“%(stage)s” is split: “%(fresh)s” stands right of it. Undo makes it one again.")
    return answer(request, edit, said=said % {"stage": stage, "fresh": fresh})


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def merge(request: Request, journey: Journey, stage_id: int) -> HttpResponse:
    stage = named_item(journey, Stage, stage_id)
    right = right_neighbour(stage)
    form = ReshapeForm(request.POST or None, initial={"title": stage.title})
    if request.method == "GET" or not form.is_valid():
        context = {"journey": journey, "stage": stage, "right": right, "form": form}
        status = 422 if form.errors else 200
        return render(request, "journeys/_stage_merge.html", context, status=status)
    with journey.editing(by=request.actor) as edit:
        merged = merge_stages(stage, title=form.cleaned_data["title"], by=request.actor)
    said = _("The two stages are one now: “%(stage)s”. Undo makes them two again.")
    return answer(request, edit, said=said % {"stage": merged})
