"""Inspiration on a workshop's board: what fits the problem at hand, and what all see now."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.live import answer, pieces
from collaboration.pictures import picture_response
from journeys.views.places import id_in, named_item
from teams.access import Request
from teams.models import Role
from workshops import inspiration, inspiring, selectors
from workshops.allowing import running_item
from workshops.inspiration_models import ShownCase
from workshops.models import Contribution, Workshop

RESULTS = "inspiration-results"
CASES_SHOWN = 30
ACTS = {"show": inspiration.show_case, "bring": inspiration.bring_case}


@require_GET
@board_view(Role.EDITOR, Workshop, members_only=True)
def choose(request: Request, workshop: Workshop) -> HttpResponse:
    """The library beside the board: what fits `problem`, at first the one that the
    room talks about, or what has the words `q`."""
    return render(request, "workshops/_inspiration_panel.html", _choice(workshop, request.GET))


@require_POST
@board_view(Role.EDITOR, Workshop, members_only=True)
def take(request: Request, workshop: Workshop, inspirationcase_id: int) -> HttpResponse:
    """`act` is `show`: everybody sees it now, or `bring`: it is taken along."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    library = inspiring.cases_of(workshop.workspace)
    case = get_object_or_404(library, pk=inspirationcase_id)
    with workshop.editing(by=request.actor) as edit:
        problem = _problem(workshop, request.POST)
        act(workshop, case, problem=problem, by=request.actor)
    response = answer(request, edit, said=_("“%(title)s” is there.") % {"title": case})
    html = render_to_string(
        "workshops/_inspiration_panel.html#results", _choice(workshop, request.POST), request
    )
    response.content += pieces([(RESULTS, html)], "outerHTML").encode()
    return response


@require_POST
@board_view(Role.EDITOR, Workshop)
def show(request: Request, workshop: Workshop, showncase_id: int) -> HttpResponse:
    """Show one of those that were taken along to everybody."""
    with workshop.editing(by=request.actor) as edit:
        shown = named_item(workshop, ShownCase, showncase_id)
        inspiration.show_case(workshop, shown.case, by=request.actor)
    return answer(request, edit, said=_("All see “%(title)s” now.") % {"title": shown.case})


@require_POST
@board_view(Role.EDITOR, Workshop)
def put_away(request: Request, workshop: Workshop) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        inspiration.put_away_case(workshop, by=request.actor)
    return answer(request, edit, said=_("No case is shown any longer."))


@require_POST
@board_view(Role.EDITOR, Workshop)
def drop(request: Request, workshop: Workshop, showncase_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor) as edit:
        shown = named_item(workshop, ShownCase, showncase_id)
        inspiration.drop_case(shown, by=request.actor)
    said = _("“%(title)s” is not taken along any longer. Undo brings it back.")
    return answer(request, edit, said=said % {"title": shown.case})


@require_GET
@board_view(Role.VIEWER, Workshop)
def picture(request: Request, workshop: Workshop, showncase_id: int) -> HttpResponse:
    """For everybody who sees the workshop, whether or not they may see the library."""
    return picture_response(named_item(workshop, ShownCase, showncase_id).case.picture)


# --- Inside --------------------------------------------------------------------------------
def _problem(workshop: Workshop, asked: QueryDict) -> Contribution | None:
    number = id_in(asked.get("problem"))
    return next((one for one in _problems(workshop) if one.pk == number), None)


def _talked_about(workshop: Workshop) -> int | None:
    """The problem that the whole room looks at now."""
    running = running_item(workshop)
    return running.about_id if running else None


def _problems(workshop: Workshop) -> list[Contribution]:
    return inspiring.problems_of(selectors.contributions_of(workshop))


def _choice(workshop: Workshop, asked: QueryDict) -> dict[str, Any]:
    problems, words = _problems(workshop), asked.get("q", "")[:200]
    number = id_in(asked.get("problem")) if "problem" in asked else _talked_about(workshop)
    problem = next((one for one in problems if one.pk == number), None)
    if words.strip():
        found = inspiring.cases_of(workshop.workspace, words=words)[:CASES_SHOWN]
        fits = [inspiring.Fit(case, []) for case in found]
    else:
        about = inspiring.text_of([problem] if problem else problems)
        fits = inspiring.fitting(workshop.workspace, about)
    return {
        "workshop": workshop,
        "problems": problems,
        "problem": problem,
        "words": words,
        "fits": fits,
        "others": [] if fits or words.strip() else inspiring.cases_of(workshop.workspace)[:8],
        "taken": {shown.case_id: shown for shown in inspiring.shown_cases(workshop)},
    }
