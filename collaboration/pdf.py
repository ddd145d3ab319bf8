"""The only door to WeasyPrint: HTML in, a tagged PDF out, inside limits.

The rendering happens in a child process with its own limits on memory, processor time and
wall-clock time, so that no content can take a worker down with it. It fetches nothing but
`data:` addresses and our own static files; the same HTML gives the same bytes.
"""

import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from mimetypes import guess_type
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from pypdfium2 import PdfDocument
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from collaboration import confined
from collaboration.exporting import ExportFailed

STATIC = "https://static.invalid/"
"""Where a document's relative addresses lead: our static files, under a name nobody can have."""

FONT = "vendor/albert-sans-latin-wght-normal.woff2"
MOST_HTML_BYTES = 6_000_000
PROCESSOR_SECONDS = 60
WALL_SECONDS = 90
MEMORY_BYTES = 700_000_000
"""What the child may take beyond what its parent has."""

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
    if not finders.find(FONT):
        raise PdfFailed(_("The font of our documents is missing on this server."))
    with tempfile.TemporaryDirectory(prefix="waymark-pdf-") as scratch:
        return in_child(lambda: _write(html, scratch))


def page_count(content: bytes) -> int:
    """How many pages a document of ours has."""
    with closing(PdfDocument(content)) as document:
        return len(document)


def _write(html: str, scratch: str) -> bytes:
    tempfile.tempdir = scratch
    # fontTools writes the date into every font that it cuts.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    for name in ("weasyprint", "weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    document = HTML(string=html, base_url=STATIC, url_fetcher=OwnFiles())
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True)
    return pdf


# --- Inside limits -------------------------------------------------------------------------
def in_child(work: Callable[[], bytes]) -> bytes:
    """What `work` returns, done in a forked process inside the limits; PdfFailed otherwise."""
    limits = confined.Limits(MEMORY_BYTES, PROCESSOR_SECONDS, WALL_SECONDS)
    try:
        return confined.in_child(work, limits)
    except confined.TookTooLong as reason:
        words = _("It took too long. Make the content shorter and try again.")
        raise PdfFailed(words) from reason
    except confined.LimitPassed as reason:
        words = _("It needs more memory or time than one document may take.")
        raise PdfFailed(words) from reason
    except confined.ChildFailed as reason:
        logger.error("pdf_failed", extra={"reason": str(reason)})  # noqa: TRY400
        raise PdfFailed(_("The document could not be drawn.")) from reason
