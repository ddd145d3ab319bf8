"""The live process: `/live/<board id>/?since=<version>`, a stream of Server-Sent Events.

A plain ASGI application: a stream costs two coroutines and no database connection.
Subscribe first, then replay what changed since `Last-Event-ID` or `?since=`, then go live.
"""

import asyncio
import json
import re
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import structlog
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_language_from_request

from collaboration.admission import Ticket
from collaboration.hub import Hub
from collaboration.room import Stream

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

ADDRESS = re.compile(r"/live/([0-9]{1,15})/")
VERSION = re.compile(r"[0-9]{1,15}")
VIEW = re.compile(r"[a-z]{1,20}")
SESSION_KEY = re.compile(r"[a-z0-9]{8,40}")
NO_KNOWN_VERSION = 10**15
"""Ahead of every board: whoever comes with no version that makes sense is told to reload."""
CHUNK_BYTES = 32 * 1024
STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
logger = structlog.get_logger(__name__)


class Refused(Exception):
    """A request that gets no stream: its status, and the reason for the log."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = headers


class LiveApplication:
    """The ASGI application of the live process: streams, and /healthz."""

    def __init__(self) -> None:
        self.hub: Hub | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        self.hub = hub = Hub()
        hub.start()
        _end_streams_on_signals(hub)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await hub.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        if self.hub is None:
            raise RuntimeError("the live process needs an ASGI server with lifespan events")
        if scope["path"] == "/healthz":
            await _say(send, 200, {"status": "ok", "streams": len(self.hub.streams)})
            return
        try:
            ticket, since = admissible(scope)
            await _follow(self.hub, ticket, since, receive, send)
        except Refused as refusal:
            logger.warning("stream_refused", path=scope["path"][:80], reason=refusal.reason)
            await _say(send, refusal.status, {"detail": refusal.reason}, **refusal.headers)


def _end_streams_on_signals(hub: Hub) -> None:
    """The server waits for its connections when told to stop; streams would never end."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def stop(signum: int, frame: Any, before: Any = before) -> None:
            loop.call_soon_threadsafe(hub.end_streams)
            if callable(before):
                before(signum, frame)

        signal.signal(number, stop)


# --- At the door -----------------------------------------------------------------------------
def admissible(scope: Message) -> tuple[Ticket, int]:
    """What a request asks for: its ticket and the version it has. Raises Refused."""
    address = ADDRESS.fullmatch(scope["path"])
    if address is None:
        raise Refused(404, "no such address")
    if scope["method"] != "GET":
        raise Refused(405, "only GET", allow="GET")
    headers = _headers(scope)
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        raise Refused(413, "a body on a stream")
    if not validate_host(split_domain_port(headers.get("host", ""))[0], settings.ALLOWED_HOSTS):
        raise Refused(400, "unknown host")
    if not comes_from_our_page(headers):
        raise Refused(403, "from another site")
    cookies = parse_cookie(headers.get("cookie", ""))
    session_key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not SESSION_KEY.fullmatch(session_key):
        raise Refused(404, "not signed in")
    asked = parse_qs(scope["query_string"][:200].decode("latin-1"))
    view = asked.get("view", ["map"])[0]
    if not VIEW.fullmatch(view):
        raise Refused(400, "no such view")
    ticket = Ticket(session_key, int(address[1]), _language_of(cookies, headers), view)
    return ticket, _version_of(asked.get("since", [""])[0], headers)


def comes_from_our_page(headers: dict[str, str]) -> bool:
    """Whether the browser says that a page of this very site asks.

    A foreign, null or other-port Origin is refused. Browsers send no Origin with a GET to
    their own site: then Sec-Fetch-Site must say so; and where that is missing too (plain
    HTTP), htmx's own header, which no other site can send without being asked for leave.
    """
    origin = headers.get("origin")
    if origin is not None:
        ours = f"{'https' if settings.HTTPS else 'http'}://{headers.get('host')}"
        return origin in {ours, *settings.CSRF_TRUSTED_ORIGINS}
    if "sec-fetch-site" in headers:
        return headers["sec-fetch-site"] == "same-origin"
    return headers.get("hx-request") == "true"


def _language_of(cookies: dict[str, str], headers: dict[str, str]) -> str:
    """The language in which the page of somebody without an account was drawn."""
    request = HttpRequest()
    request.COOKIES = cookies
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get("accept-language", "")
    return get_language_from_request(request)


def _headers(scope: Message) -> dict[str, str]:
    """By lower-case name; of a header sent twice both values, joined."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _version_of(asked: str, headers: dict[str, str]) -> int:
    text = headers.get("last-event-id") or asked
    return int(text) if VERSION.fullmatch(text) else NO_KNOWN_VERSION


# --- Inside ----------------------------------------------------------------------------------
async def _follow(hub: Hub, ticket: Ticket, since: int, receive: Receive, send: Send) -> None:
    stream = hub.join(ticket, since)
    try:
        try:
            admitted = await hub.admit(stream)
        except Error as error:
            raise Refused(503, type(error).__name__, retry_after="2") from error
        if not admitted:
            raise Refused(404, "may not see the board")
        await _stream(stream, receive, send)
    finally:
        stream.leave()


async def _stream(stream: Stream, receive: Receive, send: Send) -> None:
    gone = asyncio.create_task(_end_when_gone(stream, receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
        while chunk := await stream.next_chunk():
            for start in range(0, len(chunk), CHUNK_BYTES):
                piece = chunk[start : start + CHUNK_BYTES]
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


async def _end_when_gone(stream: Stream, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def _say(send: Send, status: int, answer: dict[str, Any], **headers: str) -> None:
    # Where the server has refused broken HTTP itself, it learns only now that nobody is there.
    await asyncio.sleep(0)
    body = json.dumps(answer).encode()
    named = {"content-type": "application/json", "cache-control": "no-store", **headers}
    pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in named.items()]
    pairs.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})
