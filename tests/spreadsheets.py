"""Workbooks as bytes, made part by part, so that a test can spoil any of them."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
BOOK = f'<workbook {SPACE} {LINKS}><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>'
)


def workbook(rows: Iterable[Iterable[Any]], **more: Any) -> bytes:
    """As a spreadsheet writes it; `merged` names cells to be merged."""
    book = Workbook()
    page = book.active
    for row in rows:
        page.append(list(row))
    if merged := more.get("merged"):
        page.merge_cells(merged)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet(inside: str, before: str = "") -> str:
    return f"{before}<worksheet {SPACE}><sheetData>{inside}</sheetData></worksheet>"


def archive(sheet_xml: str | bytes, **parts: str | bytes) -> bytes:
    """An archive with these parts; keys of `parts` have `__` for a slash."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", parts.pop("book", BOOK))
        packed.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        packed.writestr("xl/worksheets/sheet1.xml", sheet_xml)
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return written.getvalue()


def heads_and(rows: str) -> str:
    """A sheet with the heads Stage and Touchpoint, and these rows."""
    heads = f'<row r="1">{cell("A1", "Stage")}{cell("B1", "Touchpoint")}</row>'
    return sheet(heads + rows)
