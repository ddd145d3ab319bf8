"""Copies of journeys and lanes, future-state maps, and maps beside each other."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collaboration.access import board_for, board_view
from collaboration.live import answer
from journeys import copies
from journeys.forms import CopyForm
from journeys.models import Journey, Lane
from journeys.selectors import pairable_with, relatives_of
from journeys.views.places import id_in, named_item
from teams.access import Request, actor_in, go_to
from teams.models import Role, User, Workspace


def workspaces_to_write_in(user: User) -> list[Workspace]:
    memberships = user.memberships.select_related("workspace").order_by("workspace__name")
    return [one.workspace for one in memberships if Role(one.role).includes(Role.EDITOR)]


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def copy(request: Request, journey: Journey) -> HttpResponse:
    title = _("%(title)s (copy)") % {"title": journey.title}
    return _copy(request, journey, title, as_future=False)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def future(request: Request, journey: Journey) -> HttpResponse:
    title = _("%(title)s (future)") % {"title": journey.title}
    return _copy(request, journey, title, as_future=True)


def _copy(request: Request, journey: Journey, title: str, *, as_future: bool) -> HttpResponse:
    mine = [] if as_future else workspaces_to_write_in(request.user)
    initial = {"title": title[:120], "workspace": str(journey.workspace_id)}
    form = CopyForm(request.POST or None, workspaces=mine, initial=initial)
    if request.method == "POST" and request.POST.get("workspace", "") not in {"", *form.mine}:
        raise Http404
    if request.method == "GET" or not form.is_valid():
        context = {"journey": journey, "form": form, "as_future": as_future, "mine": mine}
        status = 422 if form.errors else 200
        return render(request, "journeys/_copy_form.html", context, status=status)
    workspace = form.chosen_workspace() or journey.workspace
    by = actor_in(request.user, workspace)
    if by is None:
        raise Http404
    made = copies.copy_journey(
        journey, title=form.cleaned_data["title"], workspace=workspace, as_future=as_future, by=by
    )
    return go_to(request, reverse("journeys:map", args=[made.pk]))


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def lane(request: Request, journey: Journey, lane_id: int) -> HttpResponse:
    """First the map to copy to, then what goes where, then the copy."""
    copied = named_item(journey, Lane, lane_id)
    chosen = id_in(request.POST.get("target") or request.GET.get("target"))
    if chosen is None:
        mine = workspaces_to_write_in(request.user)
        maps = Journey.objects.visible_to(request.user).filter(workspace__in=mine)
        context = {"journey": journey, "lane": copied, "maps": maps.exclude(pk=journey.pk)}
        return render(request, "journeys/_lane_copy.html", context)
    found = board_for(request, chosen, Journey)
    if found is None or found[1].is_guest:
        raise Http404
    target, by = found
    by.must(Role.EDITOR)
    if request.method == "GET":
        matches = copies.matched_stages(journey, target)
        context = {"journey": journey, "lane": copied, "target": target, "matches": matches}
        return render(request, "journeys/_lane_copy.html", context)
    copies.copy_lane(copied, target=target, by=by)
    return go_to(request, reverse("journeys:map", args=[target.pk]))


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def pair(request: Request, journey: Journey) -> HttpResponse:
    others = pairable_with(journey)
    if request.method == "GET":
        beside = relatives_of(journey).beside
        context = {"journey": journey, "others": others, "beside": beside}
        return render(request, "journeys/_pair_form.html", context)
    chosen = id_in(request.POST.get("other"))
    other = get_object_or_404(others, pk=chosen) if chosen else None
    with journey.editing(by=request.actor) as edit:
        copies.pair_journeys(journey, other=other, by=request.actor)
    return answer(request, edit, said=_("The maps stand beside each other.") if other else "")
