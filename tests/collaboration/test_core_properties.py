"""What holds for any order of edits: nothing is lost, versions have no gaps, undo is exact."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from collaboration.editing import stored_values
from collaboration.itemtypes import item_models
from collaboration.models import Board, Change
from collaboration.undo import next_redo, next_undo, undo
from journeys.models import Journey, Lane, Note, Stage
from teams.access import Actor
from teams.models import Role, User, Workspace
from tests.collaboration.scenes import OLGA, small_journey

SHORT = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TEXTS = st.text(alphabet="abæ \n'<", min_size=1, max_size=6)


def snapshot(board: Board) -> dict[tuple[str, int], dict[str, Any]]:
    """Every recorded row of a board, by type and id, as Change rows write values."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for name, model in item_models().items():
        if model is Board:
            continue
        of_board = {"pk": board.pk} if issubclass(model, Board) else {"board": board.pk}
        for row in model._base_manager.filter(**of_board):
            found[name, row.pk] = stored_values(row)
    return found


def replayed(state: dict, changes: list[Change]) -> dict:
    """A snapshot brought forward by Change rows alone."""
    state = deepcopy(state)
    for change in changes:
        key = change.item_type, change.item_id
        if change.action == Change.Action.DELETE:
            assert state.pop(key) == change.before
        elif change.action == Change.Action.CREATE:
            assert key not in state
            state[key] = change.after
        else:
            assert change.before.items() <= state[key].items()
            state[key] = state[key] | change.after
    return state


@pytest.fixture
def workspace(nordlys):
    return nordlys


# --- Two writers -------------------------------------------------------------------------------
@SHORT
@given(
    turns=st.lists(
        st.tuples(
            st.sampled_from([0, 1]), st.sampled_from(["title", "situation"]), st.booleans(), TEXTS
        ),
        max_size=8,
    )
)
@pytest.mark.django_db
def test_two_writers_in_any_interleaving_lose_nothing(workspace, turns):
    """Each writer keeps an old copy until told to reload; what they change is what stays."""
    journey = small_journey(workspace)
    stage = Stage.objects.filter(board=journey).earliest("pk")
    copies = [Stage.objects.get(pk=stage.pk) for _ in range(2)]
    expected = {"title": stage.title, "situation": stage.situation}
    known = [dict(expected), dict(expected)]
    for writer, field, reloads, text in turns:
        if reloads:
            copies[writer].refresh_from_db()
            known[writer] = dict(expected)
        setattr(copies[writer], field, text)
        with journey.editing(by=OLGA):
            copies[writer].save()
        if text != known[writer][field]:
            known[writer][field] = expected[field] = text
        stage.refresh_from_db()
        assert {name: getattr(stage, name) for name in expected} == expected
    versions = set(Change.objects.filter(board=journey).values_list("version", flat=True))
    assert versions == set(range(1, journey.version + 1))


# --- Snapshot + changes == fresh snapshot ------------------------------------------------------
EVENTS: dict[str, Callable[[Journey, Stage, Lane, Note], None]] = {
    "create": lambda journey, stage, lane, note: add(journey, stage, lane, "New"),
    "update": lambda journey, stage, lane, note: write(note, text="Other"),
    "move": lambda journey, stage, lane, note: move(note, stage, lane, None),
    "delete": lambda journey, stage, lane, note: note.delete(),
    "delete with company": lambda journey, stage, lane, note: stage.delete(),
    "board": lambda journey, stage, lane, note: write(journey, title="Other"),
    "nothing": lambda journey, stage, lane, note: note.save(),
}


def add(journey: Journey, stage: Stage, lane: Lane, text: str) -> Note:
    note = Note(board_id=journey.pk, stage=stage, lane=lane, text=text)
    note.place()
    note.save()
    return note


def write(item: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(item, name, value)
    item.save()


def move(note: Note, stage: Stage, lane: Lane, before: Note | None) -> None:
    note.stage, note.lane = stage, lane
    note.place(before=before)
    note.save()


@pytest.mark.parametrize("event", EVENTS)
def test_case_14_old_snapshot_and_changes_are_the_fresh_snapshot(journey, stage, lane, note, event):
    before, version = snapshot(journey), journey.version
    with journey.editing(by=OLGA):
        EVENTS[event](journey, stage, lane, note)
    middle = snapshot(journey)
    changes = list(Change.objects.filter(board=journey, version__gt=version).order_by("pk"))
    assert replayed(before, changes) == middle
    if changes:
        undo(journey, journey.version, by=OLGA)
        back = Change.objects.filter(board=journey, version=journey.version).order_by("pk")
        assert replayed(middle, list(back)) == snapshot(journey) == before


# --- Any sequence ------------------------------------------------------------------------------
Model = dict[str, dict[str, list[str]]]
"""stage title -> lane kind -> texts in order; stages in order."""


class OneEditor(RuleBasedStateMachine):
    """One person edits a board; a plain Python model tells what the board must hold."""

    @initialize()
    def start(self) -> None:
        workspace = Workspace.objects.create(name="W", slug=f"w{Workspace.objects.count()}")
        number = User.objects.count()
        self.user = User.objects.create_user(f"u{number}@nordlys.example", name="Una")
        self.by = Actor(user=self.user, role=Role.EDITOR, name="Una")
        self.journey = small_journey(workspace)
        self.model: Model = {name: {"does": [], "says": []} for name in ("Notice", "Compare")}
        self.done: list[Model] = []
        self.undone: list[Model] = []
        self.count = 0
        self.start_state = snapshot(self.journey)
        self.start_version = self.journey.version

    # --- Finding things ---
    def stages(self) -> list[Stage]:
        return list(Stage.objects.filter(board=self.journey).order_by("position"))

    def lane(self, kind: str) -> Lane:
        return Lane.objects.get(board=self.journey, kind=kind)

    def notes(self) -> list[Note]:
        found = Note.objects.filter(board=self.journey).select_related("stage", "lane")
        return sorted(found, key=lambda note: note.text)

    def has_notes(self) -> bool:
        return Note.objects.filter(board=self.journey).exists()

    def edited(self) -> None:
        self.done.append(self.before)
        self.undone.clear()

    def begin(self):
        self.before = deepcopy(self.model)
        return self.journey.editing(by=self.by)

    # --- What a person does ---
    @rule(which=st.integers(0, 9), kind=st.sampled_from(["does", "says"]))
    @precondition(lambda self: self.model)
    def add_note(self, which: int, kind: str) -> None:
        stage = self.stages()[which % len(self.model)]
        self.count += 1
        with self.begin():
            add(self.journey, stage, self.lane(kind), f"n{self.count}")
        self.model[stage.title][kind].append(f"n{self.count}")
        self.edited()

    @rule(at=st.integers(0, 9))
    @precondition(lambda self: len(self.model) < 5)
    def add_stage(self, at: int) -> None:
        stages = self.stages()
        before = stages[at % len(stages)] if stages and at % 3 else None
        self.count += 1
        with self.begin():
            stage = Stage(board_id=self.journey.pk, title=f"s{self.count}")
            stage.place(before=before)
            stage.save()
        names = list(self.model)
        names.insert(names.index(before.title) if before else len(names), stage.title)
        empty: dict[str, list[str]] = {"does": [], "says": []}
        self.model = {name: self.model.get(name, empty) for name in names}
        self.edited()

    @rule(which=st.integers(0, 9))
    @precondition(has_notes)
    def edit_note(self, which: int) -> None:
        note = self.notes()[which % len(self.notes())]
        old, new = note.text, f"{note.text}'"
        with self.begin():
            write(note, text=new)
        cell = self.model[note.stage.title][note.lane.kind]
        cell[cell.index(old)] = new
        self.edited()

    @rule(which=st.integers(0, 9), where=st.integers(0, 9), kind=st.sampled_from(["does", "says"]))
    @precondition(has_notes)
    def move_note(self, which: int, where: int, kind: str) -> None:
        note = self.notes()[which % len(self.notes())]
        stage = self.stages()[where % len(self.model)]
        others = Note.objects.filter(stage=stage, lane__kind=kind).exclude(pk=note.pk)
        before = others.order_by("position").first() if where % 2 else None
        source = self.model[note.stage.title][note.lane.kind]
        version = self.journey.version
        with self.begin():
            move(note, stage, self.lane(kind), before)
        source.remove(note.text)
        target = self.model[stage.title][kind]
        target.insert(target.index(before.text) if before else len(target), note.text)
        if self.journey.version > version:
            self.edited()

    @rule(which=st.integers(0, 9))
    @precondition(has_notes)
    def delete_note(self, which: int) -> None:
        note = self.notes()[which % len(self.notes())]
        with self.begin():
            note.delete()
        self.model[note.stage.title][note.lane.kind].remove(note.text)
        self.edited()

    @rule(which=st.integers(0, 9))
    @precondition(lambda self: self.model)
    def delete_stage(self, which: int) -> None:
        stage = self.stages()[which % len(self.model)]
        with self.begin():
            stage.delete()
        del self.model[stage.title]
        self.edited()

    @rule()
    @precondition(lambda self: self.done)
    def undo(self) -> None:
        undo(self.journey, next_undo(self.journey, self.user), by=self.by)
        self.undone.append(self.model)
        self.model = self.done.pop()

    @rule()
    @precondition(lambda self: self.undone)
    def redo(self) -> None:
        undo(self.journey, next_redo(self.journey, self.user), by=self.by)
        self.done.append(self.model)
        self.model = self.undone.pop()

    # --- What always holds ---
    @invariant()
    def board_is_what_the_model_says(self) -> None:
        stages = self.stages()
        assert [stage.title for stage in stages] == list(self.model)
        held: Model = {stage.title: {"does": [], "says": []} for stage in stages}
        notes = Note.objects.filter(board=self.journey).select_related("stage", "lane")
        for note in notes.order_by("position"):
            held[note.stage.title][note.lane.kind].append(note.text)
        assert held == self.model

    @invariant()
    def offers_are_what_the_model_says(self) -> None:
        assert (next_undo(self.journey, self.user) is not None) == bool(self.done)
        assert (next_redo(self.journey, self.user) is not None) == bool(self.undone)

    def teardown(self) -> None:
        if not hasattr(self, "journey"):
            return
        changes = Change.objects.filter(board=self.journey, version__gt=self.start_version)
        rows = list(changes.order_by("version", "pk"))
        assert replayed(self.start_state, rows) == snapshot(self.journey)
        versions = sorted({row.version for row in rows})
        assert versions == list(range(self.start_version + 1, self.journey.version + 1))
        while (version := next_undo(self.journey, self.user)) is not None:
            undo(self.journey, version, by=self.by)
        assert snapshot(self.journey) == self.start_state


@pytest.mark.django_db
def test_case_13_any_sequence_of_edits_undo_and_redo_equals_a_plain_model():
    run_state_machine_as_test(
        OneEditor,
        settings=settings(
            deadline=None,
            max_examples=12,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )
