import re

import pytest
from django.urls import reverse

from journeys import services
from journeys.models import Journey, Persona


@pytest.fixture
def persona(nordlys, as_bob):
    return services.create_persona(nordlys, name="Mette", goals="Order", pains="Noise", by=as_bob)


def form_of(client, persona) -> dict[str, str]:
    """What the page's form would send when nothing was changed."""
    page = client.get(reverse("journeys:persona_edit", args=[persona.pk])).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(initial-\w+)" value="([^"]*)"', page))
    fields = ("name", "segment", "quote", "summary", "goals", "pains", "gains", "behaviours")
    return {**hidden, **{name: getattr(persona, name) for name in fields}, "colour": "1"}


def save(client, persona, data):
    return client.post(reverse("journeys:persona_edit", args=[persona.pk]), data)


def test_a_persona_is_made_once_however_often_the_form_is_sent(client_of, bob, nordlys):
    client = client_of(bob)
    data = {"name": "Jonas", "colour": "2", "idempotency_key": "one"}
    answers = {client.post(reverse("journeys:persona_new"), data)["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert [persona.name for persona in Persona.objects.all()] == ["Jonas"]


def test_a_journey_is_made_once_however_often_the_form_is_sent(client_of, bob, nordlys):
    client = client_of(bob)
    data = {"title": "Buying", "starter": "empty", "perspective": "current"}
    address = reverse("journeys:new")
    answers = [client.post(address, {**data, "idempotency_key": "one"}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Journey.objects.count() == 1


def test_two_people_who_change_different_fields_both_win(client_of, alice, bob, persona):
    seen = form_of(client_of(alice), persona)
    assert save(client_of(bob), persona, {**seen, "goals": "Calm"}).status_code == 302
    assert save(client_of(alice), persona, {**seen, "pains": "Chaos"}).status_code == 302
    persona.refresh_from_db()
    assert (persona.goals, persona.pains) == ("Calm", "Chaos")


def test_the_same_field_changed_by_two_gives_both_texts_back(client_of, alice, bob, persona):
    seen = form_of(client_of(alice), persona)
    save(client_of(bob), persona, {**seen, "goals": "Calm"})
    clash = save(client_of(alice), persona, {**seen, "goals": "Speed"})
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Calm" in page
    assert "Speed" in page
    persona.refresh_from_db()
    assert persona.goals == "Calm"


def test_a_form_with_faults_changes_no_board(client_of, bob, persona, journey, as_bob):
    services.attach_persona(journey, persona, by=as_bob)
    before = Journey.objects.get(pk=journey.pk).version
    answer = save(client_of(bob), persona, {"name": "", "colour": "1"})
    assert answer.status_code == 422
    assert Journey.objects.get(pk=journey.pk).version == before
