"""How much text fits into a known room, so that nothing is cut off on paper.

Widths and heights are in em of the text itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from journeys.export.measure import first_lines, line_count

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Room:
    """A column of text; every entry takes `extra` beside its lines."""

    width: float
    height: float
    line: float = 1.35
    extra: float = 1.0
    most_lines: int = 4


@dataclass(frozen=True)
class Fitted(Generic[Entry]):
    """An entry with as much of its text as is shown."""

    entry: Entry
    text: str


@dataclass(frozen=True)
class Fit(Generic[Entry]):
    shown: list[Fitted[Entry]]
    left_out: int


def fit(entries: Sequence[Entry], room: Room, text_of: Callable[[Entry], str]) -> Fit[Entry]:
    """The first entries that fit below each other, and how many more there are."""
    shown: list[Fitted[Entry]] = []
    left = room.height
    for index, entry in enumerate(entries):
        text = shortened(text_of(entry), room.width, room.most_lines)
        left -= line_count(text, room.width) * room.line + room.extra
        if left < 0:
            return Fit(shown, len(entries) - index)
        shown.append(Fitted(entry, text))
    return Fit(shown, 0)


def shortened(text: str, width: float, lines: int) -> str:
    """On one line after another, at most so many of them; what is left out is told by dots."""
    flat = " ".join(text.split())
    if line_count(flat, width) <= lines:
        return flat
    first, _rest = first_lines(flat, width, lines)
    while line_count(f"{first} …", width) > lines:
        first = first[: -max(1, len(first) // 20)].rstrip(" ,.;:")
    return f"{first} …"
