"""What several tests do with a board."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import connection

from collaboration import limits
from collaboration.models import Board, Change
from collaboration.ordering import positions
from journeys.models import Journey, Lane, Note, Stage
from teams.access import Actor
from teams.models import Role, Workspace

OLGA = Actor(user=None, role=Role.OWNER, name="Olga")


def small_journey(workspace: Workspace) -> Journey:
    """Version 1: stages "Notice" and "Compare", lanes "does" and "says"."""
    journey = Journey(workspace=workspace, title="Choosing a telephone system")
    journey.start(by=OLGA)
    with journey.editing(by=OLGA) as edit:
        places = positions(2)
        edit.create(
            Stage(board=journey, title=title, position=place)
            for title, place in zip(("Notice", "Compare"), places, strict=True)
        )
        edit.create(
            Lane(board=journey, kind=kind, position=place)
            for kind, place in zip(("does", "says"), places, strict=True)
        )
    return journey


def added_note(journey, stage, lane, text, by) -> Note:
    """A note at the end of a cell."""
    with journey.editing(by=by):
        note = Note(board=journey, stage=stage, lane=lane, text=text)
        note.place()
        note.save()
    return note


def changes_after(board: Board, version: int) -> list[tuple[str, str, dict, dict]]:
    """(action, item type, before, after) of what was recorded since, in order."""
    rows = Change.objects.filter(board=board, version__gt=version).order_by("version", "pk")
    return [(row.action, row.item_type, row.before, row.after) for row in rows]


@contextmanager
def threads(*works: Callable[[], None], deadline_seconds: float = 60) -> Iterator[None]:
    """Run each function in a thread of its own; at the end all are over and none has failed."""
    failures: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - reported below, in the test's thread
            failures.append(failure)
        finally:
            connection.close()

    running = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in running:
        thread.start()
    yield
    for thread in running:
        thread.join(deadline_seconds)
    assert failures == []
    assert not any(thread.is_alive() for thread in running)


def at_most(monkeypatch, model, most: int) -> None:
    """For this test, a place holds so many items of this type."""
    limit = limits._limits[model]
    monkeypatch.setitem(limits._limits, model, replace(limit, most=most))
