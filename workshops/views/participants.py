"""Who takes part, by department."""

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
from workshops import services
from workshops.forms import JoinForm, ParticipantForm
from workshops.models import Participant, Workshop


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def create(request: Request, workshop: Workshop) -> HttpResponse:
    template, context = "workshops/_participant_new.html", {"workshop": workshop}
    if request.method == "GET":
        return render(request, template, {**context, "form": ParticipantForm()})
    return create_in_place(
        request,
        workshop,
        ParticipantForm(request.POST),
        template=template,
        context=context,
        create=lambda values: services.add_participant(workshop, by=request.actor, **values),
    )


@require_POST
@board_view(Role.COMMENTER, Workshop)
def join(request: Request, workshop: Workshop) -> HttpResponse:
    form = JoinForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("The name of a department is at most 80 letters long."), status=422)
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        services.join_workshop(
            workshop, department=form.cleaned_data["department"], by=request.actor
        )
    return answer(request, edit, said=_("You take part in this workshop."))


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def edit(request: Request, workshop: Workshop, participant_id: int) -> HttpResponse:
    template, context = "workshops/_participant_form.html", {"workshop": workshop}
    item = (Participant, participant_id)
    if request.method == "POST":
        return save_in_place(
            request, workshop, item, ParticipantForm, template=template, context=context
        )
    participant = named_item(workshop, Participant, participant_id)
    form = ParticipantForm(instance=participant)
    return render(request, template, {**context, "item": participant, "form": form})


@require_POST
@board_view(Role.EDITOR, Workshop)
def delete(request: Request, workshop: Workshop, participant_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        participant = named_item(workshop, Participant, participant_id)
        services.remove_participant(participant, by=request.actor)
    said = _("%(name)s no longer takes part. Undo brings them back.")
    return answer(request, edit, said=said % {"name": participant.name})
