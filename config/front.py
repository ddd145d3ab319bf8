"""One address in front of web and live on a laptop, as Caddy is in production.

`python -m config.front HOST PORT WEB_SOCKET LIVE_SOCKET`
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aiohttp import (
    ClientConnectionError,
    ClientConnectorError,
    ClientError,
    ClientPayloadError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    UnixConnector,
    web,
)
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from config.ports import can_bind

HOP_BY_HOP = {
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
OURS_TO_SAY = {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}
# Below gunicorn's --keep-alive, so that we never send on a connection it is just closing.
KEEP_ALIVE_SECONDS = 20
WAIT_FOR_START_SECONDS = 10.0
LARGEST_HELD_BYTES = 1_000_000
SESSIONS = web.AppKey("sessions", dict[str, ClientSession])


@dataclass(frozen=True)
class Backends:
    web_socket: str
    live_socket: str

    async def sessions(self, app: web.Application) -> AsyncIterator[None]:
        """Open while the application runs."""
        app[SESSIONS] = {
            "web": backend_session(self.web_socket, read_timeout_seconds=120),
            "live": backend_session(self.live_socket, read_timeout_seconds=None),
        }
        yield
        for session in app[SESSIONS].values():
            await session.close()


def backend_session(path: str, *, read_timeout_seconds: float | None) -> ClientSession:
    return ClientSession(
        connector=UnixConnector(path=path, limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS),
        cookie_jar=DummyCookieJar(),
        timeout=ClientTimeout(total=None, sock_connect=10, sock_read=read_timeout_seconds),
        auto_decompress=False,
        skip_auto_headers={"User-Agent", "Accept", "Accept-Encoding", "Content-Type"},
    )


async def pass_on(request: web.Request) -> web.StreamResponse:
    """Send the request to web or live, and the answer back as it comes."""
    if not request.raw_path.startswith("/"):
        raise web.HTTPBadRequest
    session = request.app[SESSIONS]["live" if request.path.startswith("/live/") else "web"]
    deadline = asyncio.get_running_loop().time() + WAIT_FOR_START_SECONDS
    while True:
        try:
            return await answer_of(session, request)
        except (ClientConnectionError, ClientPayloadError) as fault:
            # A process that is just starting again costs a moment, not an error.
            late = asyncio.get_running_loop().time() > deadline
            if late or not may_send_again(request, fault):
                return away()
            await asyncio.sleep(0.2)
        except (ClientError, TimeoutError):
            return away()


def may_send_again(request: web.Request, fault: ClientError) -> bool:
    """Nothing was sent, or nothing is changed by sending it twice; and somebody still waits."""
    someone_waits = request.transport is not None and not request.transport.is_closing()
    harmless = isinstance(fault, ClientConnectorError) or request.method in {"GET", "HEAD"}
    return someone_waits and harmless


async def answer_of(session: ClientSession, request: web.Request) -> web.StreamResponse:
    async with session.request(
        request.method,
        URL(f"http://waymark{request.raw_path}", encoded=True),
        headers=forwarded_headers(request),
        data=request.content if request.can_read_body else None,
        allow_redirects=False,
    ) as upstream:
        response = web.StreamResponse(status=upstream.status, reason=upstream.reason)
        response.headers.extend(end_to_end(upstream.headers))
        # Read whole before a word is sent: until then a process that dies costs nothing.
        short = (upstream.content_length or LARGEST_HELD_BYTES) < LARGEST_HELD_BYTES
        held = await upstream.read() if short else b""
        await response.prepare(request)
        if held:
            await response.write(held)
        try:
            async for piece in upstream.content.iter_any():
                await response.write(piece)
        except (ClientError, ConnectionResetError, TimeoutError):
            # Too late for another status: cut the connection, so that nobody takes it for whole.
            if request.transport:
                request.transport.abort()
        else:
            await response.write_eof()
        return response


def forwarded_headers(request: web.Request) -> CIMultiDict[str]:
    """We are the first proxy: what a client says about forwarding is not believed."""
    headers = CIMultiDict(
        (name, value)
        for name, value in end_to_end(request.headers).items()
        if name.lower() not in OURS_TO_SAY
    )
    headers["X-Forwarded-For"] = request.remote or ""
    headers["X-Forwarded-Proto"] = request.scheme
    headers["X-Forwarded-Host"] = request.host
    return headers


def end_to_end(headers: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    named = {name.strip().lower() for name in headers.get("Connection", "").split(",")}
    return CIMultiDict(
        (name, value)
        for name, value in headers.items()
        if name.lower() not in HOP_BY_HOP and name.lower() not in named
    )


def away() -> web.Response:
    return web.Response(
        status=503,
        text="Waymark is starting or busy. Your data is safe; try again in a moment.\n",
        headers={"Retry-After": "5"},
    )


def addresses(host: str, port: int) -> list[str]:
    """`localhost` means both its addresses, where the machine has both."""
    if host != "localhost":
        return [host]
    return ["127.0.0.1", "::1"] if can_bind("::1", port) else ["127.0.0.1"]


def main() -> None:
    host, port, web_socket, live_socket = sys.argv[1:]
    app = web.Application()
    app.cleanup_ctx.append(Backends(web_socket, live_socket).sessions)
    app.router.add_route("*", "/{path:.*}", pass_on)
    web.run_app(
        app,
        host=addresses(host, int(port)),
        port=int(port),
        print=None,
        access_log=None,
        handler_cancellation=True,
        shutdown_timeout=2,
        keepalive_timeout=75,
    )


if __name__ == "__main__":
    main()
