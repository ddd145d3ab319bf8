"""The summary as a PDF."""

from pathlib import Path

import pytest

from collaboration.pdf import render_pdf
from workshops.summary import summary_html

pytestmark = pytest.mark.django_db


def test_look(full_workshop, as_bob):
    import time

    t = time.time()
    html = summary_html(full_workshop)
    t1 = time.time()
    Path("/tmp/summary.html").write_text(html)
    Path("/tmp/summary.pdf").write_bytes(render_pdf(html))
    print("html", t1 - t, "pdf", time.time() - t1)
