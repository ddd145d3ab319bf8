"""Forgetting a participant: where they are named, what of it goes, and then it is gone."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from collaboration.access import library_view
from insights import forgetting
from insights.interview_models import Interview
from insights.mentions import mentions_of
from insights.views.interviews import opened_interview
from teams.access import Request
from teams.models import Role

UNSEEN = "unseen"


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def forget(request: Request, interview_id: int) -> HttpResponse:
    """Show what would go, and let it go."""
    interview = opened_interview(request, interview_id)
    return _ask(request, interview) if request.method == "GET" else _forget(request, interview)


def _ask(request: Request, interview: Interview) -> HttpResponse:
    words, free = forgetting.words_of(interview), forgetting.words_to_go(interview)
    context = {
        "interview": interview,
        "kept": interview.insights.count(),
        "words": [(word, word in free) for word in words],
        "others": forgetting.others_of(interview),
        "mentions": mentions_of(interview, forgetting.names_from(words), request.user),
        "unseen": UNSEEN,
    }
    return render(request, "insights/forget.html", context)


def _forget(request: Request, interview: Interview) -> HttpResponse:
    chosen = set(request.POST.getlist("word"))
    words = [word for word in forgetting.words_of(interview) if word in chosen]
    also = set(request.POST.getlist("place"))
    if UNSEEN in also:
        also |= set(mentions_of(interview, forgetting.names_from(words), request.user).unseen)
    wanted = set(request.POST.getlist("other"))
    others = [one.pk for one in forgetting.others_of(interview) if str(one.pk) in wanted]
    forgetting.forget_participant(
        interview, words=words, also=also, others=others, by=request.actor
    )
    return redirect("insights:interviews")
