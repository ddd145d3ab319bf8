"""Web processes that are killed while people use the site."""

import http.client
import os
import signal
import threading
import urllib.request
from pathlib import Path
from typing import Self

import pytest

from tests.config.test_run import parent
from tests.waiting import until

VISITORS = 4
KILLS = 3


def web_workers(master: int) -> set[int]:
    running = {int(folder.name) for folder in Path("/proc").glob("[0-9]*")}
    return {pid for pid in running if parent(pid) == master}


class Visitors:
    """Ask for a page again and again, and note every answer that is not the page."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages = 0
        self.faults: list[str] = []
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self.visit) for _ in range(VISITORS)]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.done.set()
        for thread in self.threads:
            thread.join()

    def visit(self) -> None:
        while not self.done.is_set():
            try:
                with urllib.request.urlopen(self.url, timeout=30) as answer:
                    answer.read()
                    self.pages += 1
            except (http.client.HTTPException, OSError) as fault:
                self.faults.append(repr(fault))


@pytest.mark.django_db(transaction=True)
def test_case_54_killed_web_workers_cost_no_page(live_site):
    master = live_site.supervisor.child("web").process.pid
    with Visitors(f"{live_site.url}/accounts/login/") as visitors:
        for _ in range(KILLS):
            before = visitors.pages
            until(lambda before=before: visitors.pages > before + 10)
            victim = min(web_workers(master))
            os.kill(victim, signal.SIGKILL)
            until(lambda victim=victim: victim not in web_workers(master))
            until(lambda: len(web_workers(master)) == 2)
    assert visitors.faults == []
