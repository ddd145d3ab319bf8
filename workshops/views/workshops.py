"""The list of workshops, and the workshop's board itself."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import actor_on, board_view
from collaboration.inplace import save_in_place
from collaboration.live import answer, viewer_of
from collaboration.marks import MARKS
from collaboration.toasts import offer_undo
from collaboration.undo import draw_undo_buttons
from collaboration.views.exports import files_context
from journeys.models import Journey
from teams.access import Request, workspace_view
from teams.models import Role
from workshops import selectors, services
from workshops.agenda import plan_workshop
from workshops.forms import NewWorkshopForm, WorkshopForm
from workshops.joining import door_of
from workshops.mine import draw_mine
from workshops.models import Phase, Workshop
from workshops.page import BOARD, DOOR, HEAD, NOW, STAMP, WorkshopPage
from workshops.page.projector import PROJECTOR, ProjectorPage
from workshops.views.summaries import summary_form
from workshops.ways_in import address_of, qr_of


@require_GET
@workspace_view(Role.VIEWER)
def index(request: Request) -> HttpResponse:
    journey = journey_asked_for(request)
    workshops = selectors.workshops_of(request.workspace, request.user)
    if journey:
        workshops = workshops.filter(subject=journey)
    may_create = request.actor.may(Role.EDITOR)
    context = {"workshops": workshops, "journey": journey, "may_create": may_create}
    return render(request, "workshops/list.html", context)


def journey_asked_for(request: Request) -> Journey | None:
    """The journey that the address names; Http404 when there is none of that number here."""
    asked = request.GET.get("journey", "")
    if not asked:
        return None
    journeys = selectors.journeys_for_workshops(request.workspace, request.user)
    number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    journey = journeys.filter(pk=number).first()
    if journey is None:
        raise Http404
    return journey


@require_http_methods(["GET", "POST"])
@workspace_view(Role.EDITOR)
def new(request: Request) -> HttpResponse:
    initial = NewWorkshopForm.about(journey_asked_for(request))
    here: dict[str, Any] = {"workspace": request.workspace, "user": request.user}
    form = NewWorkshopForm(request.POST or None, **here, initial=initial)
    if request.method == "POST" and form.is_valid():
        journey = form.cleaned_data.pop("subject")
        by = actor_on(journey, request.user)
        workshop = plan_workshop(journey, **form.cleaned_data, by=by)
        return redirect(workshop)
    has_journeys = selectors.journeys_for_new_workshops(**here).exists()
    context = {"form": form, "has_journeys": has_journeys}
    return render(request, "workshops/new.html", context, status=422 if form.errors else 200)


@require_GET
@board_view(Role.VIEWER, Workshop)
def show(request: Request, workshop: Workshop) -> HttpResponse:
    viewer = viewer_of(request)
    drawn = WorkshopPage().draw(workshop, set(WorkshopPage.WHOLE), viewer)
    context = {
        **files_context(request, workshop),
        "summary_form": summary_form(request),
        "workshop": workshop,
        "board": workshop,
        "viewer": viewer,
        "head": drawn[HEAD],
        "now": drawn[NOW],
        "stamp": drawn[STAMP],
        "mine": draw_mine(request, workshop),
        "door": drawn[DOOR],
        "sections": drawn[BOARD],
        "marks": drawn[MARKS],
        "undo_buttons": draw_undo_buttons(request, workshop),
    }
    return render(request, "workshops/workshop.html", context)


def qr_on_the_wall(request: Request, workshop: Workshop) -> SafeString | None:
    """The way in for phones, where who leads has opened the door."""
    door = door_of(workshop)
    leads = request.actor.may(Role.EDITOR) and not request.actor.is_guest
    if door is None or door.is_locked or not leads:
        return None
    return qr_of(address_of(door))


@require_GET
@board_view(Role.VIEWER, Workshop)
def projector(request: Request, workshop: Workshop) -> HttpResponse:
    """What the room looks at: live, in large letters, and nothing to press."""
    drawn = ProjectorPage().draw(workshop, {PROJECTOR}, viewer_of(request))
    context = {
        "workshop": workshop,
        "board": workshop,
        "projector": drawn[PROJECTOR],
        "qr": qr_on_the_wall(request, workshop),
    }
    return render(request, "workshops/projector.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def edit(request: Request, workshop: Workshop) -> HttpResponse:
    template, context = "workshops/_workshop_form.html", {"workshop": workshop}
    if request.method == "GET":
        return render(request, template, {**context, "form": WorkshopForm(instance=workshop)})
    item = (Workshop, workshop.pk)
    return save_in_place(request, workshop, item, WorkshopForm, template=template, context=context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def scope(request: Request, workshop: Workshop) -> HttpResponse:
    """Choose the stages to work on: the checked ones, or all where none is checked."""
    if request.method == "GET":
        chosen = {stage.journey_stage_id for stage in selectors.scope_of(workshop)}
        stages = selectors.stages_of(workshop.subject_id)
        context = {"workshop": workshop, "stages": stages, "chosen": chosen}
        return render(request, "workshops/_scope_form.html", context)
    asked = request.POST.getlist("stage")
    if not all(number.isdecimal() and len(number) < 19 for number in asked):
        raise Http404
    with workshop.editing(by=request.actor) as edit:
        stage_ids = [int(number) for number in asked] or None
        services.choose_scope(workshop, stage_ids=stage_ids, by=request.actor)
    return answer(request, edit, said=_("The stages have been chosen."))


@require_POST
@board_view(Role.EDITOR, Workshop)
def phase(request: Request, workshop: Workshop) -> HttpResponse:
    entered = request.POST.get("phase", "")
    if entered not in Phase.values:
        return HttpResponse(_("There is no such phase."), status=422)
    with workshop.editing(by=request.actor) as edit:
        services.enter_phase(workshop, phase=Phase(entered), by=request.actor)
    said = _("The workshop is now in the phase “%(phase)s”.")
    return answer(request, edit, said=said % {"phase": Phase(entered).label})


@require_POST
@board_view(Role.EDITOR, Workshop)
def delete(request: Request, workshop: Workshop) -> HttpResponse:
    services.delete_workshop(workshop, by=request.actor)
    said = _("“%(title)s” is in the trash.") % {"title": workshop.title}
    offer_undo(request, said, at=reverse("journeys:restore", args=[workshop.pk]))
    return redirect("workshops:list")
