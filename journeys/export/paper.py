"""A map as a PDF: the layout written as HTML whose boxes stand at places known before.

WeasyPrint measures nothing here but lines of text: flowing 1,500 notes through its tables takes
many times longer. The elements are still those of a table, so that the PDF is tagged as one.
"""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from journeys.export import blocks
from journeys.export.arrows import arrows_here, arrows_image, arrows_words
from journeys.export.blocks import Piece
from journeys.export.curve import Window, curve_image, curve_words
from journeys.export.facts import BETWEEN, CHIP, FACE, TITLE_SIZE
from journeys.export.layout import FOOT, LEAD, MARGIN, Layout, Page, Strip
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
    cells: list[list[dict[str, Any]]]
    image: str = ""
    words: str = ""

    @property
    def name(self) -> str:
        return self.strip.name

    @property
    def lead(self) -> float:
        return self.strip.lead


def _cells(sheet: Sheet, strip: Strip, place: str) -> list[list[dict[str, Any]]]:
    return [
        [_told(sheet, piece, f"{place}c{column}i{index}") for index, piece in enumerate(cell)]
        for column, cell in enumerate(strip.cells)
    ]


def _told(sheet: Sheet, piece: Piece, box: str) -> dict[str, Any]:
    """A piece as the template wants it; a picture has a box of its own."""
    item = piece.item
    image = address_of(sheet.prints[item.picture.stored]) if item.picture else ""
    return {"item": item, "marks": " · ".join(item.marks), "box": box, "image": image}


def _people(sheet: Sheet) -> list[dict[str, Any]]:
    """Each persona with its portrait, where there is one."""
    faces = {name: address_of(content) for name, content in sheet.prints.items()}
    return [{"persona": one, "face": faces.get(one.portrait, "")} for one in sheet.personas]


def map_html(sheet: Sheet, layout: Layout) -> str:
    """The whole document; needs no database."""
    pages = [
        {
            "page": page,
            "heads": [{"head": head, "lines": blocks.head_lines(head)} for head in page.heads],
            "bands": bands_of(page.heads),
            "arrows": _arrows(sheet, layout, page),
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
        "people": _people(sheet),
        "language": get_language(),
        "style": style_of(sheet, layout),
    }
    return render_to_string("journeys/export.html", context)


def _placed(sheet: Sheet, layout: Layout, page: Page, number: int, strip: Strip) -> PlacedStrip:
    place, colour = f"p{page.number}s{number}", strip.row.colour
    if not strip.plot or not page.heads:
        return PlacedStrip(strip, place, colour, _cells(sheet, strip, place))
    unit = layout.em / UNITS_IN_EM
    window = Window(page.first, len(page.heads), layout.column_width / unit, strip.height / unit)
    words = curve_words(sheet, page.heads)
    return PlacedStrip(strip, place, colour, [], curve_image(sheet.curves, window), words)


def _arrows(sheet: Sheet, layout: Layout, page: Page) -> dict[str, str]:
    """The drawing above the heads of a page, and its words; nothing where it has none."""
    here = arrows_here(sheet, page.first, len(page.heads))
    if page.later or not here:
        return {}
    unit = layout.em / UNITS_IN_EM
    window = Window(
        page.first, len(page.heads), layout.column_width / unit, layout.arrows_height / unit
    )
    return {"image": arrows_image(sheet, window, UNITS_IN_EM), "words": arrows_words(here)}


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
        f".later .head{{top:{_mm(layout.heads_top - layout.rise)}}}",
        f".arrows{{top:{_mm(layout.arrows_top)};height:{_mm(layout.arrows_height)}}}",
        f".sight{{height:{_mm(LEAD * em)}}}",
        f".who{{height:{_mm((CHIP if sheet.prints else 1.5) * em)};margin-right:{_mm(BETWEEN * em)}}}",
        f".face{{width:{_mm(FACE * em)};height:{_mm(FACE * em)};margin-right:{_mm(0.5 * em)}}}",
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
    for page in layout.pages:
        for number, strip in enumerate(page.strips):
            wide = layout.name_width + len(page.heads) * layout.column_width
            rules += _strip_rules(f"p{page.number}s{number}", strip, layout, wide)
    return "".join(rules)


def _strip_rules(place: str, strip: Strip, layout: Layout, wide: float) -> list[str]:
    """Where a strip stands, the line above it, and the size of each picture in it."""
    top, em = strip.top + strip.lead, layout.em
    rules = [f".{place}{{top:{_mm(top)};height:{_mm(strip.height - strip.lead)}}}"]
    if strip.lead:
        rules.append(f".sight.{place}l{{top:{_mm(strip.top)};width:{_mm(wide)}}}")
    widest = layout.column_width - 2 * blocks.CELL_PAD * em
    for column, cell in enumerate(strip.cells):
        for index, piece in enumerate(cell):
            if (shown := piece.item.picture) is not None:
                high = piece.height * em
                wide = min(widest, high * shown.width / shown.height)
                rules.append(f".{place}c{column}i{index}{{width:{_mm(wide)};height:{_mm(high)}}}")
    return rules


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


def address_of(content: bytes) -> str:
    """A small picture as the document holds it."""
    return f"data:image/jpeg;base64,{b64encode(content).decode()}"


def _mm(length: float) -> str:
    return f"{length:.2f}mm"
