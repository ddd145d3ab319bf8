"""Feelings: given by a slider, explained in a form, read in a table."""

import pytest
from django.urls import reverse

from journeys import services
from journeys.models import Emotion


@pytest.fixture
def address(journey, stages):
    return reverse("journeys:emotion", args=[journey.pk, stages[0].pk])


@pytest.fixture
def mette(journey, nordlys, as_bob):
    persona = services.create_persona(nordlys, name="Mette", by=as_bob)
    services.attach_persona(journey, persona, by=as_bob)
    return persona


def test_a_slider_sets_the_score_and_keeps_the_reason(client_of, bob, stages, address, as_bob):
    services.record_emotion(stages[0], persona=None, score=-1, reason="Alone", by=as_bob)
    answer = client_of(bob).post(address, {"score": "2"})
    assert answer.status_code == 200
    assert 'hx-target="#emotion-curve"' in answer.content.decode()
    feeling = Emotion.objects.get()
    assert (feeling.score, feeling.reason) == (2, "Alone")


def test_an_empty_score_takes_the_feeling_away(client_of, bob, stages, address, as_bob):
    services.record_emotion(stages[0], persona=None, score=-1, reason="Alone", by=as_bob)
    assert client_of(bob).post(address, {"score": ""}).status_code == 200
    assert not Emotion.objects.exists()
    assert client_of(bob).post(address, {"score": ""}).status_code == 200


def test_a_reason_is_given_with_the_score(client_of, bob, mette, address):
    client = client_of(bob)
    form = client.get(address, {"persona": mette.pk, "at": "card-1-2", "region": "cell-1-2"})
    assert "Mette" in form.content.decode()
    seen = {"persona": mette.pk, "initial-score": "", "initial-reason": ""}
    answer = client.post(address, {**seen, "score": "-2", "reason": "Nobody answers"})
    assert answer.status_code == 200
    assert "Nobody answers" in answer.content.decode()
    feeling = Emotion.objects.get()
    assert (feeling.persona, feeling.score, feeling.reason) == (mette, -2, "Nobody answers")


def test_a_reason_needs_a_feeling(client_of, bob, address):
    answer = client_of(bob).post(address, {"score": "", "reason": "Nobody answers"})
    assert answer.status_code == 422
    assert "Nobody answers" in answer.content.decode()
    assert not Emotion.objects.exists()


def test_a_reason_is_not_longer_than_it_can_be_read(client_of, bob, address):
    assert client_of(bob).post(address, {"score": "1", "reason": "x" * 281}).status_code == 422


def test_case_1_two_people_giving_one_reason_both_keep_their_words(client_of, alice, bob, address):
    seen = {"initial-score": "", "initial-reason": "", "score": "1"}
    first = client_of(bob).post(address, {**seen, "reason": "Bob's words"})
    second = client_of(alice).post(address, {**seen, "reason": "Alice's words"})
    assert (first.status_code, second.status_code) == (200, 409)
    page = second.content.decode()
    assert "Bob&#x27;s words" in page
    assert "Alice&#x27;s words" in page
    assert Emotion.objects.get().reason == "Bob's words"


def test_nothing_changed_puts_back_what_the_form_stood_for(client_of, bob, stages, address):
    region = f"feelings-{stages[0].pk}"
    answer = client_of(bob).post(address, {"score": "", "reason": "", "region": region})
    assert answer.status_code == 200
    assert f'hx-target="#{region}"' in answer.content.decode()


@pytest.mark.parametrize("field", ["at", "region"])
def test_an_element_that_cannot_be_one_is_not_found(field, client_of, bob, address):
    answer = client_of(bob).get(address, {field: '"><script>'})
    assert answer.status_code == 404


def test_case_56_a_persona_of_another_map_is_not_found(client_of, bob, nordlys, as_bob, address):
    elsewhere = services.create_persona(nordlys, name="Jonas", by=as_bob)
    data = {"score": "1", "persona": elsewhere.pk}
    assert client_of(bob).post(address, data).status_code == 404
    assert client_of(bob).get(address, {"persona": elsewhere.pk}).status_code == 404


def test_the_table_says_who_feels_what_and_why(client_of, victor, journey, stages, mette, as_bob):
    services.record_emotion(stages[0], persona=mette, score=-2, reason="No time", by=as_bob)
    page = client_of(victor).get(reverse("journeys:feelings", args=[journey.pk])).content.decode()
    for words in ("Mette", "Very bad", "No time", "Not known yet", "Loyalty"):
        assert words in page
    assert "hx-post" not in page


@pytest.mark.parametrize("personas", [1, 4])
def test_the_table_costs_the_same_queries_whatever_is_in_it(
    personas, client_of, bob, journey, nordlys, stages, as_bob, django_assert_num_queries
):
    for number in range(personas):
        persona = services.create_persona(nordlys, name=f"P{number}", by=as_bob)
        services.attach_persona(journey, persona, by=as_bob)
        for stage in stages:
            services.record_emotion(stage, persona=persona, score=1, reason="So", by=as_bob)
    client = client_of(bob)
    address = reverse("journeys:feelings", args=[journey.pk])
    client.get(address)
    with django_assert_num_queries(13):
        client.get(address)


def test_a_sixth_persona_is_refused_in_words(client_of, bob, journey, nordlys, as_bob):
    for number in range(6):
        persona = services.create_persona(nordlys, name=f"P{number}", by=as_bob)
        address = reverse("journeys:persona_attach", args=[journey.pk, persona.pk])
        answer = client_of(bob).post(address, {"attached": "1"})
    assert answer.status_code == 409
    assert "A map shows at most 5 personas." in answer.content.decode()
