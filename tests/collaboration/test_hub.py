"""One hub a process: what is drawn how often, who waits for whom. Cases 18, 21, 22, 28."""

import asyncio
import itertools
import json
import threading
import time
import urllib.request

import pytest
from django.db import connection

from collaboration import bell
from collaboration.admission import Ticket, admitted
from collaboration.hub import _in_thread
from collaboration.room import RELOAD, Room, Stream
from tests.collaboration.scenes import OLGA, added_note, small_journey
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


class CountingDesk:
    """Answers a room's questions from the database, and notes which were asked."""

    def __init__(self):
        from concurrent.futures import ThreadPoolExecutor

        self.asked = []
        self.threads = ThreadPoolExecutor(2)

    async def __call__(self, question, *args):
        self.asked.append(question.__name__)
        return await _in_thread(self.threads, question, *args)


@pytest.fixture
def visits(journey, session_of, alice, bob, carol, victor):
    """The visit of each of four people, an editor twice."""
    tickets = [Ticket(session_of(user), journey.pk) for user in (alice, bob, bob, carol, victor)]
    found = admitted(tickets)
    return [found[ticket] for ticket in tickets]


def following(room, visit, since):
    stream = room.add(Stream(room, Ticket("", room.board_id), since))
    stream.enter(visit)
    return stream


def test_an_update_is_drawn_once_for_all_of_a_kind(journey, visits, note):
    desk = CountingDesk()

    async def follow():
        room = Room(journey.pk, desk)
        streams = [following(room, visit, journey.version - 1) for visit in visits]
        await room.look()
        return await asyncio.gather(*(stream.next_chunk() for stream in streams))

    chunks = asyncio.run(follow())
    assert desk.asked == ["_living_board", *["_draw_changes"] * 4]
    assert chunks[1] == chunks[2]
    assert len({id(chunk) for chunk in chunks}) == 4, "the same bytes for both editors"


def test_case_18_who_reads_slowly_is_sent_one_event_for_many_edits(
    journey, stage, lane, owner, visits
):
    desk = CountingDesk()
    since = journey.version
    for number in range(20):
        added_note(journey, stage, lane, f"Note {number}", owner)

    async def follow():
        room = Room(journey.pk, desk)
        stream = following(room, visits[0], since)
        await room.look()
        return await stream.next_chunk()

    chunk = asyncio.run(follow())
    assert chunk.startswith(f"id: {journey.version}\n".encode())
    assert chunk.count(b"hx-partial hx-target") == 1


def test_rings_that_come_while_a_question_is_out_are_answered_by_one_more(journey):
    desk = CountingDesk()

    async def ring_often():
        room = Room(journey.pk, desk)
        await asyncio.gather(*(room.look() for _ in range(50)))
        await asyncio.sleep(0)

    asyncio.run(ring_often())
    assert len(desk.asked) == 2


def test_a_stream_that_is_ended_says_its_last_words_once(journey, visits):
    async def end():
        room = Room(journey.pk, CountingDesk())
        stream = following(room, visits[0], journey.version)
        stream.end(RELOAD)
        return [await stream.next_chunk(), await stream.next_chunk()]

    assert asyncio.run(end()) == [RELOAD, None]


def test_a_board_put_back_from_a_backup_makes_pages_reload(
    audience, session_of, journey, note, bob
):
    from django.db.models import QuerySet

    from collaboration.models import Board

    reader = audience.open(journey.pk, journey.version, cookie=session_of(bob))
    reader.wait_for(lambda stream: stream.events != [])
    QuerySet.update(Board._base_manager.filter(pk=journey.pk), version=1)
    reader.wait_for(lambda stream: stream.named("reload") != [])
    assert reader.version == 1


def healthz(address):
    started = time.monotonic()
    with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
        return json.load(answer), time.monotonic() - started


def connections_to_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


def test_case_21_streams_hold_no_database_connection(
    start_live, audience_of, session_of, client_of, journey, stage, lane, owner, bob
):
    before = connections_to_the_database()
    live = start_live(DATABASE_POOL="8")
    audience = audience_of(live)
    readers = audience.open_many(200, journey.pk, journey.version, cookie=session_of(bob))
    assert {reader.status for reader in readers} == {200}
    answer, seconds = healthz(live.address)
    assert (answer["streams"], seconds < 1) == (200, True)
    assert connections_to_the_database() - before <= 8
    assert client_of(bob).get(f"/boards/{journey.pk}/changes/?since=1").status_code == 204
    added_note(journey, stage, lane, "For all", owner)
    audience.wait_for_version(journey.version)


def test_case_22_connections_that_break_leave_nothing_behind(
    live_process, audience, session_of, journey, bob, alice
):
    import redis
    from django.conf import settings

    from collaboration.presence import CHANNEL

    session = session_of(bob)
    watching = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    staying = audience.open(journey.pk, journey.version, cookie=session)
    watching.wait_for(lambda stream: "Bob" in stream.text, seconds=30)
    database = connections_to_the_database()
    for number in range(199):
        reader = audience.start(journey.pk, journey.version, cookie=session)
        if number % 2:
            reader.wait_for(lambda stream: stream.status == 200)
        reader.reset()
    staying.reset()
    wait_until(lambda: healthz(live_process.address)[0]["streams"] == 1, live_process.supervisor)
    watching.wait_for(lambda stream: "Bob" not in presence_events(stream)[-1].text, seconds=30)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        kept = [json.loads(entry)[2] for entry in client.hvals(f"{CHANNEL}:{journey.pk}")]
    assert kept == ["Alice"]
    assert connections_to_the_database() <= database + 2


def presence_events(reader):
    return [item for item in reader.events if "presence" in item.text]


@pytest.fixture
def big_note(journey, stage, lane, owner):
    """A note among 40 long ones: each change of it sends some 80 kB."""
    for number in range(40):
        added_note(journey, stage, lane, f"{number} " + "long text " * 190, owner)
    return added_note(journey, stage, lane, "The one that changes", owner)


def test_case_18_readers_that_do_not_read_cost_no_memory(
    start_live, audience_of, session_of, journey, big_note, owner, bob, alice
):
    live = start_live()
    audience = audience_of(live)
    quick = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    slow = [
        audience.open(journey.pk, journey.version, cookie=session_of(bob), receive_bytes=65536)
        for _ in range(10)
    ]
    for reader in slow:
        reader.pause()

    def rewrite(text):
        with journey.editing(by=owner):
            big_note.text = text
            big_note.save()
        quick.wait_for_version(journey.version)

    for number in range(20):
        rewrite(f"warm-up {number}")
    before = live.memory_kib
    for number in range(80):
        rewrite(f"text {number}")
    grown = live.memory_kib - before
    assert grown < 16 * 1024, f"{grown} KiB; all events of all readers are 64 MB"
    for reader in slow:
        reader.resume()
    for reader in slow:
        reader.wait_for_version(journey.version, seconds=20)
        assert "text 79" in reader.text
        assert len([item for item in reader.events if item.version]) < 80


def write_until(stop, journey_id, stage, lane):
    from journeys.models import Journey

    journey = Journey.objects.get(pk=journey_id)
    note = added_note(journey, stage, lane, "Again", OLGA)
    for number in itertools.count():
        if stop.is_set():
            break
        with journey.editing(by=OLGA):
            note.text = f"Again {number}"
            note.save()
    connection.close()


def test_case_28_a_thousand_rings_on_one_board_do_not_hold_up_another(
    audience, session_of, journey, stage, lane, nordlys, bob, owner
):
    other = small_journey(nordlys)
    from journeys.models import Lane, Stage

    there = (Stage.objects.filter(board=other).first(), Lane.objects.filter(board=other).first())
    session = session_of(bob)
    busy = audience.open_many(20, journey.pk, journey.version, cookie=session)
    quiet = audience.open(other.pk, other.version, cookie=session)
    stop = threading.Event()

    def ring():
        for version in itertools.count(journey.version + 1):
            bell.connection().publish(bell.CHANNEL, f"{journey.pk}:{version}")
            if stop.wait(0.001):
                return

    crowd = [
        threading.Thread(target=ring),
        threading.Thread(target=write_until, args=(stop, journey.pk, stage, lane)),
    ]
    for thread in crowd:
        thread.start()
    waits = []
    try:
        for number in range(30):
            added_note(other, *there, f"Quiet {number}", owner)
            sent = time.monotonic()
            quiet.wait_for_version(other.version)
            waits.append(time.monotonic() - sent)
    finally:
        stop.set()
        for thread in crowd:
            thread.join()
    assert max(waits) < 1
    journey.refresh_from_db()
    for reader in busy:
        reader.wait_for_version(journey.version)
