"""The XML of a workbook, read in pieces: one part of it, and the rows of a sheet."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from collaboration.cells import unescaped
from collaboration.importing.tables import MOST_ROWS, NotATable, Row, letter_of

CHUNK = 65_536
DEEPEST = 60
MOST_PART_BYTES = 60_000_000
FURTHEST_COLUMN = 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")

Start = Callable[[str, dict[str, Any]], None]
End = Callable[[str], None]
Letters = Callable[[str], None]


class XmlPart:
    """Reads a part of an archive and tells of elements by their local names.

    A document type, where bombs and strangers' files hide, is refused; so is what is nested too
    deep or longer than its archive says.
    """

    def __init__(
        self, *, start: Start | None = None, end: End | None = None, letters: Letters | None = None
    ) -> None:
        self.on_start, self.on_end = start, end
        self.depth = 0
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        if letters:
            parser.CharacterDataHandler = letters

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        for _chunk in self.chunks(archive, part):
            pass

    def chunks(self, archive: zipfile.ZipFile, part: str) -> Iterator[None]:
        """Reads on with each step."""
        entry = archive.getinfo(part)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile
        read = 0
        with archive.open(entry) as content:
            while chunk := content.read(CHUNK):
                read += len(chunk)
                if read > min(MOST_PART_BYTES, entry.file_size):
                    raise zipfile.BadZipFile
                self.parser.Parse(chunk, False)
                yield
        self.parser.Parse(b"", True)
        yield

    def _refuse(self, *_declaration: object) -> None:
        words = _("This workbook holds a document type, which no spreadsheet writes.")
        raise NotATable(words)

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise zipfile.BadZipFile
        if self.on_start:
            self.on_start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.on_end:
            self.on_end(name.rpartition(":")[2])


class SheetReader:
    """The rows of one sheet; formulas as the values that were saved with them."""

    def __init__(self, shared: list[str], date_styles: set[int], *, since: datetime) -> None:
        self.shared, self.date_styles, self.since = shared, date_styles, since
        self.ready: list[Row] = []
        self.filled = self.number = 0
        self.cells: dict[int, str] = {}
        self.kind = self.style = ""
        self.column = -1
        self.value: list[str] = []
        self.is_reading = self.has_formula = False

    def rows(self, archive: zipfile.ZipFile, part: str) -> Iterator[Row]:
        xml = XmlPart(start=self._start, end=self._end, letters=self._letters)
        for _chunk in xml.chunks(archive, part):
            yield from self.ready
            self.ready.clear()
            if self.filled > MOST_ROWS + 2:
                return

    # --- Elements ----------------------------------------------------------------------------
    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        if name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.cells, self.column = {}, -1
        elif name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "t"}:
            self.is_reading = True
        elif name == "f":
            self.has_formula = True
        elif name == "mergeCell":
            self._refuse_merged(str(attributes.get("ref", "")))

    def _begin_cell(self, attributes: dict[str, Any]) -> None:
        self.column = _column_of(str(attributes.get("r", "")), self.column + 1)
        self.kind = str(attributes.get("t", "n"))
        self.style = str(attributes.get("s", ""))
        self.value, self.has_formula = [], False

    def _letters(self, letters: str) -> None:
        if self.is_reading:
            self.value.append(letters)

    def _end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.is_reading = False
        elif name == "c":
            self._end_cell("".join(self.value))
        elif name == "row" and self.cells:
            width = max(self.cells) + 1
            self.filled += 1
            self.ready.append((self.number, [self.cells.get(at, "") for at in range(width)]))

    def _end_cell(self, raw: str) -> None:
        place = {"row": self.number, "column": letter_of(self.column)}
        if self.has_formula and not raw and self.kind != "str":
            words = _("Row %(row)s, column %(column)s: a formula without a saved value. Open the file in a spreadsheet, save it and take it again.")  # fmt: skip
            raise NotATable(words % place)
        if self.kind == "e":
            words = _("Row %(row)s, column %(column)s: a formula ended in the error %(error)s.")
            raise NotATable(words % {**place, "error": raw[:20]})
        text = self._text(raw)
        if not text:
            return
        if self.column >= FURTHEST_COLUMN or len(self.cells) > 2_000:
            raise NotATable(_("Row %(row)s has too many columns.") % place)
        self.cells[self.column] = text

    def _refuse_merged(self, reference: str) -> None:
        words = _("The cells %(cells)s are merged, so their rows do not stand alone. Separate them and take the file again.")  # fmt: skip
        raise NotATable(words % {"cells": reference[:30]})

    # --- Values ------------------------------------------------------------------------------
    def _text(self, raw: str) -> str:
        if self.kind == "s":
            return unescaped(self.shared[int(raw)]) if raw else ""
        if self.kind in {"str", "inlineStr"}:
            return unescaped(raw)
        if self.kind == "b":
            return "true" if raw == "1" else "false"
        if self.kind == "d" or not raw:
            return raw[:10]
        return self._number(raw)

    def _number(self, raw: str) -> str:
        number = float(raw)
        if self.style and int(self.style) in self.date_styles:
            moment = self.since + timedelta(days=number)
            is_day = moment.time() == datetime.min.time()
            return moment.date().isoformat() if is_day else moment.isoformat(" ", "seconds")
        return str(int(number)) if number == int(number) else repr(number)


def _column_of(reference: str, following: int) -> int:
    """The index of a cell's column; of one without a place, the next."""
    found = REFERENCE.match(reference)
    if not found:
        return following
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1
