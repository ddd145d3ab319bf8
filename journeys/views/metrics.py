"""Metrics in the cells of a map, and what was measured."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, edit_in_place
from collaboration.live import answer
from collaboration.merge import MergeForm
from journeys import measuring
from journeys.metric_forms import MetricForm
from journeys.models import Journey, Lane, Metric, MetricPoint, Stage
from journeys.views.places import named_item, target_of
from teams.access import Actor, Request
from teams.models import Role


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def create(request: Request, journey: Journey, stage_id: int, lane_id: int) -> HttpResponse:
    stage = named_item(journey, Stage, stage_id)
    template = "journeys/_metric_new.html"
    context = {"journey": journey, "stage": stage, "lane": named_item(journey, Lane, lane_id)}
    if request.method == "GET":
        return render(request, template, {**context, "form": MetricForm.of_new(journey)})
    return create_in_place(
        request,
        journey,
        MetricForm.of_new(journey, request.POST),
        template=template,
        context=context,
        create=lambda data: _measured(
            measuring.create_metric(stage=stage, **_metric_fields(data), by=request.actor),
            data,
            request.actor,
        ),
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def edit(request: Request, journey: Journey, metric_id: int) -> HttpResponse:
    template, context = "journeys/_metric_form.html", {"journey": journey}
    return edit_in_place(
        request,
        journey,
        (Metric, metric_id),
        MetricForm,
        template=template,
        context=context,
        save=lambda form: _save(form, request.actor),
    )


def _save(form: MergeForm, by: Actor) -> None:
    measuring.save_metric(form.instance, by=by)
    _measured(form.instance, form.cleaned_data, by)


def _measured(metric: Metric, data: dict[str, Any], by: Actor) -> None:
    if data["value"] is not None:
        measuring.record_point(metric, day=data["day"], value=data["value"], by=by)


def _metric_fields(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in {"value", "day"}}


@require_POST
@board_view(Role.EDITOR, Journey)
def move(request: Request, journey: Journey, metric_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        metric = named_item(journey, Metric, metric_id)
        if direction := request.POST.get("direction"):
            measuring.step_metric(metric, direction=direction, by=request.actor)
        else:
            measuring.move_metric(
                metric,
                stage=named_item(journey, Stage, request.POST.get("stage")),
                before=target_of(journey, Metric, request.POST.get("before")),
                by=request.actor,
            )
    said = _("“%(title)s” is now in “%(stage)s”.")
    return answer(request, edit, said=said % {"title": metric, "stage": metric.stage})


@require_POST
@board_view(Role.EDITOR, Journey)
def delete(request: Request, journey: Journey, metric_id: int) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        metric = named_item(journey, Metric, metric_id)
        measuring.delete_metric(metric, by=request.actor)
    said = _("“%(title)s” is deleted. Undo brings it back.") % {"title": metric}
    return answer(request, edit, said=said)


@require_POST
@board_view(Role.EDITOR, Journey)
def delete_point(
    request: Request, journey: Journey, metric_id: int, metricpoint_id: int
) -> HttpResponse:
    with journey.editing(by=request.actor) as edit:
        point = named_item(journey, MetricPoint, metricpoint_id)
        if point.metric_id != metric_id:
            raise Http404
        measuring.delete_point(point, by=request.actor)
    return answer(request, edit, said=_("The measurement is deleted. Undo brings it back."))
