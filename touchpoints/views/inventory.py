"""The inventory of a journey: every touchpoint in one table, edited in its cells."""

from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.editing import Refused
from collaboration.exporting import NEEDS, CannotExport, request_export
from collaboration.inplace import create_in_place, edit_in_place
from collaboration.live import answer, viewer_of
from collaboration.models import Export
from collaboration.undo import undo_context
from collaboration.views.exports import files_context, list_context
from journeys.models import Journey
from teams.access import Request, is_htmx
from teams.models import Role
from touchpoints import services
from touchpoints.forms import AddTouchpointForm, PasteRowsForm, TouchpointForm
from touchpoints.inventory import BY_KEY, Column, inventory_html, inventory_of
from touchpoints.models import Touchpoint
from touchpoints.pasting import paste_touchpoints, titles_of_columns


@require_GET
@board_view(Role.VIEWER, Journey)
def table(request: Request, journey: Journey) -> HttpResponse:
    inventory, viewer = inventory_of(journey), viewer_of(request)
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "inventory": inventory,
        "table": inventory_html(inventory, viewer),
        **undo_context(request, journey),
        "paste_form": PasteRowsForm(journey),
        "pasted_columns": list(titles_of_columns().values()),
        **files_context(request, journey),
    }
    return render(request, "touchpoints/inventory.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def cell(request: Request, journey: Journey, touchpoint_id: int) -> HttpResponse:
    """One cell of the table, named by `column`."""
    column = _column(request)
    template, context = "touchpoints/_inventory_form.html", {"journey": journey, "column": column}
    form_class = cell_form(column.key)
    return edit_in_place(
        request,
        journey,
        (Touchpoint, touchpoint_id),
        form_class,
        template=template,
        context=context,
        save=lambda form: services.save_touchpoint(form.instance, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def add(request: Request, journey: Journey) -> HttpResponse:
    template, context = "touchpoints/_inventory_add.html", {"journey": journey}
    if request.method == "GET":
        return render(request, template, {**context, "form": AddTouchpointForm(journey)})
    return create_in_place(
        request,
        journey,
        AddTouchpointForm(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: services.create_touchpoint(**data, by=request.actor),
    )


@require_POST
@board_view(Role.EDITOR, Journey)
def paste(request: Request, journey: Journey) -> HttpResponse:
    form = PasteRowsForm(journey, request.POST)
    if not form.is_valid():
        return _not_pasted(request, journey, form)
    try:
        with journey.editing(by=request.actor) as edit:
            made = paste_touchpoints(journey, **form.cleaned_data, by=request.actor)
    except Refused as reason:
        form.add_error("text", str(reason))
        return _not_pasted(request, journey, form)
    said = ngettext("%(n)s touchpoint is added.", "%(n)s touchpoints are added.", len(made))
    return answer(request, edit, said=said % {"n": len(made)})


def _not_pasted(request: Request, journey: Journey, form: PasteRowsForm) -> HttpResponse:
    context = {"journey": journey, "paste_form": form}
    return render(request, "touchpoints/_inventory_paste.html", context, status=422)


@require_POST
@board_view(NEEDS, Journey, members_only=True)
def export(request: Request, journey: Journey) -> HttpResponse:
    """The whole table as a file that can be imported again."""
    wanted = request.POST.get("format", Export.Format.XLSX)
    try:
        request_export(
            journey,
            kind=Export.Kind.INVENTORY,
            file_format=wanted,
            language=get_language(),
            by=request.actor,
        )
    except CannotExport as reason:
        raise Http404 from reason
    if not is_htmx(request):
        return redirect("touchpoints:inventory", journey.pk)
    return render(request, "collaboration/_exports.html", list_context(journey, request))


def _column(request: Request) -> Column:
    sent = request.GET if request.method == "GET" else request.POST
    column = BY_KEY.get(sent.get("column", "title"))
    if column is None:
        raise Http404
    return column


@cache
def cell_form(key: str) -> type[TouchpointForm]:
    """The touchpoint's form with the fields of one column alone."""
    fields = BY_KEY[key].fields
    meta = type("Meta", (TouchpointForm.Meta,), {"fields": list(fields)})
    parts: dict[str, Any] = {"Meta": meta} | ({} if "channel" in fields else {"channel": None})
    return type("CellForm", (TouchpointForm,), parts)
