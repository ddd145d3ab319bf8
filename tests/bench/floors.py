"""Floors: the least that Django, PostgreSQL and WeasyPrint can do for the same result.

They do no sign-in, no permission and no history; nobody could use them as a product.
"""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import redis.asyncio
from django.core.cache import caches
from django.db import connection, transaction
from django.template import Context, Engine
from django.utils.html import escape

from collaboration.bell import connection as bell
from journeys.models import Lane, Note, Stage

TEMPLATE = Engine().from_string(
    "<table>{% for row in rows %}<tr><th>{{ row.lane }}</th>{% for cell in row.cells %}<td>"
    "<ul>{% for note in cell %}<li id='note-{{ note.pk }}'><button hx-get='/notes/{{ note.pk }}/'>"
    "{{ note.text }}</button></li>{% endfor %}</ul></td>{% endfor %}</tr>{% endfor %}</table>"
)


def _rows(board_id: int) -> tuple[list[Stage], list[Lane], list[Note]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM collaboration_board WHERE id = %s", [board_id])
        cursor.fetchone()
    return (
        list(Stage.objects.filter(board=board_id)),
        list(Lane.objects.filter(board=board_id)),
        list(Note.objects.filter(board=board_id)),
    )


def map_by_template(board_id: int) -> str:
    """Four queries and a plain Django template."""
    stages, lanes, notes = _rows(board_id)
    cells: dict[tuple[int, int], list[Note]] = {}
    for note in notes:
        cells.setdefault((note.stage_id, note.lane_id), []).append(note)
    rows = [
        {"lane": lane, "cells": [cells.get((stage.pk, lane.pk), []) for stage in stages]}
        for lane in lanes
    ]
    return TEMPLATE.render(Context({"rows": rows}))


def map_from_cache(board_id: int) -> str:
    """Four queries and every item's HTML from the cache."""
    _stages, _lanes, notes = _rows(board_id)
    cache = caches["fragments"]
    keys = {f"floor-{note.pk}-{note.version}": note for note in notes}
    kept = cache.get_many(keys)
    missing = {
        key: f"<li>{escape(note.text)}</li>" for key, note in keys.items() if key not in kept
    }
    cache.set_many(missing)
    return "".join({**kept, **missing}.values())


def edit_of(note: Note, text: str) -> str:
    """Lock, update, a row in a log, a ring, the fragment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM collaboration_board WHERE id = %s FOR UPDATE", [note.board_id]
        )
        cursor.execute("UPDATE journeys_note SET text = %s WHERE id = %s", [text, note.pk])
        cursor.execute("INSERT INTO bench_log (note, words) VALUES (%s, %s)", [note.pk, text])
    bell().publish("floor", f"{note.board_id}")
    return f"<li id='note-{note.pk}'>{escape(text)}</li>"


def create_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_log (id bigserial PRIMARY KEY, note bigint, words text)")


class BareHub:
    """One Redis subscription; each message goes to every connection as it is."""

    def __init__(self, redis_url: str) -> None:
        self.redis_url = redis_url
        self.port = 0
        self._writers: list[asyncio.StreamWriter] = []
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        # Redis goes away when all has been measured.
        with suppress(redis.RedisError):
            self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        client = redis.asyncio.Redis.from_url(self.redis_url)
        subscription = client.pubsub()
        await subscription.subscribe("bare-hub")
        self._ready.set()
        async for message in subscription.listen():
            if message["type"] == "message":
                for writer in self._writers:
                    writer.write(message["data"])

    async def _join(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)

    def wait_for(self, count: int) -> None:
        while len(self._writers) < count:
            threading.Event().wait(0.01)


def time_to_last(hub: BareHub, viewers: int, payload: bytes, clock: Callable[[], float]) -> float:
    """Seconds from a publish until the last of so many plain connections has it all."""
    connections = [socket.create_connection(("127.0.0.1", hub.port)) for _ in range(viewers)]
    hub.wait_for(viewers)
    begin = clock()
    bell().publish("bare-hub", payload)
    for each in connections:
        left = len(payload)
        while left:
            left -= len(each.recv(left))
    taken = clock() - begin
    for each in connections:
        each.close()
    hub._writers.clear()
    return taken
