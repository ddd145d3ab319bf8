"""The laptop's proxy, in front of a backend that says what it heard."""

import http.client
import json
import os
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from config.embedded.redis import free_port
from config.ports import can_bind
from tests.waiting import until


class Echo(BaseHTTPRequestHandler):
    """Answers with what it heard; `/live/` streams until the visitor has gone."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/live/"):
            self.stream()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.say(json.dumps([self.path, len(body), sorted(self.headers.items())]).encode())

    do_POST = do_GET

    def say(self, body: bytes) -> None:
        self.send_response(207, "Heard")
        self.send_header("Set-Cookie", "one=1")
        self.send_header("Set-Cookie", "two=2")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def stream(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"id: 1\n\n")
        self.wfile.flush()
        self.server.visitor_has_gone = self.connection.recv(1) == b""

    def address_string(self) -> str:
        return "unix"

    def log_message(self, *_args: object) -> None:
        return


class Backend(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    visitor_has_gone = False


def serve(path: Path) -> Backend:
    backend = Backend(str(path), Echo)
    threading.Thread(target=backend.serve_forever, daemon=True).start()
    return backend


@pytest.fixture(scope="module")
def sockets() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="front-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def backend(sockets) -> Iterator[Backend]:
    with serve(sockets / "web.sock") as web, serve(sockets / "live.sock") as live:
        yield live
        web.shutdown()
        live.shutdown()


@pytest.fixture(scope="module")
def port(sockets) -> Iterator[int]:
    number = free_port()
    places = [str(sockets / "web.sock"), str(sockets / "live.sock")]
    command = [sys.executable, "-m", "config.front", "localhost", str(number), *places]
    with subprocess.Popen(command, env=os.environ) as process:
        until(lambda: not can_bind("127.0.0.1", number))
        yield number
        process.terminate()


def ask(port: int, path: str, **options) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(options.pop("method", "GET"), path, **options)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_address_body_and_answer_pass_unchanged(port, backend):
    response, body = ask(port, "/a%2Fb/%C3%B8/?q=1%2B1&q=", method="POST", body=b"x" * 300_000)
    path, length, _headers = json.loads(body)
    assert (path, length) == ("/a%2Fb/%C3%B8/?q=1%2B1&q=", 300_000)
    assert (response.status, response.reason) == (207, "Heard")
    assert response.headers.get_all("Set-Cookie") == ["one=1", "two=2"]


def test_case_74_what_a_client_says_about_forwarding_is_not_believed(port, backend):
    forged = {
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=10.0.0.1",
        "X-Real-IP": "10.0.0.1",
        "Host": "localhost:8000",
    }
    _, body = ask(port, "/", headers=forged)
    heard = {name: value for name, value in json.loads(body)[2] if name != "Accept-Encoding"}
    assert heard == {
        "Host": "localhost:8000",
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "localhost:8000",
    }


def test_headers_of_the_connection_stay_on_it(port, backend):
    _, body = ask(port, "/", headers={"Connection": "X-Mine, close", "X-Mine": "1", "TE": "gzip"})
    assert {"X-Mine", "TE"}.isdisjoint(dict(json.loads(body)[2]))


def test_stream_arrives_while_it_is_open_and_ends_with_the_visitor(port, backend):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/live/1/")
    response = connection.getresponse()
    assert response.readline() == b"id: 1\n"
    response.close()
    connection.close()
    until(lambda: backend.visitor_has_gone)


def test_case_54_visitor_waits_while_the_backend_starts_again(port, backend, sockets):
    aside = sockets / "aside"
    (sockets / "web.sock").rename(aside)
    start_again = threading.Timer(1.0, lambda: aside.rename(sockets / "web.sock"))
    start_again.start()
    response, _ = ask(port, "/", method="POST", body=b"kept")
    start_again.join()
    assert response.status == 207
