"""The streams of one board, and what is drawn for them."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import structlog
from django.db import Error

from collaboration.admission import Ticket, Visit
from collaboration.live import TooFarBehind, Viewer, render_changes
from collaboration.models import Board
from collaboration.presence import Person, draw_presence

LEAVES_AFTER_SECONDS = 2.0
MOST_KEPT = 32
Ask = Callable[..., Awaitable[Any]]
logger = structlog.get_logger(__name__)


def event(text: str, *, name: str = "", version: int | None = None) -> bytes:
    """One Server-Sent Event; the version is what a browser returns with as Last-Event-ID."""
    lines = [f"event: {name}"] if name else []
    if version is not None:
        lines.append(f"id: {version}")
    lines += [f"data: {line}" for line in re.split(r"\r\n|\r|\n", text)]
    return ("\n".join(lines) + "\n\n").encode()


BEAT = b": here\n" + event("", name="beat")
RELOAD = event("", name="reload")


class Stream:
    """One browser that follows a board: what it has, and what it shall be told."""

    __slots__ = (
        "_last_words",
        "_woken",
        "beats",
        "people_shown",
        "room",
        "ticket",
        "version",
        "visit",
    )

    def __init__(self, room: "Room", ticket: Ticket, since: int) -> None:
        self.room = room
        self.ticket = ticket
        self.version = since
        self.visit: Visit | None = None
        self.people_shown = 0
        self.beats = False
        self._woken = asyncio.Event()
        self._last_words: bytes | None = None

    def enter(self, visit: Visit) -> None:
        self.visit = visit
        self.room.look_round_after(0)

    def leave(self) -> None:
        self.room.streams.discard(self)
        self.room.look_round_after(LEAVES_AFTER_SECONDS)

    def wake(self) -> None:
        self._woken.set()

    def beat(self) -> None:
        self.beats = True
        self.wake()

    def end(self, last_words: bytes = b"") -> None:
        self._last_words = last_words
        self.wake()

    async def next_chunk(self) -> bytes | None:
        """Wait for what this browser lacks; None when it shall be let go."""
        while self._last_words is None:
            self._woken.clear()
            if chunk := await self._news():
                return chunk
            if self._last_words is None:
                await self._woken.wait()
        chunk, self._last_words = self._last_words, b""
        return chunk or None

    async def _news(self) -> bytes:
        board = self.room.board
        if self.visit is None or board is None:
            return b""
        if self.version != board.version:
            return await self._catch_up(board, self.visit.viewer)
        if self.people_shown != self.room.people_number:
            self.people_shown = self.room.people_number
            return await self.room.drawn_people(self.visit.viewer.language)
        if self.beats:
            self.beats = False
            return BEAT
        return b""

    async def _catch_up(self, board: Board, viewer: Viewer) -> bytes:
        if self.version > board.version:
            self.version = board.version
            return event("", name="reload", version=board.version)
        try:
            self.version, chunk = await self.room.drawn_since(board, self.version, viewer)
        except Exception:  # noqa: BLE001 - logged once where it is drawn; the sweep tries again
            return b""
        return chunk


class Room:
    """One board with open streams in this process."""

    def __init__(self, board_id: int, ask: Ask) -> None:
        self.board_id = board_id
        self.board: Board | None = None
        self.streams: set[Stream] = set()
        self.people_number = 0
        self._ask = ask
        self._shown: set[Person] = set()
        self._drawn: dict[object, asyncio.Future[Any]] = {}
        self._looking = False
        self._look_again = False
        self._look_round_at = float("inf")

    def add(self, stream: Stream) -> Stream:
        self.streams.add(stream)
        return stream

    def wake(self) -> None:
        for stream in self.streams:
            stream.wake()

    # --- How far the board is --------------------------------------------------------------
    def lags_behind(self, version: int) -> bool:
        return self.board is None or version > self.board.version

    async def swept(self, version: int) -> None:
        """The database says `version`; also a board put back from a backup, at a lower one."""
        if self.board is None or version != self.board.version:
            await self.look()
        elif any(stream.version != version for stream in self.streams):
            self.wake()

    async def look(self) -> None:
        """Ask the database; who asks meanwhile makes it ask once more."""
        self._look_again = True
        if self._looking:
            return
        self._looking = True
        try:
            while self._look_again:
                self._look_again = False
                self._found(await self._ask(_living_board, self.board_id))
        except Error as error:
            logger.warning("live_waits", board=self.board_id, error=type(error).__name__)
        finally:
            self._looking = False

    def _found(self, board: Board | None) -> None:
        if board is None or (self.board is not None and board.version == self.board.version):
            return
        self.board = board
        self._drawn = {key: kept for key, kept in self._drawn.items() if isinstance(key, str)}
        self.wake()

    async def drawn_since(self, board: Board, since: int, viewer: Viewer) -> tuple[int, bytes]:
        """The event that leads from one version to now; drawn once for all who need it."""
        drawn: tuple[int, bytes]
        drawn = await self._once((since, viewer), _draw_changes, board, since, viewer)
        return drawn

    # --- Who is here -----------------------------------------------------------------------
    @property
    def people(self) -> set[Person]:
        return {stream.visit.person for stream in self.streams if stream.visit}

    @property
    def wants_look_round(self) -> bool:
        return time.monotonic() >= self._look_round_at

    def look_round_after(self, seconds: float) -> None:
        self._look_round_at = min(self._look_round_at, time.monotonic() + seconds)

    def next_look_round_after(self, seconds: float) -> None:
        self._look_round_at = time.monotonic() + seconds

    def show(self, people: Collection[Person]) -> None:
        if set(people) == self._shown:
            return
        self._shown = set(people)
        self.people_number += 1
        self._drawn = {key: kept for key, kept in self._drawn.items() if not isinstance(key, str)}
        self.wake()

    async def drawn_people(self, language: str) -> bytes:
        chunk: bytes = await self._once(language, _draw_people, self._shown, language)
        return chunk

    # --- Drawing ---------------------------------------------------------------------------
    async def _once(self, key: object, draw: Callable[..., Any], *args: object) -> Any:
        kept = self._drawn.get(key)
        if kept is None:
            if len(self._drawn) >= MOST_KEPT:
                self._drawn.pop(next(iter(self._drawn)))
            kept = self._drawn[key] = asyncio.ensure_future(self._ask(draw, *args))
            kept.add_done_callback(lambda done: self._drawing_ended(key, done))
        return await asyncio.shield(kept)

    def _drawing_ended(self, key: object, done: "asyncio.Future[Any]") -> None:
        if done.cancelled() or done.exception() is None:
            return
        logger.error("live_drawing_failed", board=self.board_id, exc_info=done.exception())
        if self._drawn.get(key) is done:
            del self._drawn[key]


def _living_board(board_id: int) -> Board | None:
    board: Board | None = Board.objects.alive().filter(pk=board_id).first()
    return board


def _draw_changes(board: Board, since: int, viewer: Viewer) -> tuple[int, bytes]:
    try:
        delta = render_changes(board, since, viewer)
    except TooFarBehind:
        return board.version, event("", name="reload", version=board.version)
    return delta.version, event(delta.html, version=delta.version)


def _draw_people(people: set[Person], language: str) -> bytes:
    return event(draw_presence(people, language))
