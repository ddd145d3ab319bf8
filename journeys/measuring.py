"""Writing metrics and what was measured; all of it goes through the board's one door."""

from collections.abc import Iterable
from datetime import date
from math import isfinite
from typing import Any

from collaboration.editing import Refused, current_edit
from journeys.measured import scale_of
from journeys.models import Metric, MetricPoint, Stage
from journeys.stepping import step_from
from teams.access import Actor


class OutOfRange(Refused):
    """A value that a metric of this kind cannot have; says what it can have."""


def create_metric(
    *, stage: Stage, name: str, kind: str, before: Metric | None = None, by: Actor, **fields: Any
) -> Metric:
    """A new metric in a stage, before another or last."""
    with stage.board.editing(by=by):
        metric = Metric(board_id=stage.board_id, stage=stage, name=name, kind=kind, **fields)
        metric.place(before=before)
        save_metric(metric, by=by)
    return metric


def save_metric(metric: Metric, *, by: Actor) -> None:
    """Write a metric whose fields were set."""
    if metric.target is not None:
        require_in_range(metric.kind, metric.target)
    with metric.board.editing(by=by):
        metric.save()


def require_in_range(kind: str, value: float) -> None:
    """Raise OutOfRange, in words, for a value that this kind of metric cannot have."""
    scale = scale_of(kind)
    if not isfinite(value) or not scale.low <= value <= scale.high:
        raise OutOfRange(scale.range_words)


def move_metric(metric: Metric, *, stage: Stage, before: Metric | None = None, by: Actor) -> None:
    """Put a metric into a stage of its board, before another there or last."""
    with metric.board.editing(by=by):
        metric.stage = stage
        metric.place(before=before)
        metric.save()


def step_metric(metric: Metric, *, direction: str, by: Actor) -> None:
    """One step up or down in its stage, left or right to the next; at the edge it stays."""
    if place := step_from(metric, direction):
        move_metric(metric, stage=place[0], before=place[1], by=by)


def delete_metric(metric: Metric, *, by: Actor) -> None:
    """Delete a metric with all that was measured; Undo brings it back."""
    with metric.board.editing(by=by):
        metric.delete()


def record_point(metric: Metric, *, day: date, value: float, by: Actor) -> MetricPoint:
    """Say what a metric was on a day; said again for the same day, it is corrected."""
    require_in_range(metric.kind, value)
    with metric.board.editing(by=by):
        points = MetricPoint.objects.filter(metric=metric)
        point: MetricPoint | None = points.filter(date=day).first()
        if point is None:
            point = MetricPoint(board_id=metric.board_id, metric=metric, date=day)
        point.value = value
        point.save()
        current_edit(metric.board_id).touch(metric)
    return point


def delete_point(point: MetricPoint, *, by: Actor) -> None:
    with point.board.editing(by=by) as edit:
        edit.touch(point.metric)
        point.delete()


def set_points(metric: Metric, points: Iterable[tuple[date, float]], *, by: Actor) -> None:
    """Exactly these measurements, one a day; of several on one day the last counts."""
    wanted = dict(points)
    with metric.board.editing(by=by):
        present = {point.date: point for point in MetricPoint.objects.filter(metric=metric)}
        for day in present.keys() - wanted.keys():
            delete_point(present[day], by=by)
        for day, value in sorted(wanted.items()):
            if day not in present or present[day].value != value:
                record_point(metric, day=day, value=value, by=by)
