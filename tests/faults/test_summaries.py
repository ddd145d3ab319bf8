"""The summary when its worker is killed in the middle of it, and when the disk is full."""

import errno
import os
import signal
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.utils import timezone

from collaboration.exporting import make, request_export, retry_export
from collaboration.models import Export
from config.supervisor import POLL_SECONDS
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.workshops.scenes import full_workshop
from workshops.services import add_contribution

Status = Export.Status
BEAT_SECONDS = 2.0


@pytest.fixture
def workshop(transactional_db, nordlys, bob):
    """So much that drawing it takes a while."""
    by = actor_in(bob, nordlys)
    starter = STARTERS["seven-stages"]
    journey = create_journey(nordlys, title="Buying software", starter=starter, by=by)
    workshop = full_workshop(journey, by=by)
    with workshop.editing(by=by):
        for number in range(300):
            add_contribution(workshop, text=f"Problem {number}: nobody answers. " * 6, by=by)
    return workshop


@pytest.fixture
def export(workshop, bob, nordlys) -> Export:
    return request_export(workshop, kind="summary", language="en", by=actor_in(bob, nordlys))


def now(export: Export) -> Export:
    return Export.objects.get(pk=export.pk)


def until(condition, supervisor) -> None:
    """Until it holds; processes that die meanwhile are started again, as the site does."""
    while not condition():
        supervisor.restart_dead()
        time.sleep(POLL_SECONDS)


def beat_until(condition, supervisor) -> None:
    """The same while beat ticks: a message that the dead worker was being given is lost."""
    said_at = 0.0
    while not condition():
        supervisor.restart_dead()
        if time.monotonic() - said_at > BEAT_SECONDS:
            said_at = time.monotonic()
            current_app.send_task("collaboration.tasks.resend_waiting_exports")
        time.sleep(POLL_SECONDS)


def stored() -> set[str]:
    try:
        return set(default_storage.listdir("exports")[1])
    except FileNotFoundError:
        return set()


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill_at_work(child) -> None:
    """The process of the pool that draws, without warning."""
    for pid in children_of(child.process.pid):
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(_handle(pid), signal.SIGKILL)


def _handle(pid: int) -> int:
    return os.pidfd_open(pid)


def kill_all(child) -> None:
    child.signal_group(signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_at_work, kill_all])
def test_cases_30_and_31_a_worker_killed_in_the_middle_leaves_one_whole_file(
    kill, export, celery_worker_process
):
    supervisor, before = celery_worker_process, stored()
    until(lambda: now(export).progress >= 5, supervisor)
    kill(supervisor.child("worker"))
    assert now(export).status == Status.RUNNING
    assert stored() == before
    # As it is when the time is over in which a task has to be acknowledged.
    Export.objects.filter(pk=export.pk).update(started_at=timezone.now() - timedelta(hours=1))
    until(lambda: supervisor.child("worker").is_running, supervisor)
    beat_until(lambda: now(export).status not in (Status.QUEUED, Status.RUNNING), supervisor)
    done = now(export)
    assert (done.status, done.error, done.attempts) == (Status.DONE, "", 2)
    assert len(stored() - before) == 1
    with done.file.open() as file:
        content = file.read()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")


def test_case_48_a_full_disk_is_told_leaves_nothing_and_is_got_over(
    export, bob, nordlys, monkeypatch
):
    """The storage writes a part of the file before it finds out."""
    before, write = stored(), default_storage._save

    def no_room(name, content):
        write(name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(
            type(default_storage._wrapped), "_save", lambda _self, *given: no_room(*given)
        )
        make(export.pk)
    failed = now(export)
    assert failed.status == Status.FAILED
    assert "no room left" in failed.error
    assert stored() == before
    retry_export(failed, by=actor_in(bob, nordlys))
    make(export.pk)
    assert now(export).status == Status.DONE
