"""Notes: the texts in the cells."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys import services
from journeys.forms import NoteForm
from journeys.models import Journey, Lane, Note, Stage
from journeys.selectors import persona_on, personas_of
from journeys.stepping import step_note
from journeys.views.places import id_in, named_item, target_of
from teams.access import Request
from teams.models import Role


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    stage = named_item(journey, Stage, stage_id)
    lane = named_item(journey, Lane, lane_id)
    template = "journeys/_note_new.html"
    context = {"journey": journey, "stage": stage, "lane": lane}
    if request.method == "GET":
        return render(request, template, {**context, "form": NoteForm.of_new(journey)})
    return create_in_place(
        request,
        journey,
        NoteForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: services.create_note(stage=stage, lane=lane, **data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, note_id: int) -> HttpResponse:
    template, context = "journeys/_note_form.html", {"journey": journey}
    if request.method == "POST":
        return save_in_place(
            request, journey, (Note, note_id), NoteForm, template=template, context=context
        )
    note = named_item(journey, Note, note_id)
    return render(request, template, {**context, "item": note, "form": NoteForm(instance=note)})


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, note_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        note = named_item(journey, Note, note_id)
        if direction := request.POST.get("direction"):
            step_note(note, direction=direction, by=request.actor)
        else:
            services.move_note(
                note,
                stage=named_item(journey, Stage, request.POST.get("stage")),
                lane=named_item(journey, Lane, request.POST.get("lane")),
                before=target_of(journey, Note, request.POST.get("before")),
                by=request.actor,
            )
    said = _("The note is now in “%(stage)s”, “%(lane)s”.")
    return answer(request, edit, said=said % {"stage": note.stage, "lane": note.lane})


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def voice(request: Request, journey: Journey, note_id: int) -> HttpResponse:
    """Whose voice a note can be, as entries of its menu; and saying whose it is."""
    if request.method == "GET":
        note = named_item(journey, Note, note_id)
        context = {"note": note, "personas": personas_of(journey)}
        return render(request, "journeys/_voices.html", context)
    with journey.editing(by=request.actor) as edit:
        note = named_item(journey, Note, note_id)
        persona = persona_on(journey, id_in(request.POST.get("persona")))
        services.give_voice(note, persona, by=request.actor)
    if persona is None:
        return answer(request, edit, said=_("The note is nobody’s voice in particular."))
    return answer(
        request, edit, said=_("The note is now the voice of %(name)s.") % {"name": persona}
    )


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, note_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        services.delete_note(named_item(journey, Note, note_id), by=request.actor)
    return answer(request, edit, said=_("The note is deleted. Undo brings it back."))
