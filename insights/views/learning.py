"""Insights made of what was said in an interview: of a ladder, or of a part of the transcript."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from collaboration.access import actor_on, library_view
from collaboration.editing import Refused
from insights import interviewing
from insights.interview_models import DEEP_ENOUGH, Interview, Ladder
from insights.interview_selectors import ladder_in, touchpoints_covered
from insights.learn_forms import LearnForm
from insights.selectors import stages_by_journey, stages_of
from insights.views.interviews import opened_interview
from teams.access import Request
from teams.models import Role


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def learn(request: Request, ladder_id: int) -> HttpResponse:
    """Make an insight of a ladder and put it on maps."""
    ladder = get_object_or_404(ladder_in(request.workspace), pk=ladder_id)
    interview = opened_interview(request, ladder.interview_id)
    form = LearnForm.of_ladder(ladder, request.POST or None)
    return _learn(request, ladder, form, interview)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def quote(request: Request, interview_id: int) -> HttpResponse:
    """Make an insight of words of the transcript, which the browser fills in."""
    interview = opened_interview(request, interview_id)
    form = LearnForm.of_talk(interview, request.POST or None)
    return _learn(request, interview, form, interview)


def _learn(
    request: Request, said: Ladder | Interview, form: LearnForm, interview: Interview
) -> HttpResponse:
    """Show the form, or do what it says."""
    journeys, touchpoints = _places(request, interview)
    form.offer(journeys, touchpoints)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        chosen, named = set(fields.pop("stages")), set(fields.pop("touchpoints", ()))
        stages = [one for _title, group in journeys for one in group if one.pk in chosen]
        about_these = [one for one in touchpoints if one.pk in named]
        try:
            insight = interviewing.learn_from(
                said,
                stages=[(one, actor_on(one.board, request.user)) for one in stages],
                claims=[(one, actor_on(one.board, request.user)) for one in about_these],
                by=request.actor,
                **fields,
            )
            return redirect("insights:insight", insight.pk)
        except Refused as reason:
            form.add_error(None, str(reason))
    return _page(request, interview, form, ladder=said if isinstance(said, Ladder) else None)


def _places(request: Request, interview: Interview) -> tuple[Any, list[Any]]:
    """The stages that somebody may change by journey, and the touchpoints of those that the talk
    was about."""
    stages = stages_by_journey(stages_of(request.workspace, request.user))
    return stages, list(touchpoints_covered(interview, request.user))


def _page(request: Request, interview: Interview, form: LearnForm, **about: Any) -> HttpResponse:
    context = {"form": form, "interview": interview, "enough": DEEP_ENOUGH, **about}
    status = 422 if form.errors else 200
    return render(request, "insights/learn.html", context, status=status)
