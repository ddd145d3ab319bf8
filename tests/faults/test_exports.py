"""Exports with a real worker, and with a broker that is down, deaf or empty."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from collaboration.exporting import request_export
from collaboration.models import Export
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.processes import wait_until
from tests.workshops.scenes import feel, full_workshop
from workshops.models import Workshop

Status = Export.Status

CLICK = """
import json, sys, time
import django
django.setup()
from django.test import Client
from teams.models import User

client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(email="bob@nordlys.example"))
client.get(sys.argv[2])
started = time.monotonic()
response = client.post(sys.argv[1], {"kind": "summary"}, headers={"HX-Request": "true"})
print(json.dumps([response.status_code, time.monotonic() - started]))
"""


@pytest.fixture
def workshop(transactional_db, nordlys, bob) -> Workshop:
    by = actor_in(bob, nordlys)
    journey = create_journey(
        nordlys, title="Buying software", starter=STARTERS["seven-stages"], by=by
    )
    feel(journey, by=by)
    return full_workshop(journey, by=by)


@pytest.fixture
def export(workshop, bob, nordlys) -> Export:
    return request_export(workshop, kind="summary", language="en", by=actor_in(bob, nordlys))


@pytest.fixture
def click(workshop, process_environment):
    """`click(redis_url)`: Bob asks for a summary in a process with that broker: (status, seconds)."""

    def press(redis_url: str) -> tuple[int, float]:
        addresses = [f"/boards/{workshop.pk}/exports/", workshop.get_absolute_url()]
        environment = process_environment | {"REDIS_URL": redis_url}
        run = subprocess.run(
            [sys.executable, "-c", CLICK, *addresses],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        status, seconds = json.loads(run.stdout.splitlines()[-1])
        return status, seconds

    return press


@pytest.fixture
def black_hole() -> Iterator[str]:
    """The address of a Redis that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = []

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        server.shutdown(socket.SHUT_RDWR)
        for connection in taken:
            connection.close()


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def status_of(export: Export) -> str:
    return Export.objects.values_list("status", flat=True).get(pk=export.pk)


def send(task: str, *args: object) -> None:
    current_app.send_task(f"collaboration.tasks.{task}", args)


def test_a_worker_makes_the_summary(export, celery_worker_process):
    wait_until(
        lambda: status_of(export) not in (Status.QUEUED, Status.RUNNING), celery_worker_process
    )
    export.refresh_from_db()
    assert (export.status, export.error, export.attempts) == (Status.DONE, "", 1)
    with export.file.open() as file:
        assert file.read(5) == b"%PDF-"


def test_case_33_redis_down_is_no_reason_to_wait(click, workshop, celery_worker_process):
    status, seconds = click(f"redis://127.0.0.1:{closed_port()}/0")
    export = Export.objects.get(board=workshop.pk)
    assert (status, export.status, export.sent_at) == (200, Status.QUEUED, None)
    assert seconds < 2
    send("resend_waiting_exports")
    wait_until(lambda: status_of(export) == Status.DONE, celery_worker_process)


def test_case_34_a_deaf_redis_does_not_hang_the_page(click, black_hole, workshop):
    status, seconds = click(black_hole)
    export = Export.objects.get(board=workshop.pk)
    assert (status, export.status, export.sent_at) == (200, Status.QUEUED, None)
    assert seconds < 5


def test_case_35_what_redis_lost_is_sent_again_from_the_database(
    workshop, bob, celery_worker_process
):
    """As it is after FLUSHALL: the rows say queued and running, and no task is anywhere."""
    long_ago = timezone.now() - timedelta(hours=1)
    given = {"board_id": workshop.pk, "requested_by": bob, "kind": "summary", "language": "en"}
    lost = [
        Export.objects.create(**given, status=Status.QUEUED, sent_at=long_ago),
        Export.objects.create(**given, status=Status.RUNNING, started_at=long_ago, attempts=1),
    ]
    send("resend_waiting_exports")
    for export in lost:
        wait_until(lambda export=export: status_of(export) == Status.DONE, celery_worker_process)


def test_case_36_a_task_that_comes_three_times_is_done_once(export, celery_worker_process):
    for _ in range(2):
        send("render_export", export.pk)
    wait_until(lambda: status_of(export) == Status.DONE, celery_worker_process)
    marker = Export.objects.create(
        board_id=export.board_id, requested_by=export.requested_by, kind="summary", language="da"
    )
    send("render_export", marker.pk)
    wait_until(lambda: status_of(marker) == Status.DONE, celery_worker_process)
    assert Export.objects.get(pk=export.pk).attempts == 1


def test_case_37_a_task_for_a_deleted_board_is_cancelled(
    workshop, bob, nordlys, celery_worker_process
):
    from workshops.services import delete_workshop

    export = Export.objects.create(
        board_id=workshop.pk, requested_by=bob, kind="summary", language="en"
    )
    delete_workshop(workshop, by=actor_in(bob, nordlys))
    send("render_export", export.pk)
    wait_until(lambda: status_of(export) == Status.CANCELLED, celery_worker_process)
    assert not Export.objects.get(pk=export.pk).file
