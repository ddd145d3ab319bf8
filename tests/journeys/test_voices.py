"""Whose voice a note is: set in its form and its menu, only among the personas of the map."""

import pytest
from django.urls import reverse

from collaboration.editing import Refused
from collaboration.models import Board
from collaboration.undo import undo
from journeys import services
from journeys.models import JourneyPersona, Note, Persona


@pytest.fixture
def mette(journey, nordlys, as_bob):
    persona = services.create_persona(nordlys, name="Mette Friis", colour=3, by=as_bob)
    services.attach_persona(journey, persona, by=as_bob)
    return persona


@pytest.fixture
def stranger(nordlys, as_bob):
    """A persona of the workspace that this map does not show."""
    return services.create_persona(nordlys, name="Jonas", by=as_bob)


def address(name, note):
    return reverse(f"journeys:{name}", args=[note.board_id, note.pk])


def test_the_menu_offers_the_personas_of_the_map_and_nobody(client_of, bob, note, mette, stranger):
    page = client_of(bob).get(address("note_voice", note)).content.decode()
    assert "Mette Friis" in page
    assert "Jonas" not in page
    assert page.count('role="menuitemradio"') == 2


def test_a_voice_is_shown_by_initials_and_said_by_name(client_of, bob, note, mette):
    answer = client_of(bob).post(address("note_voice", note), {"persona": mette.pk})
    page = answer.content.decode()
    assert f'data-persona="{mette.pk}"' in page
    assert "Voice of Mette Friis" in page
    assert Note.objects.get(pk=note.pk).persona == mette


def test_a_voice_is_taken_back_by_an_empty_choice(client_of, bob, note, mette, as_bob):
    services.give_voice(note, mette, by=as_bob)
    assert client_of(bob).post(address("note_voice", note), {"persona": ""}).status_code == 200
    assert Note.objects.get(pk=note.pk).persona is None


@pytest.mark.parametrize("sent", ["0", "999999", "-1", "x", "9" * 40, "²"])
def test_what_is_no_persona_of_the_map_is_not_found(sent, client_of, bob, note, mette):
    assert client_of(bob).post(address("note_voice", note), {"persona": sent}).status_code == 404


def test_a_persona_that_the_map_does_not_show_has_no_voice_there(note, stranger, as_bob):
    with pytest.raises(Refused, match="does not show"):
        services.give_voice(note, stranger, by=as_bob)


def test_the_form_sets_text_and_voice_together(client_of, bob, note, mette):
    data = {"text": "Other words", "persona": mette.pk, "initial-persona": ""}
    assert client_of(bob).post(address("note_edit", note), data).status_code == 200
    note.refresh_from_db()
    assert (note.text, note.persona) == ("Other words", mette)


def test_the_form_of_a_map_without_personas_does_not_ask(client_of, bob, note):
    assert "persona" not in client_of(bob).get(address("note_edit", note)).content.decode()


def test_a_persona_taken_off_keeps_its_voice_for_when_it_comes_back(
    client_of, bob, journey, note, mette, as_bob
):
    services.give_voice(note, mette, by=as_bob)
    services.detach_persona(journey, mette, by=as_bob)
    page = client_of(bob).get(reverse("journeys:map", args=[journey.pk])).content.decode()
    assert "Voice of" not in page
    data = {"text": "Other words"}
    assert client_of(bob).post(address("note_edit", note), data).status_code == 200
    assert Note.objects.get(pk=note.pk).persona == mette


def test_deleting_a_persona_takes_its_voice_from_the_notes_first(journey, note, mette, as_bob):
    services.give_voice(note, mette, by=as_bob)
    services.detach_persona(journey, mette, by=as_bob)
    services.delete_persona(mette, by=as_bob)
    assert Note.objects.get(pk=note.pk).persona is None
    assert not Persona.objects.filter(pk=mette.pk).exists()


def test_giving_a_voice_can_be_undone(journey, note, mette, as_bob):
    services.give_voice(note, mette, by=as_bob)
    undo(journey, Board.objects.get(pk=journey.pk).version, by=as_bob)
    assert Note.objects.get(pk=note.pk).persona is None


def test_a_workspace_goes_with_notes_that_have_voices(nordlys, note, mette, as_bob):
    services.give_voice(note, mette, by=as_bob)
    nordlys.delete()
    assert not Note.objects.exists()
    assert not JourneyPersona.objects.exists()
