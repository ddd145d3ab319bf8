"""The door to WeasyPrint: nothing comes in from outside, and nothing takes the worker down."""

import io
import os
import re
import resource
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader

from collaboration import pdf
from collaboration.pdf import PdfFailed, in_child, render_pdf

PAGE = """<!doctype html><html lang="da"><head><title>Prøve</title>{head}</head>
<body><h1>Rejsekort</h1>{body}</body></html>"""


def page(body: str = "<p>Tekst</p>", head: str = "") -> str:
    return PAGE.format(head=head, body=body)


OPEN_FILES = Path("/proc/self/fd")


class Canary(HTTPServer):
    """A server that nobody may ask; it notes who does."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Notes)
        self.hits: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Notes(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.hits.append(self.path)
        self.send_response(302)
        self.send_header("Location", f"{self.server.url}/redirected")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret_file(tmp_path) -> str:
    path = tmp_path / "secret.txt"
    path.write_text("the-secret-of-the-house")
    return f"file://{path}"


ATTACKS = {
    "image": '<img src="{url}/image.png">',
    "svg image": '<svg width="9" height="9"><image href="{url}/svg.png" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}/use.svg#a"/></svg>',
    "svg in data": "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{url}/nested.png'/%3E%3C/svg%3E\">",
    "svg style": '<svg width="9" height="9"><style>@import "{url}/svg.css";</style></svg>',
    "attachment link": '<link rel="attachment" href="{url}/a.txt">',
    "attachment anchor": '<a rel="attachment" href="{url}/b.txt">x</a>',
    "stylesheet": '<link rel="stylesheet" href="{url}/c.css">',
    "import": '<style>@import "{url}/d.css";</style>',
    "font": '<style>@font-face {{ font-family: x; src: url("{url}/e.woff") }} p {{ font-family: x }}</style>',
    "background": '<p style="background: url({url}/f.png)">x</p>',
    "content": '<style>p::before {{ content: url("{url}/g.png") }}</style><p>x</p>',
    "list image": '<ul style="list-style-image: url({url}/h.png)"><li>x</li></ul>',
    "base": '<base href="{url}/"><img src="i.png"><link rel="stylesheet" href="j.css">',
    "object": '<object data="{url}/k.svg"></object><embed src="{url}/l.svg"><iframe src="{url}/m"></iframe>',
    "cursor": '<style>@page {{ background: url("{url}/n.png") }}</style>',
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_case_89_nothing_is_fetched_from_outside(attack, canary):
    content = render_pdf(page(ATTACKS[attack].format(url=canary.url)))
    assert canary.hits == []
    assert no_files_in(content)


@pytest.mark.parametrize("attack", ATTACKS)
def test_case_89_no_file_of_the_machine_comes_in(attack, secret_file):
    markup = ATTACKS[attack].replace("{url}/", "{url}#").format(url=secret_file)
    content = render_pdf(page(markup))
    assert no_files_in(content)
    assert "the-secret" not in text_of(content)


@pytest.mark.parametrize(
    "path", ["../config/settings.py", "css/../../manage.py", "%2e%2e/manage.py", "", "css"]
)
def test_only_static_files_are_read(path):
    content = render_pdf(page(f'<a rel="attachment" href="{pdf.STATIC}{path}">x</a>'))
    assert no_files_in(content)


def no_files_in(content: bytes) -> bool:
    return (
        dict(PdfReader(io.BytesIO(content)).attachments) == {} and b"/EmbeddedFile" not in content
    )


def text_of(content: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)


# --- What comes out ------------------------------------------------------------------------
def test_case_91_it_is_tagged_its_fonts_are_embedded_and_its_text_can_be_read(tmp_path):
    link = '<link rel="stylesheet" href="css/pdf.css">'
    path = tmp_path / "out.pdf"
    path.write_bytes(render_pdf(page("<p>Ærø, Åström, naïve</p>", link)))
    reader = PdfReader(path)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "da"
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata.title == "Prøve"
    assert "Ærø, Åström, naïve" in text_of(path.read_bytes())
    fonts = output_of("pdffonts", path).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    output_of("qpdf", "--check", path)


def output_of(*command: object) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_same_page_gives_the_same_bytes():
    html = page(
        '<p style="font-weight: 700">Tekst</p>', '<link rel="stylesheet" href="css/pdf.css">'
    )
    assert render_pdf(html) == render_pdf(html)


# --- Limits --------------------------------------------------------------------------------
def endless() -> bytes:
    while True:
        pass


def greedy() -> bytes:
    return b"x" * (4 * pdf.MEMORY_BYTES)


def crash() -> bytes:
    os.abort()


def test_case_39_an_endless_loop_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "PROCESSOR_SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(PdfFailed, match="memory or time"):
        in_child(endless)
    assert time.monotonic() - started < 30


def test_case_39_a_wait_without_end_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "WALL_SECONDS", 0.5)
    with pytest.raises(PdfFailed, match="too long"):
        in_child(lambda: time.sleep(60) or b"")


@pytest.mark.parametrize("work", [greedy, crash])
def test_case_39_greed_and_crashes_end_in_words(work):
    with pytest.raises(PdfFailed, match="memory or time"):
        in_child(work)


def test_an_error_in_the_child_is_told_without_its_details():
    def fail() -> bytes:
        raise RuntimeError("/secret/path")

    with pytest.raises(PdfFailed) as failure:
        in_child(fail)
    assert "secret" not in str(failure.value)


def children() -> set[str]:
    """The processes whose parent we are, zombies included."""
    ours = str(os.getpid())
    stats = Path("/proc").glob("[0-9]*/stat")
    found = set()
    for stat in stats:
        with suppress(OSError):
            pid, _name, rest = re.split(r" \(|\) ", stat.read_text(), maxsplit=2)
            if rest.split()[1] == ours:
                found.add(pid)
    return found


def test_no_process_and_no_file_is_left_behind():
    before = children(), set(OPEN_FILES.iterdir())
    with pytest.raises(PdfFailed):
        in_child(crash)
    in_child(lambda: b"done")
    assert (children(), set(OPEN_FILES.iterdir())) == before


def test_too_much_content_is_refused_before_it_is_drawn():
    with pytest.raises(PdfFailed, match="too much"):
        render_pdf(page("x" * (pdf.MOST_HTML_BYTES + 1)))


HEAVY = {
    "combining marks": "<p>e" + "\u0301" * 100_000 + "</p>",
    "one word": "<p>" + "x" * 200_000 + "</p>",
    "emoji": "<p>" + "\U0001f600" * 10_000 + "</p>",
    "deep lists": "<ul><li>x" * 300 + "</li></ul>" * 300,
}


@pytest.mark.parametrize("kind", HEAVY)
def test_case_90_heavy_content_is_drawn_or_refused_within_the_limits(kind, monkeypatch):
    monkeypatch.setattr(pdf, "PROCESSOR_SECONDS", 20)
    monkeypatch.setattr(pdf, "WALL_SECONDS", 60)
    with suppress(PdfFailed):
        assert render_pdf(page(HEAVY[kind])).startswith(b"%PDF")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    # A child begins with what its parent has, which grows with the number of tests before.
    inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    assert used < inherited + pdf.MEMORY_BYTES + 200_000_000
