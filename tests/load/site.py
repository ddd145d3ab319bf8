"""The scene of a load test and a look at the processes that serve it."""

from pathlib import Path
from typing import Any

from config.supervisor import Supervisor


def scene(editors: int, stages: int, lanes: int, notes: int) -> tuple[Any, list[str]]:
    """A large journey, and the sessions of so many editors of its workspace."""
    from django.core.management import call_command
    from django.test import Client

    from teams.models import Workspace
    from tests.cast import member

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    workspace = Workspace.objects.create(name="Load", slug="load")
    sessions = []
    for number in range(editors):
        client = Client()
        client.force_login(member(f"person{number}@load.example", workspace, "editor"))
        sessions.append(client.cookies["sessionid"].value)
    return large_map(workspace, stages, lanes, notes), sessions


def large_map(workspace: Any, stages: int, lanes: int, notes: int) -> Any:
    """A journey with notes spread evenly over its cells, and an emotion lane."""
    from collaboration.ordering import positions
    from journeys.models import Journey, Lane, Note, Stage
    from teams.access import Actor
    from teams.models import Role

    by = Actor(user=None, role=Role.OWNER, name="Olga")
    journey = Journey(workspace=workspace, title="A large map")
    journey.start(by=by)
    with journey.editing(by=by) as edit:
        columns = edit.create(
            Stage(board=journey, title=f"Stage {place}", position=place)
            for place in positions(stages)
        )
        rows = edit.create(
            Lane(board=journey, kind="emotion" if number == 0 else "text", title=f"Lane {number}",
                 position=place)
            for number, place in enumerate(positions(lanes))
        )  # fmt: skip
        cells = [(stage, lane) for lane in rows[1:] for stage in columns]
        deep = positions(notes // len(cells) + 1)
        edit.create(
            Note(
                board=journey,
                stage=cells[number % len(cells)][0],
                lane=cells[number % len(cells)][1],
                text=f"Note {number}: what somebody said in an interview about this step",
                position=deep[number // len(cells)],
            )
            for number in range(notes)
        )
    return journey


def memory_kib(supervisor: Supervisor) -> dict[str, int]:
    """Resident memory of each process of the site with its own children, by name."""
    return {child.name: _with_children(child.process.pid) for child in supervisor.children}


def _with_children(pid: int) -> int:
    kib = 0
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            kib = int(line.split()[1])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return kib + sum(_with_children(int(child)) for child in children)
