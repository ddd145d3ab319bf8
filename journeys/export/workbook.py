"""A map as an Excel workbook: the grid, and a sheet for everything that stands on it."""

import io
import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from collaboration.cells import put
from journeys.export.archive import steady
from journeys.export.palette import BAND_INKS, BANDS, INK, LINE, PAPER, TINTS
from journeys.export.sheet import Row, Sheet, persona_facts
from journeys.plain import Facts, Plain, Value

WRAPPED = Alignment(wrap_text=True, vertical="top")
THIN = Side(style="thin", color=LINE)
EDGES = Border(top=THIN, bottom=THIN, left=THIN, right=THIN)


def xlsx_of(sheet: Sheet) -> bytes:
    """The same map gives the same bytes. Every text stays a text, whatever it begins with."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = sheet.title
    book.properties.creator = "Waymark"
    _map(book, sheet)
    write_table(book, _("Stages"), _stage_rows(sheet))
    for title, rows in _records(sheet):
        write_table(book, title, rows)
    write_table(book, _("Paths"), sheet.paths)
    write_table(book, _("Personas"), [persona_facts(persona) for persona in sheet.personas])
    content = io.BytesIO()
    book.save(content)
    return steady(content.getvalue(), sheet.changed_at)


# --- The grid ------------------------------------------------------------------------------
HEAD_ROW = 5


def _map(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(_name(book, _("Map")))
    put(page, 1, 1, sheet.title).font = Font(bold=True, size=18, color=INK)
    put(page, 2, 1, sheet.perspective).font = Font(bold=True, color="BD6614")
    for column, (name, value) in enumerate(sheet.facts, start=2):
        put(page, 2, column, f"{name}: {value}").alignment = WRAPPED
    _bands(page, sheet)
    _heads(page, sheet)
    for number, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
        _lane(page, number, row)
    page.freeze_panes = page.cell(HEAD_ROW + 1, 2)
    page.column_dimensions["A"].width = 20
    for column in range(2, len(sheet.heads) + 2):
        page.column_dimensions[get_column_letter(column)].width = 34
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows, page.print_title_cols = f"{HEAD_ROW}:{HEAD_ROW}", "A:A"


def _bands(page: Worksheet, sheet: Sheet) -> None:
    for band in sheet.bands:
        first, last = band.first + 2, band.first + band.count + 1
        cell = put(page, HEAD_ROW - 1, first, str(band.period.label))
        cell.font = Font(bold=True, color=BAND_INKS[band.period])
        cell.fill = _fill(BANDS[band.period])
        if last > first:
            page.merge_cells(
                start_row=HEAD_ROW - 1, end_row=HEAD_ROW - 1, start_column=first, end_column=last
            )


def _heads(page: Worksheet, sheet: Sheet) -> None:
    for column, head in enumerate(sheet.heads, start=2):
        cell = put(page, HEAD_ROW, column, f"{head.number} {head.title}")
        cell.font, cell.fill = Font(bold=True, color=INK), _fill(PAPER)
        cell.alignment, cell.border = WRAPPED, EDGES


def _lane(page: Worksheet, number: int, row: Row) -> None:
    name = put(page, number, 1, row.title)
    name.font, name.alignment = Font(bold=True, color=INK), WRAPPED
    for column, items in enumerate(row.cells, start=2):
        cell = put(page, number, column, "\n".join(map(_said, items)))
        cell.alignment, cell.border = WRAPPED, EDGES
        if items and row.colour:
            cell.fill = _fill(TINTS[row.colour])


def _said(item: Plain) -> str:
    more = " · ".join((*item.marks, item.detail) if item.detail else item.marks)
    bullet = "★" if item.strong else "•"
    return f"{bullet} {item.text}" + (f" ({more})" if more else "")


# --- Tables --------------------------------------------------------------------------------
def _stage_rows(sheet: Sheet) -> list[Facts]:
    return [
        (
            (_("Number"), head.number),
            (_("Title"), head.title),
            (_("Period"), str(head.stage.get_period_display())),
            (_("Situation"), head.stage.situation),
            (_("Customer’s goal"), head.stage.customer_goal),
            (_("Our goal"), head.stage.business_goal),
        )
        for head in sheet.heads
    ]


def _records(sheet: Sheet) -> list[tuple[str, list[Facts]]]:
    """All items by what a list of them is called, each with its stage and lane before its facts."""
    found: dict[str, list[Facts]] = {}
    for row in sheet.rows:
        rows = found.setdefault(str(row.lane.kind_of.records_name), [])
        for head, cell in zip(sheet.heads, row.cells, strict=True):
            place = ((_("Stage"), head.title), (_("Lane"), row.title))
            rows += [(*place, *item.facts) for item in cell if item.facts]
    return [(title, rows) for title, rows in found.items() if rows]


def write_table(book: Workbook, title: str, rows: Sequence[Facts]) -> None:
    """A sheet with one row for each; nothing where there are none."""
    if not rows:
        return
    page = book.create_sheet(_name(book, title))
    names = list(dict.fromkeys(name for row in rows for name, _value in row))
    for column, name in enumerate(names, start=1):
        cell = put(page, 1, column, name)
        cell.font, cell.fill = Font(bold=True, color=INK), _fill(PAPER)
    for number, row in enumerate(rows, start=2):
        for name, value in row:
            put(page, number, names.index(name) + 1, value).alignment = WRAPPED
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    for column, name in enumerate(names, start=1):
        width = _width(name, (dict(row).get(name) for row in rows))
        page.column_dimensions[get_column_letter(column)].width = width


def _width(name: str, values: Iterable[Value]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(60, max(len(name), longest, 6) + 3)


# --- Cells ---------------------------------------------------------------------------------
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour.upper())


def _name(book: Workbook, wanted: str) -> str:
    """A name that a sheet may have, and that none has yet."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", wanted).strip()[:28] or "…"
    taken = {page.title.casefold() for page in book.worksheets}
    number, name = 2, clean
    while name.casefold() in taken:
        number, name = number + 1, f"{clean} {number}"
    return name
