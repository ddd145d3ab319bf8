"""Does the process live, and is everything it needs there?"""

import json
import socket
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.core.management import call_command

from collaboration import readiness
from config.celery import leave_a_sign_of_life
from config.embedded.redis import free_port

ALL_WELL = {"database": "ok", "broker": "ok", "worker": "ok", "storage": "ok"}


@pytest.fixture
def worker_seen() -> Iterator[None]:
    leave_a_sign_of_life()
    yield
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete(readiness.WORKER_SEEN)


@pytest.fixture
def broker_without_workers(settings) -> None:
    """Another database of the same Redis: the workers of other tests leave no sign there."""
    settings.REDIS_URL = f"{settings.REDIS_URL.partition('?')[0]}?db=7"


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Accepts connections and never answers: the worst kind of away."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_case_45_liveness_asks_no_database(client):
    """Without the database fixture every query is refused."""
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.django_db(transaction=True)
def test_ready_when_everything_is_there(client, worker_seen):
    response = client.get("/readyz")
    assert (response.status_code, json.loads(response.content)) == (200, ALL_WELL)


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_a_worker(client, broker_without_workers):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content) == ALL_WELL | {"worker": "down"}


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_a_broker_and_the_reason_stays_in_the_log(client, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content) == ALL_WELL | {"broker": "down", "worker": "down"}


@pytest.mark.django_db(transaction=True)
def test_case_34_black_hole_costs_no_more_than_the_deadline(settings, silent_server):
    settings.REDIS_URL = f"redis://127.0.0.1:{silent_server}/0"
    faults = readiness.faults(deadline_seconds=0.5)
    assert faults["broker"] == "no answer within 0.5 seconds"
    assert faults["database"] == ""


@pytest.mark.django_db(transaction=True)
def test_storage_that_cannot_be_written_is_not_ready(settings, tmp_path, worker_seen):
    in_the_way = tmp_path / "media"
    in_the_way.write_text("a file where the folder should be")
    settings.MEDIA_ROOT = in_the_way
    assert readiness.faults()["storage"].startswith(("FileExistsError", "NotADirectoryError"))


@pytest.mark.django_db(transaction=True)
def test_runtime_check_goes_through_every_part_and_says_how_to_help(capsys, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    with pytest.raises(SystemExit) as ended:
        call_command("runtime_check")
    lines = capsys.readouterr().out.splitlines()
    assert ended.value.code == 1
    assert [line[:13].rstrip(":") for line in lines if not line.startswith(" ")] == [
        "FAIL settings",
        "ok   database",
        "FAIL broker: ",
        "ok   mail",
        "ok   storage",
    ]
    assert "     Look at REDIS_URL and start Redis." in lines
