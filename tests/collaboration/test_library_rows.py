"""Rows of the library that boards refer to: they go only through the boards' own door."""

from collaboration.models import Change
from journeys import services
from journeys.models import Emotion, Persona


def test_persona_that_was_taken_off_goes_with_what_it_felt(journey, stage, bob, acting):
    by = acting(bob)
    persona = services.create_persona(journey.workspace, name="Mette", by=by)
    services.attach_persona(journey, persona, by=by)
    services.record_emotion(stage, persona=persona, score=1, by=by)
    services.detach_persona(journey, persona, by=by)
    services.delete_persona(persona, by=by)
    assert not Persona.objects.exists()
    assert not Emotion.objects.exists()
    last = Change.objects.filter(board=journey).latest("pk")
    assert (last.action, last.item_type, last.actor) == ("delete", "emotion", bob)
