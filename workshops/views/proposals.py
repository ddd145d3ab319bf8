"""Proposals and their ratings."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys.views.places import id_in, named_item, neighbour
from teams.access import Request
from teams.models import Role
from workshops import deciding
from workshops.forms import ProposalForm, RatingForm
from workshops.models import Contribution, Proposal, Workshop
from workshops.round_models import Ask
from workshops.rounds import round_that_asks

STEPS = {"up": -1, "down": 1}


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER, Workshop)
def create(request: Request, workshop: Workshop) -> HttpResponse:
    template, context = "workshops/_proposal_new.html", {"workshop": workshop}
    fresh = Proposal(board_id=workshop.pk, solves=problem_asked_for(request, workshop))
    if request.method == "GET":
        return render(request, template, {**context, "form": ProposalForm(instance=fresh)})

    def add(values: dict[str, Any]) -> None:
        deciding.add_proposal(workshop, by=request.actor, **values)

    form = ProposalForm(request.POST, instance=fresh)
    return create_in_place(
        request,
        workshop,
        form,
        template=template,
        context=context,
        create=add,
        needs=Role.COMMENTER,
    )


def problem_asked_for(request: Request, workshop: Workshop) -> Contribution | None:
    """The problem that the address names; a proposal for it begins at its stage."""
    asked = id_in(request.GET.get("solves"))
    return named_item(workshop, Contribution, asked) if asked else None


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def edit(request: Request, workshop: Workshop, proposal_id: int) -> HttpResponse:
    template, context = "workshops/_proposal_form.html", {"workshop": workshop}
    item = (Proposal, proposal_id)
    if request.method == "POST":
        return save_in_place(
            request, workshop, item, ProposalForm, template=template, context=context
        )
    proposal = named_item(workshop, Proposal, proposal_id)
    form = ProposalForm(instance=proposal)
    return render(request, template, {**context, "item": proposal, "form": form})


@require_POST
@board_view(Role.EDITOR, Workshop)
def move(request: Request, workshop: Workshop, proposal_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        proposal = named_item(workshop, Proposal, proposal_id)
        before = neighbour(proposal, STEPS.get(request.POST.get("direction", ""), 0))
        deciding.move_proposal(proposal, before=before, by=request.actor)
    return answer(request, edit, said=_("“%(title)s” has moved.") % {"title": proposal.title})


@require_POST
@board_view(Role.EDITOR, Workshop)
def delete(request: Request, workshop: Workshop, proposal_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        proposal = named_item(workshop, Proposal, proposal_id)
        deciding.delete_proposal(proposal, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.")
    return answer(request, edit, said=said % {"title": proposal.title})


@require_POST
@board_view(Role.COMMENTER, Workshop)
def rate(request: Request, workshop: Workshop, proposal_id: int) -> HttpResponse:
    form = RatingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Give a mark from 1 to 5."), status=422)
    if not form.is_whole and not round_that_asks(workshop, Ask.RATE, by=request.actor):
        return HttpResponse(status=204)  # where it is given openly, both marks come at once
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        proposal = named_item(workshop, Proposal, proposal_id)
        deciding.rate_proposal(proposal, by=request.actor, **form.cleaned_data)
    return answer(
        request, edit, said=_("Your rating of “%(title)s” is saved.") % {"title": proposal.title}
    )
