"""What was met on a walk: answers as they arrive from the phone, photos, problems made of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collaboration.access import board_view
from collaboration.editing import Refused
from collaboration.inplace import item_of
from collaboration.live import answer
from collaboration.models import Recorded
from collaboration.pictures import picture_response
from journeys.models import Journey, Stage
from journeys.views.places import MOST_DIGITS, named_item
from teams.access import Request, is_htmx
from teams.models import Role
from touchpoints import problems, walks
from touchpoints.models import Touchpoint
from touchpoints.walk_forms import StepForm
from touchpoints.walk_models import Walk, WalkStep
from touchpoints.walk_pages import address_of

LONGEST_KEY = 36


@require_POST
@board_view(Role.EDITOR, Journey)
def save(request: Request, journey: Journey, walk_id: int) -> HttpResponse:
    """Write answers onto the step with this `key`; what is not among them stays as it is.

    Sent again, it is the same step: a phone sends until it has heard that all has arrived.
    """
    present = named_item(journey, Walk, walk_id)
    key, form = request.POST.get("key", ""), StepForm(request.POST, request.FILES)
    if not 0 < len(key) <= LONGEST_KEY:
        raise Http404
    if not form.is_valid():
        return _in_words(form.faults)
    answers = {**form.cleaned_data, **_place(journey, request)}
    answers["file"] = answers.pop("photo", None)
    if answers.pop("photo_gone", False):
        answers |= walks.NO_PHOTO
    try:
        walks.answer_step(present, key=key, by=request.actor, **answers)
    except Refused as reason:
        return _in_words(str(reason))
    if is_htmx(request):
        return HttpResponse(status=204)
    return redirect("touchpoints:walk", journey.pk, present.pk)


def _in_words(reason: str) -> HttpResponse:
    return HttpResponse(reason, status=422, content_type="text/plain; charset=utf-8")


def _place(journey: Journey, request: Request) -> dict[str, Any]:
    """Stage and touchpoint as far as they were sent; what the journey has not (any more), the
    answers go without."""
    sent: dict[str, type[Recorded]] = {"stage": Stage, "touchpoint": Touchpoint}
    return {
        name: _there(journey, model, request.POST[name])
        for name, model in sent.items()
        if name in request.POST
    }


def _there(journey: Journey, model: type[Recorded], number: str) -> Any:
    if not number.isdecimal() or len(number) > MOST_DIGITS:
        return None
    return item_of(journey, model, int(number))


@require_GET
@board_view(Role.VIEWER, Journey)
def show(request: Request, journey: Journey, walkstep_id: int) -> HttpResponse:
    """The step in its walk."""
    return redirect(address_of(named_item(journey, WalkStep, walkstep_id)))


@require_GET
@board_view(Role.VIEWER, Journey)
def photo(request: Request, journey: Journey, walkstep_id: int) -> HttpResponse:
    return picture_response(named_item(journey, WalkStep, walkstep_id).photo)


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def problem(request: Request, journey: Journey, walkstep_id: int) -> HttpResponse:
    """Make the finding a problem for the next workshop."""
    with journey.editing(by=request.actor) as edit:
        step = named_item(journey, WalkStep, walkstep_id)
        problems.bring_problem(step, by=request.actor)
    place = problems.places_of([step.pk]).get(step.pk)
    if not is_htmx(request):
        return redirect(address_of(step))
    if place:
        said = _("It is a problem of the workshop “%(title)s” now.") % {"title": place.title}
    else:
        said = _("No workshop is planned: the next one gets it.")
    return answer(request, edit, said=said)


@require_POST
@board_view(Role.EDITOR, Journey, members_only=True)
def hold_back(request: Request, journey: Journey, walkstep_id: int) -> HttpResponse:
    """The finding waits for the next workshop no more."""
    with journey.editing(by=request.actor) as edit:
        step = named_item(journey, WalkStep, walkstep_id)
        problems.keep_problem_back(step, by=request.actor)
    if not is_htmx(request):
        return redirect(address_of(step))
    return answer(request, edit, said=_("It does not wait for a workshop any more."))


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, walkstep_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        step = named_item(journey, WalkStep, walkstep_id)
        walks.delete_step(step, by=request.actor)
    return answer(request, edit, said=_("It is deleted. Undo brings it back."))
