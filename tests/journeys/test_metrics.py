"""Metrics: what values each kind can have, what a cell shows of them, and that nothing is lost."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from collaboration.editing import OutsideEditing
from collaboration.limits import LimitReached
from collaboration.models import Board
from collaboration.undo import undo
from journeys import measuring, services
from journeys.measured import Measure
from journeys.measuring import OutOfRange
from journeys.models import Lane, Metric, MetricPoint
from teams.access import actor_in
from tests.collaboration.scenes import at_most

DAY = date(2026, 1, 31)


@pytest.fixture
def lane(journey, as_bob) -> Lane:
    return services.create_lane(journey, kind="metric", by=as_bob)


@pytest.fixture
def metric(stages, as_bob) -> Metric:
    return measuring.create_metric(
        stage=stages[0], name="Would recommend", kind="nps", target=40, by=as_bob
    )


def measured(metric, *values, by):
    for number, value in enumerate(values):
        measuring.record_point(metric, day=DAY + timedelta(number), value=value, by=by)
    return Measure(Metric.objects.prefetch_related("points").get(pk=metric.pk))


def url(name, journey, *ids):
    return reverse(f"journeys:{name}", args=[journey.pk, *ids])


@pytest.mark.parametrize(
    ("kind", "low", "high"), [("nps", -100, 100), ("csat", 0, 100), ("ces", 1, 7), ("ratio", 0, 1)]
)
def test_a_kind_has_its_range(kind, low, high, stages, as_bob):
    metric = measuring.create_metric(stage=stages[0], name="M", kind=kind, by=as_bob)
    for fits in (low, high):
        assert measuring.record_point(metric, day=DAY, value=fits, by=as_bob).value == fits
    for wrong in (low - 0.01, high + 0.01, float("nan"), float("inf"), -float("inf")):
        with pytest.raises(OutOfRange):
            measuring.record_point(metric, day=DAY, value=wrong, by=as_bob)
        with pytest.raises(OutOfRange):
            measuring.create_metric(stage=stages[0], name="M", kind=kind, target=wrong, by=as_bob)
    assert MetricPoint.objects.get(metric=metric).value == high


@pytest.mark.parametrize("value", [0, -5.5, 1_000_000_000_000])
def test_a_number_is_any_number(value, stages, as_bob):
    metric = measuring.create_metric(stage=stages[0], name="M", kind="number", by=as_bob)
    assert measuring.record_point(metric, day=DAY, value=value, by=as_bob).value == value
    with pytest.raises(OutOfRange):
        measuring.record_point(metric, day=DAY, value=1e13, by=as_bob)


def test_a_day_has_one_value_and_saying_it_again_corrects_it(metric, as_bob):
    measuring.record_point(metric, day=DAY, value=10, by=as_bob)
    measuring.record_point(metric, day=DAY, value=12, by=as_bob)
    assert [point.value for point in MetricPoint.objects.all()] == [12]


def test_the_database_refuses_a_second_value_of_a_day(journey, metric, as_bob):
    measuring.record_point(metric, day=DAY, value=10, by=as_bob)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        journey.editing(by=as_bob),
    ):
        MetricPoint(board_id=journey.pk, metric=metric, date=DAY, value=1).save()


def test_a_value_is_measured_in_an_edit_or_not_at_all(metric):
    with pytest.raises(OutsideEditing):
        MetricPoint(board_id=metric.board_id, metric=metric, date=DAY, value=1).save()


@pytest.mark.parametrize(
    ("kind", "unit", "value", "shown"),
    [
        ("nps", "", -12.0, "-12"),
        ("csat", "", 87.5, "87.5 %"),
        ("ces", "", 5.25, "5.25"),
        ("ratio", "", 0.4567, "45.67 %"),
        ("ratio", "", 1 / 3, "33.33 %"),
        ("number", "h", 1234.0, "1,234 h"),
        ("number", "", 0.1 + 0.2, "0.3"),
    ],
)
def test_a_value_is_shown_as_people_read_it(kind, unit, value, shown, stages, as_bob):
    metric = measuring.create_metric(stage=stages[0], name="M", kind=kind, unit=unit, by=as_bob)
    with translation.override("en"):
        assert measured(metric, value, by=as_bob).value == shown


def test_numbers_are_written_as_the_reader_writes_them(stages, as_bob):
    metric = measuring.create_metric(stage=stages[0], name="M", kind="number", by=as_bob)
    measure = measured(metric, 1234.5, by=as_bob)
    with translation.override("da"):
        assert measure.value == "1.234,5"


@pytest.mark.parametrize(
    ("less", "value", "met"),
    [(False, 40, True), (False, 39.9, False), (True, 40, True), (True, 40.1, False)],
)
def test_a_target_is_met_by_more_or_where_less_is_better_by_less(less, value, met, stages, as_bob):
    metric = measuring.create_metric(
        stage=stages[0], name="M", kind="nps", target=40, less_is_better=less, by=as_bob
    )
    assert measured(metric, value, by=as_bob).is_met is met


def test_without_value_or_target_nothing_is_met_or_missed(metric, stages, as_bob):
    assert measured(metric, by=as_bob).is_met is None
    free = measuring.create_metric(stage=stages[0], name="M", kind="nps", by=as_bob)
    assert measured(free, 3, by=as_bob).is_met is None


def test_the_chart_stays_in_its_frame_and_is_told_in_words(metric, as_bob):
    with translation.override("en"):
        measure = measured(metric, -20, 10, 100, 31, by=as_bob)
        words = measure.in_words
    places = re.findall(r"(-?[\d.]+) (-?[\d.]+)", measure.line)
    assert len(places) == 4
    assert all(0 <= float(x) <= 120 and 0 <= float(y) <= 32 for x, y in places)
    assert [x for x, _ in places] == sorted((x for x, _ in places), key=float)
    assert "4 measurements" in words
    assert "lowest -20, highest 100" in words


def test_values_that_never_change_lie_in_the_middle(stages, as_bob):
    metric = measuring.create_metric(stage=stages[0], name="M", kind="number", by=as_bob)
    measure = measured(metric, 5, 5, 5, by=as_bob)
    assert {y for _, y in re.findall(r"([\d.]+) ([\d.]+)", measure.line)} == {"16"}


# --- On the page -----------------------------------------------------------------------------
def test_a_metric_is_made_and_measured_in_its_cell(client_of, bob, journey, stages, lane):
    address = url("metric_create", journey, stages[0].pk, lane.pk)
    data = {"name": "Trial to paid", "kind": "ratio", "target": "30", "value": "24.5",
            "day": "2026-02-01"}  # fmt: skip
    answer = client_of(bob).post(address, data, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "24.5 %" in page
    assert "Target 30 % is not met" in page
    metric = Metric.objects.get()
    assert (metric.target, metric.points.get().value) == (0.3, 0.245)


def test_a_new_value_is_added_where_the_metric_stands(client_of, bob, journey, metric, lane):
    client = client_of(bob)
    form = client.get(url("metric_edit", journey, metric.pk)).content.decode()
    assert f'value="{timezone.localdate().isoformat()}"' in form
    data = {"name": metric.name, "value": "41", "day": "2026-03-01"}
    assert (
        "Target 40 is met"
        in client.post(url("metric_edit", journey, metric.pk), data).content.decode()
    )
    metric.refresh_from_db()
    assert (metric.kind, metric.target) == ("nps", 40)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "101"}, {"value": "nan"}, {"value": "1e400"}, {"value": "many"},
        {"value": "3", "day": "yesterday"}, {"value": "3", "day": ""}, {"target": "-101"},
        {"name": ""}, {"name": "x" * 81},
    ],
)  # fmt: skip
def test_a_wrong_value_comes_back_with_what_is_wrong(wrong, client_of, bob, journey, metric):
    data = {"name": metric.name, "day": "2026-03-01", **wrong}
    answer = client_of(bob).post(url("metric_edit", journey, metric.pk), data)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not MetricPoint.objects.exists()


def test_the_kind_of_a_metric_stays(client_of, bob, journey, metric):
    data = {"name": "Other", "kind": "ratio"}
    assert client_of(bob).post(url("metric_edit", journey, metric.pk), data).status_code == 200
    metric.refresh_from_db()
    assert (metric.name, metric.kind) == ("Other", "nps")


def test_a_measurement_is_deleted_and_brought_back(client_of, bob, journey, metric, as_bob):
    point = measuring.record_point(metric, day=DAY, value=5, by=as_bob)
    address = url("metric_point_delete", journey, metric.pk, point.pk)
    assert client_of(bob).post(address).status_code == 200
    assert not MetricPoint.objects.exists()
    undo(journey, Board.objects.get(pk=journey.pk).version, by=as_bob)
    assert MetricPoint.objects.get().value == 5


def test_a_deleted_metric_comes_back_with_all_that_was_measured(journey, metric, as_bob):
    measured(metric, 1, 2, 3, by=as_bob)
    measuring.delete_metric(Metric.objects.get(), by=as_bob)
    assert not MetricPoint.objects.exists()
    undo(journey, Board.objects.get(pk=journey.pk).version, by=as_bob)
    assert [point.value for point in Metric.objects.get().points.order_by("date")] == [1, 2, 3]


def test_case_56_metrics_of_other_boards_do_not_exist_here(
    client_of, bob, journey, secret, charlie, other, metric, as_bob
):
    by = actor_in(charlie, other)
    theirs = measuring.create_metric(stage=secret_stage(secret), name="Secret", kind="nps", by=by)
    point = measuring.record_point(theirs, day=DAY, value=5, by=by)
    client = client_of(bob)
    assert client.get(url("metric_edit", journey, theirs.pk)).status_code == 404
    assert client.post(url("metric_delete", journey, theirs.pk)).status_code == 404
    for address in (
        url("metric_point_delete", journey, metric.pk, point.pk),
        url("metric_point_delete", journey, theirs.pk, point.pk),
    ):
        assert client.post(address).status_code == 404
    data = {"stage": secret_stage(secret).pk, "before": ""}
    assert client.post(url("metric_move", journey, metric.pk), data).status_code == 404
    assert MetricPoint.objects.get() == point


def secret_stage(journey):
    from journeys.models import Stage

    return Stage.objects.filter(board=journey.pk).first()


def test_a_clash_of_ratios_shows_both_in_per_cent(client_of, bob, journey, stages, as_bob):
    ratio = measuring.create_metric(
        stage=stages[0], name="Returned", kind="ratio", target=0.3, by=as_bob
    )
    with journey.editing(by=as_bob):
        ratio.target = 0.4
        ratio.save()
    sent = {"name": "Returned", "initial-name": "Returned", "initial-target": "30.0"}
    address = reverse("journeys:metric_edit", args=[journey.pk, ratio.pk])
    answer = client_of(bob).post(address, {**sent, "target": "50"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert [clash for clash in ("50.0", "40.0") if clash in shown] == ["50.0", "40.0"]
    assert "0.5" not in shown
    same = client_of(bob).post(address, {**sent, "target": "40"})
    assert same.status_code == 200


def test_a_stage_holds_only_so_many(stages, as_bob, monkeypatch):
    at_most(monkeypatch, Metric, 1)
    measuring.create_metric(stage=stages[0], name="One", kind="nps", by=as_bob)
    with pytest.raises(LimitReached):
        measuring.create_metric(stage=stages[0], name="Two", kind="nps", by=as_bob)


def test_a_name_of_nothing_is_refused_by_the_database(stages, as_bob):
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        measuring.create_metric(stage=stages[0], name="", kind="nps", by=as_bob)
