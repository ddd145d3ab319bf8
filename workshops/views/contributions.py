"""What participants add to the stages: problems, ideas, questions, strengths."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer, pieces, viewer_of
from journeys.views.places import named_item, neighbour, target_of
from teams.access import Request
from teams.models import Role
from workshops import leading, selectors, services
from workshops.forms import ContributionForm, DiscussionForm, LedContributionForm
from workshops.models import Contribution, ScopeStage, Workshop
from workshops.page import WorkshopPage


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER, Workshop)
def create(request: Request, workshop: Workshop, key: int) -> HttpResponse:
    """Add to a stage; key 0 is the whole journey."""
    stage = stage_of(workshop, key)
    template = "workshops/_contribution_new.html"
    context = {"workshop": workshop, "key": key, "stage": stage}
    if request.method == "GET":
        return render(request, template, {**context, "form": ContributionForm()})

    def add(values: dict[str, Any]) -> None:
        services.add_contribution(workshop, stage=stage, by=request.actor, **values)

    response = create_in_place(
        request,
        workshop,
        ContributionForm(request.POST),
        template=template,
        context=context,
        create=add,
        needs=Role.COMMENTER,
    )
    if response.status_code == HTTPStatus.OK:
        response.content += _door_to_another(request, workshop, key).encode()
    return response


def _door_to_another(request: Request, workshop: Workshop, key: int) -> str:
    """What stands in the form's place again once it is sent."""
    door = {f"add-contribution-{key}"}
    drawn = WorkshopPage().draw(workshop, door, viewer_of(request))
    return pieces(drawn.items(), "outerHTML")


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER, Workshop)
def edit(request: Request, workshop: Workshop, contribution_id: int) -> HttpResponse:
    template, context = "workshops/_contribution_form.html", {"workshop": workshop}
    contribution = selectors.contributions_of(workshop).filter(pk=contribution_id).first()
    if contribution:
        services.require_author(contribution, request.actor)
    if request.method == "POST":
        return save_in_place(
            request,
            workshop,
            (Contribution, contribution_id),
            form_for(request),
            template=template,
            context=context,
            needs=Role.COMMENTER,
        )
    if contribution is None:
        raise Http404
    form = form_for(request)(instance=contribution)
    return render(request, template, {**context, "item": contribution, "form": form})


def form_for(request: Request) -> type[ContributionForm]:
    return LedContributionForm if request.actor.may(Role.EDITOR) else ContributionForm


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Workshop)
def discussion(request: Request, workshop: Workshop, contribution_id: int) -> HttpResponse:
    """What the discussion of a problem brought, written down while it goes on."""
    template, context = "workshops/_discussion_form.html", {"workshop": workshop}
    if request.method == "POST":
        item = (Contribution, contribution_id)
        return save_in_place(
            request, workshop, item, DiscussionForm, template=template, context=context
        )
    present = named_item(workshop, Contribution, contribution_id)
    form = DiscussionForm(instance=present)
    return render(request, template, {**context, "item": present, "form": form})


@require_POST
@board_view(Role.EDITOR, Workshop)
def look(request: Request, workshop: Workshop, contribution_id: int) -> HttpResponse:
    """Let everybody look at this problem; asked again, at none."""
    with workshop.editing(by=request.actor) as edit:
        contribution = named_item(workshop, Contribution, contribution_id)
        looked_at = leading.look_at(workshop, contribution, by=request.actor)
    return answer(request, edit, said=_("Everybody sees it now.") if looked_at else "")


@require_POST
@board_view(Role.COMMENTER, Workshop)
def move(request: Request, workshop: Workshop, contribution_id: int) -> HttpResponse:
    """By `direction` (up, down, left, right), or to `stage` before the item `before`."""
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        contribution = named_item(workshop, Contribution, contribution_id)
        stage, before = destination(request, workshop, contribution)
        services.move_contribution(contribution, stage=stage, before=before, by=request.actor)
    place = stage.title if stage else _("Whole journey")
    return answer(request, edit, said=_("It is now in “%(place)s”.") % {"place": place})


def destination(
    request: Request, workshop: Workshop, contribution: Contribution
) -> tuple[ScopeStage | None, Contribution | None]:
    match request.POST.get("direction", ""):
        case "up":
            return contribution.stage, neighbour(contribution, -1)
        case "down":
            return contribution.stage, neighbour(contribution, 1)
        case "left":
            return beside(workshop, contribution, -1), None
        case "right":
            return beside(workshop, contribution, 1), None
        case "":
            key = request.POST.get("stage", "")
            stage = stage_of(workshop, int(key) if key.isdecimal() and len(key) < 19 else -1)
            return stage, target_of(workshop, Contribution, request.POST.get("before"))
    raise Http404


def beside(workshop: Workshop, contribution: Contribution, step: int) -> ScopeStage | None:
    """The next column to the left or right; the last one is the whole journey."""
    places: list[ScopeStage | None] = [*selectors.scope_of(workshop), None]
    now = next(
        index
        for index, place in enumerate(places)
        if (place.pk if place else None) == contribution.stage_id
    )
    return places[min(max(now + step, 0), len(places) - 1)]


@require_POST
@board_view(Role.COMMENTER, Workshop)
def delete(request: Request, workshop: Workshop, contribution_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        contribution = named_item(workshop, Contribution, contribution_id)
        services.delete_contribution(contribution, by=request.actor)
    may_undo = request.actor.may(Role.EDITOR)
    said = _("It is deleted. Undo brings it back.") if may_undo else _("It is deleted.")
    return answer(request, edit, said=said)


def stage_of(workshop: Workshop, key: int) -> ScopeStage | None:
    """The stage in scope with this number, None for 0; Http404 for any other number."""
    return named_item(workshop, ScopeStage, key) if key else None
