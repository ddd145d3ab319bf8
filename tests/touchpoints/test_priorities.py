"""Priorities: the formula, the weights, and what the page says."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys.models import Journey
from teams.access import actor_in
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from touchpoints import services
from touchpoints.activities import create_activity
from touchpoints.goals import create_goal, serve_goal
from touchpoints.models import PriorityWeights, Touchpoint
from touchpoints.priorities import priorities_of, save_weights, weights_of
from touchpoints.priority_page import priorities_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def rated(stages, by_bob):
    """By the usual weights 3, 3, 2, 2: 100 x (3 + 2.25 + 2 + 1) / 10 = 82.5; 30; 0; 30."""
    make = services.create_touchpoint
    make(
        stage=stages[1], title="Checkout", importance=5, satisfaction=2, moment_of_truth=True,
        our_importance=3, by=by_bob,
    )  # fmt: skip
    make(stage=stages[2], title="Newsletter", importance=5, satisfaction=5, by=by_bob)
    make(stage=stages[0], title="Leaflet", importance=1, by=by_bob)
    make(stage=stages[0], title="Price list", missing=True, satisfaction=5, by=by_bob)


def scores(journey):
    return [(one.rank, one.item.title, one.score) for one in priorities_of(journey)]


def page(journey):
    found = Journey.objects.get(pk=journey.pk)
    html = priorities_html(found, Viewer(Role.EDITOR, "en", view="priorities"))
    return f"<main>{html}</main>"


def test_ranked_by_the_formula_and_equal_ones_by_when_they_are_met(journey, rated):
    assert scores(journey) == [
        (1, "Checkout", pytest.approx(82.5)),
        (2, "Price list", pytest.approx(30)),
        (3, "Newsletter", pytest.approx(30)),
        (4, "Leaflet", 0),
    ]


def test_each_score_is_the_sum_of_its_parts_and_says_what_is_not_rated(journey, rated):
    first, *_others, last = priorities_of(journey)
    assert [(part.name, part.said, part.points) for part in first.parts] == [
        ("importance", "5 of 5", 30), ("dissatisfaction", "works 2 of 5", 22.5),
        ("moment", "yes", 20), ("goals", "3 of 5", 10),
    ]  # fmt: skip
    assert last.unrated == ["Dissatisfaction", "Contribution to our goals"]


def test_the_team_changes_the_weights_and_undo_takes_them_back(journey, rated, by_bob):
    save_weights(journey, importance=0, dissatisfaction=0, moment=0, goals=1, by=by_bob)
    assert scores(journey)[0] == (1, "Checkout", 50)
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=by_bob)
    assert weights_of(journey).pk is None
    assert scores(journey)[0][2] == pytest.approx(82.5)


def test_no_weight_at_all_is_no_score(journey, rated, by_bob):
    save_weights(journey, importance=0, dissatisfaction=0, moment=0, goals=0, by=by_bob)
    assert {score for _rank, _title, score in scores(journey)} == {0}


def test_database_refuses_a_weight_beyond_ten(journey, by_bob):
    with pytest.raises(IntegrityError, match="weights_not_above_ten"):
        save_weights(journey, importance=11, by=by_bob)


def test_viewer_changes_no_weights(nordlys, journey, victor):
    with pytest.raises(PermissionDenied):
        save_weights(journey, importance=1, by=actor_in(victor, nordlys))


def test_setting_weights_on_the_page(client_of, bob, journey, rated):
    address = reverse("touchpoints:weights", args=[journey.pk])
    sent = {"importance": "1", "dissatisfaction": "2", "moment": "3", "goals": "4"}
    answer = client_of(bob).post(address, sent, headers={"Board-View": "priorities"})
    assert 'hx-target="#priorities"' in answer.content.decode()
    assert str(PriorityWeights.objects.get()) == "1 : 2 : 3 : 4"
    assert client_of(bob).post(address, {**sent, "goals": "11"}).status_code == 422


def test_viewer_reads_the_formula_and_each_reason(client_of, victor, journey, rated):
    html = client_of(victor).get(reverse("touchpoints:priorities", args=[journey.pk]))
    html = html.content.decode()
    assert "Score = 100 × (weight × part, summed) ÷ (all weights)" in html
    assert "Dissatisfaction: works 2 of 5 → 22.5" in html
    assert "hx-get" not in html.split("<main")[1]


def test_the_page_with_its_pieces_is_the_page_reloaded(journey, rated, by_bob):
    before, since = page(journey), Board.objects.get(pk=journey.pk).version
    save_weights(journey, importance=9, by=by_bob)
    board = Board.objects.get(pk=journey.pk)
    viewer = Viewer(Role.EDITOR, "en", view="priorities")
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page(journey)))
    assert text_of(patched) != text_of(tree_of(before))


def test_what_is_not_rated_takes_what_an_activity_there_does_for_our_goals(
    journey, stages, rated, shop, by_bob, django_assert_num_queries
):
    leaflet = Touchpoint.objects.get(title="Leaflet")
    leaflet.channel = shop
    services.save_touchpoint(leaflet, by=by_bob)
    stand = create_activity(journey, title="Stand", stage=stages[0], channel=shop, by=by_bob)
    for text in ("First", "Second"):
        goal = create_goal(journey, side="business", text=text, by=by_bob)
    theirs = create_goal(journey, side="customer", text="Theirs", by=by_bob)
    serve_goal(stand, theirs, by=by_bob)
    assert scores(journey)[-1] == (4, "Leaflet", 0)
    serve_goal(stand, goal, by=by_bob)
    with django_assert_num_queries(4):
        last = priorities_of(journey)[-1]
    assert (last.score, last.parts[-1].value) == (10, 0.5)
    assert last.parts[-1].said == "an activity there serves our goal 2"
    rate = Touchpoint.objects.get(title="Leaflet")
    rate.our_importance = 1
    services.save_touchpoint(rate, by=by_bob)
    assert priorities_of(journey)[-1].parts[-1].value == 0


def test_weights_of_which_none_counts_are_refused(client_of, bob, journey):
    posted = dict.fromkeys(PriorityWeights.PARTS, "0")
    url = f"/journeys/{journey.pk}/priorities/weights/"
    response = client_of(bob).post(url, posted, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "At least one part has to count" in response.text
