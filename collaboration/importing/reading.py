"""The one door for tables from files: looked at by content, read in a child process in limits."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import structlog
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration import confined
from collaboration.importing.tables import MOST_BYTES, NotATable, Row, packed
from collaboration.importing.texts import read_text
from collaboration.importing.workbooks import read_workbook

ENDINGS = ("csv", "tsv", "txt", "xlsx")
LIMITS = confined.Limits(memory_bytes=400_000_000, processor_seconds=45, wall_seconds=60)
UNKNOWN = gettext_lazy("Take a table as CSV (.csv, .tsv, .txt) or an Excel workbook (.xlsx).")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (
    b"%PDF-",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"<!DOCTYPE",
    b"<html",
)
READ, REFUSED = b"t", b"r"

logger = structlog.get_logger(__name__)


def require_table_file(name: str, size: int) -> None:
    """Raise NotATable for what cannot be a table by its name or size, before it is kept."""
    if PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".") not in ENDINGS:
        raise NotATable(str(UNKNOWN))
    if size > MOST_BYTES:
        words = _("This file is larger than %(most)s MB. Bring it in as several files.")
        raise NotATable(words % {"most": MOST_BYTES // 1_000_000})
    if not size:
        raise NotATable(_("This file is empty."))


def read_table(content: bytes) -> bytes:
    """The packed table of a file's content, see `tables.packed`; raises NotATable.

    The file is believed nothing: it is read in a process of its own, and what is too large,
    takes too long or is no table is refused in words.
    """
    try:
        answer = confined.in_child(lambda: _answer(content), LIMITS)
    except confined.LimitPassed as reason:
        words = _("It needs more memory or time than one file may take.")
        raise NotATable(words) from reason
    except confined.ChildFailed as reason:
        logger.warning("table_not_read", reason=str(reason))
        raise NotATable(_("This file is not what its name says, or it is damaged.")) from reason
    if answer[:1] == REFUSED:
        raise NotATable(answer[1:].decode())
    return answer[1:]


def _answer(content: bytes) -> bytes:
    try:
        rows, how = _read(content)
        return READ + packed(rows, how)
    except NotATable as reason:
        return REFUSED + str(reason).encode()


def _read(content: bytes) -> tuple[Iterator[Row], dict[str, str]]:
    if content.startswith(ZIP):
        return read_workbook(content)
    if content.startswith(OLE):
        words = _("This workbook has a password, or is of an old kind. Save it as .xlsx without one.")  # fmt: skip
        raise NotATable(words)
    if content.lstrip()[:10].startswith(OTHERS):
        raise NotATable(_("This file is not what its name says, or it is damaged."))
    return read_text(content)
