"""Many editors on one large map: nothing lost, no version missing, every page the same at the end.

    python -m tests.load.editors --editors 50 --minutes 10 --pause 5

Starts its own PostgreSQL, Redis and site, and leaves nothing behind. Prints one JSON object a
line: times are told, what must hold ends with "ok": false and a status other than 0 when it
does not.
"""

import argparse
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.servers import DATA_DIR, SERVERS  # starts the servers and sets Django up first

# isort: split
from config.embedded.account import ourselves, socket_folder
from config.embedded.redis import free_port
from config.processes import Site
from config.supervisor import Supervisor
from tests.load.editor import Editor, grid_text
from tests.load.report import report
from tests.load.shown import Shown
from tests.load.site import memory_kib, scene
from tests.processes import LiveSite, wait_until
from tests.streams import Audience


@dataclass
class Course:
    """What happened so far."""

    shown: list[Shown] = field(default_factory=list)
    memory: list[dict[str, int]] = field(default_factory=list)


def main() -> int:
    options = arguments()
    try:
        return run(options)
    finally:
        SERVERS.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, default=5, help="mean seconds between two edits")
    parser.add_argument("--stages", type=int, default=30)
    parser.add_argument("--lanes", type=int, default=15)
    parser.add_argument("--notes", type=int, default=1500)
    return parser.parse_args()


def run(options: argparse.Namespace) -> int:
    journey, sessions = scene(options.editors, options.stages, options.lanes, options.notes)
    port = free_port()
    sockets = socket_folder(ourselves(), DATA_DIR / "site")
    address = f"http://localhost:{port}"
    supervisor = Supervisor(
        Site(sockets, "localhost", port).children,
        {**os.environ, "SITE_URL": address},
        DATA_DIR / "logs",
    )
    supervisor.start()
    try:
        wait_until(LiveSite(address, supervisor).answers, supervisor)
        return measure(journey, sessions, port, supervisor, options)
    finally:
        supervisor.stop()


def measure(
    journey: Any, sessions: list[str], port: int, supervisor: Supervisor, options: Any
) -> int:
    editors = [
        Editor(number, port, session, journey.pk, options.pause, random.Random(number))
        for number, session in enumerate(sessions)
    ]
    audience = Audience(f"http://localhost:{port}")
    course = Course()
    opening = []
    for editor in editors:
        begin = time.monotonic()
        version, html = editor.open_the_map()
        opening.append((time.monotonic() - begin) * 1000)
        reader = audience.open(journey.pk, version, cookie=editor.session, seconds=60)
        course.shown.append(Shown(reader, version, html))
    report("map opened, median", statistics.median(opening), "ms")
    edit_for(options.minutes * 60, editors, course, supervisor)
    return judge(journey, editors, audience, course)


def edit_for(seconds: float, editors: list[Editor], course: Course, supervisor: Supervisor) -> None:
    """All editors at work, each in a thread; what their pages are told is folded each second."""
    over = threading.Event()
    threads = [threading.Thread(target=editor.work, args=(over,)) for editor in editors]
    for thread in threads:
        thread.start()
    deadline, next_look = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        over.wait(1)
        for shown in course.shown:
            shown.fold()
        if time.monotonic() >= next_look:
            course.memory.append(memory_kib(supervisor))
            next_look = time.monotonic() + max(seconds / 10, 5)
    over.set()
    for thread in threads:
        thread.join()
    course.memory.append(memory_kib(supervisor))


def judge(journey: Any, editors: list[Editor], audience: Audience, course: Course) -> int:
    from collaboration.models import Board, Change

    board = Board.objects.get(pk=journey.pk)
    audience.wait_for_version(board.version, 60)
    for shown in course.shown:
        shown.fold()
    times = sorted(ms for editor in editors for ms in editor.times_ms)
    answers: Counter[int] = sum((editor.answers for editor in editors), Counter())
    report("edits", len(times))
    report("answers other than 200", len(times) - answers[200], target=0)
    report("edit confirmed, median", statistics.median(times), "ms")
    report("edit confirmed, 95th percentile", times[int(len(times) * 0.95)], "ms", 150)
    report("edit confirmed, slowest", times[-1], "ms")
    versions = set(Change.objects.filter(board=board).values_list("version", flat=True))
    must = [
        report("versions missing", len(set(range(1, board.version + 1)) - versions), target=0),
        report("edits lost", sum(editor.lost() for editor in editors), target=0),
        report("streams lost", sum(shown.reader.ended for shown in course.shown), target=0),
        report("pages that differ", different_pages(editors, course.shown), target=0),
    ]
    for name in course.memory[0]:
        at_first, at_last = course.memory[1][name], course.memory[-1][name]
        report(f"memory of {name} soon after the start", at_first / 1024, "MiB")
        report(f"memory of {name} at the end", at_last / 1024, "MiB")
    audience.close()
    return 0 if all(must) else 1


def different_pages(editors: list[Editor], shown: list[Shown]) -> int:
    """How many pages, with the pieces that reached them, are not the page reloaded."""
    _version, html = editors[0].open_the_map()
    now = grid_text(html)
    stories = {page.story(): page for page in shown}
    differ = {story for story, page in stories.items() if page.text() != now}
    return sum(page.story() in differ for page in shown)


if __name__ == "__main__":
    sys.exit(main())
