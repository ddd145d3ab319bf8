"""The only door to WeasyPrint: HTML in, a tagged PDF out, inside limits.

The rendering happens in a child process with its own limits on memory, processor time and
wall-clock time, so that no content can take a worker down with it. It fetches nothing but
`data:` addresses and our own static files; the same HTML gives the same bytes.
"""

import gc
import logging
import os
import resource
import select
import signal
import tempfile
import time
import warnings
from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path
from typing import NoReturn

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from collaboration.exporting import ExportFailed

STATIC = "https://static.invalid/"
"""Where a document's relative addresses lead: our static files, under a name nobody can have."""

MOST_HTML_BYTES = 6_000_000
PROCESSOR_SECONDS = 60
WALL_SECONDS = 90
MEMORY_BYTES = 700_000_000
"""What the child may take beyond what its parent has."""

DONE, FAILED, OUT_OF_MEMORY = b"d", b"f", b"m"

logger = logging.getLogger(__name__)


class PdfFailed(ExportFailed):
    """The document is too large, or takes too much memory or time."""


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Reads our static files and `data:` addresses; every other address is refused unread."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(STATIC):
            return super().fetch(url, headers)
        path = finders.find(url.removeprefix(STATIC))
        if not isinstance(path, str) or not Path(path).is_file():
            raise ValueError("no such static file")
        content_type = guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": content_type})


def render_pdf(html: str) -> bytes:
    """A PDF/UA document from a whole HTML page with its own `lang` and `title`.

    Relative addresses in it are static files. Raises PdfFailed where the content is too
    large, or takes more memory or time than is granted.
    """
    if len(html.encode()) > MOST_HTML_BYTES:
        raise PdfFailed(_("There is too much content for one document."))
    with tempfile.TemporaryDirectory(prefix="waymark-pdf-") as scratch:
        return in_child(lambda: _write(html, scratch))


def _write(html: str, scratch: str) -> bytes:
    tempfile.tempdir = scratch
    # fontTools writes the date into every font that it cuts.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    for name in ("weasyprint", "weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    document = HTML(string=html, base_url=STATIC, url_fetcher=OwnFiles())
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True)
    return pdf


# --- The child -----------------------------------------------------------------------------
def in_child(work: Callable[[], bytes]) -> bytes:
    """What `work` returns, done in a forked process inside the limits; PdfFailed otherwise."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The child touches neither database nor threads and ends with os._exit.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _work_and_exit(work, writing)
    os.close(writing)
    try:
        answer = _read_all(reading, time.monotonic() + WALL_SECONDS)
    finally:
        os.close(reading)
        exit_code = _end(child)
    return _result(answer, exit_code)


def _work_and_exit(work: Callable[[], bytes], writing: int) -> NoReturn:
    """In the child: never returns, whatever happens."""
    try:
        gc.freeze()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        _limit()
        _send(writing, DONE + work())
    except MemoryError:
        _send(writing, OUT_OF_MEMORY)
    except BaseException as reason:  # noqa: BLE001 (also WeasyPrint's own fatal error)
        _send(writing, FAILED + repr(reason)[:2000].encode())
    finally:
        os._exit(0)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    most = _memory_in_use() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _memory_in_use() -> int:
    """The address space of this process in bytes; 0 where there is no /proc."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[0]) * resource.getpagesize()


def _send(writing: int, answer: bytes) -> None:
    with os.fdopen(writing, "wb", closefd=False) as pipe:
        pipe.write(answer)


# --- The parent ----------------------------------------------------------------------------
def _read_all(reading: int, deadline: float) -> bytes | None:
    """Everything that the child writes, or None when the time is up."""
    parts: list[bytes] = []
    while True:
        patience = deadline - time.monotonic()
        if patience <= 0 or not select.select([reading], [], [], patience)[0]:
            return None
        part = os.read(reading, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _end(child: int) -> int:
    """Leave no process behind, whether it is done, stuck, or we are being stopped."""
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _result(answer: bytes | None, exit_code: int) -> bytes:
    if answer is None:
        raise PdfFailed(_("It took too long. Make the content shorter and try again."))
    kind, rest = answer[:1], answer[1:]
    if kind == DONE and exit_code == 0:
        return rest
    if kind == FAILED:
        logger.error("pdf_failed", extra={"reason": rest.decode(errors="replace")})
        raise PdfFailed(_("The document could not be drawn."))
    raise PdfFailed(_("It needs more memory or time than one document may take."))
