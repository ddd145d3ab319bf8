"""Order among siblings: one row a move, no two in one place."""

import pytest

from collaboration.models import Change
from collaboration.undo import undo
from journeys.models import Note, Stage
from tests.collaboration.scenes import added_note, threads


def texts(stage, lane):
    return [note.text for note in Note.objects.filter(stage=stage, lane=lane).order_by("position")]


@pytest.fixture
def letters(journey, stage, lane, owner):
    """Notes A, B and C in one cell."""
    return [added_note(journey, stage, lane, text, owner) for text in "ABC"]


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [
        (2, 0, "CAB"),
        (0, 2, "BAC"),
        (0, None, "BCA"),
        (1, 1, "ACB"),
        (0, 1, "ABC"),
        (2, None, "ABC"),
    ],
)
def test_item_moves_before_a_sibling_or_to_the_end(
    journey, stage, lane, letters, owner, moved, before, order
):
    with journey.editing(by=owner):
        letters[moved].place(before=None if before is None else letters[before])
        letters[moved].save()
    assert texts(stage, lane) == list(order)


def test_move_writes_one_row(journey, letters, owner):
    with journey.editing(by=owner):
        letters[2].place(before=letters[0])
        letters[2].save()
    moves = Change.objects.filter(board=journey, version=journey.version)
    assert [(row.item_id, list(row.after)) for row in moves] == [(letters[2].pk, ["position"])]


def test_place_before_a_sibling_that_was_moved_meanwhile_is_where_it_stands_now(
    journey, stage, lane, letters, owner
):
    stale = Note.objects.get(pk=letters[0].pk)
    with journey.editing(by=owner):
        letters[0].place()
        letters[0].save()
    with journey.editing(by=owner):
        letters[1].place(before=stale)
        letters[1].save()
    assert texts(stage, lane) == ["C", "B", "A"]


def test_place_before_a_sibling_that_has_left_is_the_end(journey, stage, lane, letters, owner):
    stale = Note.objects.get(pk=letters[0].pk)
    with journey.editing(by=owner):
        letters[0].delete()
        letters[1].place(before=stale)
        letters[1].save()
    assert texts(stage, lane) == ["C", "B"]


def test_positions_sort_by_bytes_whatever_the_database_speaks(journey, stage, lane, owner):
    with journey.editing(by=owner) as edit:
        edit.create(
            Note(board=journey, stage=stage, lane=lane, text=position, position=position)
            for position in ("a0", "aB", "aa", "aZ", "b00")
        )
    assert texts(stage, lane) == ["a0", "aB", "aZ", "aa", "b00"]


def test_notes_that_change_places_over_and_over_keep_short_positions(
    journey, stage, lane, letters, owner
):
    long = "a0" + "V" * 97
    with journey.editing(by=owner):
        letters[0].position = long
        letters[0].save()
    before = journey.version
    with journey.editing(by=owner):
        for number in range(24):
            letters[number % 2].place(before=letters[2])
            letters[number % 2].save()
    assert texts(stage, lane) == ["A", "B", "C"]
    assert max(len(note.position) for note in Note.objects.all()) < 10
    undo(journey, before + 1, by=owner)
    assert Note.objects.get(pk=letters[0].pk).position == long


@pytest.mark.django_db(transaction=True)
def test_case_4_two_people_who_move_the_same_items_at_once_keep_one_order(journey, owner):
    with journey.editing(by=owner):
        for number in range(4):
            stage = Stage(board=journey, title=f"More {number}")
            stage.place()
            stage.save()
    ids = list(Stage.objects.filter(board=journey).values_list("pk", flat=True))
    start, moves = journey.version, 20

    def move(step: int) -> None:
        board = type(journey).objects.get(pk=journey.pk)
        for number in range(moves):
            stage = Stage.objects.get(pk=ids[number * step % len(ids)])
            before = Stage.objects.get(pk=ids[(number * step + step) % len(ids)])
            with board.editing(by=owner) as edit:
                stage.place(before=before)
                stage.save()
                edit.touch(stage)

    with threads(lambda: move(1), lambda: move(5)):
        pass
    positions = Stage.objects.filter(board=journey).values_list("position", flat=True)
    assert len(set(positions)) == len(ids)
    versions = Change.objects.filter(board=journey, version__gt=start).values_list("version")
    assert {version for (version,) in versions} == set(range(start + 1, start + 1 + 2 * moves))
