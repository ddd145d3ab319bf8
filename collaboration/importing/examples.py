"""A small table to begin with, for each kind, with its heads in the reader's language."""

import io

from django.utils.translation import get_language

from collaboration.cells import csv_lines, put
from collaboration.importing.kinds import ImportKind

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def example_file(kind: ImportKind, file_format: str) -> tuple[bytes, str]:
    """The content and its type."""
    rows = [[str(field.title) for field in kind.fields]]
    rows += [[row.get(field.key, "") for field in kind.fields] for row in kind.example()]
    if file_format == "xlsx":
        return _workbook(str(kind.title), rows), XLSX
    separator = "," if get_language() == "en" else ";"
    return "".join(csv_lines(rows, separator=separator)).encode(), CSV


def _workbook(title: str, rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title = title[:28]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = put(page, number, column, int(value) if value.isdecimal() else value)
            cell.font = Font(bold=number == 1)
            page.column_dimensions[get_column_letter(column)].width = 24
    page.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
