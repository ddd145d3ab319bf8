"""Many insights of the library at once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import actor_on, library_view
from collaboration.editing import Refused
from insights import sorting_out
from insights.forms import AssignForm
from insights.models import Insight
from insights.selectors import insights_of, stages_of
from journeys.models import Stage
from teams.access import Actor, Request
from teams.models import Role


@require_POST
@library_view(Role.EDITOR)
def assign(request: Request) -> HttpResponse:
    """Give kind, tags or a stage to all chosen insights, and go back to the list."""
    form = AssignForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose insights first, and what they shall be given."))
        return redirect(_list(request))
    given = form.cleaned_data
    place = _place(request, given["stage"])
    values = {"kind": given["kind"], "tags": given["tags"], "place": place}
    try:
        number = sorting_out.assign(request.workspace, given["insight"], **values, by=request.actor)
    except Refused as reason:
        messages.warning(request, str(reason))
        return redirect(_list(request))
    words = ngettext("%(number)s insight changed.", "%(number)s insights changed.", number)
    messages.success(request, words % {"number": number})
    return redirect(_list(request))


def _place(request: Request, stage_id: int | None) -> tuple[Stage, Actor] | None:
    if stage_id is None:
        return None
    stage = stages_of(request.workspace, request.user).filter(pk=stage_id).first()
    if stage is None:
        raise Http404
    return stage, actor_on(stage.board, request.user)


def _list(request: Request) -> str:
    """The list as it was narrowed."""
    back = request.POST.get("back", "")
    library = reverse("insights:library")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(library)
    return back if safe else library


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def merge(request: Request) -> HttpResponse:
    """Show the chosen insights side by side, and make them one."""
    form = AssignForm(request.GET if request.method == "GET" else request.POST)
    ids = form.cleaned_data.get("insight", []) if form.is_valid() else []
    chosen = insights_of(request.workspace).filter(pk__in=ids[: sorting_out.MOST_AT_ONCE])
    context = {"insights": list(chosen), "refused": ""}
    if request.method == "POST":
        keep = next((one for one in chosen if str(one.pk) == request.POST.get("keep")), None)
        try:
            return _merged(request, keep, [one.pk for one in chosen])
        except Refused as reason:
            context["refused"] = str(reason)
    status = 422 if context["refused"] else 200
    return render(request, "insights/merge.html", context, status=status)


def _merged(request: Request, keep: Insight | None, ids: list[int]) -> HttpResponse:
    if keep is None:
        raise sorting_out.NothingToMerge(_("Choose the insight that is kept."))
    sorting_out.merge(keep, ids, by=request.actor)
    return redirect("insights:insight", keep.pk)
