"""Redis and PostgreSQL go away while people follow a board. Cases 16, 17."""

import os
import signal

import pytest
import redis

from collaboration import bell
from config.embedded.redis import Redis, real_server
from tests.collaboration.scenes import OLGA, added_note, small_journey
from tests.servers import DATA_DIR

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own_redis(settings):
    """A Redis for this test alone, at which the test's own edits ring too."""
    program = real_server()
    if program is None:
        pytest.skip("no redis-server on this machine")
    folder = DATA_DIR / f"redis-{os.urandom(3).hex()}"
    folder.mkdir(mode=0o711)
    server = Redis(folder, program, durable=False)
    server.start()
    settings.REDIS_URL = server.url
    bell.connection.cache_clear()
    yield server
    server.stop()
    bell.connection.cache_clear()


@pytest.fixture
def journey(nordlys):
    return small_journey(nordlys)


@pytest.fixture
def write(journey):
    """`write("text")`: one more note on the journey; returns the new version."""
    from journeys.models import Lane, Stage

    stage = Stage.objects.filter(board=journey).first()
    lane = Lane.objects.filter(board=journey).first()

    def write_note(text):
        added_note(journey, stage, lane, text, OLGA)
        return journey.version

    return write_note


@pytest.fixture
def fifty(own_redis, start_live, audience_of, session_of, journey, bob):
    audience = audience_of(start_live(REDIS_URL=own_redis.url))
    audience.open_many(50, journey.pk, journey.version, cookie=session_of(bob))
    return audience


def test_case_16_redis_killed_and_restarted_loses_nothing(fifty, own_redis, write):
    fifty.wait_for_version(write("Before"))
    os.kill(own_redis.pid, signal.SIGKILL)
    own_redis.process.wait()
    without = write("Without Redis")
    fifty.wait_for_version(without, seconds=15)
    own_redis.start()
    fifty.wait_for_version(write("After"), seconds=15)
    assert not any(reader.ended for reader in fifty.readers)
    assert {reader.version for reader in fifty.readers} == {without + 1}
    for text in ("Before", "Without Redis", "After"):
        assert all(text in reader.text for reader in fifty.readers)


def test_case_17_redis_flushed_and_its_lines_cut_loses_nothing(fifty, own_redis, write):
    with redis.Redis.from_url(own_redis.url) as client:
        client.flushall()
        client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    fifty.wait_for_version(write("After the flush"), seconds=15)
    assert not any(reader.ended for reader in fifty.readers)


def test_case_17_a_ring_that_nobody_heard_is_made_good(fifty, own_redis, write, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    bell.connection.cache_clear()
    fifty.wait_for_version(write("Unheard"), seconds=5)


def test_case_16_a_live_process_that_is_killed_is_followed_on(
    own_redis, start_live, audience_of, session_of, journey, write, bob
):
    first = start_live(REDIS_URL=own_redis.url)
    session = session_of(bob)
    reader = audience_of(first).open(journey.pk, journey.version, cookie=session)
    known = write("Before")
    reader.wait_for_version(known)
    os.kill(first.pid, signal.SIGKILL)
    reader.wait_for_end()
    version = write("Meanwhile")
    again = audience_of(start_live(REDIS_URL=own_redis.url)).open(
        journey.pk, 0, cookie=session, headers={"Last-Event-ID": str(known)}
    )
    again.wait_for_version(version)
    assert "Meanwhile" in again.text


def test_a_live_process_told_to_stop_lets_its_readers_go_at_once(
    start_live, audience_of, session_of, journey, bob
):
    live = start_live()
    reader = audience_of(live).open(journey.pk, journey.version, cookie=session_of(bob))
    os.kill(live.pid, signal.SIGTERM)
    reader.wait_for_end(seconds=5)
    assert live.supervisor.children[0].process.wait(timeout=8) in (0, -signal.SIGTERM)
    assert "Traceback" not in live.log
