"""Goals of customers beside ours: ranked, and tied to what we do."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, edit_in_place
from collaboration.live import answer, viewer_of
from collaboration.undo import undo_context
from journeys.models import Journey
from journeys.views.places import named_item, target_of
from teams.access import Request
from teams.models import Role
from touchpoints import goals as services
from touchpoints.goal_forms import GoalForm, ServedForm
from touchpoints.goal_models import Goal, GoalSide
from touchpoints.goal_page import goals_html

STEPS = ("up", "down")


@require_GET
@board_view(Role.VIEWER, Journey)
def page(request: Request, journey: Journey) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "goals": goals_html(journey, viewer),
        **undo_context(request, journey),
    }
    return render(request, "touchpoints/goals.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, side: str) -> HttpResponse:
    """A goal of one side, ranked last."""
    if side not in GoalSide.values:
        raise Http404
    template, context = "touchpoints/_goal_new.html", {"journey": journey, "side": side}
    if request.method == "GET":
        return render(request, template, {**context, "form": GoalForm.of_new(journey, side)})
    return create_in_place(
        request,
        journey,
        GoalForm.of_new(journey, side, request.POST),
        template=template,
        context=context,
        create=lambda data: services.create_goal(journey, side=side, **data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, goal_id: int) -> HttpResponse:
    template, context = "touchpoints/_goal_form.html", {"journey": journey}
    return edit_in_place(
        request,
        journey,
        (Goal, goal_id),
        GoalForm,
        template=template,
        context=context,
        save=lambda form: services.save_goal(form.instance, by=request.actor),
    )


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, goal_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        goal = named_item(journey, Goal, goal_id)
        direction = request.POST.get("direction")
        if direction in STEPS:
            services.step_goal(goal, direction=direction, by=request.actor)
        else:
            before = target_of(journey, Goal, request.POST.get("before"))
            services.move_goal(goal, before=before, by=request.actor)
        rank = goal.siblings().filter(position__lte=goal.position).count()
    said = _("“%(goal)s” is now goal %(rank)s.") % {"goal": goal, "rank": rank}
    return answer(request, edit, said=said)


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, goal_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        goal = named_item(journey, Goal, goal_id)
        services.delete_goal(goal, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": goal}
    return answer(request, edit, said=said)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def served(request: Request, journey: Journey, effort: str) -> HttpResponse:
    """Which goals an activity, or an action that a workshop decided, serves: `activity-12`."""
    found = _effort(request, journey, effort)
    template, context = "touchpoints/_served_form.html", {"journey": journey, "effort": found}
    if request.method == "GET":
        return render(request, template, {**context, "form": ServedForm(journey, found)})
    form = ServedForm(journey, found, request.POST)
    return create_in_place(
        request,
        journey,
        form,
        template=template,
        context=context,
        create=lambda _data: services.change_served(
            journey, found.kind, found.pk, **form.changes(), by=request.actor
        ),
    )


def _effort(request: Request, journey: Journey, key: str) -> services.Effort:
    efforts = services.efforts_of(journey, for_guests=request.actor.is_guest)
    found = next((effort for effort in efforts if effort.key == key), None)
    if found is None:
        raise Http404
    return found
