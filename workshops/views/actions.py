"""What was decided: who does what by when."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from workshops import deciding
from workshops.forms import ActionForm
from workshops.models import Action, Workshop


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
    if request.method == "POST":
        return save_in_place(
            request, workshop, item, ActionForm, template=template, context=context
        )
    action = named_item(workshop, Action, action_id)
    form = ActionForm(instance=action)
    return render(request, template, {**context, "item": action, "form": form})


@require_POST
@board_view(Role.EDITOR, Workshop)
def delete(request: Request, workshop: Workshop, action_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        action = named_item(workshop, Action, action_id)
        deciding.delete_action(action, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.")
    return answer(request, edit, said=said % {"title": action.title})
