"""What a library page answers when a journey or a source goes at that very moment."""

import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from journeys.services import delete_journey
from tests.collaboration.scenes import threads

pytestmark = pytest.mark.django_db(transaction=True)


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.fixture
def posted_meanwhile():
    """`posted_meanwhile(write, post)`: the post waits for the write's lock, then goes on."""

    def run(write, post):
        answers, may_start = [], threading.Event()

        def second():
            may_start.wait(10)
            answers.append(post())

        with threads(second), transaction.atomic():
            write()
            may_start.set()
            while not somebody_waits_for_a_lock():
                assert not answers
        return answers[0]

    return run


def test_an_insight_put_on_a_journey_that_is_being_deleted_is_404(
    client_of, bob, by_bob, insight, journey, stages, posted_meanwhile
):
    address = reverse("insights:insight_attach", args=[insight.pk])
    client = client_of(bob)
    answer = posted_meanwhile(
        lambda: delete_journey(journey, by=by_bob),
        lambda: client.post(address, {"stage": stages[0].pk}),
    )
    assert answer.status_code == 404


def test_an_insight_of_a_source_that_is_being_deleted_keeps_its_words(
    client_of, bob, by_bob, nordlys, posted_meanwhile
):
    from insights.services import create_source, delete_source

    source = create_source(nordlys, name="A survey", kind="survey", by=by_bob)
    client = client_of(bob)
    words = {"kind": "need", "quote": "Call me back today", "source": source.pk}
    answer = posted_meanwhile(
        lambda: delete_source(source, by=by_bob),
        lambda: client.post(reverse("insights:insight_new"), words),
    )
    assert answer.status_code in {409, 422}
    assert "Call me back today" in answer.content.decode()
