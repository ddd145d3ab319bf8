"""Readers of live streams: one for a test, a thousand for a benchmark."""

import asyncio
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from config.embedded.redis import free_port
from config.supervisor import Child, Supervisor
from tests.processes import wait_until
from tests.servers import SERVERS

__all__ = ["SERVERS", "Audience", "LiveProcess", "Reader", "live_child", "wait_until_open"]


@dataclass(frozen=True)
class Event:
    at: float
    """When it had arrived, as time.monotonic() says."""
    name: str
    version: int | None
    text: str


class Reader(asyncio.Protocol):
    """One stream: its status, its headers, the events so far."""

    def __init__(self, audience: "Audience", request: bytes, receive_bytes: int | None) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.events: list[Event] = []
        self.comments = 0
        self.ended = False
        self.transport: Any = None
        self._audience = audience
        self._request = request
        self._receive_bytes = receive_bytes
        self._raw = b""

    # --- What a test asks ----------------------------------------------------------------
    @property
    def version(self) -> int | None:
        return next((event.version for event in self.events[::-1] if event.version), None)

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events)

    def wait_for(self, condition: "Callable[[Reader], bool]", seconds: float = 10) -> "Reader":
        self._audience.wait_for(lambda: condition(self), seconds, what=self)
        return self

    def wait_for_version(self, version: int, seconds: float = 10) -> "Reader":
        return self.wait_for(lambda reader: (reader.version or 0) >= version, seconds)

    def wait_for_end(self, seconds: float = 10) -> "Reader":
        return self.wait_for(lambda reader: reader.ended, seconds)

    def named(self, name: str) -> list[Event]:
        return [event for event in self.events if event.name == name]

    def pause(self) -> None:
        self._audience.call(self.transport.pause_reading)

    def resume(self) -> None:
        self._audience.call(self.transport.resume_reading)

    def reset(self) -> None:
        """Drop the connection as a crashed browser does: with a TCP reset."""
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        kept = self.transport.get_extra_info("socket")
        if kept is not None and kept.family != socket.AF_UNIX:
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._audience.call(self.transport.abort)

    def __repr__(self) -> str:
        state = "ended" if self.ended else "open"
        return f"<stream {self.status} at {self.version}, {len(self.events)} events, {state}>"

    # --- The protocol ----------------------------------------------------------------------
    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        if self._receive_bytes:
            kept = transport.get_extra_info("socket")
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_bytes)
        transport.write(self._request)

    def connection_lost(self, _error: Exception | None) -> None:
        self.ended = True
        self._audience.notify()

    def data_received(self, data: bytes) -> None:
        self._raw += data
        if not self.status:
            head, found, rest = self._raw.partition(b"\r\n\r\n")
            if not found:
                return
            self._raw = rest
            self._read_head(head.decode("latin-1"))
        if self.headers.get("transfer-encoding") == "chunked":
            self._read_chunks()
        else:
            self.body, self._raw = self.body + self._raw, b""
            self.ended = len(self.body) >= int(self.headers.get("content-length", 0))
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            self._read_events()
        self._audience.notify()

    def _read_head(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        self.headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        self.status = int(first.split()[1])

    def _read_chunks(self) -> None:
        while found := re.match(rb"([0-9a-fA-F]+)\r\n", self._raw):
            size = int(found[1], 16)
            end = found.end() + size
            if len(self._raw) < end + 2:
                return
            self.body += self._raw[found.end() : end]
            self._raw = self._raw[end + 2 :]
            if size == 0:
                self.ended = True

    def _read_events(self) -> None:
        while b"\n\n" in self.body:
            block, _, self.body = self.body.partition(b"\n\n")
            lines = block.decode().split("\n")
            values: dict[str, list[str]] = {"event": [], "id": [], "data": []}
            for line in lines:
                name, _, value = line.partition(": ")
                if line.startswith(":"):
                    self.comments += 1
                elif name.rstrip(":") in values:
                    values[name.rstrip(":")].append(value)
            version = int(values["id"][0]) if values["id"] else None
            name = values["event"][0] if values["event"] else ""
            self.events.append(Event(time.monotonic(), name, version, "\n".join(values["data"])))


class Audience:
    """Opens streams and reads them all in one thread of its own.

    `address` is `http://host:port` or `unix:/path/to.sock`.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.readers: list[Reader] = []
        self._loop = asyncio.new_event_loop()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def open(self, board_id: int, since: object, *, seconds: float = 15, **options: Any) -> Reader:
        """One stream, whose answer has begun. Options are those of `start`."""
        return self.open_many(1, board_id, since, seconds=seconds, **options)[0]

    def open_many(
        self, count: int, board_id: int, since: object, *, seconds: float = 60, **options: Any
    ) -> list[Reader]:
        """Streams opened at once; returns when each has its answer's head."""
        readers = [self.start(board_id, since, **options) for _ in range(count)]
        self.wait_for(
            lambda: all(reader.status or reader.ended for reader in readers), seconds, what=readers
        )
        return readers

    def start(
        self,
        board_id: object,
        since: object,
        *,
        cookie: str = "",
        headers: dict[str, str] | None = None,
        method: str = "GET",
        path: str = "",
        receive_bytes: int | None = None,
        body: bytes = b"",
    ) -> Reader:
        """Send the request and wait for nothing. `cookie` is a session's key."""
        ours = {
            "Host": urlsplit(self.address).netloc or "localhost",
            "Sec-Fetch-Site": "same-origin",
        }
        if cookie:
            ours["Cookie"] = f"sessionid={cookie}"
        ours |= headers or {}
        head = f"{method} {path or f'/live/{board_id}/?since={since}'} HTTP/1.1\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in ours.items() if value) + "\r\n"
        return self.send(head.encode("latin-1") + body, receive_bytes)

    def send(self, request: bytes, receive_bytes: int | None = None) -> Reader:
        """Any bytes at all."""
        reader = Reader(self, request, receive_bytes)
        self.readers.append(reader)
        asyncio.run_coroutine_threadsafe(self._connect(reader), self._loop).result(30)
        return reader

    async def _connect(self, reader: Reader) -> None:
        if self.address.startswith("unix:"):
            await self._loop.create_unix_connection(lambda: reader, self.address[5:])
        else:
            parts = urlsplit(self.address)
            await self._loop.create_connection(lambda: reader, parts.hostname, parts.port)

    # --- Waiting -----------------------------------------------------------------------------
    def notify(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[], bool], seconds: float, *, what: object) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, seconds), f"not within {seconds} s: {what!r}"

    def wait_for_version(self, version: int, seconds: float = 10) -> list[float]:
        """Until every open stream has `version`; returns when each had it, soonest first."""
        readers = [reader for reader in self.readers if not reader.ended]
        self.wait_for(
            lambda: all((reader.version or 0) >= version for reader in readers),
            seconds,
            what=[reader for reader in readers if (reader.version or 0) < version][:3],
        )
        arrivals = [
            next(event.at for event in reader.events if (event.version or 0) >= version)
            for reader in readers
        ]
        return sorted(arrivals)

    def call(self, act: Callable[[], Any]) -> Any:
        """Do something in the thread that reads."""
        done: Future[Any] = Future()
        self._loop.call_soon_threadsafe(lambda: done.set_result(act()))
        return done.result(10)

    def close(self) -> None:
        for reader in self.readers:
            if reader.transport is not None:
                self.call(reader.transport.abort)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class LiveProcess:
    """A live process of its own on a port of its own."""

    def __init__(self, address: str, supervisor: Supervisor) -> None:
        self.address = address
        self.supervisor = supervisor

    @property
    def pid(self) -> int:
        process = self.supervisor.children[0].process
        assert process is not None
        return process.pid

    @property
    def log(self) -> str:
        return self.supervisor.log_of(self.supervisor.children[0]).read_text()

    @property
    def memory_kib(self) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))

    @property
    def processor_ms(self) -> float:
        """What the process has used so far, of its own and of the system's time."""
        ticks = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")


def wait_until_open(port: int, supervisor: Supervisor) -> None:
    def is_open() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            return False
        return True

    wait_until(is_open, supervisor)


def live_child(port: int) -> Child:
    return Child(
        f"live-{port}",
        [
            *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--ws", "none"),
            *("--port", str(port), "--no-access-log", "--log-level", "warning"),
            *("--timeout-graceful-shutdown", "2"),
        ],
    )


@pytest.fixture(scope="session")
def start_live(
    start_processes: Callable[..., Supervisor],
) -> Callable[..., LiveProcess]:
    """`start_live(REDIS_URL=…)`: a live process with settings of its own."""

    def start(**variables: str) -> LiveProcess:
        port = free_port()
        supervisor = start_processes([live_child(port)], **variables)
        wait_until_open(port, supervisor)
        return LiveProcess(f"http://127.0.0.1:{port}", supervisor)

    return start


@pytest.fixture(scope="session")
def live_process(start_live: Callable[..., LiveProcess]) -> LiveProcess:
    """One live process for all tests that do it no harm."""
    return start_live()


@pytest.fixture
def audience(transactional_db: None, live_process: LiveProcess) -> Iterator[Audience]:
    """Opens streams of the live process; all are closed before the rows go."""
    audience = Audience(live_process.address)
    yield audience
    audience.close()


@pytest.fixture
def audience_of(transactional_db: None) -> Iterator[Callable[[LiveProcess], Audience]]:
    """`audience_of(live)`: an audience of a live process of one's own."""
    opened: list[Audience] = []

    def open_audience(live: LiveProcess) -> Audience:
        opened.append(Audience(live.address))
        return opened[-1]

    yield open_audience
    for audience in opened:
        audience.close()


@pytest.fixture
def session_of(client_of: Callable[..., Any]) -> Callable[..., str]:
    """`session_of(alice)`: the key of a fresh session in which Alice is signed in."""
    return lambda user: str(client_of(user).cookies["sessionid"].value)
