"""Going back to an old version: one new edit, undone at once, and nobody's work lost."""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from collaboration.editing import Refused
from collaboration.models import Board, Change, Snapshot
from collaboration.restoring import alone, restore, with_company
from collaboration.undo import next_undo, undo
from journeys.models import Emotion, JourneyPersona, Lane, Note, Persona, Stage
from tests.collaboration.scenes import added_note
from tests.collaboration.test_core_properties import OneEditor, snapshot


@pytest.fixture
def by(bob, acting):
    return acting(bob)


def written(item, board, by, **values):
    with board.editing(by=by):
        fresh = type(item).objects.get(pk=item.pk)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()


def texts(journey):
    return [note.text for note in Note.objects.filter(board=journey).order_by("pk")]


def test_everything_goes_back_as_one_edit_and_one_undo(journey, stage, lane, note, by):
    was, version = snapshot(journey), journey.version
    added_note(journey, stage, lane, "Asks", by)
    written(note, journey, by, text="Reads two")
    with journey.editing(by=by):
        stage.delete()
    written(journey, journey, by, title="Other")
    between, last = snapshot(journey), journey.version
    done = restore(journey, version, by=by)
    assert snapshot(journey) == was
    assert done.edit.version == last + 1 == Board.objects.get(pk=journey.pk).version
    assert done.left_out == []
    assert next_undo(journey, by.user) == last + 1
    undo(journey, last + 1, by=by)
    assert snapshot(journey) == between


def test_case_10_going_back_never_rewrites_the_history(journey, note, by):
    written(note, journey, by, text="Two")
    rows = list(Change.objects.order_by("pk").values())
    restore(journey, 2, by=by)
    assert list(Change.objects.order_by("pk").values())[: len(rows)] == rows


def test_what_is_there_now_is_saved_first(journey, note, by):
    written(note, journey, by, text="Two")
    done = restore(journey, 2, label="Before the workshop", by=by)
    saved = Snapshot.objects.get()
    assert (saved.pk, saved.version, saved.automatic) == (done.snapshot.pk, 3, True)
    assert "Before the workshop" in saved.label
    restore(journey, saved.version, by=by)
    assert texts(journey) == ["Two"]


def test_what_is_already_so_is_said_and_saves_nothing(journey, note, by):
    with pytest.raises(Refused, match="already like that"):
        restore(journey, journey.version, by=by)
    assert not Snapshot.objects.exists()
    assert Board.objects.get(pk=journey.pk).version == 2


def test_case_59_a_viewer_cannot_go_back(journey, note, victor, carol, acting, by):
    written(note, journey, by, text="Two")
    for person in (victor, carol):
        with pytest.raises(PermissionDenied):
            restore(journey, 2, by=acting(person))
    assert texts(journey) == ["Two"]


def test_one_item_goes_back_and_others_stay(journey, stage, lane, note, by):
    other = added_note(journey, stage, lane, "Asks", by)
    version = journey.version
    written(note, journey, by, text="Changed")
    written(other, journey, by, text="Changed too")
    restore(journey, version, choose=alone(("note", note.pk)), by=by)
    assert texts(journey) == ["Reads a review", "Changed too"]


def test_a_deleted_stage_comes_back_with_what_was_in_it(journey, stage, note, by):
    was, version = snapshot(journey), journey.version
    with journey.editing(by=by):
        Stage.objects.get(pk=stage.pk).delete()
    restore(journey, version, choose=alone(("stage", stage.pk)), by=by)
    assert snapshot(journey) == was


def test_a_stage_goes_back_with_its_notes_and_gives_back_what_it_took(
    journey, stage, lane, note, by
):
    second = Stage.objects.filter(board=journey).order_by("position").last()
    moved = added_note(journey, second, lane, "From elsewhere", by)
    version = journey.version
    with journey.editing(by=by):
        moved.stage = Stage.objects.get(pk=stage.pk)
        moved.place()
        moved.save()
    written(stage, journey, by, title="Renamed")
    written(second, journey, by, title="Also renamed")
    added_note(journey, stage, lane, "New", by)
    restore(journey, version, choose=with_company(("stage", stage.pk)), by=by)
    held = Note.objects.filter(board=journey).order_by("pk").values_list("text", "stage__title")
    assert list(held) == [("Reads a review", "Notice"), ("From elsewhere", "Also renamed")]


def test_what_was_not_there_is_refused_in_words(journey, stage, note, by):
    for choose in (alone(("note", note.pk)), with_company(("stage", 10**9))):
        with pytest.raises(Refused, match="not there at that time"):
            restore(journey, 1, choose=choose, by=by)
    assert texts(journey) == ["Reads a review"]


def test_items_that_changed_places_change_back(journey, stage, lane, by):
    for text in "ABC":
        added_note(journey, stage, lane, text, by)
    was, version = snapshot(journey), journey.version
    first, second, third = Note.objects.filter(board=journey).order_by("position")
    places = [first.position, second.position, third.position]
    with journey.editing(by=by):
        for note, position in ((third, "z"), (first, places[2]), (third, places[0])):
            note.position = position
            note.save()
    between = snapshot(journey)
    restore(journey, version, by=by)
    assert snapshot(journey) == was
    undo(journey, next_undo(journey, by.user), by=by)
    assert snapshot(journey) == between


def test_a_note_alone_comes_to_stand_behind_who_took_its_place(journey, stage, lane, by):
    first = added_note(journey, stage, lane, "First", by)
    version = journey.version
    with journey.editing(by=by):
        Note.objects.get(pk=first.pk).delete()
    added_note(journey, stage, lane, "Second", by)
    restore(journey, version, choose=alone(("note", first.pk)), by=by)
    assert [note.text for note in Note.objects.order_by("position")] == ["Second", "First"]


def test_what_was_made_anew_gives_way_to_what_was_there(journey, stage, nordlys, by):
    """A feeling is there once a stage and persona, a lane of feelings once a map."""
    with journey.editing(by=by):
        lane = Lane(board_id=journey.pk, kind="emotion")
        lane.place()
        lane.save()
        Emotion(board_id=journey.pk, stage=stage, score=1).save()
    was, version = snapshot(journey), journey.version
    with journey.editing(by=by):
        Lane.objects.get(kind="emotion").delete()
        Emotion.objects.get().delete()
    with journey.editing(by=by):
        lane = Lane(board_id=journey.pk, kind="emotion")
        lane.place()
        lane.save()
        Emotion(board_id=journey.pk, stage=stage, score=-2).save()
    between = snapshot(journey)
    restore(journey, version, by=by)
    assert snapshot(journey) == was
    undo(journey, next_undo(journey, by.user), by=by)
    assert snapshot(journey) == between


def test_what_refers_to_a_library_row_that_is_gone_is_said_in_words(journey, stage, nordlys, by):
    persona = Persona.objects.create(workspace=nordlys, name="Mette")
    with journey.editing(by=by):
        JourneyPersona(board_id=journey.pk, persona=persona).save()
        note = Note(
            board_id=journey.pk, stage=stage, lane=Lane.objects.first(), text="Hm", persona=persona
        )
        note.place()
        note.save()
    version = journey.version
    with journey.editing(by=by):
        JourneyPersona.objects.get().delete()
        note.delete()
    persona.delete()
    done = restore(journey, version, by=by)
    assert sorted(done.left_out) == [
        "“Hm” comes back without its persona, which is gone.",
        "“persona” stays as it is: its persona is gone.",
    ]
    assert (texts(journey), JourneyPersona.objects.count()) == (["Hm"], 0)


def test_comments_stay_where_they_are(journey, stage, note, bob, by):
    from collaboration.services import create_comment

    version = journey.version
    create_comment(journey, target=stage, body="Why?", by=by)
    written(note, journey, by, text="Two")
    restore(journey, version, by=by)
    assert "comment" in {kind for kind, _pk in snapshot(journey)}


def test_a_board_in_the_trash_stays_there_and_one_that_was_does_not_go_back(journey, note, by):
    from journeys import services

    services.delete_journey(journey, by=by)
    version = Board.objects.get(pk=journey.pk).version
    journey.refresh_from_db()
    services.restore_journey(journey, by=by)
    written(note, journey, by, text="Two")
    restore(journey, version, by=by)
    journey.refresh_from_db()
    assert (journey.deleted_at, texts(journey)) == (None, ["Reads a review"])


def test_a_cell_that_is_full_takes_nothing_back(journey, stage, lane, note, by):
    from collaboration.limits import LimitReached

    version = journey.version
    with journey.editing(by=by):
        Note.objects.get(pk=note.pk).delete()
    with journey.editing(by=by) as edit:
        edit.create(
            Note(board_id=journey.pk, stage=stage, lane=lane, text="x", position=f"b{number:03}")
            for number in range(100)
        )
    with pytest.raises(LimitReached, match="at most 100"):
        restore(journey, version, choose=alone(("note", note.pk)), by=by)
    assert Note.objects.count() == 100


class Travelling(OneEditor):
    """Going back in between anything else that a person does."""

    @rule(which=st.integers(0, 99))
    @precondition(lambda self: len(getattr(self, "was", {})) > 1)
    def go_back(self, which: int) -> None:
        version = sorted(self.was)[which % len(self.was)]
        before = snapshot(self.journey)
        if before == self.was[version][0]:
            return
        restore(self.journey, version, by=self.by)
        self.done.append(self.model)
        self.undone.clear()
        held, model = self.was[version]
        assert snapshot(self.journey) == held
        self.model = deepcopy(model)

    @invariant()
    def every_version_is_remembered(self) -> None:
        if not hasattr(self, "was"):
            self.was: dict = {}
        held = snapshot(self.journey), deepcopy(self.model)
        self.was.setdefault(self.journey.version, held)


@pytest.mark.django_db
def test_any_sequence_with_going_back_equals_a_plain_model():
    run_state_machine_as_test(
        Travelling,
        settings=settings(
            deadline=None,
            max_examples=10,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )
