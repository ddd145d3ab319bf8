"""One hub a live process: hears the bell, asks the database, wakes the streams that lag.

Nothing is queued. A stream knows which version it has sent and asks its room for what it
lacks; the room draws that once for all streams of one kind. So a slow reader costs no
memory, and a lost ring is made good by the next sweep.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import Error, connections
from redis import RedisError
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from collaboration import bell, places, presence
from collaboration.admission import Ticket, admitted
from collaboration.models import Board
from collaboration.presence import Presence
from collaboration.room import RELOAD, Room, Stream

SWEEP_EVERY_SECONDS = 2.0
CHECK_ACCESS_EVERY_SECONDS = 5.0
BEAT_EVERY_SECONDS = 15.0
LOOK_ROUND_EVERY_SECONDS = 0.25
Answer = TypeVar("Answer")
logger = structlog.get_logger(__name__)


class Hub:
    """All streams of this process, by board."""

    def __init__(self) -> None:
        self.rooms: dict[int, Room] = {}
        self._door = ThreadPoolExecutor(2, "live-door")
        self._desk = ThreadPoolExecutor(3, "live-desk")
        self._tasks: set[asyncio.Task[None]] = set()
        self._redis = Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=settings.REDIS_TIMEOUT_SECONDS,
            socket_connect_timeout=settings.REDIS_TIMEOUT_SECONDS,
            decode_responses=True,
            retry=Retry(NoBackoff(), 0),
        )
        self.presence = Presence(self._redis)

    @property
    def streams(self) -> list[Stream]:
        return [stream for room in self.rooms.values() for stream in room.streams]

    # --- Start and stop ----------------------------------------------------------------
    def start(self) -> None:
        self._spawn(self._listen())
        self._every(SWEEP_EVERY_SECONDS, self._sweep)
        self._every(CHECK_ACCESS_EVERY_SECONDS, self._check_access)
        self._every(BEAT_EVERY_SECONDS, self._beat)
        self._every(LOOK_ROUND_EVERY_SECONDS, self._look_round)

    def end_streams(self) -> None:
        """Close every stream; browsers come back to the process that takes over."""
        for stream in self.streams:
            stream.end()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for room in self.rooms.values():
            await self.presence.exchange(room.board_id, [])
        await self._redis.aclose()
        self._door.shutdown(wait=False, cancel_futures=True)
        self._desk.shutdown(wait=False, cancel_futures=True)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _every(self, seconds: float, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def forever() -> None:
            while True:
                await asyncio.sleep(seconds)
                try:
                    await act()
                except Error as error:
                    logger.warning("live_waits", what=act.__name__, error=type(error).__name__)
                except Exception:
                    logger.exception("live_failed", what=act.__name__)

        self._spawn(forever())

    # --- Streams come and go -------------------------------------------------------------
    def join(self, ticket: Ticket, since: int) -> Stream:
        """Listen for a board before looking at anything: nothing falls between."""
        room = self.rooms.get(ticket.board_id)
        if room is None:
            room = self.rooms[ticket.board_id] = Room(ticket.board_id, self.ask)
        return room.add(Stream(room, ticket, since))

    async def admit(self, stream: Stream) -> bool:
        """Look whether a stream may be opened; on success it has its visit."""
        visits = await self.ask_at_the_door(admitted, [stream.ticket])
        visit = visits.get(stream.ticket)
        if visit is None:
            return False
        stream.enter(visit)
        if stream.room.lags_behind(visit.board_version):
            await stream.room.look()
        return True

    # --- The database ----------------------------------------------------------------------
    async def ask(self, question: Callable[..., Answer], *args: object) -> Answer:
        return await _in_thread(self._desk, question, *args)

    async def ask_at_the_door(self, question: Callable[..., Answer], *args: object) -> Answer:
        """Like `ask`; a crowd that arrives does not hold up what those inside wait for."""
        return await _in_thread(self._door, question, *args)

    # --- What goes on all the time ---------------------------------------------------------
    async def _listen(self) -> None:
        said = False
        while True:
            try:
                async with self._redis.pubsub() as line:
                    await line.subscribe(bell.CHANNEL, places.CHANNEL)
                    said = False
                    await self._hear(line)
            except (RedisError, OSError, TimeoutError) as error:
                if not said:
                    logger.warning("bell_away", error=type(error).__name__)
                said = True
                await asyncio.sleep(1)

    async def _hear(self, line: PubSub) -> None:
        while True:
            message = await line.get_message(ignore_subscribe_messages=True, timeout=60)
            if message:
                self._heard(message["channel"], message["data"])

    def _heard(self, channel: str, text: str) -> None:
        board_id, _, version = text.partition(":")
        room = self.rooms.get(int(board_id)) if board_id.isdecimal() else None
        if room is None:
            return
        if channel == places.CHANNEL:
            room.look_round_after(0)
        elif version.isdecimal() and room.lags_behind(int(version)):
            self._spawn(room.look())

    async def _sweep(self) -> None:
        """What the bell did not bring: one question for all boards that are open."""
        followed = [board_id for board_id, room in self.rooms.items() if room.streams]
        if not followed:
            return
        for board_id, version in (await self.ask(_versions, followed)).items():
            room = self.rooms.get(board_id)
            if room is not None:
                await room.swept(version)

    async def _check_access(self) -> None:
        streams = [stream for stream in self.streams if stream.visit]
        if not streams:
            return
        visits = await self.ask_at_the_door(admitted, {stream.ticket for stream in streams})
        for stream in streams:
            if visits.get(stream.ticket) != stream.visit:
                stream.end(RELOAD)

    async def _beat(self) -> None:
        for stream in self.streams:
            stream.beat()

    async def _look_round(self) -> None:
        """Show changed rooms who is here; drop those that are empty."""
        for board_id, room in list(self.rooms.items()):
            if not room.wants_look_round:
                continue
            room.next_look_round_after(presence.FADES_AFTER_SECONDS / 2)
            room.show(await self.presence.exchange(board_id, room.people))
            if not room.streams:
                del self.rooms[board_id]


def _versions(board_ids: list[int]) -> dict[int, int]:
    return dict(Board.objects.filter(pk__in=board_ids).values_list("pk", "version"))


async def _in_thread(
    threads: ThreadPoolExecutor, question: Callable[..., Answer], *args: object
) -> Answer:
    def ask() -> Answer:
        try:
            return question(*args)
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(threads, ask)
