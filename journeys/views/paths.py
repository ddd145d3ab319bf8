"""Paths between stages: arrows above the map, and the table of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer, viewer_of
from collaboration.undo import undo_context
from journeys import selectors
from journeys.models import Journey, Path
from journeys.path_forms import PathForm
from journeys.path_regions import paths_table_html
from journeys.paths import create_path, delete_path, save_path
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role


@require_GET
@board_view(Role.VIEWER, Journey)
def table(request: Request, journey: Journey) -> HttpResponse:
    """All paths of the journey with why customers take them and what we do about it."""
    loaded = selectors.outline_of(journey)
    loaded.paths = selectors.paths_of(journey)
    viewer = viewer_of(request)
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "table": paths_table_html(loaded, viewer),
        **undo_context(request, journey),
    }
    return render(request, "journeys/paths.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey) -> HttpResponse:
    template, context = "journeys/_path_new.html", {"journey": journey}
    if request.method == "GET":
        form = PathForm.of_new(journey, **_ends(journey, request.GET.get("from", "")))
        return render(request, template, {**context, "form": form})
    return create_in_place(
        request,
        journey,
        PathForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: create_path(**data, by=request.actor),
    )


def _ends(journey: Journey, start: str) -> dict[str, int]:
    """From the stage that is named to the one after it, else from the first to the last."""
    stages = [stage.pk for stage in selectors.outline_of(journey).stages]
    places = {str(pk): place for place, pk in enumerate(stages)}
    if not stages:
        return {}
    if start not in places:
        return {"from_stage": stages[0], "to_stage": stages[-1]}
    after = places[start] + 1
    return {"from_stage": int(start), "to_stage": stages[after if after < len(stages) else 0]}


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, path_id: int) -> HttpResponse:
    in_table = "table" in (request.GET if request.method == "GET" else request.POST)
    template = "journeys/_path_row_form.html" if in_table else "journeys/_path_form.html"
    context: dict[str, Any] = {"journey": journey}
    if request.method == "POST":
        return save_in_place(
            request,
            journey,
            (Path, path_id),
            PathForm,
            template=template,
            context=context,
            save=lambda form: save_path(form.instance, by=request.actor),
        )
    path = named_item(journey, Path, path_id)
    return render(request, template, {**context, "item": path, "form": PathForm(instance=path)})


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, path_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        delete_path(named_item(journey, Path, path_id), by=request.actor)
    return answer(request, edit, said=_("The path is deleted. Undo brings it back."))
