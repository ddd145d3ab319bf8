"""Journeys kept as templates: keep one, look at the gallery, delete one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from journeys import own_starters
from journeys.forms import TemplateForm
from journeys.models import Journey
from teams.access import Request, workspace_view
from teams.models import Role


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey, members_only=True)
def save(request: Request, journey: Journey) -> HttpResponse:
    form = TemplateForm(request.POST or None, initial={"name": journey.title[:80]})
    context = {"journey": journey, "form": form}
    if request.method == "POST" and form.is_valid():
        context["saved"] = own_starters.save_as_template(
            journey, **form.cleaned_data, by=request.actor
        )
    status = 422 if form.errors else 200
    return render(request, "journeys/_template_form.html", context, status=status)


@require_POST
@workspace_view(Role.EDITOR)
def delete(request: Request, journeytemplate_id: int) -> HttpResponse:
    template = get_object_or_404(
        own_starters.templates_of(request.workspace), pk=journeytemplate_id
    )
    own_starters.delete_template(template, by=request.actor)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": template.name})
    return redirect("journeys:new")
