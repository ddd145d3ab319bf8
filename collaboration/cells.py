"""Cells of the spreadsheets that we write: no text in them is run as a formula.

In CSV a text that a spreadsheet would run gets an apostrophe before it, at its beginning and at
the beginning of each of its lines; in a workbook it is stored as a text and quoted. A text that
has the apostrophe already gets one more, so that `unguarded` gives back what was written.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

GUARD = "'"
BLANK = r"(?:[^\S\r\n]|[\u200b-\u200f\u2060\ufeff])*"
RUNS = rf"{BLANK}[=+\-@＝＋－＠]"
BEGINS = r"(?:\A|(?<=[\r\n]))"
UNSAFE = re.compile(rf"{BEGINS}(?='*{RUNS})|\A(?='*[\t\r\n])")
GUARDED = re.compile(rf"{BEGINS}'(?='*{RUNS})|\A'(?='*[\t\r\n])")
BEGINS_A_FORMULA = re.compile(rf"\A(?:{RUNS}|\s*[=+\-@]|[\t\r\n])")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MOST_LETTERS_IN_A_CELL = 32_000
BOM = "\ufeff"


def guarded(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet would begin to reckon."""
    return UNSAFE.sub(GUARD, text)


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return GUARDED.sub("", text)


def csv_lines(rows: Iterable[Iterable[Any]], *, separator: str = ",") -> Iterator[str]:
    """Lines of CSV that spreadsheets take for UTF-8, the texts in them guarded."""
    yield BOM
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_in_csv(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _in_csv(value: Any) -> Any:
    if value is None or isinstance(value, int | float):
        return value
    return value.isoformat() if isinstance(value, date) else guarded(str(value))


def put(page: "Worksheet", row: int, column: int, value: Any) -> "Cell":
    """Write into a workbook. A text is stored as text; one that could begin a formula is quoted
    too, and one that shows our guard gets another."""
    cell: Cell = page.cell(row, column)
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if value is None or isinstance(value, int | float | date):
        cell.value = value
        return cell
    text = ILLEGAL.sub("", str(value))[:MOST_LETTERS_IN_A_CELL]
    cell.value = _escaped(GUARD + text if GUARDED.search(text) else text)
    cell.data_type = "s"
    if BEGINS_A_FORMULA.match(text):
        cell.quotePrefix = True
    return cell


def _escaped(text: str) -> str:
    """Excel takes `_x0041_` for a letter, unless its first sign is written like this too."""
    return ESCAPED.sub(r"_x005F_x\1_", text)


def unescaped(text: str) -> str:
    """A text as it stands in the XML of a workbook, without Excel's own way of writing letters."""
    if "_x" not in text:
        return text
    return ILLEGAL.sub("", ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
