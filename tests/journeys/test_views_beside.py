"""Two personas side by side."""

import pytest
from django.urls import reverse

from journeys import services
from journeys.beside import beside


@pytest.fixture
def people(journey, nordlys, as_bob):
    made = [services.create_persona(nordlys, name=name, by=as_bob) for name in ("Mette", "Jonas")]
    for persona in made:
        services.attach_persona(journey, persona, by=as_bob)
    return made


@pytest.fixture
def felt(stages, people, as_bob):
    mette, jonas = people
    for stage, score, other in ((0, 1, 0), (1, -2, 2), (2, 1, 1), (3, 0, None)):
        services.record_emotion(
            stages[stage], persona=mette, score=score, reason=f"M{stage}", by=as_bob
        )
        if other is not None:
            services.record_emotion(stages[stage], persona=jonas, score=other, by=as_bob)


def url(journey):
    return reverse("journeys:compare_personas", args=[journey.pk])


def test_the_largest_difference_comes_first(journey, people, felt):
    found = beside(journey, *people)
    assert [(row.stage.title, row.apart) for row in found.furthest_apart] == [
        ("Trigger", 4),
        ("Not active", 1),
    ]
    assert [row.number for row in found.stages] == list(range(1, 8))


def test_the_page_shows_both_with_reasons_and_their_own_notes(
    client_of, victor, journey, stages, thinks, people, felt, as_bob
):
    mette, jonas = people
    for persona, text in ((mette, "Mette's thought"), (jonas, "Jonas's thought"), (None, "Theirs")):
        note = services.create_note(stage=stages[0], lane=thinks, text=text, by=as_bob)
        if persona:
            services.give_voice(note, persona, by=as_bob)
    page = client_of(victor).get(url(journey)).content.decode()
    for words in ("M1", "Mette&#x27;s thought", "Jonas&#x27;s thought", "4 steps apart"):
        assert words in page
    assert "Theirs" not in page
    assert "?persona=" not in page


def test_left_and_right_are_chosen_in_the_address(client_of, bob, journey, people, felt):
    mette, jonas = people
    page = client_of(bob).get(url(journey), {"left": jonas.pk, "right": mette.pk}).content.decode()
    first = page.split('class="beside-name"')[1]
    assert "Jonas" in first
    assert f"?persona={jonas.pk}" in first


def test_case_56_a_persona_that_is_not_on_the_map_is_not_found(
    client_of, bob, journey, people, nordlys, as_bob
):
    elsewhere = services.create_persona(nordlys, name="Karin", by=as_bob)
    for wrong in (elsewhere.pk, "x", 10**20):
        assert client_of(bob).get(url(journey), {"left": wrong}).status_code == 404


def test_with_fewer_than_two_the_page_says_what_to_do(client_of, bob, journey):
    answer = client_of(bob).get(url(journey))
    assert answer.status_code == 200
    assert "Put two personas on the map" in answer.content.decode()
