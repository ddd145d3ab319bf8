"""The library beside a map: what lies there, and putting it into the cells."""

import pytest
from django.urls import reverse

from collaboration.undo import undo
from insights import services
from insights.models import Evidence
from insights.placing import place_insight
from journeys.models import Lane, Note
from journeys.services import create_note
from touchpoints.services import create_touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(journey):
    return reverse("insights:shelf", args=[journey.pk])


@pytest.fixture
def does(journey):
    return Lane.objects.get(board=journey.pk, kind="does")


@pytest.fixture
def elsewhere(nordlys, by_bob, stages):
    """Another map of the workspace, with an insight of its own."""
    from journeys.services import create_journey
    from journeys.starters import STARTERS

    starter = STARTERS["before-during-after"]
    other = create_journey(nordlys, title="Another map", starter=starter, by=by_bob)
    insight = services.create_insight(nordlys, quote="On the other map", by=by_bob)
    services.attach_insight(insight, stage=first_stage(other), by=by_bob)
    return insight


def first_stage(journey):
    from journeys.models import Stage

    return Stage.objects.filter(board=journey.pk).order_by("position").first()


def place(client, journey, insight, **data):
    return client.post(reverse("insights:place", args=[journey.pk, insight.pk]), data)


def test_at_first_it_shows_what_is_on_no_map(
    client_of, bob, nordlys, by_bob, address, evidence, elsewhere, foreign_insight
):
    services.create_insight(nordlys, quote="Still in the inbox", by=by_bob)
    client = client_of(bob)
    quotes = ("typed my card", "On the other map", "Still in the inbox", "Nobody may read")
    for part, expected in (
        ("", {"Still in the inbox"}),
        ("new", {"Still in the inbox", "On the other map"}),
        ("all", {"Still in the inbox", "On the other map", "typed my card"}),
    ):
        html = client.get(address, {"part": part}).content.decode()
        assert {quote for quote in quotes if quote in html} == expected, part


def test_its_queries_are_constant(client_of, bob, nordlys, by_bob, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = client_of(bob), []
    for number in (1, 15):
        for one in range(number):
            services.create_insight(nordlys, quote=f"Quote {number} {one}", by=by_bob)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_in_a_lane_of_notes_it_becomes_a_note_that_rests_on_it(
    client_of, bob, journey, stages, does, insight
):
    client = client_of(bob)
    response = place(client, journey, insight, stage=stages[0].pk, place=f"lane-{does.pk}")
    assert response.status_code == 200
    note = Note.objects.get(stage=stages[0], lane=does)
    assert note.text == insight.quote
    evidence = Evidence.objects.get()
    assert (evidence.note, evidence.stance) == (note, "supports")
    html = response.content.decode()
    assert f'hx-target="#cell-{stages[0].pk}-{does.pk}"' in html
    assert 'hx-target="#shelf-results"' in html
    assert "I typed my card number" not in html.split('id="shelf-results"')[1]


def test_on_a_note_it_takes_the_stance_that_was_chosen(
    client_of, bob, journey, stages, does, insight, by_bob
):
    note = create_note(stage=stages[2], lane=does, text="Pays at once", by=by_bob)
    place(client_of(bob), journey, insight, place=f"note-{note.pk}", stance="contradicts")
    evidence = Evidence.objects.get()
    assert (evidence.note, evidence.stage, evidence.stance) == (note, stages[2], "contradicts")


def test_on_a_touchpoint_and_on_the_stage_as_a_whole(
    client_of, bob, journey, stages, insight, by_bob
):
    touchpoint = create_touchpoint(stage=stages[1], title="Checkout", by=by_bob)
    client = client_of(bob)
    place(client, journey, insight, place=f"touchpoint-{touchpoint.pk}")
    place(client, journey, insight, stage=stages[0].pk, place="")
    found = Evidence.objects.order_by("pk").values_list("stage", "touchpoint", "note")
    assert list(found) == [(stages[1].pk, touchpoint.pk, None), (stages[0].pk, None, None)]


def test_a_map_that_shows_no_insights_gets_their_lane_and_undo_takes_both(
    journey, stages, lane, insight, by_bob
):
    from journeys.services import delete_lane

    delete_lane(lane, by=by_bob)
    place_insight(insight, stage=stages[0], by=by_bob)
    assert Lane.objects.filter(board=journey.pk, kind="insights").count() == 1
    journey.refresh_from_db()
    undo(journey, journey.version, by=by_bob)
    assert not Lane.objects.filter(board=journey.pk, kind="insights").exists()
    assert not Evidence.objects.exists()


def test_the_same_once_more_is_refused_in_words(client_of, bob, journey, stages, evidence, insight):
    response = place(client_of(bob), journey, insight, stage=evidence.stage_id, place="")
    assert response.status_code == 409
    assert "shows this insight already" in response.content.decode()
    assert Evidence.objects.count() == 1


def test_places_are_those_of_the_stage_that_is_asked_for(
    client_of, bob, journey, stages, does, insight, by_bob
):
    for stage, words in ((stages[0], "In the first"), (stages[1], "In the second")):
        create_note(stage=stage, lane=does, text=words, by=by_bob)
    address = reverse("insights:place", args=[journey.pk, insight.pk])
    html = client_of(bob).get(address, {"stage": stages[1].pk}).content.decode()
    assert "In the second" in html
    assert "In the first" not in html


def test_the_lane_that_was_chosen_stays_chosen_when_another_stage_is(
    client_of, bob, journey, stages, insight, by_bob
):
    place_insight(insight, stage=stages[0], by=by_bob)
    lane = Lane.objects.get(board=journey, kind="insights")
    address = reverse("insights:place", args=[journey.pk, insight.pk])
    asked = {"stage": stages[1].pk, "place": f"lane-{lane.pk}"}
    html = client_of(bob).get(address, asked).content.decode()
    assert f'<option value="lane-{lane.pk}" selected>' in html
    assert html.count(" selected") == 2


def test_what_is_not_there_is_not_found(
    client_of, bob, victor, journey, stages, insight, foreign_insight, foreign_stage
):
    client = client_of(bob)
    assert place(client, journey, foreign_insight, stage=stages[0].pk).status_code == 404
    assert place(client, journey, insight, stage=foreign_stage.pk).status_code == 404
    assert place(client, journey, insight, place="note-0").status_code == 404
    assert place(client, journey, insight, stage=stages[0].pk, stance="x").status_code == 404
    assert place(client_of(victor), journey, insight, stage=stages[0].pk).status_code == 403
    assert not Evidence.objects.exists()
