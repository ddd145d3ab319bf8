"""What the running activity asks of whoever looks: to write, and to mend what they wrote."""

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.editing import Edit, Refused
from collaboration.live import answer, pieces, saying
from teams.access import Request
from teams.models import Role
from workshops.allowing import running_item
from workshops.collecting import OPEN, SILENT, own_contributions
from workshops.deciding import add_proposal
from workshops.mine import MINE, draw_mine
from workshops.models import Workshop
from workshops.note_forms import NoteForm
from workshops.placing import name_of, stops_of
from workshops.proposing import proposal_form
from workshops.services import add_contribution, change_contribution, delete_contribution
from workshops.silent import (
    add_silent_note,
    change_silent_note,
    delete_silent_note,
    own_notes,
)

ADD: dict[str, Any] = {SILENT: add_silent_note, OPEN: add_contribution}
CHANGE: dict[str, Any] = {SILENT: change_silent_note, OPEN: change_contribution}
DELETE: dict[str, Any] = {SILENT: delete_silent_note, OPEN: delete_contribution}


@require_GET
@board_view(Role.VIEWER, Workshop)
def show(request: Request, workshop: Workshop) -> HttpResponse:
    return HttpResponse(draw_mine(request, workshop), headers={"Cache-Control": "no-store"})


@require_POST
@board_view(Role.COMMENTER, Workshop)
def add(request: Request, workshop: Workshop, kind: str) -> HttpResponse:
    """Write a note, as the form promised: in silence, or for all to read."""
    form = NoteForm(request.POST, stops=stops_of(workshop))
    if kind not in ADD:
        raise Http404
    if not form.is_valid():
        context = {"workshop": workshop, "form": form, "kind": kind}
        return render(request, "workshops/_mine_add.html", context, status=422)
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        require_as_promised(workshop, kind)
        ADD[kind](workshop, by=request.actor, **form.values)
    return done(request, edit, said=_("It is noted."))


@require_POST
@board_view(Role.COMMENTER, Workshop)
def propose(request: Request, workshop: Workshop) -> HttpResponse:
    form = proposal_form(workshop, request.POST)
    if not form.is_valid():
        context = {"workshop": workshop, "form": form}
        return render(request, "workshops/_mine_propose.html", context, status=422)
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        add_proposal(workshop, by=request.actor, **form.cleaned_data)
    return done(request, edit, said=_("It is proposed."))


def require_as_promised(workshop: Workshop, kind: str) -> None:
    """Nothing that was written in silence is shown, and nothing kept back, against the form's word:
    it may have been made before the activity changed."""
    running = running_item(workshop)
    if (running is not None and running.silent) != (kind == SILENT):
        raise Refused(_("The activity has just changed. Look at what is asked now, then add it."))


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER, Workshop)
def edit(request: Request, workshop: Workshop, kind: str, number: int) -> HttpResponse:
    note = own_note(request, workshop, kind, number)
    form = form_of(request, workshop, note)
    if request.method == "GET" or not form.is_valid():
        context = {"workshop": workshop, "form": form, "kind": kind, "note": note}
        status = 422 if form.errors else 200
        return render(request, "workshops/_mine_note_form.html", context, status=status)
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as saved:
        CHANGE[kind](note, fields=form.values, by=request.actor)
    return done(request, saved, said=_("It is saved."))


@require_POST
@board_view(Role.COMMENTER, Workshop)
def delete(request: Request, workshop: Workshop, kind: str, number: int) -> HttpResponse:
    note = own_note(request, workshop, kind, number)
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        DELETE[kind](note, by=request.actor)
    return done(request, edit, said=_("It is deleted."))


def own_note(request: Request, workshop: Workshop, kind: str, number: int) -> Any:
    """What this person wrote; anybody else's is not found."""
    mine: dict[str, Any] = {SILENT: own_notes, OPEN: own_contributions}
    written = mine[kind](workshop, request.actor) if kind in mine else []
    found = next((note for note in written if note.pk == number), None)
    if found is None:
        raise Http404
    return found


def form_of(request: Request, workshop: Workshop, note: Any) -> NoteForm:
    stage_id = getattr(note, "stage_id", note.stage)
    stops = stops_of(workshop)
    there = {one.pk for stop in stops for one in stop.touchpoints}
    place = name_of(stage_id, note.touchpoint if note.touchpoint in there else None)
    first = {"text": note.text, "kind": note.kind, "place": place}
    data = request.POST if request.method == "POST" else None
    return NoteForm(data, stops=stops, initial=first, auto_id=f"id_mine_{note.pk}_%s")


def done(request: Request, edit: Edit, *, said: str) -> HttpResponse:
    """What changed for all, if anything did, and this person's own part."""
    if edit.changes:
        return answer(request, edit, said=said)
    mine = draw_mine(request, cast(Workshop, edit.board.specific))
    return HttpResponse(pieces([(MINE, mine)], "outerMorph") + saying(said))
