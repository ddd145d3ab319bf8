"""What is said in an interview: answers, and the whys below them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import library_view
from collaboration.live import pieces
from insights import interviewing
from insights.interview_forms import AnswerForm, StepForm
from insights.interview_models import DEEP_ENOUGH, Interview, Ladder, LadderStep
from insights.interview_selectors import ladder_in
from insights.views.interviews import opened_interview, talk_context
from teams.access import Request, is_htmx
from teams.models import Role

CARD = "insights/_ladder.html"
NEW = "insights/_answer_new.html"


@require_POST
@library_view(Role.EDITOR)
def answer(request: Request, interview_id: int) -> HttpResponse:
    """Write down an answer; with `why` the form for the next step opens below it."""
    interview = opened_interview(request, interview_id)
    form = AnswerForm(request.POST, auto_id="id_new_%s")
    if not form.is_valid():
        return _not_saved(request, interview, NEW, form)
    ladder = interviewing.add_answer(interview, **form.cleaned_data, by=request.actor)
    return _said(request, interview, ladder, is_new=True)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def why(request: Request, ladder_id: int) -> HttpResponse:
    """One why deeper."""
    ladder, interview = _opened(request, ladder_id)
    form = AnswerForm(request.POST or None, auto_id=f"id_why_{ladder.pk}_%s")
    if request.method == "GET":
        return _card(request, ladder, why=form)
    if not form.is_valid():
        return _not_saved(request, interview, CARD, form, ladder=ladder, why=form)
    interviewing.ask_why(ladder, **form.cleaned_data, by=request.actor)
    return _said(request, interview, ladder)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def step(request: Request, ladderstep_id: int) -> HttpResponse:
    """Change what was written down, merged with what others changed meanwhile."""
    present, ladder, interview = _step(request, ladderstep_id)
    if request.method == "GET":
        return _card(request, ladder, changed=present.pk, form=StepForm(instance=present))
    with interviewing.editing_step(present, by=request.actor) as now:
        form = StepForm(request.POST, instance=now)
        more: dict[str, Any] = {"ladder": ladder, "changed": now.pk}
        if not form.is_valid():
            return _not_saved(request, interview, CARD, form, **more)
        if clashes := form.clashes():
            more |= {"clashes": clashes}
            return _not_saved(request, interview, CARD, form.retry(), status=409, **more)
        interviewing.change_step(now, by=request.actor)
    return _said(request, interview, ladder)


@require_POST
@library_view(Role.EDITOR)
def remove(request: Request, ladderstep_id: int) -> HttpResponse:
    present, ladder, interview = _step(request, ladderstep_id)
    still_there = interviewing.remove_step(present, by=request.actor)
    if not still_there and is_htmx(request):
        return HttpResponse()
    return _said(request, interview, ladder)


# --- Inside --------------------------------------------------------------------------------
def _opened(request: Request, ladder_id: int) -> tuple[Ladder, Interview]:
    ladder = get_object_or_404(ladder_in(request.workspace), pk=ladder_id)
    return ladder, opened_interview(request, ladder.interview_id)


def _step(request: Request, step_id: int) -> tuple[LadderStep, Ladder, Interview]:
    wanted = LadderStep.objects.filter(pk=step_id, ladder__workspace=request.workspace)
    ladder, interview = _opened(request, get_object_or_404(wanted).ladder_id)
    present = next((rung for rung in ladder.rungs if rung.pk == step_id), None)
    if present is None:
        raise Http404
    return present, ladder, interview


def _card(request: Request, ladder: Ladder, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"ladder": ladder, "enough": DEEP_ENOUGH, **more}
    if is_htmx(request):
        return render(request, CARD, context, status=status)
    return render(request, "insights/ladder.html", context, status=status)


def _said(
    request: Request, interview: Interview, ladder: Ladder, *, is_new: bool = False
) -> HttpResponse:
    """The ladder as it is now; the page at that place for a browser without scripts."""
    if not is_htmx(request):
        return render(request, "insights/interview.html", talk_context(request, interview))
    now = ladder_in(request.workspace).get(pk=ladder.pk)
    more = "why" in request.POST
    context: dict[str, Any] = {"ladder": now, "enough": DEEP_ENOUGH}
    if more:
        context["why"] = AnswerForm(auto_id=f"id_why_{ladder.pk}_%s")
    card = render_to_string(CARD, context, request)
    if not is_new:
        return HttpResponse(card)
    form = {"form": AnswerForm(auto_id="id_new_%s"), "interview": interview, "waits": not more}
    fresh = render_to_string(NEW, form, request)
    added = pieces([("ladders", card)], "beforeend")
    return HttpResponse(added + pieces([("answer-new", fresh)], "outerHTML"))


def _not_saved(
    request: Request,
    interview: Interview,
    template: str,
    form: Any,
    *,
    status: int = 422,
    **more: Any,
) -> HttpResponse:
    context = {"interview": interview, "form": form, "enough": DEEP_ENOUGH, **more}
    if not is_htmx(request):
        template = "insights/ladder.html" if "ladder" in more else "insights/interview.html"
        context = {**talk_context(request, interview), **context}
    return render(request, template, context, status=status)
