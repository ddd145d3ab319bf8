"""The one door for writing: nothing passes by it, nothing is half done."""

import socket
import time

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from collaboration import bell
from collaboration.editing import BoardGone, ItemGone, OutsideEditing, editing_all
from collaboration.models import Board, BoardItem, Change, Recorded
from collaboration.ordering import Ordered, positions
from journeys.models import Journey, JourneyPersona, Note, Persona, Stage
from teams.access import Actor
from teams.models import Role
from tests.collaboration.scenes import added_note, changes_after, small_journey

RECORDED = sorted(
    (model for model in apps.get_models() if issubclass(model, Recorded)),
    key=lambda model: model._meta.label,
)
ITEMS = [model for model in RECORDED if issubclass(model, BoardItem)]


# --- Nothing passes by the door --------------------------------------------------------------
def test_there_are_board_items_to_guard():
    assert {Stage, Note} <= set(ITEMS)


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_case_11_no_row_is_saved_or_deleted_outside_an_edit(model):
    item = model(pk=1)
    with pytest.raises(OutsideEditing):
        item.save()
    with pytest.raises(OutsideEditing):
        item.delete()


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(updated_at=None),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_create([]),
        lambda rows: rows.bulk_update([], ["updated_at"]),
        lambda rows: rows.update_or_create(pk=1),
        lambda rows: rows.create(
            pk=1, **({} if issubclass(rows.model, Board) else {"board_id": 1})
        ),
    ],
    ids=["update", "delete", "bulk_create", "bulk_update", "update_or_create", "create"],
)
@pytest.mark.django_db
def test_case_11_no_rows_are_written_in_bulk(model, write):
    assert isinstance(model.objects.all(), models.QuerySet)
    with pytest.raises(OutsideEditing):
        write(model.objects.all())
    with pytest.raises(OutsideEditing):
        write(model._default_manager.filter(pk=1))


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_no_value_can_change_without_being_assigned(model):
    in_place = models.JSONField, ArrayField, models.FileField
    assert [field.name for field in model.recorded_fields() if isinstance(field, in_place)] == []


SHARED_PLACES = {"Contribution": "one that loses its stage keeps its position among the others"}


def test_every_ordered_type_keeps_positions_unique_in_the_database():
    shared = {
        model.__name__
        for model in ITEMS
        if issubclass(model, Ordered)
        and not any(
            "position" in constraint.fields
            for constraint in model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
        )
    }
    assert shared == SHARED_PLACES.keys()


def test_item_is_not_saved_in_an_edit_of_another_board(journey, note, nordlys, owner):
    other = Journey(workspace=nordlys, title="Another")
    other.start(by=owner)
    note.text = "Smuggled"
    with pytest.raises(OutsideEditing), other.editing(by=owner):
        note.save()
    with pytest.raises(OutsideEditing), other.editing(by=owner) as edit:
        edit.delete(note)
    note.refresh_from_db()
    assert note.text == "Reads a review"


def test_library_row_does_not_take_items_with_it_unrecorded(journey, nordlys, owner):
    persona = Persona.objects.create(workspace=nordlys, name="Mette")
    with journey.editing(by=owner):
        JourneyPersona(board=journey, persona=persona).save()
    with pytest.raises(OutsideEditing), journey.editing(by=owner):
        persona.delete()
    with pytest.raises(OutsideEditing), transaction.atomic():
        Persona.objects.filter(pk=persona.pk).delete()
    assert JourneyPersona.objects.filter(persona=persona).exists()


def test_workspace_goes_with_all_its_boards(journey, note, nordlys):
    nordlys.delete()
    assert not Board.objects.exists()
    assert not Note.objects.exists()


def test_place_is_not_given_outside_an_edit(note):
    with pytest.raises(OutsideEditing):
        note.place()


# --- What is recorded --------------------------------------------------------------------------
def test_create_update_and_delete_are_recorded_field_by_field(journey, stage, lane, owner):
    note = added_note(journey, stage, lane, "Reads a review", owner)
    with journey.editing(by=owner):
        note.text = "Reads two reviews"
        note.save()
    with journey.editing(by=owner):
        note.delete()
    values = {
        "created_at": note.created_at.isoformat(),
        "stage_id": stage.pk,
        "lane_id": lane.pk,
        "text": "Reads a review",
        "position": "a0",
        "persona_id": None,
        "origin_id": None,
    }
    assert changes_after(journey, 1) == [
        ("create", "note", {}, values),
        ("update", "note", {"text": "Reads a review"}, {"text": "Reads two reviews"}),
        ("delete", "note", {**values, "text": "Reads two reviews"}, {}),
    ]


def test_change_says_who_when_and_in_which_version(journey, note, bob, acting):
    with journey.editing(by=acting(bob)) as edit:
        note.text = "Reads ads"
        note.save()
    change = Change.objects.get(board=journey, version=3)
    assert (change.actor, change.actor_name, change.at) == (bob, "Bob", edit.at)
    note.refresh_from_db()
    assert (note.version, note.updated_at) == (3, edit.at)
    assert (journey.version, Board.objects.get(pk=journey.pk).version) == (3, 3)


def test_edit_that_changes_nothing_leaves_no_trace(journey, note, owner):
    with journey.editing(by=owner):
        note.save()
    assert (journey.version, changes_after(journey, 2)) == (2, [])


def test_assigned_values_are_brought_to_their_own_type(journey, owner):
    with journey.editing(by=owner):
        journey.review_due = "2027-03-01"
        journey.save()
    with journey.editing(by=owner):
        journey.review_due = "2027-03-01"
        journey.save()
    due = {"review_due": "2027-03-01"}
    assert changes_after(journey, 1) == [("update", "journey", {"review_due": None}, due)]


def test_stale_instances_that_change_different_fields_both_win(journey, stage, owner):
    first, second = (Stage.objects.get(pk=stage.pk) for _ in range(2))
    first.title, second.situation = "Take notice", "On the train"
    with journey.editing(by=owner):
        first.save()
    with journey.editing(by=owner):
        second.save()
    stage.refresh_from_db()
    assert (stage.title, stage.situation) == ("Take notice", "On the train")
    assert changes_after(journey, 1) == [
        ("update", "stage", {"title": "Notice"}, {"title": "Take notice"}),
        ("update", "stage", {"situation": ""}, {"situation": "On the train"}),
    ]


def test_partly_loaded_item_is_saved_without_losing_what_was_set(journey, note, stage, owner):
    partly = Note.objects.only("text", "board").get(pk=note.pk)
    partly.text = "Asks a friend"
    assert partly.position == "a0"
    partly.refresh_from_db(fields=["version"])
    with journey.editing(by=owner):
        partly.save()
    note.refresh_from_db()
    assert (note.text, note.stage_id) == ("Asks a friend", stage.pk)


def test_delete_records_what_the_database_holds_and_everything_that_hangs_on_it(
    journey, stage, note, owner
):
    stale = Stage.objects.get(pk=stage.pk)
    with journey.editing(by=owner):
        stage.title = "See"
        stage.save()
    with journey.editing(by=owner):
        stale.delete()
    deleted = [(kind, before.get("title")) for _, kind, before, _ in changes_after(journey, 3)]
    assert deleted == [("note", None), ("stage", "See")]


def test_item_that_is_gone_is_not_saved_again(journey, note, owner):
    stale = Note.objects.get(pk=note.pk)
    with journey.editing(by=owner):
        note.delete()
    stale.text = "Too late"
    with pytest.raises(ItemGone), journey.editing(by=owner):
        stale.save()
    with pytest.raises(ItemGone), journey.editing(by=owner):
        stale.delete()
    assert Board.objects.get(pk=journey.pk).version == 3


def test_touch_counts_an_item_as_changed(journey, note, owner):
    with journey.editing(by=owner) as edit:
        edit.touch(note)
    note.refresh_from_db()
    assert (note.version, changes_after(journey, 2)) == (3, [("update", "note", {}, {})])


# --- All or nothing ----------------------------------------------------------------------------
class Fault(Exception):
    """Whatever may go wrong between two writes."""


def add_three(journey, stage, lane, by, *, fault_after):
    with journey.editing(by=by):
        for number in range(3):
            if number == fault_after:
                raise Fault
            added_note(journey, stage, lane, f"Note {number}", by)


@pytest.mark.parametrize("fault_after", [1, 2])
def test_case_9_exception_between_three_writes_leaves_nothing(
    journey, stage, lane, owner, fault_after
):
    with pytest.raises(Fault):
        add_three(journey, stage, lane, owner, fault_after=fault_after)
    assert not Note.objects.exists()
    assert changes_after(journey, 1) == []
    assert Board.objects.get(pk=journey.pk).version == 1
    with pytest.raises(OutsideEditing):
        stage.save()


def test_nested_edit_joins_and_gets_the_same_version(journey, stage, lane, owner):
    with journey.editing(by=owner) as outer:
        with journey.editing(by=owner) as inner:
            assert inner is outer
            added_note(journey, stage, lane, "Inner", owner)
        added_note(journey, stage, lane, "Outer", owner)
    assert {
        version for (version,) in Change.objects.filter(item_type="note").values_list("version")
    } == {2}


def test_nested_edit_that_fails_is_taken_back_alone(journey, stage, lane, owner):
    with journey.editing(by=owner):
        added_note(journey, stage, lane, "Kept", owner)
        with pytest.raises(Fault):
            add_three(journey, stage, lane, owner, fault_after=2)
        added_note(journey, stage, lane, "Kept too", owner)
    assert [note.text for note in Note.objects.order_by("pk")] == ["Kept", "Kept too"]
    assert [after["text"] for *_, after in changes_after(journey, 1)] == ["Kept", "Kept too"]


def test_viewer_cannot_edit_and_nested_edits_ask_again(journey, owner):
    viewer = Actor(user=None, role=Role.VIEWER, name="Victor")
    with pytest.raises(PermissionDenied), journey.editing(by=viewer):
        pass
    with (
        journey.editing(by=viewer, needs=Role.VIEWER),
        pytest.raises(PermissionDenied),
        journey.editing(by=viewer),
    ):
        pass


def test_case_62_board_deleted_meanwhile_is_not_edited(journey, owner):
    stale = Journey.objects.get(pk=journey.pk)
    with journey.editing(by=owner):
        journey.deleted_at = journey.created_at
        journey.save()
    with pytest.raises(BoardGone), stale.editing(by=owner):
        pass
    with journey.editing(by=owner):
        journey.deleted_at = None
        journey.save()
    assert Journey.objects.alive().get() == journey


def rename_all(boards, by, *, fault=False):
    with editing_all(boards, by=by):
        for board in boards:
            board.title = "Renamed"
            board.save()
        if fault:
            raise Fault


def test_edit_of_several_boards_is_one(journey, nordlys, owner):
    other = Journey(workspace=nordlys, title="Another")
    other.start(by=owner)
    with pytest.raises(Fault):
        rename_all([other, journey], owner, fault=True)
    assert not Change.objects.filter(item_type="journey").exists()
    boards = list(Journey.objects.order_by("-pk"))
    rename_all(boards, owner)
    assert [board.version for board in boards] == [1, 2]


def test_what_hangs_on_an_item_on_another_board_is_recorded_there(journey, stage, nordlys, owner):
    """No type of today does; the cascade is asked for directly."""
    other = small_journey(nordlys)
    with journey.editing(by=owner) as edit:
        stray = Stage.objects.filter(board=other).first()
        edit._of(stray).record("delete", stray, {"title": stray.title}, {})
        journey.title = "Both"
        journey.save()
    assert [board.version for board in Board.objects.order_by("pk")] == [2, 2]
    assert changes_after(other, 1) == [("delete", "stage", {"title": "Notice"}, {})]


# --- The bell ----------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_bell_rings_once_for_an_edit_and_only_after_commit(journey, stage, lane, owner):
    with bell.connection().pubsub(ignore_subscribe_messages=True) as heard:
        heard.subscribe(bell.CHANNEL)
        heard.get_message(timeout=2)
        with transaction.atomic():
            added_note(journey, stage, lane, "One", owner)
            assert heard.get_message(timeout=0.05) is None
        assert heard.get_message(timeout=2)["data"] == f"{journey.pk}:2"
        assert heard.get_message(timeout=0.05) is None


def test_case_34_bell_that_nobody_hears_stops_nothing(journey, note, settings, owner):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    bell.connection.cache_clear()
    try:
        bell.ring(journey.pk, 2)
    finally:
        bell.connection.cache_clear()


def test_many_items_are_inserted_with_one_statement(
    journey, stage, lane, owner, django_assert_num_queries
):
    notes = [
        Note(board=journey, stage=stage, lane=lane, text=f"{number}", position=place)
        for number, place in enumerate(positions(40))
    ]
    with django_assert_num_queries(7), journey.editing(by=owner) as edit:
        edit.create(notes)
    assert Change.objects.filter(board=journey, version=2).count() == 40


# --- People who go -----------------------------------------------------------------------------
def test_case_12_history_stays_under_the_name_when_its_user_goes(journey, bob, acting):
    with journey.editing(by=acting(bob)):
        journey.title = "Choosing a telephone"
        journey.save()
    bob.delete()
    change = Change.objects.get(board=journey, version=2)
    assert (change.actor, change.actor_name) == (None, "Bob")


def test_a_redis_that_does_not_answer_is_asked_once_and_then_left_alone(journey, settings):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.REDIS_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        bell.connection.cache_clear()
        try:
            started = time.monotonic()
            for version in range(5):
                bell.ring(journey.pk, version)
            assert time.monotonic() - started < 2 * settings.REDIS_TIMEOUT_SECONDS
        finally:
            bell.connection.cache_clear()
