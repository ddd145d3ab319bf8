"""Transcripts from files: plain text, Word documents, subtitles; only their words are kept.

A file is believed nothing: what it says of its size, its kind and its letters is looked at.
"""

import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.editing import Refused
from insights.subtitles import words_of_srt, words_of_vtt
from insights.wordfiles import DOCUMENT, NotWord, words_of_document

MOST_BYTES = 10_000_000
MOST_LETTERS = 200_000
"""As many as an interview's transcript holds."""
TOO_LARGE = gettext_lazy("This file is larger than 10 MB. Take the text alone, or a part of it.")
UNKNOWN = gettext_lazy(
    "Take a text file (.txt), a Word document (.docx) or subtitles (.vtt, .srt)."
)
NOT_TEXT = ("%PDF-", "{\\rtf")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotWord, KeyError, RuntimeError, OSError,
    EOFError, ValueError, OverflowError,
)  # fmt: skip
"""What is raised for archives that are not what they say."""
ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class NotATranscript(Refused):
    """A file of which no transcript can be made; says in words why."""


def words_of_file(upload: IO[bytes], name: str) -> str:
    """The words of an uploaded file, by the ending of its name; raises NotATranscript."""
    ending = name.rpartition(".")[2].lower()
    if ending not in READERS:
        raise NotATranscript(str(UNKNOWN))
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotATranscript(str(TOO_LARGE))
    if not content.strip():
        raise NotATranscript(_("This file is empty."))
    return _checked(READERS[ending](content))


def _checked(words: str) -> str:
    lines = (line.rstrip() for line in words.splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not text:
        raise NotATranscript(_("There are no words in this file."))
    require_room(text)
    return text


def require_room(transcript: str) -> None:
    """Raise NotATranscript for one that is longer than an interview holds."""
    if len(transcript) > MOST_LETTERS:
        said = _("A transcript has at most %(most)s letters. Take a part of it.")
        raise NotATranscript(said % {"most": f"{MOST_LETTERS:,}"})


def _lies() -> NotATranscript:
    return NotATranscript(_("This file is not what its name says, or it is damaged."))


# --- Text ----------------------------------------------------------------------------------
def text_of(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or Latin-1; refuses what is no text in any of them."""
    text = _decoded(content).rstrip("\x1a")
    if text.startswith(NOT_TEXT) or CONTROLS.search(text):
        raise _lies()
    return text


def _decoded(content: bytes) -> str:
    marked = (encoding for mark, encoding in ENCODINGS if content.startswith(mark))
    encoding = next(marked, None) or _unmarked(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise _lies() from None
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _unmarked(content: bytes) -> str:
    """Text of two bytes a letter shows by the zeros in every other place."""
    if b"\0" not in content[:2_000]:
        return "utf-8"
    return "utf-16-le" if b"\0" in content[1:2_000:2] else "utf-16-be"


def _subtitles(read: Callable[[str], str | None]) -> Callable[[bytes], str]:
    def words(content: bytes) -> str:
        found = read(text_of(content))
        if found is None:
            raise _lies()
        return found

    return words


# --- Word ----------------------------------------------------------------------------------
def _document(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return words_of_document(_part(archive), most_letters=MOST_LETTERS)
    except NotATranscript:
        raise
    except BROKEN:
        raise _lies() from None


def _part(archive: zipfile.ZipFile) -> bytes:
    """The one part with the words, whatever the archive says of its size."""
    entry = archive.getinfo(DOCUMENT)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotWord
    with archive.open(entry) as part:
        xml = part.read(MOST_BYTES + 1) if entry.file_size <= MOST_BYTES else None
    if xml is None or len(xml) > MOST_BYTES:
        raise NotATranscript(str(TOO_LARGE))
    return xml


READERS: dict[str, Callable[[bytes], str]] = {
    "txt": text_of,
    "docx": _document,
    "vtt": _subtitles(words_of_vtt),
    "srt": _subtitles(words_of_srt),
}
