"""The heights of what stands in a grid, in em of its text, for columns of a known width."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from journeys.export.measure import first_lines, line_count
from journeys.export.sheet import Head, Row
from journeys.plain import Plain

LINE = 1.3
"""Height of a line; `line-height` in pdf-map.css."""

SMALL = 0.86
"""Size of the smaller text beside it."""

CELL_PAD = 0.35
PAD_X, PAD_Y, GAP = 0.5, 0.32, 0.35
HEAD_PAD = 0.45
TITLE = 1.12
TALLEST = 14.0
"""Of a picture."""

PLOT = 9.0
"""Height of the emotion curve."""


@dataclass(frozen=True)
class Piece:
    """An item, or as much of it as fits, with its height."""

    item: Plain
    height: float

    @property
    def is_picture(self) -> bool:
        return self.item.picture is not None


def small_lines(item: Plain) -> list[str]:
    return [line for line in (" · ".join(item.marks), item.detail) if line]


def _text_width(column: float) -> float:
    return column - 2 * CELL_PAD - 2 * PAD_X


def item_height(item: Plain, column: float) -> float:
    if item.picture is not None:
        return min(TALLEST, (column - 2 * CELL_PAD) * item.picture.height / item.picture.width)
    width = _text_width(column)
    lines = line_count(item.text, width, bold=item.strong) * LINE
    small = sum(line_count(line, width / SMALL, bold=item.strong) for line in small_lines(item))
    return lines + small * LINE * SMALL + 2 * PAD_Y


def pieces_of(row: Row, column: float) -> list[list[Piece]]:
    return [[Piece(item, item_height(item, column)) for item in cell] for cell in row.cells]


def cell_height(pieces: Sequence[Piece]) -> float:
    gaps = GAP * max(0, len(pieces) - 1)
    return sum(piece.height for piece in pieces) + gaps + 2 * CELL_PAD


def head_height(head: Head, column: float) -> float:
    width = column - 2 * HEAD_PAD - 2 * CELL_PAD
    title = line_count(f"{head.number} {head.title}", width / TITLE, bold=True) * LINE * TITLE
    small = sum(
        line_count(line, width / SMALL, bold=index >= 1)
        for index, line in enumerate(head_lines(head))
    )
    return title + small * LINE * SMALL + 2 * HEAD_PAD


def head_lines(head: Head) -> list[str]:
    """The small lines below a stage's title."""
    goals = [f"{name}: {value}" for name, value in head.goals]
    return [line for line in (head.situation, *goals, *head.marks) if line]


def name_height(title: str, width: float) -> float:
    return line_count(title, width - 2 * CELL_PAD, bold=True) * LINE + 2 * CELL_PAD


def cut(pieces: list[Piece], room: float, column: float) -> tuple[list[Piece], list[Piece]]:
    """The pieces of a cell that fit into this height, and the rest. At least a line goes in."""
    taken: list[Piece] = []
    left = room - 2 * CELL_PAD
    for index, piece in enumerate(pieces):
        if piece.height <= left:
            taken.append(piece)
            left -= piece.height + GAP
            continue
        if taken:
            return taken, pieces[index:]
        if piece.is_picture:
            return [replace(piece, height=max(left, 1.0))], pieces[1:]
        return _cut_one(piece, left, column, pieces[1:])
    return taken, []


def _cut_one(
    piece: Piece, room: float, column: float, others: list[Piece]
) -> tuple[list[Piece], list[Piece]]:
    """An item that is taller than a page goes on on the next one."""
    lines = max(1, int((room - 2 * PAD_Y) // LINE))
    first, second = first_lines(piece.item.text, _text_width(column), lines)
    if not second:
        return [piece], others
    head = replace(piece.item, text=first, detail="", marks=())
    rest = replace(piece.item, text=second)
    following = Piece(rest, item_height(rest, column))
    return [Piece(head, item_height(head, column))], [following, *others]
