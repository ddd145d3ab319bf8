"""A hundred guests collect on one workshop: how soon all see a note, nothing lost or doubled.

    python -m tests.load.workshop --guests 100 --seconds 300 --every 10

Starts its own PostgreSQL, Redis and site, and leaves nothing behind. Guests come in by the code
and follow the board; each writes a note every so many seconds, and sends some of them twice, as
after a lost answer. Prints one JSON object a line; a target that is missed ends with "ok": false
and a status other than 0.
"""

import argparse
import os
import random
import re
import sys
import threading
import time
from typing import Any

from tests.servers import DATA_DIR, SERVERS  # starts the servers and sets Django up first

# isort: split
from config.embedded.account import ourselves, socket_folder
from config.embedded.redis import free_port
from config.processes import Site
from config.supervisor import Supervisor
from tests.load.guest import Guest
from tests.load.report import report
from tests.load.site import memory_kib
from tests.processes import LiveSite, wait_until
from tests.streams import Audience, Reader

NOTE = re.compile(r"Guest \d+ says \d+\.")


def main() -> int:
    options = arguments()
    try:
        return run(options)
    finally:
        SERVERS.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guests", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--every", type=float, default=10, help="seconds between two of a guest")
    return parser.parse_args()


def run(options: argparse.Namespace) -> int:
    workshop, stages, sessions = scene(options.guests)
    port = free_port()
    sockets = socket_folder(ourselves(), DATA_DIR / "site")
    address = f"http://localhost:{port}"
    children = Site(sockets, "localhost", port).children
    supervisor = Supervisor(children, {**os.environ, "SITE_URL": address}, DATA_DIR / "logs")
    supervisor.start()
    try:
        wait_until(LiveSite(address, supervisor).answers, supervisor)
        audience = Audience(address)
        readers = [
            audience.open(workshop.pk, workshop.version, cookie=session, seconds=60)
            for session in sessions
        ]
        guests = [
            Guest(number, port, session, workshop.pk, stages, options.every)
            for number, session in enumerate(sessions)
        ]
        seen, memory = collect(options.seconds, guests, readers, supervisor)
        judged = judge(workshop, guests, readers, seen, memory)
        audience.close()
        return judged
    finally:
        supervisor.stop()


def scene(guests: int) -> tuple[Any, list[int], list[str]]:
    """A workshop in which an activity to collect runs, its stages, and the guests' sessions."""
    from django.core.management import call_command
    from django.test import Client

    from journeys.services import create_journey
    from journeys.starters import STARTERS
    from teams.access import Actor
    from teams.models import Role, Workspace
    from tests.workshops.doors import join, open_door
    from workshops.agenda import add_agenda_item
    from workshops.leading import start_activity
    from workshops.selectors import scope_of
    from workshops.services import create_workshop

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    workspace = Workspace.objects.create(name="Load", slug="load")
    by = Actor(user=None, role=Role.OWNER, name="Olga")
    journey = create_journey(workspace, title="Map", starter=STARTERS["seven-stages"], by=by)
    workshop = create_workshop(journey, title="A full room", by=by)
    item = add_agenda_item(workshop, kind="collect", minutes=30, may_add=True, by=by)
    start_activity(item, by=by)
    door = open_door(workshop, by)
    sessions = []
    for number in range(guests):
        client = Client(SERVER_NAME="localhost")
        assert join(client, door, f"Guest {number}").status_code == 302
        sessions.append(client.cookies["sessionid"].value)
    workshop.refresh_from_db()
    return workshop, [0, *(stage.pk for stage in scope_of(workshop))], sessions


def collect(
    seconds: float, guests: list[Guest], readers: list[Reader], supervisor: Supervisor
) -> tuple[list[dict[str, float]], list[dict[str, int]]]:
    """All guests at work, each in a thread: when each reader first saw each note, and memory."""
    over, chance = threading.Event(), random.Random(1)
    threads = [
        threading.Thread(target=guest.work, args=(over, chance.random())) for guest in guests
    ]
    for thread in threads:
        thread.start()
    seen: list[dict[str, float]] = [{} for _reader in readers]
    memory: list[dict[str, int]] = []
    end, next_look = time.monotonic() + seconds, 0.0
    while time.monotonic() < end + 5:
        time.sleep(0.5)
        if time.monotonic() >= end:
            over.set()
        for reader, notes in zip(readers, seen, strict=True):
            look(reader, notes)
        if time.monotonic() >= next_look:
            memory.append(memory_kib(supervisor))
            next_look = time.monotonic() + max(seconds / 10, 5)
    for thread in threads:
        thread.join()
    return seen, memory


def look(reader: Reader, notes: dict[str, float]) -> None:
    """Note what has arrived since the last look, and when; let go of the rest."""
    events = reader.events[:]
    del reader.events[: len(events)]
    for event in events:
        for text in NOTE.findall(event.text):
            notes.setdefault(text, event.at)


def judge(
    workshop: Any,
    guests: list[Guest],
    readers: list[Reader],
    seen: list[dict[str, float]],
    memory: list[dict[str, int]],
) -> int:
    from workshops.models import Contribution

    kept = list(Contribution.objects.filter(board=workshop.pk).values_list("text", flat=True))
    confirmed = [text for guest in guests for text in guest.confirmed]
    delays = sorted(
        max(notes.get(text, float("inf")) for notes in seen) - sent
        for guest in guests
        for text, sent in guest.confirmed.items()
    )
    times = sorted(spent for guest in guests for spent in guest.times_ms)
    report("notes written", len(confirmed))
    report("note confirmed, 95th percentile", times[int(len(times) * 0.95)], "ms")
    report("seen by all, median", delays[len(delays) // 2] * 1000, "ms")
    must = [
        report("seen by all, 95th percentile", delays[int(len(delays) * 0.95)] * 1000, "ms", 1000),
        report("answers other than 200", sum(guest.failed for guest in guests), target=0),
        report("notes lost", len(set(confirmed) - set(kept)), target=0),
        report("notes doubled", len(kept) - len(set(kept)), target=0),
        report("streams lost", sum(reader.ended for reader in readers), target=0),
    ]
    for name in memory[0]:
        at_first, at_last = memory[1][name] / 1024, memory[-1][name] / 1024
        report(f"memory of {name} soon after the start", at_first, "MiB")
        must.append(report(f"memory of {name} at the end", at_last, "MiB", at_first * 1.25 + 20))
    return 0 if all(must) else 1


if __name__ == "__main__":
    sys.exit(main())
