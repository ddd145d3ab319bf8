"""The dashboard and the map itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.idempotency import answered_once
from collaboration.inplace import save_in_place
from collaboration.live import viewer_of
from collaboration.marks import draw_marks
from collaboration.presence import people_at
from collaboration.toasts import offer_undo
from collaboration.undo import undo_context
from collaboration.visits import unread_boards
from journeys import selectors, services
from journeys.dashboard import DashboardForm, review_state
from journeys.forms import JourneyForm, NewJourneyForm
from journeys.models import Journey
from journeys.page import kept_grid_html
from teams.access import Request, is_htmx, workspace_view
from teams.models import Role


@require_GET
@workspace_view(Role.VIEWER)
def dashboard(request: Request) -> HttpResponse:
    form = DashboardForm(request.GET, workspace=request.workspace)
    cards = selectors.cards_of(request.workspace, request.user, form.wanted())
    unread = unread_boards(request.user, request.workspace)
    here = people_at([card.journey.pk for card in cards])
    for card in cards:
        others = here.get(card.journey.pk, [])
        card.people_here = [each for each in others if each.user_id != request.user.pk]
        card.review_state = review_state(card.journey)
        card.is_unread = card.journey.pk in unread
    context = {
        "cards": form.arranged(cards),
        "form": form,
        "may_edit": request.actor.may(Role.EDITOR),
    }
    return render(request, "journeys/dashboard.html", context)


@require_http_methods(["GET", "POST"])
@workspace_view(Role.EDITOR)
@answered_once
def new(request: Request) -> HttpResponse:
    initial = {"starter": request.GET.get("template") or "seven-stages"}
    form = NewJourneyForm(request.workspace, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        journey = services.create_journey(request.workspace, by=request.actor, **form.cleaned_data)
        return redirect("journeys:map", journey.pk)
    return render(request, "journeys/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@board_view(Role.VIEWER, Journey)
def show(request: Request, journey: Journey) -> HttpResponse:
    viewer = viewer_of(request)
    loaded = selectors.outline_of(journey)
    loaded.personas = selectors.personas_of(journey)
    context = {
        "journey": journey,
        "board": journey,
        "map": loaded,
        "viewer": viewer,
        "relatives": selectors.relatives_of(journey),
        "grid": kept_grid_html(loaded, viewer),
        **undo_context(request, journey),
        "marks": draw_marks(journey, viewer),
    }
    return render(request, "journeys/map.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey) -> HttpResponse:
    template = "journeys/_journey_form.html"
    context: dict[str, Any] = {"journey": journey}
    if request.method == "GET":
        context["form"] = JourneyForm(instance=journey)
        return render(request, template, context)
    return save_in_place(
        request, journey, (Journey, journey.pk), JourneyForm, template=template, context=context
    )


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def delete(request: Request, journey: Journey) -> HttpResponse:
    services.delete_journey(journey, by=request.actor)
    said = _("“%(title)s” is in the trash.") % {"title": journey.title}
    offer_undo(request, said, at=reverse("journeys:restore", args=[journey.pk]))
    response = redirect("journeys:trash")
    if is_htmx(request):
        return HttpResponse(headers={"HX-Redirect": reverse("journeys:trash")})
    return response
