"""Case 15: two edits that wait for each other both happen."""

import threading

import pytest
from django.db import OperationalError, connection

from collaboration.editing import editing_all
from collaboration.models import Board
from collaboration.retry import tried_again
from journeys.models import Journey
from tests.collaboration.scenes import OLGA, small_journey, threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boards(nordlys):
    return [small_journey(nordlys) for _ in range(2)]


def test_case_15_edits_of_two_boards_that_deadlock_are_tried_again(boards):
    both_have_one = threading.Barrier(2)
    tries = []

    def edit(first: int, second: int) -> None:
        meet = iter([True])

        @tried_again
        def work() -> None:
            tries.append(first)
            one, two = (Journey.objects.get(pk=boards[i].pk) for i in (first, second))
            with one.editing(by=OLGA):
                if next(meet, False):
                    both_have_one.wait(10)
                with two.editing(by=OLGA):
                    one.title, two.title = (f"by {first}" for _ in range(2))
                    one.save()
                    two.save()

        work()

    with threads(lambda: edit(0, 1), lambda: edit(1, 0)):
        pass
    titles = {board.title for board in Board.objects.all()}
    assert len(titles) == 1
    assert [board.version for board in Board.objects.all()] == [3, 3]
    assert len(tries) == 3


def test_edits_of_several_boards_never_wait_for_each_other(boards):
    def edit(order: int) -> None:
        for number in range(20):
            ours = [Journey.objects.get(pk=board.pk) for board in boards][::order]
            with editing_all(ours, by=OLGA):
                for board in ours:
                    board.title = f"{order} {number}"
                    board.save()

    with threads(lambda: edit(1), lambda: edit(-1)):
        pass
    assert [board.version for board in Board.objects.all()] == [41, 41]


def failing_with(sqlstate, times):
    """Work that the database ends this often before it succeeds; counts its runs."""
    runs = []

    @tried_again
    def work():
        runs.append(sqlstate)
        if len(runs) <= times:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"do $$ begin raise exception 'x' using errcode='{sqlstate}'; end $$"
                )
        return len(runs)

    return work, runs


@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
def test_case_15_at_most_three_tries(sqlstate):
    work, runs = failing_with(sqlstate, times=2)
    assert work() == 3
    work, runs = failing_with(sqlstate, times=3)
    with pytest.raises(OperationalError):
        work()
    assert len(runs) == 3


def test_other_failures_are_not_tried_again():
    work, runs = failing_with("57014", times=1)
    with pytest.raises(OperationalError):
        work()
    assert len(runs) == 1
