"""The gap analysis: verdicts, alignment, advice, what is left out, and what it costs."""

import pytest
from django.urls import reverse

from collaboration.live import Viewer, render_changes
from collaboration.models import Board, Change
from journeys.services import attach_persona, create_persona
from teams.models import Role
from tests.bench.large import fill_both_sides
from touchpoints import services
from touchpoints.activities import create_activity
from touchpoints.gap_chart import chart_of
from touchpoints.gaps import Narrowed, gaps_of, pairs_of
from touchpoints.models import Activity

pytestmark = pytest.mark.django_db


def url(name, journey, *ids):
    return reverse(f"touchpoints:{name}", args=[journey.pk, *ids])


@pytest.fixture
def meets(stages, by_bob):
    def meet(stage=0, **fields):
        return services.create_touchpoint(
            stage=stages[stage], **{"title": "Contact", **fields}, by=by_bob
        )

    return meet


@pytest.fixture
def does(journey, stages, by_bob):
    def act(stage=0, **fields):
        place = {} if stage is None else {"stage": stages[stage]}
        return create_activity(journey, **{"title": "Act", **place, **fields}, by=by_bob)

    return act


def verdicts(journey, narrowed=None):
    return [(pair.verdict, pair.hours) for pair in pairs_of(journey, narrowed)]


NOT = {"use": "not", "why_unused": "Too far"}


@pytest.mark.parametrize(
    ("customer", "company", "verdict"),
    [
        ([{}], [{}], "match"),
        ([{"use": "sometimes"}], [{}], "match"),
        ([NOT, {}], [{}], "match"),
        ([{}], [], "gap"),
        ([{"party": "competitor"}], [], "gap"),
        ([{}], [{"decision": "start", "decision_reason": "Gap"}], "gap"),
        ([], [{}], "waste"),
        ([NOT], [{}], "waste"),
        ([{"missing": True}], [{}], "waste"),
        ([NOT], [{"decision": "drop", "decision_reason": "Why"}], "waste"),
        ([NOT], [], "unused"),
    ],
)
def test_verdict_of_a_pair(journey, website, shop, meets, does, customer, company, verdict):
    for fields in customer:
        meets(channel=website, **fields)
    for fields in company:
        does(channel=website, **fields)
    assert [pair.verdict for pair in pairs_of(journey)] == [verdict]


def test_nobody_anywhere_is_no_alignment(journey):
    found = gaps_of(journey)
    assert (found.pairs, found.alignment(), found.wasted_hours) == ([], None, 0)


def test_unused_pairs_do_not_count_in_the_alignment(journey, stages, website, shop, meets, does):
    meets(channel=website)
    does(channel=website, hours_per_month=4)
    meets(channel=shop, **NOT)
    meets(1, channel=shop)
    found = gaps_of(journey)
    assert (found.alignment(stages[0]), found.alignment(stages[1])) == (100, 0)
    assert found.alignment(stages[2]) is None
    assert found.alignment() == 50


def test_what_has_no_stage_or_channel_is_told_and_not_counted(journey, meets, does, website):
    meets()
    does(None, title="Club", channel=website, hours_per_month=5)
    does(title="Talk", hours_per_month=3)
    found = gaps_of(journey)
    assert found.pairs == []
    assert [one.title for one in found.outside] == ["Talk", "Club"]
    assert found.touchpoints_without_channel == 1


def test_a_persona_has_what_is_hers_and_what_is_everybodys(
    nordlys, journey, website, shop, meets, by_bob
):
    karin, erik = (create_persona(nordlys, name=name, by=by_bob) for name in ("Karin", "Erik"))
    for persona in (karin, erik):
        attach_persona(journey, persona, by=by_bob)
    meets(channel=website, persona=karin)
    meets(channel=shop)
    assert len(pairs_of(journey)) == 2
    assert len(pairs_of(journey, Narrowed(persona_id=karin.pk))) == 2
    [left] = pairs_of(journey, Narrowed(persona_id=erik.pk))
    assert left.channel_id == shop.pk


def test_advice_follows_what_matters_and_what_it_takes(journey, stages, website, shop, meets, does):
    meets(0, channel=website, importance=5)
    does(0, channel=website, hours_per_month=2)
    meets(0, channel=shop, importance=1)
    does(0, channel=shop, hours_per_month=50)
    meets(1, channel=website, importance=3)
    does(1, channel=website, hours_per_month=20)
    does(1, channel=shop, hours_per_month=8)
    meets(2, channel=shop)
    meets(2, channel=website, **NOT)
    found = gaps_of(journey)
    advised = {
        (pair.stage_id, pair.channel_id): found.advice(pair).decision for pair in found.pairs
    }
    assert found.average_hours == 20
    assert advised == {
        (stages[0].pk, website.pk): "increase",
        (stages[0].pk, shop.pk): "drop",
        (stages[1].pk, website.pk): "keep",
        (stages[1].pk, shop.pk): "drop",
        (stages[2].pk, shop.pk): "start",
        (stages[2].pk, website.pk): "",
    }


def test_points_of_the_chart_lie_inside_it_and_apart(journey, website, shop, meets, does):
    for channel, hours in ((website, 30), (shop, 30)):
        meets(channel=channel, importance=4)
        does(channel=channel, hours_per_month=hours)
    does(1, channel=shop, hours_per_month=7)
    chart = chart_of(gaps_of(journey))
    assert [point.number for point in chart.points] == [1, 2, 3]
    assert len({(point.x, point.y) for point in chart.points}) == 3
    assert chart.points[0].y == chart.points[1].y < chart.points[2].y
    assert chart.points[2].x < chart.points[0].x
    assert all(chart.left < point.x < chart.right for point in chart.points)
    assert all(chart.top <= point.y <= chart.bottom for point in chart.points)


def test_other_boards_are_not_counted(journey, foreign_stage, foreign_channel, by_charlie):
    services.create_touchpoint(
        stage=foreign_stage, title="Secret", channel=foreign_channel, by=by_charlie
    )
    create_activity(
        foreign_stage.board.specific, title="Secret", stage=foreign_stage,
        channel=foreign_channel, by=by_charlie,
    )  # fmt: skip
    assert gaps_of(journey).pairs == []
    assert gaps_of(journey).activities == []


def test_many_touchpoints_take_the_same_queries(
    journey, stages, website, shop, django_assert_num_queries
):
    fill_both_sides(journey, list(stages[:3]), [website, shop], 5_000)
    with django_assert_num_queries(6):
        found = gaps_of(journey)
    assert len(found.pairs) == 6


# --- The page --------------------------------------------------------------------------------
def test_page_says_the_formula_and_the_verdicts(client_of, victor, journey, website, meets, does):
    meets(channel=website, importance=5)
    does(channel=website, hours_per_month=4)
    html = client_of(victor).get(url("gaps", journey)).content.decode()
    assert "Matches ÷ (matches + gaps + wastes)" in html
    assert "<strong>100 %</strong>" in html
    assert '<span class="verdict" data-verdict="match">Match</span>' in html
    assert '<svg class="effort-chart"' in html
    assert "hx-post" not in html


def test_page_is_narrowed_and_unknown_is_no_page(client_of, bob, journey, website, shop, meets):
    meets(0, channel=website)
    meets(2, channel=shop)
    client, address = client_of(bob), url("gaps", journey)
    assert "Street shop" not in client.get(address, {"period": "before"}).content.decode()
    assert client.get(address, {"period": "never"}).status_code == 404
    assert client.get(address, {"persona": "999999"}).status_code == 404


def test_deciding_is_written_with_its_reason_and_moves_the_mark(
    client_of, bob, journey, website, does
):
    made = does(channel=website)
    client, address = client_of(bob), url("activity_decide", journey, made.pk)
    sent = {"decision": "drop", "initial-decision": "", "decision_reason": ""}
    assert client.post(address, sent).status_code == 422
    sent |= {"decision_reason": "Nobody comes", "initial-decision_reason": ""}
    answer = client.post(address, sent, headers={"Board-View": "gaps"})
    version = Board.objects.get(pk=journey.pk).version
    assert f'<div id="gaps-mark" hidden data-at="{version}">' in answer.content.decode()
    assert f'hx-target="#gap-activity-{made.pk}"' in answer.content.decode()
    change = Change.objects.get(version=version, board=journey)
    assert change.after == {"decision": "drop", "decision_reason": "Nobody comes"}
    stored = Activity.objects.get(pk=made.pk)
    assert (stored.title, stored.channel) == ("Act", website)


def test_mark_moves_with_what_is_counted_and_not_with_comments(journey, stages, meets, by_bob):
    from collaboration.services import create_comment

    viewer = Viewer(Role.EDITOR, "en", view="gaps")
    since = Board.objects.get(pk=journey.pk).version
    create_comment(journey, target=stages[0], body="Really?", by=by_bob)
    board = Board.objects.get(pk=journey.pk)
    assert render_changes(board, since, viewer).html == ""
    meets()
    board = Board.objects.get(pk=journey.pk)
    assert 'id="gaps-mark"' in render_changes(board, board.version - 1, viewer).html


@pytest.mark.parametrize("name", ["inventory", "activities", "gaps", "priorities"])
def test_the_navigation_says_that_both_sides_belong_to_a_journey(client_of, bob, journey, name):
    html = client_of(bob).get(url(name, journey)).content.decode()
    assert '<a href="/" aria-current="true">' in html
