"""The persona library, and which personas a map shows."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.idempotency import answered_once
from collaboration.limits import LimitReached
from collaboration.live import answer, pieces
from collaboration.merge import MergeForm
from journeys import services
from journeys.forms import PersonaForm
from journeys.models import Journey, Persona
from journeys.selectors import personas_of
from journeys.views.portraits import persona_page
from teams.access import Request, workspace_view
from teams.models import Role


@require_GET
@workspace_view(Role.VIEWER)
def library(request: Request) -> HttpResponse:
    personas = Persona.objects.filter(workspace=request.workspace)
    return render(request, "journeys/personas.html", {"personas": personas})


@require_http_methods(["GET", "POST"])
@workspace_view(Role.EDITOR)
@answered_once
def new(request: Request) -> HttpResponse:
    colour = services.next_colour(request.workspace)
    form = PersonaForm(request.POST or None, initial={"colour": colour})
    if request.method == "POST" and form.is_valid():
        services.create_persona(request.workspace, by=request.actor, **form.cleaned_data)
        return redirect("journeys:personas")
    status = 422 if form.errors else 200
    return render(request, "journeys/persona_form.html", {"form": form}, status=status)


@require_GET
@workspace_view(Role.VIEWER)
def show(request: Request, persona_id: int) -> HttpResponse:
    persona = get_object_or_404(Persona, workspace=request.workspace, pk=persona_id)
    return persona_page(request, persona)


@require_http_methods(["GET", "POST"])
@workspace_view(Role.EDITOR)
def edit(request: Request, persona_id: int) -> HttpResponse:
    persona = get_object_or_404(Persona, workspace=request.workspace, pk=persona_id)
    if request.method == "GET":
        return _form(request, PersonaForm(instance=persona))
    with services.editing_persona(persona, by=request.actor) as present:
        form = PersonaForm(request.POST, instance=present)
        clashes = form.clashes() if form.is_valid() else []
        if form.errors or clashes:
            transaction.set_rollback(True)
        else:
            form.save()
    if clashes:
        return _form(request, form.retry(), 409, clashes=clashes)
    if form.errors:
        return _form(request, form, 422)
    return redirect("journeys:persona", persona.pk)


def _form(request: Request, form: MergeForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "persona": form.instance if form.instance.pk else None, **more}
    return render(request, "journeys/persona_form.html", context, status=status)


@require_POST
@workspace_view(Role.EDITOR)
def delete(request: Request, persona_id: int) -> HttpResponse:
    persona = get_object_or_404(Persona, workspace=request.workspace, pk=persona_id)
    try:
        services.delete_persona(persona, by=request.actor)
    except LimitReached as reason:
        return persona_page(request, persona, 409, refused=reason)
    return redirect("journeys:personas")


@require_GET
@board_view(Role.EDITOR, Journey, members_only=True)
def choose(request: Request, journey: Journey) -> HttpResponse:
    return render(request, "journeys/_persona_choice.html", _choice(journey))


def _choice(journey: Journey) -> dict[str, Any]:
    attached = {persona.pk for persona in personas_of(journey)}
    personas = Persona.objects.filter(workspace=journey.workspace_id)
    return {"journey": journey, "personas": personas, "attached": attached}


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def attach(request: Request, journey: Journey, persona_id: int) -> HttpResponse:
    """Show a persona on the map, or take it off when `attached` is empty."""
    persona = Persona.objects.filter(workspace=journey.workspace_id, pk=persona_id).first()
    if persona is None:
        raise Http404
    change = services.attach_persona if request.POST.get("attached") else services.detach_persona
    try:
        with journey.editing(by=request.actor) as edit:
            change(journey, persona, by=request.actor)
    except LimitReached as reason:
        context = {**_choice(journey), "refused": reason}
        html = render_to_string("journeys/_persona_choice.html", context, request)
        return HttpResponse(pieces([("persona-choice", html)], "outerHTML"), status=409)
    return answer(request, edit)
