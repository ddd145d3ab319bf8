"""Faces of personas, and what personas were before."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.picture_input import PictureInput
from collaboration.pictures import NotAPicture, picture_response
from journeys import services
from journeys.models import Journey, Persona, PersonaVersion
from journeys.selectors import shown_personas
from journeys.versions import compared, values_of, versions_of
from teams.access import Request, workspace_view
from teams.models import Role


class PortraitForm(forms.Form):
    file = forms.FileField(
        label=_("Portrait"),
        widget=PictureInput(),
        help_text=_("PNG, JPEG or WebP, up to 10 MB. Its middle is shown in a circle."),
    )


def persona_page(
    request: Request, persona: Persona, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "persona": persona,
        "versions": versions_of(persona),
        "form": PortraitForm(),
        **more,
    }
    return render(request, "journeys/persona.html", context, status=status)


def persona_here(request: Request, persona_id: int) -> Persona:
    return get_object_or_404(Persona, workspace=request.workspace, pk=persona_id)


@require_GET
@workspace_view(Role.VIEWER)
def portrait(request: Request, persona_id: int) -> HttpResponse:
    return picture_response(persona_here(request, persona_id).portrait)


@require_GET
@board_view(Role.VIEWER, Journey)
def portrait_on_map(request: Request, journey: Journey, persona_id: int) -> HttpResponse:
    """For everybody who may see the map, whether or not they may see the library."""
    persona = shown_personas(journey.pk).filter(pk=persona_id).first()
    if persona is None:
        raise Http404
    return picture_response(persona.portrait)


@require_POST
@workspace_view(Role.EDITOR)
def change(request: Request, persona_id: int) -> HttpResponse:
    """Take the portrait that was sent; without a file and with `remove`, take it away."""
    persona = persona_here(request, persona_id)
    form = PortraitForm(request.POST, request.FILES)
    if request.POST.get("remove"):
        services.change_portrait(persona, file=None, by=request.actor)
    elif not form.is_valid():
        return persona_page(request, persona, 422, form=form)
    else:
        try:
            file = form.cleaned_data["file"]
            services.change_portrait(persona, file=file, by=request.actor)
        except NotAPicture as reason:
            form.add_error("file", str(reason))
            return persona_page(request, persona, 422, form=form)
    return redirect("journeys:persona", persona.pk)


@require_GET
@workspace_view(Role.VIEWER)
def version(request: Request, persona_id: int, personaversion_id: int) -> HttpResponse:
    persona = persona_here(request, persona_id)
    earlier = get_object_or_404(PersonaVersion, persona=persona, pk=personaversion_id)
    context = {
        "persona": persona,
        "version": earlier,
        "fields": compared(earlier.values, values_of(persona)),
    }
    return render(request, "journeys/persona_version.html", context)


@require_POST
@workspace_view(Role.EDITOR)
def put_back(request: Request, persona_id: int, personaversion_id: int) -> HttpResponse:
    persona = persona_here(request, persona_id)
    earlier = get_object_or_404(PersonaVersion, persona=persona, pk=personaversion_id)
    services.put_back_persona(earlier, by=request.actor)
    return redirect("journeys:persona", persona.pk)
