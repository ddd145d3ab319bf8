"""What stands above the grid, and how high it is, in em of its text."""

from collections.abc import Iterable

from journeys.export import blocks
from journeys.export.measure import line_count, text_width
from journeys.export.sheet import Sheet
from journeys.models import Persona

TITLE_SIZE = 2.2
LEFT_SHARE, RIGHT_SHARE = 0.48, 0.485
"""Of the page's width, a little less than the boxes have."""

FACE = 2.4
"""Size of a portrait."""

CHIP = 3.2
"""Height of a line of personas with portraits."""

BETWEEN = 1.4
"""What is free after a persona."""


def facts_height(sheet: Sheet, width: float) -> float:
    """Title and personas left, goals and what is known of paths right."""
    left, right = width * LEFT_SHARE, width * RIGHT_SHARE
    title = line_count(sheet.title, left / TITLE_SIZE, bold=True) * TITLE_SIZE * 1.15
    lines = [f"{name}: {value}" for name, value in sheet.facts] + sheet.path_reasons
    return (
        max(
            title + blocks.LINE * 1.2 + personas_height(sheet, left),
            sum(line_count(line, right) * blocks.LINE for line in lines),
        )
        + 0.3
    )


def personas_height(sheet: Sheet, width: float) -> float:
    tall = CHIP if any(persona.portrait in sheet.prints for persona in sheet.personas) else 1.5
    rows, used = 0, width
    for wide in _chip_widths(sheet, sheet.personas):
        if used + wide > width:
            rows, used = rows + max(1, int(wide // width)), 0.0
        used += wide
    return rows * tall


def _chip_widths(sheet: Sheet, personas: Iterable[Persona]) -> Iterable[float]:
    for persona in personas:
        face = FACE + 0.5 if persona.portrait in sheet.prints else 0.0
        words = f"{persona.name} ({persona.segment})" if persona.segment else persona.name
        yield text_width(words, bold=True) + face + BETWEEN
