"""A map as a PDF: the layout written as HTML whose boxes stand at places known before.

WeasyPrint measures nothing here but lines of text: flowing 1,500 notes through its tables takes
many times longer. The elements are still those of a table, so that the PDF is tagged as one.
"""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from journeys.export import blocks
from journeys.export.curve import Window, curve_image, curve_words
from journeys.export.layout import FOOT, MARGIN, TITLE_SIZE, Layout, Page, Strip
from journeys.export.palette import BAND_INKS, BANDS, TINTS, TONES
from journeys.export.sheet import Sheet, bands_of

UNITS_IN_EM = 8.0
"""Of the curve's drawing, whose lines are 2.5 units wide."""


@dataclass(frozen=True)
class PlacedStrip:
    """A strip as the template wants it: its class, its colour, its picture."""

    strip: Strip
    place: str
    colour: int
    image: str = ""
    words: str = ""

    @property
    def name(self) -> str:
        return self.strip.name

    @property
    def cells(self) -> list[list[Any]]:
        return [[_lines(piece.item) for piece in cell] for cell in self.strip.cells]


def _lines(item: Any) -> dict[str, Any]:
    return {"item": item, "marks": " · ".join(item.marks)}


def map_html(sheet: Sheet, layout: Layout) -> str:
    """The whole document; needs no database."""
    pages = [
        {
            "page": page,
            "heads": [{"head": head, "lines": blocks.head_lines(head)} for head in page.heads],
            "bands": bands_of(page.heads),
            "strips": [
                _placed(sheet, layout, page, number, strip)
                for number, strip in enumerate(page.strips)
            ],
        }
        for page in layout.pages
    ]
    context = {
        "sheet": sheet,
        "layout": layout,
        "pages": pages,
        "language": get_language(),
        "style": style_of(sheet, layout),
    }
    return render_to_string("journeys/export.html", context)


def _placed(sheet: Sheet, layout: Layout, page: Page, number: int, strip: Strip) -> PlacedStrip:
    place, colour = f"p{page.number}s{number}", strip.row.colour
    if not strip.plot or not page.heads:
        return PlacedStrip(strip, place, colour)
    unit = layout.em / UNITS_IN_EM
    window = Window(page.first, len(page.heads), layout.column_width / unit, strip.height / unit)
    words = curve_words(sheet, page.heads)
    return PlacedStrip(strip, place, colour, curve_image(sheet.curves, window), words)


# --- Places --------------------------------------------------------------------------------
def style_of(sheet: Sheet, layout: Layout) -> str:
    """The rules that put every box at its place, in millimetres."""
    em, column = layout.em, layout.column_width
    inner = layout.width - 2 * MARGIN
    rules = [
        (
            f"@page{{size:{_mm(layout.width)} {_mm(layout.height)};"
            f"margin:{_mm(MARGIN)} {_mm(MARGIN)} {_mm(MARGIN + FOOT)}}}"
        ),
        f"html{{font-size:{_mm(em)};line-height:{blocks.LINE}}}",
        f".page{{width:{_mm(inner)};height:{_mm(layout.height - 2 * MARGIN - FOOT)}}}",
        f"h1{{font-size:{TITLE_SIZE}em}}",
        f".left,.right{{width:{_mm(inner * 0.49)}}}",
        f".bands{{top:{_mm(layout.bands_top)};height:{_mm(1.7 * em)}}}",
        (
            f".head{{top:{_mm(layout.heads_top)};"
            f"height:{_mm(layout.grid_top - layout.heads_top - 0.5 * em)}}}"
        ),
        f".later .bands{{top:{_mm(layout.bands_top - layout.lift)}}}",
        f".later .head{{top:{_mm(layout.heads_top - layout.lift)}}}",
        f".small{{font-size:{blocks.SMALL}em}}",
        f".head .title{{font-size:{blocks.TITLE}em}}",
        f".name{{left:0;width:{_mm(layout.name_width)};padding:{_mm(blocks.CELL_PAD * em)}}}",
        f".cell{{padding:{_mm(blocks.CELL_PAD * em)}}}",
        (
            f".item{{padding:{_mm(blocks.PAD_Y * em)} {_mm(blocks.PAD_X * em)};"
            f"margin-bottom:{_mm(blocks.GAP * em)};border-radius:{_mm(0.35 * em)}}}"
        ),
        f".head .box{{padding:{_mm(blocks.HEAD_PAD * em)}}}",
        f".plot{{left:{_mm(layout.name_width)}}}",
    ]
    rules += _columns(layout, column)
    rules += _colours()
    rules += [
        f".p{page.number}s{number}{{top:{_mm(strip.top)};height:{_mm(strip.height)}}}"
        for page in layout.pages
        for number, strip in enumerate(page.strips)
    ]
    return "".join(rules)


def _columns(layout: Layout, column: float) -> list[str]:
    widest = max((len(page.heads) for page in layout.pages), default=0)
    rules = [
        f".c{index}{{left:{_mm(layout.name_width + index * column)};width:{_mm(column)}}}"
        for index in range(widest)
    ]
    rules += [f".w{count}{{width:{_mm(column * count)}}}" for count in range(1, widest + 1)]
    return rules


def _colours() -> list[str]:
    rules = [f".t{colour} .item{{background:#{tint}}}" for colour, tint in TINTS.items()]
    rules += [f".t{colour} .name{{color:#{tone}}}" for colour, tone in TONES.items()]
    rules += [f".d{colour}{{border-left-color:#{tone}}}" for colour, tone in TONES.items()]
    rules += [f".k{colour}{{color:#{tone}}}" for colour, tone in TONES.items()]
    rules += [
        f".{period}{{background:#{band};color:#{BAND_INKS[period]}}}.head .h-{period}{{border-top-color:#{band}}}"
        for period, band in BANDS.items()
    ]
    return rules


def _mm(length: float) -> str:
    return f"{length:.2f}mm"
