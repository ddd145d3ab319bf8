"""What is pasted, as texts by row and column: from a spreadsheet, a list, or another map."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from django.utils.translation import gettext as _

from collaboration.editing import Refused
from journeys.models import Note

MOST_CHARACTERS = 1_000_000
MOST_NOTES = 1_500
MOST_IN_A_NOTE = Note._meta.get_field("text").max_length or 0


@dataclass(frozen=True)
class Piece:
    """One text, so many rows below and columns to the right of where it is pasted."""

    row: int
    column: int
    text: str


def pieces_of(text: str, *, is_table: bool) -> list[Piece]:
    """Texts of a table by row and column; of plain lines, all for one cell.

    Cells with a line break, a tab or a quote stand in quotes, as spreadsheets write them. Raises
    Refused, in words, for more than a map can take.
    """
    if len(text) > MOST_CHARACTERS:
        words = _("That is too much text to paste at once: %(most)s characters fit.")
        raise Refused(words % {"most": MOST_CHARACTERS})
    rows = rows_of(text)
    if is_table or any(len(row) > 1 for row in rows):
        found = [Piece(y, x, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)]
    else:
        found = [Piece(0, 0, cell) for row in rows for cell in row]
    return checked(found)


def checked(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces that say something; raises Refused where there are too many or too long ones."""
    found = [Piece(one.row, one.column, text) for one in pieces if (text := one.text.strip())]
    if len(found) > MOST_NOTES:
        words = _("That would make %(count)s notes. At most %(most)s can be pasted at once.")
        raise Refused(words % {"count": len(found), "most": MOST_NOTES})
    for one in found:
        if len(one.text) > MOST_IN_A_NOTE:
            words = _("The text “%(start)s…” has %(count)s characters; a note holds %(most)s.")
            values = {"start": one.text[:40], "count": len(one.text), "most": MOST_IN_A_NOTE}
            raise Refused(words % values)
    return found


def rows_of(text: str, *, separator: str = "\t") -> list[list[str]]:
    # A quote that nothing closes is a quote, not the start of a cell.
    quoting: Literal[0, 3] = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    lines = StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="\n")
    try:
        return list(csv.reader(lines, delimiter=separator, quoting=quoting))
    except csv.Error as error:
        raise Refused(_("One cell of this is longer than a note can be.")) from error


def as_text(pieces: Iterable[Piece]) -> str:
    """Pieces as a spreadsheet reads them; several of one cell stand in it line by line."""
    cells: dict[tuple[int, int], list[str]] = {}
    for one in pieces:
        cells.setdefault((one.row, one.column), []).append(one.text)
    height = max((row for row, _column in cells), default=-1) + 1
    width = max((column for _row, column in cells), default=-1) + 1
    written = StringIO(newline="")
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(
        ["\n".join(cells.get((y, x), [])) for x in range(width)] for y in range(height)
    )
    return written.getvalue()
