"""The gap analysis of a journey, and what is decided on its activities."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.exporting import NEEDS, CannotExport, request_export
from collaboration.inplace import edit_in_place
from collaboration.live import viewer_of
from collaboration.models import Export
from collaboration.undo import undo_context
from collaboration.views.exports import files_context, list_context
from journeys.models import Journey, Period
from journeys.selectors import persona_on
from journeys.views.places import id_in
from teams.access import Request, is_htmx
from teams.models import Role
from touchpoints import activities
from touchpoints.activity_forms import DecisionForm
from touchpoints.gap_page import choices_of, gaps_html, mark_html
from touchpoints.gaps import Narrowed, gaps_of
from touchpoints.models import Activity


@require_GET
@board_view(Role.VIEWER, Journey)
def page(request: Request, journey: Journey) -> HttpResponse:
    """Narrowed by `persona` and `period`."""
    narrowed = _narrowed(request, journey)
    viewer = viewer_of(request)
    html = gaps_html(gaps_of(journey, narrowed), viewer)
    if is_htmx(request):
        return HttpResponse(html)
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "gaps": html,
        "mark": mark_html(journey),
        "narrowed": narrowed,
        **undo_context(request, journey),
        **choices_of(journey),
        **files_context(request, journey),
    }
    return render(request, "touchpoints/gaps.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def decide(request: Request, journey: Journey, activity_id: int) -> HttpResponse:
    template, context = "touchpoints/_decision_form.html", {"journey": journey}
    return edit_in_place(
        request,
        journey,
        (Activity, activity_id),
        DecisionForm,
        template=template,
        context=context,
        save=lambda form: activities.save_activity(form.instance, by=request.actor),
    )


@require_POST
@board_view(NEEDS, Journey, members_only=True)
def export(request: Request, journey: Journey) -> HttpResponse:
    """A file of the analysis, narrowed as the page is."""
    narrowed = _narrowed(request, journey)
    asked = {"persona": narrowed.persona_id, "period": narrowed.period}
    try:
        request_export(
            journey,
            kind=Export.Kind.GAPS,
            file_format=request.POST.get("format", Export.Format.PDF),
            language=get_language(),
            options={name: value for name, value in asked.items() if value},
            by=request.actor,
        )
    except CannotExport as reason:
        raise Http404 from reason
    if not is_htmx(request):
        return redirect("touchpoints:gaps", journey.pk)
    return render(request, "collaboration/_exports.html", list_context(journey, request))


def _narrowed(request: Request, journey: Journey) -> Narrowed:
    asked = request.GET if request.method == "GET" else request.POST
    persona = persona_on(journey, id_in(asked.get("persona")))
    period = asked.get("period", "")
    if period and period not in Period.values:
        raise Http404
    return Narrowed(persona.pk if persona else None, period)
