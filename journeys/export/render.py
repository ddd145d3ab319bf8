"""Files of a map, by format. Everything on a map is open to everybody who may see it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from collaboration.exporting import ExportFailed, Options, Progress, Renderer
from collaboration.models import Board, Export
from journeys.export.album import with_pictures
from journeys.export.options import TILES, USUAL_WIDTH
from journeys.export.sheet import Sheet, sheet_of
from journeys.models import Journey
from teams.access import Actor

MOST_LETTERS = 600_000


def render_map_pdf(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    """The map as a PDF: on one A3 page or larger, or tiled over pages of A4 or A3."""
    return _rendered(board, report, options, pdf_of)


def render_map_png(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    """The map as a picture of its one page."""
    return _rendered(board, report, options, _png_of)


def _rendered(
    board: Board, report: Progress, options: Options, make: Callable[[Sheet, Options], bytes]
) -> bytes:
    sheet = chosen_sheet(board, options)
    report(15)
    content = make(sheet, options)
    report(95)
    return content


def chosen_sheet(board: Board, options: Options) -> Sheet:
    """What was asked for of the map as it is now; ExportFailed where it is too much."""
    sheet = sheet_of(
        Journey.objects.get(pk=board.pk),
        stages=options.get("stages", ()),
        lanes=options.get("lanes", ()),
    )
    if letters_of(sheet) > MOST_LETTERS:
        raise ExportFailed(
            _("There is too much text for one file. Choose fewer stages or lanes and try again.")
        )
    return sheet


def letters_of(sheet: Sheet) -> int:
    """How much there is to draw."""
    cells = (cell for row in sheet.rows for cell in row.cells)
    return sum(len(item.text) + len(item.detail) for cell in cells for item in cell)


def _png_of(sheet: Sheet, options: Options) -> bytes:
    from journeys.export.picture import png_of

    return png_of(pdf_of(sheet, {}), options.get("width", USUAL_WIDTH))


def render_map_pptx(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    """The map as slides of shapes that can be edited."""
    return _rendered(board, report, options, _pptx_of)


def render_map_xlsx(board: Board, actor: Actor, report: Progress, options: Options) -> bytes:
    """The map as a workbook."""
    return _rendered(board, report, options, _xlsx_of)


def _pptx_of(sheet: Sheet, _options: Options) -> bytes:
    from collaboration.pdf import in_child
    from journeys.export.slides import pptx_of

    shown = with_pictures(sheet)
    return in_child(lambda: pptx_of(shown))


def _xlsx_of(sheet: Sheet, _options: Options) -> bytes:
    from collaboration.pdf import in_child
    from journeys.export.workbook import xlsx_of

    return in_child(lambda: xlsx_of(sheet))


def pdf_of(sheet: Sheet, options: Options) -> bytes:
    # WeasyPrint is large and slow to load, so the web processes do without it.
    from collaboration.pdf import render_pdf
    from journeys.export import layout, measure, paper

    sheet = with_pictures(sheet)
    try:
        if options.get("layout") == TILES:
            placed = layout.tiles(sheet, options["paper"])
        else:
            placed = layout.one_page(sheet)
        return render_pdf(paper.map_html(sheet, placed))
    finally:
        measure.forget()


RENDERERS: dict[str, Renderer] = {
    Export.Format.PDF: render_map_pdf,
    Export.Format.PNG: render_map_png,
    Export.Format.PPTX: render_map_pptx,
    Export.Format.XLSX: render_map_xlsx,
}
