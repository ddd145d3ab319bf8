"""Tables in Excel workbooks: the archive looked at before anything in it is unpacked, and the XML
read piece by piece, without document types and without anything from outside.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from collaboration.importing.sheets import SheetReader, XmlPart
from collaboration.importing.tables import NotATable, Row

MOST_ENTRIES = 1_000
MOST_UNPACKED = 60_000_000
MOST_RATIO = 100
RATIO_COUNTS_FROM = 3_000_000
MOST_SHARED = 400_000
MOST_SHARED_LETTERS = 20_000_000

BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, KeyError, RuntimeError, OSError,
    EOFError, StopIteration, ValueError, OverflowError, NotImplementedError, IndexError,
)  # fmt: skip
"""What is raised for archives that are not what they say; a refusal of ours is none of these."""
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def read_workbook(content: bytes) -> tuple[Iterator[Row], dict[str, str]]:
    """The rows of the first sheet that is shown, and its name; raises NotATable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _look_at(archive)
        book = _Book(archive)
        name, part = book.first_sheet()
        reader = SheetReader(book.shared_strings(), book.date_styles(), since=book.epoch)
        how = {"sheet": name} | ({"more_sheets": "1"} if book.count > 1 else {})
        return _rows(archive, part, reader), how
    except NotATable:
        raise
    except BROKEN as fault:
        raise _damaged() from fault


def _rows(archive: zipfile.ZipFile, part: str, reader: SheetReader) -> Iterator[Row]:
    try:
        yield from reader.rows(archive, part)
    except NotATable:
        raise
    except BROKEN as fault:
        raise _damaged() from fault


def _damaged() -> NotATable:
    return NotATable(_("This file is not what its name says, or it is damaged."))


# --- The archive -----------------------------------------------------------------------------
def _look_at(archive: zipfile.ZipFile) -> None:
    """By its directory alone: how many parts, how large, how far they swell, what they are."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    stored = sum(entry.compress_size for entry in entries)
    swells = unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * max(stored, 1)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swells:
        words = _("This workbook would become too large when it is unpacked. Save the sheet alone, as CSV.")  # fmt: skip
        raise NotATable(words)
    names = [entry.filename.lower() for entry in entries]
    if any(name.startswith("xl/externallinks/") for name in names):
        words = _("This workbook fetches values from other files. Paste them as values and save it again.")  # fmt: skip
        raise NotATable(words)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise NotATable(_("This workbook holds macros. Save it as .xlsx without them."))
    if "xl/workbook.xml" not in names:
        raise NotATable(_("This archive is no Excel workbook."))


@dataclass
class _Book:
    """The parts of a workbook that say what its sheets are."""

    archive: zipfile.ZipFile
    count: int = 0
    epoch: datetime = field(default=datetime(1899, 12, 30))  # noqa: DTZ001 (Excel knows no zones)

    def first_sheet(self) -> tuple[str, str]:
        """The name of the first sheet that is shown, and the part that it is."""
        sheets: list[dict[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                sheets.append(attributes)
            if name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001

        XmlPart(start=start).read(self.archive, "xl/workbook.xml")
        shown = [one for one in sheets if one.get("state", "visible") == "visible"]
        self.count = len(shown)
        if not shown:
            raise NotATable(_("There is no sheet in this workbook."))
        relation = next(value for key, value in shown[0].items() if key.endswith(":id"))
        return shown[0].get("name", ""), self._part_of(relation)

    def _part_of(self, relation: str) -> str:
        targets: dict[str, str] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                targets[attributes["Id"]] = attributes["Target"]

        XmlPart(start=start).read(self.archive, "xl/_rels/workbook.xml.rels")
        target = targets[relation]
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return str(PurePosixPath(path))

    def shared_strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.archive.namelist():
            return []
        strings = _Strings()
        strings.read(self.archive, "xl/sharedStrings.xml")
        return strings.found

    def date_styles(self) -> set[int]:
        """The styles of cells whose numbers are days."""
        if "xl/styles.xml" not in self.archive.namelist():
            return set()
        formats: dict[int, str] = {}
        used: list[int] = []
        within = [""]

        def start(name: str, attributes: dict[str, str]) -> None:
            if name in {"cellXfs", "cellStyleXfs"}:
                within[0] = name
            if name == "numFmt":
                formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            if name == "xf" and within[0] == "cellXfs":
                used.append(int(attributes.get("numFmtId", "0")))

        XmlPart(start=start).read(self.archive, "xl/styles.xml")
        days = DATES | {number for number, code in formats.items() if _is_of_days(code)}
        return {style for style, number in enumerate(used) if number in days}


def _is_of_days(code: str) -> bool:
    return bool(
        re.search(r"[dmyhs]", QUOTED.sub("", code.split(";", maxsplit=1)[0]), re.IGNORECASE)
    )


class _Strings:
    """The texts that cells point to, without the readings that stand beside Japanese ones."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.parts: list[str] = []
        self.in_text = self.beside = False
        self.letters = 0

    def read(self, archive: zipfile.ZipFile, part: str) -> None:
        XmlPart(start=self.start, end=self.end, letters=self.text).read(archive, part)

    def start(self, name: str, _attributes: dict[str, Any]) -> None:
        if name == "si":
            self.parts = []
        self.beside = self.beside or name == "rPh"
        self.in_text = name == "t" and not self.beside

    def text(self, letters: str) -> None:
        if self.in_text:
            self.parts.append(letters)
            self.letters += len(letters)

    def end(self, name: str) -> None:
        self.in_text = False
        self.beside = self.beside and name != "rPh"
        if name == "si":
            self.found.append("".join(self.parts))
            if len(self.found) > MOST_SHARED or self.letters > MOST_SHARED_LETTERS:
                words = _("There is too much text in this file. Bring it in as several files.")
                raise NotATable(words)
