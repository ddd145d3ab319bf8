"""Undo and redo: history only grows, and what others did since is never lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaboration.limits import LimitReached
from collaboration.models import Board, Change, Comment
from collaboration.ordering import positions
from collaboration.undo import UndoConflict, next_redo, next_undo, undo
from journeys.models import JourneyPersona, Note, Persona, Stage
from tests.collaboration.scenes import OLGA, added_note, at_most


@pytest.fixture
def by(bob, acting):
    return acting(bob)


def renamed(journey, stage, title, by):
    with journey.editing(by=by):
        fresh = Stage.objects.get(pk=stage.pk)
        fresh.title = title
        fresh.save()
    return journey.version


def back(journey, by):
    return undo(journey, next_undo(journey, by.user), by=by)


def forth(journey, by):
    return undo(journey, next_redo(journey, by.user), by=by)


def title(stage):
    return Stage.objects.get(pk=stage.pk).title


def test_undo_puts_back_and_redo_does_again(journey, stage, by):
    renamed(journey, stage, "See", by)
    renamed(journey, stage, "Look", by)
    steps = []
    for step in (back, back, forth, forth, back):
        step(journey, by)
        steps.append(title(stage))
    assert steps == ["See", "Notice", "See", "Look", "See"]
    assert list(
        Change.objects.filter(board=journey, version__gt=1).values_list("version", "undoes")
    ) == [(2, None), (3, None), (4, 3), (5, 2), (6, 5), (7, 4), (8, 7)]


def test_new_edit_ends_what_could_be_done_again(journey, stage, bob, by):
    renamed(journey, stage, "See", by)
    back(journey, by)
    assert next_redo(journey, bob) == 3
    renamed(journey, stage, "Look", by)
    assert next_redo(journey, bob) is None


def test_undo_is_of_ones_own_edits_alone(journey, stage, alice, bob, acting):
    renamed(journey, stage, "See", acting(bob))
    renamed(journey, stage, "Look", acting(alice))
    assert (next_undo(journey, bob), next_undo(journey, alice)) == (2, 3)


def test_undo_of_a_deleted_stage_brings_its_notes_back_with_their_ids(journey, stage, lane, by):
    notes = [added_note(journey, stage, lane, text, by) for text in "AB"]
    was = list(Note.objects.values("pk", "text", "position", "created_at"))
    with journey.editing(by=by):
        stage.delete()
    assert not Note.objects.exists()
    back(journey, by)
    assert list(Note.objects.order_by("pk").values("pk", "text", "position", "created_at")) == was
    assert {note.stage_id for note in Note.objects.all()} == {notes[0].stage_id}
    forth(journey, by)
    assert not Stage.objects.filter(pk=notes[0].stage_id).exists()


def test_case_10_undo_while_another_edits_the_same_text_is_refused(
    journey, stage, alice, bob, acting
):
    renamed(journey, stage, "See", acting(bob))
    renamed(journey, stage, "Look", acting(alice))
    with pytest.raises(UndoConflict, match="Alice has changed this since: “Title” is now “Look”"):
        undo(journey, 2, by=acting(bob))
    assert title(stage) == "Look"
    assert Board.objects.get(pk=journey.pk).version == 3


def test_case_10_undo_while_another_edits_another_field_keeps_both(
    journey, stage, alice, bob, acting
):
    renamed(journey, stage, "See", acting(bob))
    with journey.editing(by=acting(alice)):
        fresh = Stage.objects.get(pk=stage.pk)
        fresh.situation = "On the train"
        fresh.save()
    undo(journey, 2, by=acting(bob))
    stage.refresh_from_db()
    assert (stage.title, stage.situation) == ("Notice", "On the train")


def test_added_item_stays_when_somebody_has_worked_on_it(journey, alice, lane, bob, acting):
    with journey.editing(by=acting(bob)):
        stage = Stage(board=journey, title="Decide")
        stage.place()
        stage.save()
    added_note(journey, stage, lane, "Asks", acting(alice))
    with pytest.raises(UndoConflict, match="so it stays"):
        back(journey, acting(bob))
    assert Stage.objects.filter(pk=stage.pk).exists()


def test_changed_item_that_was_deleted_is_said_so(journey, stage, alice, bob, acting):
    renamed(journey, stage, "See", acting(bob))
    with journey.editing(by=acting(alice)):
        Stage.objects.get(pk=stage.pk).delete()
    with pytest.raises(UndoConflict, match="Alice has deleted it since"):
        back(journey, acting(bob))


def test_deleted_note_does_not_come_back_into_a_stage_that_is_gone(
    journey, stage, note, alice, bob, acting
):
    with journey.editing(by=acting(bob)):
        note.delete()
    with journey.editing(by=acting(alice)):
        stage.delete()
    with pytest.raises(UndoConflict, match="The place it belongs to"):
        back(journey, acting(bob))


def test_item_whose_position_was_taken_comes_back_behind_it(journey, stage, lane, by):
    first = added_note(journey, stage, lane, "First", by)
    with journey.editing(by=by):
        first.delete()
    version = journey.version
    added_note(journey, stage, lane, "Second", by)
    undo(journey, version, by=by)
    assert [note.text for note in Note.objects.order_by("position")] == ["Second", "First"]


def test_unique_place_that_was_taken_is_a_conflict_in_words(journey, nordlys, by):
    persona = Persona.objects.create(workspace=nordlys, name="Mette")
    with journey.editing(by=by):
        link = JourneyPersona(board=journey, persona=persona)
        link.save()
    with journey.editing(by=by):
        link.delete()
    with journey.editing(by=by):
        JourneyPersona(board=journey, persona=persona).save()
    with pytest.raises(UndoConflict, match="taken its place"):
        undo(journey, 3, by=by)
    assert JourneyPersona.objects.count() == 1


def test_nothing_is_taken_back_twice(journey, stage, lane, by):
    added_note(journey, stage, lane, "Once", by)
    undo(journey, 2, by=by)
    with pytest.raises(UndoConflict, match="nothing left"):
        undo(journey, 2, by=by)
    assert Board.objects.get(pk=journey.pk).version == 3


def test_edit_that_somebody_else_took_back_is_not_offered_again(journey, stage, alice, bob, acting):
    renamed(journey, stage, "See", acting(bob))
    renamed(journey, stage, "Look", acting(bob))
    undo(journey, 3, by=acting(alice))
    assert (next_undo(journey, bob), next_redo(journey, bob)) == (2, None)
    assert next_undo(journey, alice) == 4


def test_comments_and_touches_are_never_taken_back(journey, stage, bob, by):
    with journey.editing(by=by) as edit:
        Comment(board=journey, target_type="stage", target_id=stage.pk, body="?").save()
        edit.touch(stage)
    assert next_undo(journey, bob) is None
    with pytest.raises(UndoConflict):
        undo(journey, journey.version, by=by)
    assert Comment.objects.count() == 1


def test_what_can_be_undone_is_one_query(journey, stage, bob, by, django_assert_num_queries):
    from collaboration.undo import next_steps

    for number in range(5):
        renamed(journey, stage, f"See {number}", by)
    with django_assert_num_queries(1):
        assert next_steps(journey, bob) == (6, None)


def test_the_making_of_a_map_is_not_offered_to_undo(nordlys, bob, by):
    from journeys.services import create_journey, create_stage
    from journeys.starters import STARTERS

    made = create_journey(nordlys, title="New", starter=STARTERS["seven-stages"], by=by)
    assert next_undo(made, bob) is None
    with pytest.raises(UndoConflict, match="how it was made"):
        undo(made, made.version, by=by)
    empty = create_journey(nordlys, title="Empty", starter=STARTERS["empty"], by=by)
    create_stage(empty, title="First", by=by)
    assert next_undo(empty, bob) == empty.version
    back(empty, by)
    assert Stage.objects.filter(board=made).count() == 7


def test_undo_brings_back_no_second_lane_of_feelings(nordlys, by):
    from journeys.models import Lane
    from journeys.services import create_journey, create_lane, delete_lane
    from journeys.starters import STARTERS

    journey = create_journey(nordlys, title="New", starter=STARTERS["seven-stages"], by=by)
    delete_lane(Lane.objects.get(board=journey, kind="emotion"), by=by)
    version = Board.objects.get(pk=journey.pk).version
    create_lane(journey, kind="emotion", by=by)
    with pytest.raises(UndoConflict, match="taken its place"):
        undo(journey, version, by=by)
    assert Lane.objects.filter(board=journey, kind="emotion").count() == 1


def test_undo_fills_no_cell_beyond_what_it_may_hold(journey, stage, lane, note, by):
    with journey.editing(by=by):
        note.delete()
    version = journey.version
    with journey.editing(by=by) as edit:
        edit.create(
            Note(board_id=journey.pk, stage=stage, lane=lane, text="x", position=f"b{number:03}")
            for number in range(100)
        )
    with pytest.raises(UndoConflict, match="at most 100"):
        undo(journey, version, by=by)
    assert Note.objects.count() == 100


def test_what_was_taken_back_already_is_not_taken_back_again(journey, stage, by):
    version = renamed(journey, stage, "See", by)
    undo(journey, version, by=by)
    with pytest.raises(UndoConflict, match="Bob has changed this since: “Title” is now “Notice”"):
        undo(journey, version, by=by)


def test_what_others_moved_or_emptied_is_said(journey, stage, lane, note, alice, by, acting):
    with journey.editing(by=by):
        fresh = Stage.objects.get(pk=stage.pk)
        fresh.situation = "At work"
        fresh.save()
    version = journey.version
    with journey.editing(by=acting(alice)):
        fresh.situation = ""
        fresh.save()
    with pytest.raises(UndoConflict, match="Alice has changed this since: “Situation” is empty"):
        undo(journey, version, by=by)


def test_undo_brings_back_no_sixth_persona(journey, nordlys, bob, by):
    from journeys.models import JourneyPersona
    from journeys.services import attach_persona, create_persona, detach_persona

    people = [create_persona(nordlys, name=f"P{number}", by=by) for number in range(6)]
    for person in people[:5]:
        attach_persona(journey, person, by=by)
    detach_persona(journey, people[0], by=by)
    attach_persona(journey, people[5], by=OLGA)
    with pytest.raises(UndoConflict, match="at most 5 personas"):
        undo(journey, next_undo(journey, bob), by=by)
    assert JourneyPersona.objects.filter(board=journey).count() == 5


def test_a_refused_undo_of_what_no_longer_fits_lets_the_next_go_on(
    journey, stage, lane, client_of, bob, by, monkeypatch
):
    first = added_note(journey, stage, lane, "First", by)
    second = added_note(journey, stage, lane, "Second", by)
    with journey.editing(by=by):
        second.delete()
    at_most(monkeypatch, Note, 1)
    client, address = client_of(bob), reverse("collaboration:undo", args=[journey.pk])
    assert "at most 1 notes" in client.post(address).content.decode()
    assert client.post(address).status_code == 409
    assert client.post(address).status_code == 200
    assert not Note.objects.filter(pk=first.pk).exists()


def test_moving_into_a_full_cell_is_refused_in_the_same_words(
    journey, stage, lane, by, monkeypatch
):
    from journeys.services import move_note

    there = Stage.objects.filter(board=journey).exclude(pk=stage.pk).get()
    added_note(journey, there, lane, "There", by)
    note = added_note(journey, stage, lane, "Here", by)
    at_most(monkeypatch, Note, 1)
    with pytest.raises(LimitReached, match="at most 1 notes"):
        move_note(note, stage=there, lane=lane, by=by)
    assert Note.objects.filter(stage=stage).count() == 1


def many_notes(journey, stage, lane, count, by):
    with journey.editing(by=by) as edit:
        return edit.create(
            Note(board_id=journey.pk, stage=stage, lane=lane, text=place, position=place)
            for place in positions(count)
        )


def deleted(journey, notes, by):
    with journey.editing(by=by) as edit:
        edit.delete_all(notes)


def moved(journey, notes, by):
    there = Stage.objects.filter(board=journey).exclude(pk=notes[0].stage_id).get()
    with journey.editing(by=by):
        for note in notes:
            note.stage = there
            note.save()


@pytest.mark.parametrize("act", [deleted, moved, lambda journey, notes, by: None])
def test_the_undo_of_a_large_edit_costs_no_more_queries_than_that_of_a_small_one(
    act, journey, stage, lane, by
):
    counts = []
    for count in (3, 60):
        notes = many_notes(journey, stage, lane, count, by)
        before = sorted(Note.objects.values_list("pk", "stage", "lane", "position", "text"))
        act(journey, notes, by)
        version = journey.version
        with CaptureQueriesContext(connection) as queries:
            undo(journey, version, by=by)
        counts.append(len(queries))
        present = sorted(Note.objects.values_list("pk", "stage", "lane", "position", "text"))
        if Note.objects.exists():
            assert present == before
            deleted(journey, list(Note.objects.all()), by)
        taken = Change.objects.filter(board=journey, undoes=version)
        assert taken.count() == count
    assert counts[0] == counts[1]


def test_the_undo_of_a_large_edit_steps_aside_where_places_are_taken(journey, stage, lane, by):
    notes = many_notes(journey, stage, lane, 4, by)
    deleted(journey, notes, by)
    version = journey.version
    many_notes(journey, stage, lane, 2, by)
    undo(journey, version, by=by)
    assert Note.objects.count() == 6
    assert Note.objects.filter(pk__in=[note.pk for note in notes]).count() == 4


def test_one_of_many_that_was_changed_since_refuses_the_whole_undo(journey, stage, lane, by):
    notes = many_notes(journey, stage, lane, 4, by)
    moved(journey, notes, by)
    version = journey.version
    with journey.editing(by=OLGA):
        note = Note.objects.get(pk=notes[2].pk)
        note.stage = stage
        note.save()
    with pytest.raises(UndoConflict, match="Olga"):
        undo(journey, version, by=by)
    assert Note.objects.filter(stage=stage).count() == 1
