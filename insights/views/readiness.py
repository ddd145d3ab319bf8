"""What stands ready for customers: the board beside the map, and the cells of its lane."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer, viewer_of
from collaboration.undo import undo_context
from insights import readiness as services
from insights.models import Answer, Evidence, Readiness
from insights.readiness_forms import AddReadinessForm, AnswerForm, ReadinessForm, StatusForm
from insights.readiness_models import ReadinessStatus
from insights.readiness_page import REGION, readiness_html
from journeys.models import Journey, Lane, Note, Stage
from journeys.selectors import cell_of
from journeys.views.places import id_in, named_item, target_of
from teams.access import Request
from teams.models import Role

ASKED: dict[str, type[Note | Evidence]] = {"note": Note, "evidence": Evidence}


@require_GET
@board_view(Role.VIEWER, Journey)
def page(request: Request, journey: Journey) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "journey": journey,
        "board": journey,
        "viewer": viewer,
        "readiness": readiness_html(journey, viewer),
        **undo_context(request, journey),
    }
    return render(request, "insights/readiness.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    """In the cell of a stage."""
    stage = named_item(journey, Stage, stage_id)
    context = {"journey": journey, "stage": stage, "lane": named_item(journey, Lane, lane_id)}
    template = "insights/_readiness_new.html"
    if request.method == "GET":
        return render(request, template, {**context, "form": ReadinessForm.of_new(journey)})
    return create_in_place(
        request,
        journey,
        ReadinessForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: services.create_readiness(stage=stage, **data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def add(request: Request, journey: Journey) -> HttpResponse:
    """On the board; `stage` and `status` may be given to start from."""
    template, context = "insights/_readiness_add.html", {"journey": journey}
    if request.method == "GET":
        start: dict[str, Any] = {"stage": id_in(request.GET.get("stage"))}
        if status := request.GET.get("status"):
            start["status"] = status
        form = AddReadinessForm.of_new(journey, **start)
        return render(request, template, {**context, "form": form})
    return create_in_place(
        request,
        journey,
        AddReadinessForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: services.create_readiness(**data, by=request.actor),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, readiness_id: int) -> HttpResponse:
    template = "insights/_readiness_form.html"
    context: dict[str, Any] = {"journey": journey}
    if request.method == "GET":
        item = named_item(journey, Readiness, readiness_id)
        context |= {"item": item, "form": ReadinessForm(instance=item)}
        return render(request, template, context | {"region": _region(request, item)})
    item = Readiness.objects.filter(board=journey.pk, pk=readiness_id).first()
    return save_in_place(
        request,
        journey,
        (Readiness, readiness_id),
        ReadinessForm,
        template=template,
        context=context | {"region": _region(request, item) if item else REGION},
        save=lambda form: services.save_readiness(form.instance, by=request.actor),
    )


def _region(request: Request, item: Readiness) -> str:
    """What is drawn again when the form is given up: the board of this page, or a cell."""
    return REGION if viewer_of(request).view == "readiness" else cell_of(item, "readiness")


@require_POST
@board_view(Role.EDITOR, Journey)
def status(request: Request, journey: Journey, readiness_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        item = named_item(journey, Readiness, readiness_id)
        form = StatusForm(request.POST, instance=item)
        if not form.is_valid():
            raise Http404
        services.save_readiness(item, by=request.actor)
    said = _("“%(title)s”: %(status)s") % {"title": item, "status": item.get_status_display()}
    return answer(request, edit, said=said)


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, readiness_id: int) -> HttpResponse:
    """A step in a direction, or to a place; on the board a place has a status, too."""
    with journey.editing(by=request.actor) as edit:
        item = named_item(journey, Readiness, readiness_id)
        item.status = _status(request) or item.status
        if direction := request.POST.get("direction"):
            services.step_readiness(item, direction=direction, by=request.actor)
        else:
            services.move_readiness(
                item,
                stage=named_item(journey, Stage, request.POST.get("stage")),
                before=target_of(journey, Readiness, request.POST.get("before")),
                by=request.actor,
            )
    said = _("“%(title)s” is now in “%(stage)s”.") % {"title": item, "stage": item.stage}
    return answer(request, edit, said=said)


def _status(request: Request) -> str:
    status: str = request.POST.get("status", "")
    if status and status not in ReadinessStatus.values:
        raise Http404
    return status


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, readiness_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        item = named_item(journey, Readiness, readiness_id)
        services.delete_readiness(item, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": item}
    return answer(request, edit, said=said)


# --- Doubts and their answers ------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def answer_to(request: Request, journey: Journey, doubt: str) -> HttpResponse:
    """What answers `note-12` or `evidence-3`: something present, or new in the same stage."""
    asked = _asked(journey, doubt)
    template = "insights/_answer_form.html"
    context = {"journey": journey, "doubt": doubt, "asked": _words(asked), "stage": asked.stage}
    if request.method == "GET":
        return render(request, template, {**context, "form": AnswerForm.of_new(journey)})

    def write(data: dict[str, Any]) -> object:
        present = data.pop("present", None)
        if present:
            return services.answer_doubt(asked, readiness=present, by=request.actor)
        return services.create_readiness(stage=asked.stage, answers=asked, **data, by=request.actor)

    form = AnswerForm.of_new(journey, request.POST)
    return create_in_place(request, journey, form, template=template, context=context, create=write)


def _asked(journey: Journey, doubt: str) -> Note | Evidence:
    kind, _dash, pk = doubt.partition("-")
    if kind not in ASKED:
        raise Http404
    found: Note | Evidence = named_item(journey, ASKED[kind], pk)
    return found


def _words(asked: Note | Evidence) -> str:
    return asked.text if isinstance(asked, Note) else asked.insight.text or asked.insight.quote


@require_POST
@board_view(Role.EDITOR, Journey)
def take_back(request: Request, journey: Journey, answer_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        pair = named_item(journey, Answer, answer_id)
        services.take_back_answer(pair, by=request.actor)
    return answer(request, edit, said=_("No longer an answer. Undo brings the pair back."))
