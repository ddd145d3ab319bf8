import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from collaboration.limits import LimitReached
from collaboration.models import Change
from journeys import services
from journeys.models import Emotion, Journey, Lane, Note, Persona, Stage
from journeys.starters import STARTERS
from journeys.stepping import step_note
from teams.access import actor_in


def titles(journey):
    return [stage.title for stage in Stage.objects.filter(board=journey.pk).order_by("position")]


def texts(stage, lane):
    notes = Note.objects.filter(stage=stage, lane=lane).order_by("position")
    return [note.text for note in notes]


def test_seven_stages_are_there_in_order_with_their_periods(journey):
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    assert [(stage.title, stage.period) for stage in stages] == [
        ("Not active", "before"),
        ("Trigger", "before"),
        ("First interest", "before"),
        ("Active evaluation", "before"),
        ("Purchase decision", "during"),
        ("Customer experience", "after"),
        ("Loyalty", "after"),
    ]


def test_a_new_journey_is_one_edit(journey):
    assert journey.version == 1
    assert set(Change.objects.filter(board=journey).values_list("version", flat=True)) == {1}


def test_an_empty_journey_has_no_version_and_no_stages(nordlys, as_bob):
    journey = services.create_journey(nordlys, title="Empty", starter=STARTERS["empty"], by=as_bob)
    assert (journey.version, titles(journey)) == (0, [])


def test_viewer_cannot_create_a_journey(nordlys, victor):
    with pytest.raises(PermissionDenied):
        services.create_journey(
            nordlys, title="Mine", starter=STARTERS["empty"], by=actor_in(victor, nordlys)
        )
    assert not Journey.objects.exists()


@pytest.mark.parametrize("role", ["carol", "victor"])
def test_commenter_and_viewer_cannot_write_a_note(role, request, nordlys, stages, thinks):
    actor = actor_in(request.getfixturevalue(role), nordlys)
    with pytest.raises(PermissionDenied):
        services.create_note(stage=stages[0], lane=thinks, text="No", by=actor)
    assert texts(stages[0], thinks) == []


def test_a_stage_moved_before_another_takes_its_place(journey, stages, as_bob):
    services.move_stage(stages[6], before=stages[0], by=as_bob)
    assert titles(journey)[:2] == ["Loyalty", "Not active"]


def test_moving_a_stage_writes_one_row(journey, stages, as_bob):
    services.move_stage(stages[6], before=stages[0], by=as_bob)
    last = Change.objects.filter(board=journey, version=journey.version + 1)
    assert [(change.item_type, change.item_id) for change in last] == [("stage", stages[6].pk)]


def test_a_stage_moved_among_another_period_joins_it(journey, stages, as_bob):
    services.move_stage(stages[6], before=stages[1], by=as_bob)
    stages[6].refresh_from_db()
    assert stages[6].period == "before"


def test_a_deleted_stage_takes_its_notes_along(journey, stages, thinks, note, as_bob):
    services.delete_stage(stages[0], by=as_bob)
    assert not Note.objects.filter(pk=note.pk).exists()
    deleted = Change.objects.filter(board=journey, action="delete")
    assert {change.item_type for change in deleted} == {"stage", "note"}


def test_a_note_moves_up_and_down_in_its_cell(stages, thinks, as_bob):
    first, second, third = (
        services.create_note(stage=stages[0], lane=thinks, text=text, by=as_bob)
        for text in ("one", "two", "three")
    )
    step_note(third, direction="up", by=as_bob)
    assert texts(stages[0], thinks) == ["one", "three", "two"]
    step_note(Note.objects.get(pk=first.pk), direction="down", by=as_bob)
    assert texts(stages[0], thinks) == ["three", "one", "two"]
    assert second.pk


def test_a_note_moves_to_the_next_stage_and_stops_at_the_edge(stages, thinks, note, as_bob):
    step_note(note, direction="right", by=as_bob)
    assert texts(stages[1], thinks) == ["Do we need this?"]
    step_note(note, direction="left", by=as_bob)
    step_note(note, direction="left", by=as_bob)
    assert texts(stages[0], thinks) == ["Do we need this?"]


def test_a_note_goes_on_into_the_next_lane_of_notes_that_is_open(journey, stages, as_bob):
    """Below “says” there are the feelings and touchpoints, then “needs” and “pains”."""
    says, needs, pains = (
        Lane.objects.get(board=journey, kind=kind) for kind in ("says", "needs", "pains")
    )
    services.collapse_lane(needs, collapsed=True, by=as_bob)
    for text, lane in (("one", says), ("two", pains), ("three", pains)):
        services.create_note(stage=stages[0], lane=lane, text=text, by=as_bob)
    step_note(Note.objects.get(text="one"), direction="down", by=as_bob)
    assert (texts(stages[0], says), texts(stages[0], pains)) == ([], ["one", "two", "three"])
    step_note(Note.objects.get(text="two"), direction="up", by=as_bob)
    step_note(Note.objects.get(text="two"), direction="up", by=as_bob)
    assert (texts(stages[0], says), texts(stages[0], pains)) == (["two"], ["one", "three"])


def test_a_note_stays_where_the_map_ends(journey, stages, note, thinks, as_bob):
    services.delete_lane(Lane.objects.get(board=journey, kind="does"), by=as_bob)
    step_note(note, direction="up", by=as_bob)
    assert texts(stages[0], thinks) == ["Do we need this?"]


def test_a_feeling_is_recorded_once_a_stage(stages, as_bob):
    services.record_emotion(stages[0], persona=None, score=-2, by=as_bob)
    services.record_emotion(stages[0], persona=None, score=1, by=as_bob)
    assert [emotion.score for emotion in Emotion.objects.filter(stage=stages[0])] == [1]


def test_a_map_has_one_emotion_lane(journey, as_bob):
    with pytest.raises(LimitReached):
        services.create_lane(journey, kind="emotion", by=as_bob)
    assert Lane.objects.filter(board=journey.pk, kind="emotion").count() == 1


def test_a_persona_that_a_map_shows_is_not_deleted(nordlys, journey, as_bob):
    persona = services.create_persona(nordlys, name="Ida", by=as_bob)
    services.attach_persona(journey, persona, by=as_bob)
    with pytest.raises(LimitReached):
        services.delete_persona(persona, by=as_bob)
    services.detach_persona(journey, persona, by=as_bob)
    services.delete_persona(persona, by=as_bob)
    assert not Persona.objects.exists()


def test_changing_a_persona_redraws_the_journeys_that_show_it(nordlys, journey, as_bob):
    persona = services.create_persona(nordlys, name="Ida", by=as_bob)
    services.attach_persona(journey, persona, by=as_bob)
    before = Journey.objects.get(pk=journey.pk).version
    persona.name = "Ida Holm"
    services.change_persona(persona, by=as_bob)
    assert Journey.objects.get(pk=journey.pk).version == before + 1


def test_a_deleted_journey_comes_back_from_the_trash_with_its_notes(journey, note, as_bob):
    services.delete_journey(journey, by=as_bob)
    assert list(Journey.objects.alive()) == []
    services.restore_journey(journey, by=as_bob)
    assert list(Journey.objects.alive()) == [journey]
    assert Note.objects.filter(pk=note.pk).exists()


def test_a_starter_speaks_the_language_in_force(nordlys, as_bob):
    with translation.override("da"):
        journey = services.create_journey(
            nordlys, title="Rejse", starter=STARTERS["seven-stages"], by=as_bob
        )
    assert titles(journey)[-1] == "Loyalitet"
