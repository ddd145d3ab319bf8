"""What was decided: who does what by when, and what came of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from collaboration.merge import MergeForm
from collaboration.pictures import picture_response
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from workshops import deciding, outcomes
from workshops.action_forms import ActionForm, ProofPictureForm, StatusForm
from workshops.models import Action, ActionStatus, Workshop
from workshops.views.all_actions import fragment

STEPS = {"left": -1, "right": 1}


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def create(request: Request, workshop: Workshop) -> HttpResponse:
    template, context = "workshops/_action_new.html", {"workshop": workshop}
    fresh = Action(board_id=workshop.pk)
    if request.method == "GET":
        return render(request, template, {**context, "form": ActionForm(instance=fresh)})

    def add(values: dict[str, Any]) -> None:
        deciding.add_action(workshop, by=request.actor, **values)

    form = ActionForm(request.POST, instance=fresh)
    return create_in_place(request, workshop, form, template=template, context=context, create=add)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def edit(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    template, context = "workshops/_action_form.html", {"workshop": workshop}
    item = (Action, action_id)

    def save(form: MergeForm) -> None:
        outcomes.save_action(form.save(commit=False), by=request.actor)

    if request.method == "POST":
        return save_in_place(
            request, workshop, item, ActionForm, template=template, context=context, save=save
        )
    action = named_item(workshop, Action, action_id)
    form = ActionForm(instance=action)
    return render(request, template, {**context, "item": action, "form": form})


@require_POST
@board_view(Role.EDITOR, Workshop)
def move(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    """To a status, or a step to the left or right; the board of all workshops is drawn anew."""
    with workshop.editing(by=request.actor) as edit:
        action = named_item(workshop, Action, action_id)
        outcomes.set_status(action, status=_status(request, action), by=request.actor)
    if request.POST.get("page") == "all" and not request.actor.is_guest:
        return fragment(request, workshop.workspace, request.POST)
    said = _("“%(title)s”: %(status)s") % {"title": action, "status": action.get_status_display()}
    return answer(request, edit, said=said)


def _status(request: Request, action: Action) -> str:
    if step := STEPS.get(request.POST.get("direction", "")):
        order = list(ActionStatus)
        place = order.index(ActionStatus(action.status)) + step
        return order[min(max(place, 0), len(order) - 1)]
    form = StatusForm(request.POST)
    if not form.is_valid():
        raise Http404
    return str(form.cleaned_data["status"])


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def reopen(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        action = named_item(workshop, Action, action_id)
        outcomes.reopen_question(action, by=request.actor)
    return answer(request, edit, said=_("The question is open again on the map."))


@require_POST
@board_view(Role.EDITOR, Workshop)
def delete(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        action = named_item(workshop, Action, action_id)
        deciding.delete_action(action, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.")
    return answer(request, edit, said=said % {"title": action.title})


# --- The picture that proves it ------------------------------------------------------------
@require_GET
@board_view(Role.VIEWER, Workshop)
def picture(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    return picture_response(named_item(workshop, Action, action_id).picture)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def prove(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    action = named_item(workshop, Action, action_id)
    template, context = "workshops/_action_proof.html", {"workshop": workshop, "item": action}
    if request.method == "GET":
        return render(request, template, {**context, "form": ProofPictureForm()})

    def keep(values: dict[str, Any]) -> None:
        present = named_item(workshop, Action, action_id)
        outcomes.prove_with_picture(present, **values, by=request.actor)

    form = ProofPictureForm(request.POST, request.FILES)
    return create_in_place(request, workshop, form, template=template, context=context, create=keep)


@require_POST
@board_view(Role.EDITOR, Workshop)
def remove_picture(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        action = named_item(workshop, Action, action_id)
        outcomes.remove_proof_picture(action, by=request.actor)
    return answer(request, edit, said=_("The picture is deleted. Undo brings it back."))
