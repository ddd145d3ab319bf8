"""Several writers at once, in real threads: versions have no gaps and nobody misses one."""

import threading

import pytest
from django.db import connection

from collaboration.models import Board, Change, Export
from journeys.models import Journey, Stage
from tests.collaboration.scenes import added_note, changes_after, threads


@pytest.mark.django_db(transaction=True)
def test_case_2_four_writers_leave_no_gap_and_a_reader_sees_every_version(journey, owner):
    writers, edits = 4, 150
    seen: list[int] = []
    over = threading.Event()

    def write() -> None:
        board, me = Journey.objects.get(pk=journey.pk), threading.get_ident()
        for number in range(edits):
            with board.editing(by=owner):
                stage = Stage.objects.filter(board=board).first()
                stage.title = f"{me} {number}"
                stage.save()

    def read() -> None:
        cursor = 1
        while cursor < writers * edits + 1 and not over.is_set():
            present = Board.objects.get(pk=journey.pk).version
            newer = Change.objects.filter(board=journey, version__gt=cursor, version__lte=present)
            seen.extend(newer.order_by("version").values_list("version", flat=True))
            cursor = present

    with threads(read, *[write] * writers):
        pass
    over.set()
    assert seen == list(range(2, writers * edits + 2))
    assert Board.objects.get(pk=journey.pk).version == writers * edits + 1


@pytest.mark.django_db(transaction=True)
def test_case_3_edit_that_sleeps_before_commit_is_not_skipped(journey, stage, lane, owner):
    written, let_go = threading.Event(), threading.Event()
    board = Journey.objects.get(pk=journey.pk)

    def sleepy() -> None:
        with journey.editing(by=owner):
            added_note(journey, stage, lane, "Slow", owner)
            written.set()
            let_go.wait(10)

    def next_one() -> None:
        written.wait(10)
        added_note(board, stage, lane, "Fast", owner)

    with threads(sleepy, next_one):
        written.wait(10)
        assert Board.objects.get(pk=journey.pk).version == 1
        assert changes_after(journey, 1) == []
        let_go.set()
    assert [after["text"] for *_, after in changes_after(journey, 1)] == ["Slow", "Fast"]


@pytest.mark.django_db(transaction=True)
def test_library_rows_of_a_board_can_be_written_while_it_is_edited(journey, bob, acting):
    """An edit's lock does not hold up rows that only refer to the board."""

    def export() -> None:
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '2s'")
        Export.objects.create(board=journey, requested_by=bob, kind="map", language="en")

    with journey.editing(by=acting(bob)), threads(export):
        pass
    assert Export.objects.count() == 1
