"""Writing many notes at once: each of these is one edit of the board, and one undo."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from fractional_indexing import generate_key_between, generate_n_keys_between

from collaboration.copying import copy_of
from collaboration.editing import Edit, Refused
from collaboration.ordering import room_for
from journeys.lanes import CellKey
from journeys.models import Journey, Lane, Note, Stage
from journeys.pasting import Piece
from journeys.selectors import outline_of
from journeys.services import require_notes
from teams.access import Actor

STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
"""Stages across and lanes down, by direction."""


@dataclass
class Pasted:
    """What came onto the map, and how much of it found no place."""

    notes: list[Note]
    rows_left_out: int
    columns_left_out: int

    @property
    def is_cut(self) -> bool:
        return bool(self.rows_left_out or self.columns_left_out)


def delete_notes(journey: Journey, notes: Iterable[Note], *, by: Actor) -> None:
    with journey.editing(by=by) as edit:
        edit.delete_all(notes)


def move_notes(
    journey: Journey,
    notes: Sequence[Note],
    *,
    stage: Stage,
    lane: Lane,
    before: Note | None = None,
    by: Actor,
) -> None:
    """Put notes into one cell, in the order they have, before another note there or last."""
    with journey.editing(by=by):
        require_notes(lane)
        there = Note.objects.filter(stage=stage, lane=lane)
        moved = {note.pk for note in notes}
        if before and before.pk in moved:
            following = there.filter(position__gte=before.position).exclude(pk__in=moved)
            before = following.order_by("position").first()
        places = room_for(len(notes), there, before=before)
        for note, position in zip(in_order(notes), places, strict=True):
            note.stage, note.lane, note.position = stage, lane, position
            note.save()


def step_notes(journey: Journey, notes: Sequence[Note], *, direction: str, by: Actor) -> bool:
    """Move notes one stage `left` or `right`, or one lane `up` or `down`, each in its own cell's
    neighbour. Where one of them stands at the edge of the map all stay; says whether they moved."""
    across, down = STEPS[direction]
    with journey.editing(by=by):
        grid = _Grid(journey)
        groups = defaultdict(list)
        for note in notes:
            groups[grid.beside((note.stage_id, note.lane_id), across, down)].append(note)
        if None in groups:
            return False
        for place, group in groups.items():
            if place:
                move_notes(journey, group, stage=place[0], lane=place[1], by=by)
    return True


def duplicate_notes(journey: Journey, notes: Sequence[Note], *, by: Actor) -> list[Note]:
    """A copy of each note, right behind it."""
    with journey.editing(by=by) as edit:
        present = _by_cell(Note.objects.filter(board=journey.pk).order_by("position"))
        copies = []
        for key, group in _by_cell(notes).items():
            following = dict(zip(present[key], [*present[key][1:], None], strict=True))
            for note in group:
                behind = following[note]
                position = generate_key_between(note.position, behind and behind.position)
                copies.append(copy_of(note, position=position))
        edit.create(copies)
    return copies


def copy_notes(
    journey: Journey, notes: Sequence[Note], *, stage: Stage, lane: Lane, by: Actor
) -> Pasted:
    """Copies of notes of this map around a cell, placed to one another as the notes are."""
    with journey.editing(by=by) as edit:
        grid = _Grid(journey)
        sources = in_order(notes)
        places = [grid.index((note.stage_id, note.lane_id)) for note in sources]
        left, top = min(x for x, _y in places), min(y for _x, y in places)
        return _put(
            edit,
            grid,
            (stage, lane),
            [
                (y - top, x - left, copy_of(note))
                for (x, y), note in zip(places, sources, strict=True)
            ],
        )


def paste_notes(
    journey: Journey, pieces: Iterable[Piece], *, stage: Stage, lane: Lane, by: Actor
) -> Pasted:
    """New notes from a cell on: rows go to the lanes of notes below, columns to the stages to
    the right. What finds no place on the map is left out and counted."""
    with journey.editing(by=by) as edit:
        wanted = [(one.row, one.column, Note(board_id=journey.pk, text=one.text)) for one in pieces]
        return _put(edit, _Grid(journey), (stage, lane), wanted)


def in_order(notes: Iterable[Note]) -> list[Note]:
    """Notes as they are read: stage by stage, down the lanes."""
    key = "stage__position", "lane__position", "position"
    return list(Note.objects.filter(pk__in=[note.pk for note in notes]).order_by(*key))


def _put(
    edit: Edit, grid: "_Grid", start: tuple[Stage, Lane], wanted: list[tuple[int, int, Note]]
) -> Pasted:
    """Write new notes so many rows and columns away from `start`, behind those that are there."""
    x, y = grid.index((start[0].pk, start[1].pk))
    cells: dict[tuple[int, int], list[Note]] = defaultdict(list)
    for row, column, note in wanted:
        cells[x + column, y + row].append(note)
    rows = {at[1] for at in cells if at[1] >= len(grid.lanes)}
    columns = {at[0] for at in cells if at[0] >= len(grid.stages)}
    result = Pasted([], len(rows), len(columns))
    present = _by_cell(Note.objects.filter(board=edit.board.pk).order_by("position"))
    for at, notes in cells.items():
        if at[1] in rows or at[0] in columns:
            continue
        stage, lane = grid.stages[at[0]], grid.lanes[at[1]]
        there = present[stage.pk, lane.pk]
        last = there[-1].position if there else None
        places = generate_n_keys_between(last, None, len(notes))
        for note, position in zip(notes, places, strict=True):
            note.stage, note.lane, note.position = stage, lane, position
        result.notes += notes
    edit.create(result.notes)
    return result


class _Grid:
    """The stages and the lanes of notes of a map, in order."""

    def __init__(self, journey: Journey) -> None:
        loaded = outline_of(journey)
        self.stages = loaded.stages
        self.lanes = [lane for lane in loaded.lanes if lane.kind_of.item_model is Note]
        self._across = {stage.pk: at for at, stage in enumerate(self.stages)}
        self._down = {lane.pk: at for at, lane in enumerate(self.lanes)}

    def index(self, key: CellKey) -> tuple[int, int]:
        """How many stages from the left, how many lanes of notes from the top."""
        if key[1] not in self._down:
            raise Refused(_("This lane does not hold notes. Choose a cell of another lane."))
        return self._across[key[0]], self._down[key[1]]

    def beside(self, key: CellKey, across: int, down: int) -> tuple[Stage, Lane] | None:
        x, y = self.index(key)
        x, y = x + across, y + down
        if 0 <= x < len(self.stages) and 0 <= y < len(self.lanes):
            return self.stages[x], self.lanes[y]
        return None


def _by_cell(notes: Iterable[Note]) -> dict[CellKey, list[Note]]:
    found: dict[CellKey, list[Note]] = defaultdict(list)
    for note in notes:
        found[note.stage_id, note.lane_id].append(note)
    return found
