"""Walks of a journey: the list, the form on the phone, and walks side by side."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import edit_in_place
from collaboration.live import answer, viewer_of
from collaboration.undo import undo_context
from journeys.models import Journey
from journeys.views.places import id_in, named_item
from teams.access import Request, go_to, is_htmx
from teams.models import Role
from touchpoints import walks
from touchpoints.walk_compare import MOST_BESIDE, compare_walks, usual_choice, walks_of
from touchpoints.walk_forms import WalkForm
from touchpoints.walk_models import Walk
from touchpoints.walk_pages import comparison_html, mark_html, walk_context, walks_html


@require_GET
@board_view(Role.VIEWER, Journey)
def page(request: Request, journey: Journey) -> HttpResponse:
    list_html = walks_html(journey, viewer_of(request))
    return render(
        request, "touchpoints/walks.html", {**_frame(request, journey), "list": list_html}
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def start(request: Request, journey: Journey) -> HttpResponse:
    """A new walk, then on to its form."""
    template = "touchpoints/_walk_new.html"
    form = WalkForm.of_new(journey, request.POST or None, walker=request.actor.name)
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, template, {"journey": journey, "form": form}, status=status)
    walk = walks.start_walk(journey, **form.cleaned_data, by=request.actor)
    return go_to(request, reverse("touchpoints:walk", args=[journey.pk, walk.pk]))


@require_GET
@board_view(Role.EDITOR, Journey)
def walk(request: Request, journey: Journey, walk_id: int) -> HttpResponse:
    """The form: every stage is in it, so that it goes on without a connection."""
    present = named_item(journey, Walk, walk_id)
    return render(request, "touchpoints/walk.html", walk_context(journey, present))


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, walk_id: int) -> HttpResponse:
    """Whose customer one was, who walked, and when."""
    template, context = "touchpoints/_walk_facts.html", {"journey": journey}
    return edit_in_place(
        request,
        journey,
        (Walk, walk_id),
        WalkForm,
        template=template,
        context=context,
        save=lambda form: walks.save_walk(form.instance, by=request.actor),
    )


@require_POST
@board_view(Role.EDITOR, Journey)
def finish(request: Request, journey: Journey, walk_id: int) -> HttpResponse:
    present = named_item(journey, Walk, walk_id)
    walks.finish_walk(present, by=request.actor)
    if is_htmx(request):
        return HttpResponse(status=204)
    return redirect("touchpoints:walks", journey.pk)


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, walk_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edited:
        present = named_item(journey, Walk, walk_id)
        walks.delete_walk(present, by=request.actor)
    said = _("The walk “%(company)s” is deleted. Undo brings it back.")
    return answer(request, edited, said=said % {"company": present})


@require_GET
@board_view(Role.VIEWER, Journey)
def compare(request: Request, journey: Journey) -> HttpResponse:
    """Those that are named by `walk`, in that order; the latest of each side otherwise."""
    there = list(walks_of(journey))
    chosen = _chosen(request, there) or usual_choice(there)
    html = comparison_html(journey, compare_walks(journey, chosen), viewer_of(request))
    if is_htmx(request):
        return HttpResponse(html)
    context = {
        **_frame(request, journey),
        "walks": there,
        "chosen": chosen,
        "comparison": html,
        "mark": mark_html(journey),
    }
    return render(request, "touchpoints/walks_compared.html", context)


def _chosen(request: Request, there: list[Walk]) -> list[Walk]:
    by_id = {one.pk: one for one in there}
    asked = [id_in(number) for number in request.GET.getlist("walk")]
    named = list(dict.fromkeys(number for number in asked if number is not None))
    if not by_id.keys() >= set(named):
        raise Http404
    return [by_id[number] for number in named][:MOST_BESIDE]


def _frame(request: Request, journey: Journey) -> dict[str, Any]:
    return {
        "journey": journey,
        "board": journey,
        "viewer": viewer_of(request),
        **undo_context(request, journey),
    }
