"""The time machine: a board at any version is what it was when it had that version."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from collaboration.models import Board, Change
from collaboration.timemachine import State, state_at, states_at, version_at
from collaboration.undo import undo
from journeys.models import Note, Stage
from tests.collaboration.scenes import OLGA, added_note
from tests.collaboration.test_core_properties import EVENTS, OneEditor, snapshot


def flat(state: State) -> dict:
    return {(kind, pk): values for kind, rows in state.items.items() for pk, values in rows.items()}


@pytest.mark.parametrize("event", EVENTS)
def test_every_kind_of_edit_can_be_rewound(journey, stage, lane, note, event):
    was = {journey.version: snapshot(journey)}
    for _ in range(2):
        with journey.editing(by=OLGA):
            EVENTS[event](journey, Stage.objects.first(), lane, Note.objects.first() or note)
        was[journey.version] = snapshot(journey)
        if "delete" in event or event == "nothing":
            break
    undo(journey, journey.version, by=OLGA)
    was[journey.version] = snapshot(journey)
    states = states_at(journey, was)
    assert [flat(state) for state in states] == list(was.values())
    assert [state.version for state in states] == list(was)


def test_before_its_first_edit_a_board_held_nothing(journey):
    assert set(state_at(journey, 0).items) == {"journey"}


def test_versions_to_come_are_the_present_one(journey, note):
    assert flat(state_at(journey, 99)) == snapshot(journey)


def test_types_can_be_left_out(journey, note):
    assert "note" not in state_at(journey, journey.version, without=["note"]).items


def test_an_item_of_the_past_is_as_it_was(journey, stage, note):
    version = journey.version
    with journey.editing(by=OLGA):
        stage.delete()
    past = state_at(journey, version).item("note", note.pk)
    assert (str(past), past.stage_id, past.pk) == ("Reads a review", note.stage_id, note.pk)


def test_the_version_at_a_moment(journey, note):
    now = timezone.now()
    rows = Change.objects.filter(board=journey)
    rows.filter(version=1).update(at=now - timedelta(days=30))
    rows.filter(version=2).update(at=now - timedelta(days=3))
    moments = [now - timedelta(days=days) for days in (40, 10, 1)]
    assert [version_at(journey, moment) for moment in moments] == [0, 1, 2]


def test_going_back_costs_the_same_whatever_was_done(journey, stage, lane):
    costs = []
    for number in range(40):
        added_note(journey, stage, lane, f"Note {number}", OLGA)
        if number in (1, 39):
            with CaptureQueriesContext(connection) as queries:
                states_at(journey, [0, 1, 2])
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 10


def test_a_board_that_never_rests_is_held_for_a_moment(journey, note, monkeypatch):
    from collaboration import timemachine

    versions = iter([1, 2, 1, 2, 1, 2, journey.version])
    monkeypatch.setattr(timemachine, "_version_of", lambda _board: next(versions))
    assert flat(state_at(journey, journey.version)) == snapshot(journey)


def test_another_board_is_not_looked_into(journey, note, other):
    from tests.collaboration.scenes import small_journey

    elsewhere = small_journey(other)
    assert state_at(elsewhere, 1).of("note") == {}
    assert Board.objects.get(pk=elsewhere.pk).version == 1


class Rewinding(OneEditor):
    """Whatever one person does, every version that was can be had again."""

    @invariant()
    def the_present_is_remembered(self) -> None:
        if not hasattr(self, "was"):
            self.was: dict[int, dict] = {}
        self.was.setdefault(self.journey.version, snapshot(self.journey))

    def teardown(self) -> None:
        states = states_at(self.journey, self.was)
        assert [flat(state) for state in states] == list(self.was.values())


@pytest.mark.django_db
def test_the_state_at_any_version_is_what_was_recorded_then():
    run_state_machine_as_test(
        Rewinding,
        settings=settings(
            deadline=None,
            max_examples=8,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )
