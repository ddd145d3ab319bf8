"""Several notes at once: what the bar of the selection and the clipboard do."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from collaboration.access import board_view
from collaboration.editing import Refused
from collaboration.live import answer
from journeys import bulk
from journeys.bulk import Pasted
from journeys.forms import PasteForm
from journeys.models import Journey, Lane, Note, Stage
from journeys.views.places import named_item, named_items, target_of
from teams.access import Request
from teams.models import Role


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        notes = named_items(journey, Note, request.POST.get("notes"))
        bulk.delete_notes(journey, notes, by=request.actor)
    said = ngettext("%(n)s note is deleted.", "%(n)s notes are deleted.", len(notes))
    said += " " + _("Undo brings everything back.")
    return answer(request, edit, said=said % {"n": len(notes)})


@require_POST
@board_view(Role.EDITOR, Journey)
def duplicate(request: Request, journey: Journey) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        notes = named_items(journey, Note, request.POST.get("notes"))
        bulk.duplicate_notes(journey, notes, by=request.actor)
    said = ngettext("%(n)s note was duplicated.", "%(n)s notes were duplicated.", len(notes))
    return answer(request, edit, said=said % {"n": len(notes)})


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey) -> HttpResponse:
    """Into one cell (`stage`, `lane`), before a note there or last."""
    with journey.editing(by=request.actor) as edit:
        notes = named_items(journey, Note, request.POST.get("notes"))
        stage = named_item(journey, Stage, request.POST.get("stage"))
        lane = named_item(journey, Lane, request.POST.get("lane"))
        before = target_of(journey, Note, request.POST.get("before"))
        bulk.move_notes(journey, notes, stage=stage, lane=lane, before=before, by=request.actor)
    said = ngettext(
        "%(n)s note is now in “%(stage)s”, “%(lane)s”.",
        "%(n)s notes are now in “%(stage)s”, “%(lane)s”.",
        len(notes),
    )
    return answer(request, edit, said=said % {"n": len(notes), "stage": stage, "lane": lane})


@require_POST
@board_view(Role.EDITOR, Journey)
def step(request: Request, journey: Journey) -> HttpResponse:
    """All of them one stage or one lane into a `direction`."""
    direction = request.POST.get("direction", "")
    if direction not in bulk.STEPS:
        raise Http404
    with journey.editing(by=request.actor) as edit:
        notes = named_items(journey, Note, request.POST.get("notes"))
        moved = bulk.step_notes(journey, notes, direction=direction, by=request.actor)
    if not moved:
        raise Refused(_("The map ends there: the notes stay where they are."))
    said = ngettext("%(n)s note has moved.", "%(n)s notes have moved.", len(notes))
    return answer(request, edit, said=said % {"n": len(notes)})


@require_POST
@board_view(Role.EDITOR, Journey)
def paste(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    """Text from anywhere, or pieces copied from a map; `notes` are copies of notes of this map."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(words[0]) for words in form.errors.values()))
    with journey.editing(by=request.actor) as edit:
        place = {
            "stage": named_item(journey, Stage, stage_id),
            "lane": named_item(journey, Lane, lane_id),
        }
        if ids := request.POST.get("notes"):
            notes = named_items(journey, Note, ids)
            pasted = bulk.copy_notes(journey, notes, **place, by=request.actor)
        else:
            pasted = bulk.paste_notes(journey, form.found(), **place, by=request.actor)
    if not pasted.notes:
        raise Refused(_("There is no text to paste.") if not pasted.is_cut else _left_out(pasted))
    said = ngettext("%(n)s note was pasted.", "%(n)s notes were pasted.", len(pasted.notes))
    said %= {"n": len(pasted.notes)}
    cut = f"{said} {_left_out(pasted)}" if pasted.is_cut else ""
    return answer(request, edit, said=said, warned=cut)


def _left_out(pasted: Pasted) -> str:
    rows = ngettext("%(n)s row", "%(n)s rows", pasted.rows_left_out)
    columns = ngettext("%(n)s column", "%(n)s columns", pasted.columns_left_out)
    parts = [
        words % {"n": count}
        for words, count in ((rows, pasted.rows_left_out), (columns, pasted.columns_left_out))
        if count
    ]
    words = _("The map ends before the pasted table does. Left out: %(parts)s.")
    return words % {"parts": ", ".join(parts)}
