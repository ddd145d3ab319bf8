"""Interviews: the list, one interview, and what is known of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import library_view
from collaboration.editing import Refused
from insights import interviewing
from insights.highlighting import with_quotes_marked
from insights.interview_forms import AnswerForm, InterviewForm
from insights.interview_models import DEEP_ENOUGH, Interview
from insights.interview_search import (
    SOON,
    InterviewSearchForm,
    Status,
    interviews_wanted,
    number_due,
)
from insights.interview_selectors import (
    guides_of,
    has_opened,
    interviews_of,
    ladders_of,
    quotes_of,
    readings_of,
    stages_covered,
)
from insights.selectors import sources_of, stages_by_journey, stages_seen_by
from insights.services import language_of
from journeys.models import Persona
from teams.access import Request, is_htmx, workspace_view
from teams.models import Role

INTERVIEWS_A_PAGE = 40
MOST_READINGS = 50


@require_GET
@workspace_view(Role.EDITOR)
def library(request: Request) -> HttpResponse:
    search = InterviewSearchForm(request.GET)
    found = interviews_wanted(request.workspace, search.wanted())
    filters = request.GET.copy()
    filters.pop("page", None)
    context = {
        "page": Paginator(found, INTERVIEWS_A_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "filters": filters,
        "statuses": Status.choices,
        "soon": timezone.localdate() + SOON,
        "due": number_due(request.workspace),
        "guides": guides_of(request.workspace),
        "sources": sources_of(request.workspace),
        "personas": Persona.objects.filter(workspace=request.workspace),
        "enough": DEEP_ENOUGH,
    }
    return render(request, "insights/interviews.html", context)


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def new(request: Request) -> HttpResponse:
    language = language_of(request.workspace, request.actor)
    form = _form_of(request, Interview(workspace=request.workspace, language=language))
    if request.method == "POST" and form.is_valid():
        try:
            interview = interviewing.create_interview(
                request.workspace, **form.cleaned_data, by=request.actor
            )
            interviewing.note_reading(interview, by=request.actor)
            return redirect(interview)
        except Refused as reason:
            form.add_error(None, str(reason))
    return _form(request, form, status=422 if form.errors or form.upload.errors else 200)


@require_GET
@workspace_view(Role.EDITOR)
def show(request: Request, interview_id: int) -> HttpResponse:
    """The frame of the page; what was said comes when it is opened, which is written down."""
    interview = get_object_or_404(interviews_of(request.workspace), pk=interview_id)
    return render(request, "insights/interview.html", {"interview": interview})


@require_POST
@library_view(Role.EDITOR)
def read(request: Request, interview_id: int) -> HttpResponse:
    """What was said, with a line in the access log."""
    interview = get_object_or_404(interviews_of(request.workspace), pk=interview_id)
    interviewing.note_reading(interview, by=request.actor)
    template = "insights/_interview_talk.html" if is_htmx(request) else "insights/interview.html"
    return render(request, template, talk_context(request, interview))


def talk_context(request: Request, interview: Interview) -> dict[str, Any]:
    ladders = ladders_of(interview)
    owner = request.actor.may(Role.OWNER)
    return {
        "interview": interview,
        "opened": True,
        "transcript": with_quotes_marked(interview.transcript, quotes_of(interview)),
        "ladders": ladders,
        "shallow": sum(ladder.is_shallow for ladder in ladders),
        "enough": DEEP_ENOUGH,
        "stages": stages_covered(interview, request.user),
        "form": AnswerForm(auto_id="id_new_%s"),
        "readings": readings_of(interview)[:MOST_READINGS] if owner else None,
    }


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def edit(request: Request, interview_id: int) -> HttpResponse:
    interview = opened_interview(request, interview_id)
    if request.method == "GET":
        return _form(request, _form_of(request, interview))
    with interviewing.editing_interview(interview, by=request.actor) as present:
        form = _form_of(request, present)
        if not form.is_valid():
            return _form(request, form, status=422)
        if clashes := form.clashes():
            return _form(request, form.retry(), status=409, clashes=clashes)
        interviewing.change_interview(present, fields=form.changed_data, by=request.actor)
    return redirect(interview)


def opened_interview(request: Request, interview_id: int | None) -> Interview:
    """An interview that this person has opened, so that the access log knows of it."""
    interview = get_object_or_404(interviews_of(request.workspace), pk=interview_id)
    if not has_opened(request.user, interview):
        raise PermissionDenied(_("Open the interview first."))
    return interview


def _form_of(request: Request, interview: Interview) -> InterviewForm:
    stages = stages_seen_by(request.user, request.workspace)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return InterviewForm(*sent, instance=interview, journeys=stages_by_journey(stages))


def _form(request: Request, form: Any, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "interview": form.instance, **more}
    return render(request, "insights/interview_form.html", context, status=status)
