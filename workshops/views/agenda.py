"""The agenda: putting it together, and leading the workshop through it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys.views.places import id_in, named_item, neighbour
from teams.access import Request
from teams.models import Role
from workshops import agenda, leading
from workshops.agenda_models import AgendaItem
from workshops.agendas import AGENDAS
from workshops.forms import AgendaItemForm
from workshops.models import Workshop
from workshops.silent import reveal_notes

STEPS = {"up": -1, "down": 1}
LONGER = ("1", "5")


# --- Putting it together -------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def create(request: Request, workshop: Workshop) -> HttpResponse:
    template, context = "workshops/_agenda_item_new.html", {"workshop": workshop}
    if request.method == "GET":
        return render(request, template, {**context, "form": AgendaItemForm()})

    def add(values: dict[str, Any]) -> None:
        agenda.add_agenda_item(workshop, by=request.actor, **values)

    form = AgendaItemForm(request.POST)
    return create_in_place(request, workshop, form, template=template, context=context, create=add)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def edit(request: Request, workshop: Workshop, item_id: int) -> HttpResponse:
    template, context = "workshops/_agenda_item_form.html", {"workshop": workshop}
    if request.method == "POST":
        item = (AgendaItem, item_id)
        return save_in_place(
            request, workshop, item, AgendaItemForm, template=template, context=context
        )
    present = named_item(workshop, AgendaItem, item_id)
    form = AgendaItemForm(instance=present)
    return render(request, template, {**context, "item": present, "form": form})


@require_POST
@board_view(Role.EDITOR, Workshop)
def move(request: Request, workshop: Workshop, item_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        item = named_item(workshop, AgendaItem, item_id)
        before = neighbour(item, STEPS.get(request.POST.get("direction", ""), 0))
        agenda.move_agenda_item(item, before=before, by=request.actor)
    return answer(request, edit, said=_("“%(title)s” has moved.") % {"title": item})


@require_POST
@board_view(Role.EDITOR, Workshop)
def delete(request: Request, workshop: Workshop, item_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        item = named_item(workshop, AgendaItem, item_id)
        agenda.delete_agenda_item(item, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.")
    return answer(request, edit, said=said % {"title": item})


@require_POST
@board_view(Role.EDITOR, Workshop)
def use(request: Request, workshop: Workshop) -> HttpResponse:
    """Put the ready-made agenda `agenda` in the place of the present one."""
    chosen = AGENDAS.get(request.POST.get("agenda", ""))
    if chosen is None:
        raise Http404
    with workshop.editing(by=request.actor) as edit:
        agenda.use_agenda(workshop, chosen, by=request.actor)
    return answer(request, edit, said=_("The agenda is there. Undo brings the earlier one back."))


# --- Leading -------------------------------------------------------------------------------
@require_POST
@board_view(Role.EDITOR, Workshop)
def start(request: Request, workshop: Workshop, item_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        item = named_item(workshop, AgendaItem, item_id)
        leading.start_activity(item, by=request.actor)
    return answer(request, edit, said=_("Now: %(title)s") % {"title": item})


@require_POST
@board_view(Role.EDITOR, Workshop)
def proceed(request: Request, workshop: Workshop) -> HttpResponse:
    """To what follows the activity `after`; the first where nothing runs."""
    after = id_in(request.POST.get("after"))
    with workshop.editing(by=request.actor) as edit:
        item = leading.start_next(workshop, after=after, by=request.actor)
    said = _("Now: %(title)s") % {"title": item} if item else _("The agenda is done.")
    return answer(request, edit, said=said)


@require_POST
@board_view(Role.EDITOR, Workshop)
def end(request: Request, workshop: Workshop, item_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        item = named_item(workshop, AgendaItem, item_id)
        leading.end_activity(item, by=request.actor)
    return answer(request, edit, said=_("No activity is running."))


@require_POST
@board_view(Role.EDITOR, Workshop)
def reveal(request: Request, workshop: Workshop) -> HttpResponse:
    """Show all what was written in silence."""
    with workshop.editing(by=request.actor, lasting=True) as edit:
        count = reveal_notes(workshop, by=request.actor)
    said = ngettext("%(count)s note is shown.", "%(count)s notes are shown.", count)
    return answer(request, edit, said=said % {"count": count})


@require_POST
@board_view(Role.EDITOR, Workshop)
def timer(request: Request, workshop: Workshop, item_id: int) -> HttpResponse:
    """Pause, resume, or give `minutes` more."""
    minutes, act = request.POST.get("minutes", ""), request.POST.get("act", "")
    with workshop.editing(by=request.actor) as edit:
        item = named_item(workshop, AgendaItem, item_id)
        if minutes in LONGER:
            leading.extend_timer(item, minutes=int(minutes), by=request.actor)
        elif act in leading.CLOCK:
            leading.CLOCK[act](item, by=request.actor)
        else:
            raise Http404
    return answer(request, edit)
