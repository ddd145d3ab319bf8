"""A thousand readers on one live process: memory for each, and how soon they see an edit.

    python -m tests.load.streams --streams 1000 --people 50 --edits 20

Starts its own PostgreSQL, Redis and live process, and leaves nothing behind. Prints one JSON
object a line.
"""

import argparse
import json
import os
import statistics
import sys
import time

from tests.streams import SERVERS, Audience, LiveProcess, live_child, wait_until_open


def main() -> None:
    options = arguments()
    try:
        prepare_database()
        run(options)
    finally:
        SERVERS.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--edits", type=int, default=20)
    return parser.parse_args()


def prepare_database() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def run(options: argparse.Namespace) -> None:
    from config.embedded.redis import free_port
    from config.supervisor import Supervisor
    from tests.servers import DATA_DIR

    journey, cell, sessions = scene(options.people)
    port = free_port()
    supervisor = Supervisor([live_child(port)], dict(os.environ), DATA_DIR / "logs")
    supervisor.start()
    try:
        wait_until_open(port, supervisor)
        measure(
            LiveProcess(f"http://127.0.0.1:{port}", supervisor), journey, cell, sessions, options
        )
    finally:
        supervisor.stop()


def scene(people: int):  # type: ignore[no-untyped-def]
    """A small journey, its first cell, and the sessions of so many editors."""
    from django.test import Client

    from journeys.models import Lane, Stage
    from teams.models import Workspace
    from tests.cast import member
    from tests.collaboration.scenes import small_journey

    workspace = Workspace.objects.create(name="Load", slug="load")
    sessions = []
    for number in range(people):
        client = Client()
        client.force_login(member(f"person{number}@load.example", workspace, "editor"))
        sessions.append(client.cookies["sessionid"].value)
    journey = small_journey(workspace)
    cell = (Stage.objects.filter(board=journey).first(), Lane.objects.filter(board=journey).first())
    return journey, cell, sessions


def measure(live, journey, cell, sessions, options) -> None:  # type: ignore[no-untyped-def]
    from tests.collaboration.scenes import OLGA, added_note

    audience = Audience(live.address)
    audience.open(journey.pk, journey.version, cookie=sessions[0])
    added_note(journey, *cell, "Warm", OLGA)
    audience.wait_for_version(journey.version, 60)
    before = live.memory_kib
    started = time.monotonic()
    each = options.streams // len(sessions)
    for session in sessions:
        audience.open_many(each, journey.pk, journey.version, cookie=session, seconds=120)
    report("streams opened a second", each * len(sessions) / (time.monotonic() - started))
    report("memory a stream", (live.memory_kib - before) / (each * len(sessions)), "KiB", 100)
    firsts, lasts = [], []
    spent = live.processor_ms
    for number in range(options.edits):
        sent = time.monotonic()
        added_note(journey, *cell, f"Note {number}", OLGA)
        arrivals = audience.wait_for_version(journey.version, 60)
        firsts.append((arrivals[0] - sent) * 1000)
        lasts.append((arrivals[-1] - sent) * 1000)
    report("edit sent to first reader has it, median", statistics.median(firsts), "ms")
    report("edit sent to last reader has it, median", statistics.median(lasts), "ms")
    report("processor time an edit", (live.processor_ms - spent) / options.edits, "ms")
    report("streams lost", sum(reader.ended for reader in audience.readers), "", 0)
    report(
        "memory a stream after the edits", (live.memory_kib - before) / options.streams, "KiB", 100
    )
    audience.close()


def report(name: str, value: float, unit: str = "", target: float | None = None) -> None:
    line = {"name": name, "value": round(value, 1), "unit": unit, "target": target}
    line["ok"] = target is None or value <= target
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
