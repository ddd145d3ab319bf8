"""Guides: lists of questions for interviews."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import library_view
from collaboration.editing import Refused
from insights import interviewing
from insights.interview_forms import GuideForm
from insights.interview_models import InterviewGuide
from teams.access import Request
from teams.models import Role


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def new(request: Request) -> HttpResponse:
    return _edit(request, InterviewGuide(workspace=request.workspace))


@require_http_methods(["GET", "POST"])
@library_view(Role.EDITOR)
def edit(request: Request, interviewguide_id: int) -> HttpResponse:
    guides = InterviewGuide.objects.filter(workspace=request.workspace)
    return _edit(request, get_object_or_404(guides, pk=interviewguide_id))


def _edit(request: Request, guide: InterviewGuide) -> HttpResponse:
    form = GuideForm(request.POST or None, instance=guide)
    if request.method == "POST" and form.is_valid():
        try:
            interviewing.save_guide(form.instance, by=request.actor)
            return redirect("insights:interviews")
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"form": form, "guide": guide}
    return render(request, "insights/guide_form.html", context, status=422 if form.errors else 200)


@require_POST
@library_view(Role.EDITOR)
def delete(request: Request, interviewguide_id: int) -> HttpResponse:
    guides = InterviewGuide.objects.filter(workspace=request.workspace)
    guide = get_object_or_404(guides, pk=interviewguide_id)
    interviewing.delete_guide(guide, by=request.actor)
    return redirect("insights:interviews")
