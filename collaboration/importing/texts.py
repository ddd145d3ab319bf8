"""Tables in text files: in which letters, with which separator, row by row."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from collaboration.importing.tables import MOST_COLUMNS, MOST_ROWS, NotATable, Row

MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
TOLD = re.compile(r"\A\s*sep=([,;\t])\r?\n", re.IGNORECASE)
LOOKED_AT = 50
"""Rows by which the separator is guessed."""
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


def read_text(content: bytes) -> tuple[Iterator[Row], dict[str, str]]:
    """The rows of a text file and how it was read; raises NotATable."""
    text, encoding = decoded(content)
    if found := CONTROLS.search(text):
        number = text.count("\n", 0, found.start()) + 1
        words = _("Row %(row)s holds signs that no text has. Is this a table?")
        raise NotATable(words % {"row": number})
    told = TOLD.match(text)
    separator = told[1] if told else separator_of(text)
    skipped = 1 if told else 0
    how = {"encoding": encoding, "separator": SEPARATORS[separator]}
    return _rows(text[told.end() :] if told else text, separator, skipped), how


# --- Letters ---------------------------------------------------------------------------------
def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16 or Latin-1; raises NotATable."""
    for mark, codec, name in MARKED:
        if content.startswith(mark):
            return _exactly(content, codec), name
    if b"\0" in content[:2_000]:
        return _exactly(content, _of_two_bytes(content)), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as fault:
        _refuse_mixed(content, fault.start)
    try:
        return content.decode("cp1252"), "Latin-1"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "Latin-1"


def _exactly(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as fault:
        number = content.count(b"\n", 0, fault.start) + 1
        words = _("Row %(row)s: these letters are damaged. Save the file again as UTF-8.")
        raise NotATable(words % {"row": number}) from fault


def _of_two_bytes(content: bytes) -> str:
    """Text of two bytes a letter shows by zeros in every other place; others hold a zero."""
    beginning = content[:2_000]
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    if max(even, odd) < len(beginning) // 8:
        number = content.count(b"\n", 0, content.index(b"\0")) + 1
        words = _("Row %(row)s holds signs that no text has. Is this a table?")
        raise NotATable(words % {"row": number})
    return "utf-16-be" if even > odd else "utf-16-le"


def _refuse_mixed(content: bytes, wrong_at: int) -> None:
    """Some lines in UTF-8 and some in Latin-1: whichever is taken, the others are garbled."""
    for number, line in enumerate(content.splitlines(), 1):
        if not MULTIBYTE.search(line):
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        wrong = content.count(b"\n", 0, wrong_at) + 1
        words = _("The letters of row %(row)s are written in another way (UTF-8) than those of row %(other)s (Latin-1). Save the file again as UTF-8.")  # fmt: skip
        raise NotATable(words % {"row": number, "other": wrong})


# --- Separators ------------------------------------------------------------------------------
def separator_of(text: str) -> str:
    """The separator by which the first rows have the most columns alike; for one column, one that
    does not occur."""
    scores = {one: _score(text, one) for one in SEPARATORS}
    if any(width for _alike, width in scores.values()):
        return max(scores, key=lambda one: scores[one])
    return next((one for one in reversed(SEPARATORS) if one not in text), ",")


def _score(text: str, separator: str) -> tuple[int, int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator):
            widths += [len(row)] if any(row) else []
            if len(widths) == LOOKED_AT:
                break
    except csv.Error:
        pass
    if not widths or widths[0] < 2:
        return 0, 0
    alike = sum(1 for width in widths if width == widths[0])
    return alike * 100 // len(widths), min(widths[0], MOST_COLUMNS)


# --- Rows ------------------------------------------------------------------------------------
def _rows(text: str, separator: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, filled = skipped, 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise NotATable(_broken(number, str(fault))) from fault
        filled += any(cells)
        if filled > MOST_ROWS + 2:
            return
        yield number, cells


def _broken(number: int, fault: str) -> str:
    if "field larger" in fault:
        return _("Row %(row)s: a text is too long. Is a quotation mark missing?") % {"row": number}
    if "unexpected end" in fault:
        words = _("Row %(row)s: a quotation mark opens a text here and nothing closes it.")
        return words % {"row": number}
    words = _("Row %(row)s: a quotation mark stands inside a text. Write it twice, or leave it out.")  # fmt: skip
    return words % {"row": number}
