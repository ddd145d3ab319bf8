"""Real processes against the test database: a Celery worker, and the whole site."""

import os
import shutil
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.db import connection

from collaboration.readiness import WORKER_SEEN
from config.embedded.account import ourselves, socket_folder
from config.embedded.processes import last_lines
from config.embedded.redis import free_port
from config.processes import Site, beat, worker
from config.supervisor import POLL_SECONDS, Child, Supervisor
from tests.servers import DATA_DIR

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class LiveSite:
    """The site as its visitors meet it; `url` is the address of the front."""

    def __init__(self, url: str, supervisor: Supervisor) -> None:
        self.url = url
        self.supervisor = supervisor

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    @contextmanager
    def without(self, *names: str) -> Iterator[None]:
        """These of its processes are stopped, and started again at the end."""
        children = [self.supervisor.child(name) for name in names]
        for child in children:
            child.signal_group(signal.SIGTERM)
        wait_until(lambda: not any(child.is_running for child in children))
        try:
            yield
        finally:
            for child in children:
                child.start(self.supervisor.environment, self.supervisor.log_of(child))
            wait_until(self.answers, self.supervisor)


@pytest.fixture(scope="session")
def process_environment(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, str]]:
    """What a process needs to work on the test database."""
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    yield {**os.environ, "DATABASE_URL": urlunsplit(url)}
    with django_db_blocker.unblock():
        end_sessions(other_sessions())


@pytest.fixture(scope="session")
def start_processes(
    process_environment: dict[str, str],
) -> Iterator[Callable[..., Supervisor]]:
    """`start_processes([child, …], SITE_URL=…)`: a supervisor; all are stopped at the end."""
    logs = DATA_DIR / "logs"
    supervisors: list[Supervisor] = []

    def start(children: list[Child], **variables: str) -> Supervisor:
        supervisor = Supervisor(children, process_environment | variables, logs)
        supervisors.append(supervisor)
        supervisor.start()
        return supervisor

    yield start
    for supervisor in supervisors:
        supervisor.stop()


OTHER_SESSIONS = """
    SELECT pid, application_name, state, query FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'
"""
QUIET_WITHIN_SECONDS = 10.0


def other_sessions(*, at_work: bool = False) -> list[tuple[int, str, str, str]]:
    """Who else is connected to the test database, or is in the middle of something there."""
    with connection.cursor() as cursor:
        cursor.execute(OTHER_SESSIONS + ("AND xact_start IS NOT NULL" if at_work else ""))
        return list(cursor.fetchall())


def end_sessions(sessions: list[tuple[int, str, str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s::int[]) pid",
            [[pid for pid, *_ in sessions]],
        )


@pytest.fixture
def quiet_at_the_end(transactional_db: None) -> Iterator[None]:
    """The database is emptied only when no process works on it: a page's last request may."""
    yield
    deadline = time.monotonic() + QUIET_WITHIN_SECONDS
    while (busy := other_sessions(at_work=True)) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    if busy:
        end_sessions(busy)
        pytest.fail(f"still at work after {QUIET_WITHIN_SECONDS:.0f} seconds: {busy}")


def wait_until(condition: Callable[[], bool], supervisor: Supervisor | None = None) -> None:
    """Until it holds; a process that ends before fails the test with its last words."""
    while not condition():
        for child in supervisor.children if supervisor else ():
            if not child.is_running:
                pytest.fail(f"{child.name} ended:\n{last_lines(supervisor.log_of(child))}")
        time.sleep(POLL_SECONDS)


@pytest.fixture(scope="session")
def celery_worker_process(start_processes: Callable[..., Supervisor]) -> Supervisor:
    """A real worker; tasks that a test sends are done by it."""
    supervisor = start_processes([worker()], WORKERS="1")
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        wait_until(lambda: bool(client.exists(WORKER_SEEN)), supervisor)
    return supervisor


@pytest.fixture(scope="session")
def celery_beat_process(start_processes: Callable[..., Supervisor]) -> Supervisor:
    return start_processes([beat(DATA_DIR)], RESEND_EVERY_SECONDS="1")


@pytest.fixture(scope="session")
def live_site(start_processes: Callable[..., Supervisor]) -> LiveSite:
    """Web, live and front; use it with `transactional_db`, or they do not see your rows."""
    # Playwright keeps an event loop in the thread in which the tests use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    port = free_port()
    sockets = socket_folder(ourselves(), DATA_DIR / "site")
    url = f"http://localhost:{port}"
    supervisor = start_processes(Site(sockets, "localhost", port).children, SITE_URL=url)
    site = LiveSite(url, supervisor)
    wait_until(site.answers, supervisor)
    return site


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium; Playwright downloads none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    return {"executable_path": str(Path(found)), "args": CHROMIUM_FLAGS}


@pytest.fixture
def page_of(quiet_at_the_end, live_site, client_of, new_context):
    """`page_of(alice)`: a page of a browser of her own, signed in; options go to the context."""

    def open_page(user=None, **options):
        context = new_context(base_url=live_site.url, **options)
        cookies = client_of(user).cookies if user else {}
        context.add_cookies(
            [
                {"name": name, "value": cookie.value, "url": live_site.url}
                for name, cookie in cookies.items()
            ]
        )
        return context.new_page()

    return open_page
