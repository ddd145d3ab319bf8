"""What a rating shows: spread, departments, disputes, and a chart in which nothing is covered."""

from itertools import combinations
from types import SimpleNamespace

import pytest

from workshops import chart, labels
from workshops.labels import width_of
from workshops.models import Participant, Proposal, Rating
from workshops.results import departments_in, disputes_in, marks_of
from workshops.selectors import RatedProposal, letter_of, to_talk_about


def rating(feasibility, effect, department="", earlier=None):
    before = earlier or (None, None)
    person = Participant(name="P", department=department) if department else None
    return Rating(
        feasibility=feasibility,
        effect=effect,
        participant=person,
        earlier_feasibility=before[0],
        earlier_effect=before[1],
    )


def rated(*marks, title="Proposal", index=0):
    proposal = Proposal(pk=index + 1, title=title, position=f"a{index:03}")
    return RatedProposal(proposal, [rating(*one) for one in marks], letter_of(index), index + 1)


# --- Spread and departments ----------------------------------------------------------------
def test_one_stray_mark_among_many_is_no_dispute():
    marks = marks_of([rating(mark, 3) for mark in (4, 4, 4, 5, 4, 1)], "feasibility")
    assert (marks.median, marks.low, marks.high, marks.spread) == (4, 1, 5, 0)
    assert disputes_in([rating(mark, 3) for mark in (4, 4, 4, 5, 4, 1)]) == []


def test_two_camps_are_a_dispute():
    (dispute,) = disputes_in([rating(mark, 3) for mark in (1, 1, 2, 5, 5, 4)])
    assert (dispute.scale, dispute.is_between_departments) == ("feasibility", False)
    assert dispute.size == pytest.approx(3.5)


def test_of_few_marks_all_count():
    assert marks_of([rating(1, 3), rating(4, 3)], "feasibility").spread == 3
    assert marks_of([], "effect") is None


def test_departments_that_see_it_differently_are_named():
    given = [rating(5, 3, "Sales"), rating(5, 3, "Sales"), rating(2, 3, "product"), rating(4, 3)]
    assert [(one.name, one.count, one.feasibility) for one in departments_in(given)] == [
        ("product", 1, 2),
        ("Sales", 2, 5),
    ]
    (dispute,) = disputes_in(given)
    assert (dispute.highest.name, dispute.high_mark) == ("Sales", 5)
    assert (dispute.lowest.name, dispute.low_mark) == ("product", 2)


def test_the_round_before_counts_whoever_did_not_rate_again():
    given = [rating(4, 3, earlier=(1, 3)), rating(5, 3), rating(3, 3)]
    assert marks_of(given, "feasibility").earlier == 3
    assert marks_of([rating(5, 3)], "feasibility").earlier is None


def test_what_is_disputed_most_is_talked_about_first_and_not_more_than_five():
    agreed = rated((4, 4), (4, 4), index=0)
    some = [rated((2, 3), (4, 3), index=index) for index in range(1, 7)]
    most = rated((1, 1), (5, 5), index=9)
    found = to_talk_about([agreed, *some, most])
    assert found[0] is most
    assert len(found) == 5
    assert agreed not in found


# --- The chart -----------------------------------------------------------------------------
def boxes(points):
    return [labels._box_of(point) for point in points if point.name]


CROWDS = {
    "one spot": [(3, 3)] * 12,
    "two spots side by side": [(4, 4)] * 9 + [(4.5, 4)] * 9,
    "a corner": [(5, 5)] * 20,
    "all over": [(1 + index % 5, 1 + index // 5 % 5) for index in range(40)],
    "sixty": [(1 + index % 9 / 2, 1 + index % 7 / 2) for index in range(60)],
    "two hundred on one spot": [(1, 5)] * 200,
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_no_point_and_no_name_covers_another(crowd):
    proposals = [
        rated(marks, title=f"A proposal with rather a long name, number {index}", index=index)
        for index, marks in enumerate(CROWDS[crowd])
    ]
    points = chart.points_of(proposals)
    assert [point.rated for point in points] == proposals
    room = labels.Box(chart.LEFT, chart.TOP, chart.RIGHT, chart.BOTTOM)
    assert all(room.holds(point.box) for point in points)
    for one, two in combinations(points, 2):
        apart = ((one.x - two.x) ** 2 + (one.y - two.y) ** 2) ** 0.5
        assert apart >= one.radius + two.radius
    names = boxes(points)
    assert all(room.holds(box) for box in names)
    assert not any(one.meets(two) for one, two in combinations(names, 2))
    assert not any(box.meets(point.box) for box in names for point in points)


def test_the_best_stands_where_it_belongs():
    best, *others = chart.points_of([rated((4, 4), index=index) for index in range(6)])
    assert (best.x, best.y) == (best.at_x, best.at_y)
    assert not best.is_moved
    assert any(point.is_moved for point in others)


def test_names_are_cut_between_words_and_wide_letters_need_more_room():
    assert labels.shortened("Publish the price on every page", 24) == "Publish the price on…"
    assert labels.shortened("Donaudampfschifffahrtsgesellschaft", 14) == "Donaudampfsch…"
    assert labels.shortened("  Short \n name ", 14) == "Short name"
    assert width_of("価格を公開") > width_of("price")


def test_a_chart_without_ratings_has_no_points():
    nobody = RatedProposal(Proposal(title="X"), [], "A")
    assert chart.chart_of([nobody])["points"] == []
    assert SimpleNamespace(**chart.chart_of([], linked=True)).linked
