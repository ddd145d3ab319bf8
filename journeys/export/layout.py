"""Where everything of a map goes on paper: on one page, or on tiles that make a wall."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from django.utils.translation import gettext as _

from journeys.export import blocks
from journeys.export.arrows import arrows_height
from journeys.export.blocks import Piece
from journeys.export.facts import facts_height
from journeys.export.sheet import Head, Row, Sheet

MM = 25.4 / 72
"""Millimetres in a point."""

MARGIN = 9.0
"""Millimetres around the page."""

FOOT = 5.0
"""Millimetres for the line at the foot."""

PAPERS: dict[str, tuple[float, float]] = {
    "A4": (297, 210), "A3": (420, 297), "A2": (594, 420), "A1": (841, 594), "A0": (1189, 841),
}  # fmt: skip
"""Width and height in millimetres, on the long side."""

LARGEST, SMALLEST = 10.5, 5.2
"""Points; smaller is not read without a glass."""

NARROWEST = 9.5
"""Of a column, in em."""

LEAD = 1.9
"""Height of the line of visibility, in em."""

TILE_POINTS = {"A4": 7.8, "A3": 9.0}
TILE_COLUMN_MM = {"A4": 44.0, "A3": 52.0}


@dataclass(frozen=True)
class Strip:
    """A lane, or a part of one, across the columns of a page. Places are millimetres."""

    row: Row
    cells: list[list[Piece]]
    top: float
    height: float
    name: str
    plot: bool = False
    lead: float = 0.0
    """What of its height lies above the lane: the line of visibility."""


@dataclass(frozen=True)
class Page:
    """A sheet of paper with stages first..first+len(heads) and strips of lanes below them."""

    number: int
    first: int
    heads: list[Head]
    strips: list[Strip]
    place: str = ""
    with_facts: bool = False
    later: bool = False
    """Below the first pages, where everything stands higher."""


@dataclass(frozen=True)
class Layout:
    """Pages of one size, with the measures that they share, in millimetres; em is the text's."""

    width: float
    height: float
    em: float
    name_width: float
    column_width: float
    facts_height: float
    bands_top: float
    arrows_top: float
    heads_top: float
    grid_top: float
    pages: list[Page] = field(default_factory=list)
    paper: str = ""

    @property
    def lift(self) -> float:
        """How much higher everything stands on pages below the first, which repeat no facts."""
        return max(0.0, self.facts_height - 2 * self.em)

    @property
    def arrows_height(self) -> float:
        return self.heads_top - self.arrows_top

    @property
    def rise(self) -> float:
        """How much higher the heads stand there, above which no arrows are repeated."""
        return self.lift + self.arrows_height


# --- One page ------------------------------------------------------------------------------
def one_page(sheet: Sheet, paper: str = "A3") -> Layout:
    """The map on one page: this paper where it stays readable, a larger one otherwise."""
    names = list(PAPERS)
    for name in names[names.index(paper) :]:
        if points := _best_points(sheet, *PAPERS[name]):
            return _on_one_page(sheet, *PAPERS[name], points, name)
    return _on_one_page(sheet, *_own_size(sheet), SMALLEST, "")


def _best_points(sheet: Sheet, width: float, height: float) -> float:
    """The largest readable size at which everything fits; 0 where none does."""
    low, high = SMALLEST, LARGEST
    if not _fits(sheet, width, height, low):
        return 0.0
    while high - low > 0.1:
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(sheet, width, height, middle) else (low, middle)
    return low


def _fits(sheet: Sheet, width: float, height: float, points: float) -> bool:
    frame = _frame(sheet, width, points * MM, max(1, len(sheet.heads)))
    if frame.column_width / frame.em < NARROWEST:
        return False
    return _foot(frame, _strips(sheet, frame)) <= height - MARGIN - FOOT


def _own_size(sheet: Sheet) -> tuple[float, float]:
    """A page as large as the map needs, with columns of a comfortable width."""
    columns = max(1, len(sheet.heads))
    width = max(PAPERS["A0"][0], columns * 16 * SMALLEST * MM * 1.12 + 2 * MARGIN)
    frame = _frame(sheet, width, SMALLEST * MM, columns)
    foot = _foot(frame, _strips(sheet, frame))
    return width, max(PAPERS["A0"][1], foot + MARGIN + FOOT + 2)


def _on_one_page(sheet: Sheet, width: float, height: float, points: float, paper: str) -> Layout:
    frame = _frame(sheet, width, points * MM, max(1, len(sheet.heads)), height, paper)
    frame.pages.append(Page(1, 0, sheet.heads, _strips(sheet, frame), with_facts=True))
    return frame


def _strips(sheet: Sheet, frame: Layout) -> list[Strip]:
    """All lanes below each other, as high as their fullest cell."""
    strips: list[Strip] = []
    top = frame.grid_top
    for row in sheet.rows:
        lead = LEAD * frame.em if row is sheet.line_of_visibility else 0.0
        for strip in _strips_of(row, frame, top, lead):
            strips.append(strip)
            top += strip.height
    return strips


def _strips_of(row: Row, frame: Layout, top: float, lead: float) -> list[Strip]:
    em, column = frame.em, frame.column_width / frame.em
    cells = blocks.pieces_of(row, column)
    tallest = max(map(blocks.cell_height, cells), default=0.0)
    name = blocks.name_height(row.title, frame.name_width / em)
    if not row.is_curve:
        height = max(tallest, name, 2 * blocks.LINE) * em
        return [Strip(row, cells, top, height + lead, row.title, lead=lead)]
    plot = Strip(row, [], top, blocks.PLOT * em, row.title, plot=True)
    below = Strip(row, cells, top + plot.height, tallest * em, "")
    return [plot, below] if any(cells) else [plot]


def _foot(frame: Layout, strips: Sequence[Strip]) -> float:
    return strips[-1].top + strips[-1].height + MARGIN if strips else frame.grid_top


# --- Tiles ---------------------------------------------------------------------------------
def tiles(sheet: Sheet, paper: str = "A4") -> Layout:
    """The map over several pages that repeat the heads of stages and the names of lanes.

    Pages beside each other show the same lanes at the same height, so that they make one wall.
    """
    width, height = PAPERS[paper]
    most = max(1, int((width - 2 * MARGIN) * 0.88 // TILE_COLUMN_MM[paper]))
    across = max(1, -(-len(sheet.heads) // most))
    columns = max(1, -(-len(sheet.heads) // across))
    frame = _frame(sheet, width, TILE_POINTS[paper] * MM, columns, height, paper)
    down = _even_runs(sheet, frame, height - 2 * MARGIN - FOOT)
    total = across * len(down)
    for number, (run, part) in enumerate(product(range(len(down)), range(across)), start=1):
        first, last = part * columns, (part + 1) * columns
        place = _("Page %(page)s of %(pages)s, column %(column)s row %(row)s") % {
            "page": number, "pages": total, "column": part + 1, "row": run + 1,
        }  # fmt: skip
        strips = [_columns_of(strip, first, last) for strip in down[run]]
        frame.pages.append(
            Page(number, first, sheet.heads[first:last], strips, place, number == 1, run > 0)
        )
    return frame


def _columns_of(strip: Strip, first: int, last: int) -> Strip:
    return replace(strip, cells=strip.cells[first:last])


def _even_runs(sheet: Sheet, frame: Layout, foot: float) -> list[list[Strip]]:
    """The lanes on as few pages as they need, and on each about as much, so that none stands
    alone on the last."""
    runs = _runs(sheet, frame, foot)
    tallest = max((strip.height for strip in _strips(sheet, frame)), default=0.0)
    low, high = frame.grid_top + tallest, foot
    while len(runs) > 1 and high - low > 2:
        middle = (low + high) / 2
        tried = _runs(sheet, frame, middle)
        runs, low, high = (tried, low, middle) if len(tried) <= len(runs) else (runs, middle, high)
    return runs


def _runs(sheet: Sheet, frame: Layout, foot: float) -> list[list[Strip]]:
    """The lanes cut into runs that fit between the heads and the foot of a page."""
    runs: list[list[Strip]] = [[]]
    top = frame.grid_top
    for strip in _strips(sheet, frame):
        rest: Strip | None = strip
        while rest is not None:
            room = foot - top
            if rest.height > room and runs[-1] and not _worth_cutting(rest, frame, foot, room):
                runs.append([])
                top = frame.grid_top - frame.rise
                continue
            part, rest = _cut(rest, frame, top, room)
            runs[-1].append(part)
            top += part.height
    return runs


def _worth_cutting(strip: Strip, frame: Layout, foot: float, room: float) -> bool:
    """Only a lane that is taller than a page is cut, and not for a few lines."""
    whole = foot - frame.grid_top
    return not strip.plot and strip.height > whole and room > whole / 3


def _cut(strip: Strip, frame: Layout, top: float, room: float) -> tuple[Strip, Strip | None]:
    if strip.height <= room or strip.plot:
        return replace(strip, top=top), None
    column = frame.column_width / frame.em
    inside = (room - strip.lead) / frame.em
    halves = [blocks.cut(cell, inside, column) for cell in strip.cells]
    upper, lower = [taken for taken, _rest in halves], [rest for _taken, rest in halves]
    part = replace(strip, cells=upper, top=top, height=room)
    if not any(lower):
        return part, None
    height = max(map(blocks.cell_height, lower)) * frame.em
    name = _("%(lane)s (continued)") % {"lane": strip.row.title}
    return part, Strip(strip.row, lower, top, height, name)


# --- What both share -----------------------------------------------------------------------
def _frame(
    sheet: Sheet, width: float, em: float, columns: int, height: float = 0.0, paper: str = ""
) -> Layout:
    """The measures above the grid, and the width of its columns."""
    inner = width - 2 * MARGIN
    name_width = min(max(inner * 0.09, 8 * em), 13 * em)
    column = (inner - name_width) / columns
    facts = facts_height(sheet, inner / em) * em
    bands = facts + 0.6 * em
    arrows = bands + 2.0 * em
    heads = arrows + arrows_height(sheet) * em
    tallest = max((blocks.head_height(head, column / em) for head in sheet.heads), default=1.0)
    return Layout(
        width, height, em, name_width, column, facts, bands, arrows, heads,
        heads + (tallest + 0.6) * em, paper=paper,
    )  # fmt: skip
