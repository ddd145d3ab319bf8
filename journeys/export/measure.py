"""How many lines a text takes, known before it is drawn: from the widths of our font's letters.

Widths and heights are in em of the text itself.
"""

import unicodedata
from functools import cache
from itertools import accumulate

from django.contrib.staticfiles import finders

FONT = "vendor/albert-sans-latin-wght-normal.woff2"
BOLD = 1.07
"""How much wider bold letters run."""

CAUTION = 1.03
"""Lines are counted a little too long, so that a box is never too small."""


@cache
def _advances() -> dict[int, float]:
    """Code point to width, for the letters that the font has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(str(finders.find(FONT))) as font:
        unit, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {point: widths[name][0] / unit for point, name in font.getBestCmap().items()}


@cache
def _letter_width(letter: str) -> float:
    known = _advances().get(ord(letter))
    if known is not None:
        return known
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    return 1.4 if unicodedata.east_asian_width(letter) in "WF" else 1.1


@cache
def _word_width(word: str) -> float:
    return sum(_letter_width(letter) for letter in word) * CAUTION


def forget() -> None:
    """Words are remembered while one document is laid out, and not longer."""
    _word_width.cache_clear()


def text_width(text: str, *, bold: bool = False) -> float:
    """How wide a text runs on one line."""
    return sum(_letter_width(letter) for letter in text) * CAUTION * (BOLD if bold else 1)


def line_count(text: str, width: float, *, bold: bool = False) -> int:
    """The lines that a text takes in this width; words that are wider are broken anywhere."""
    width = max(width, 1.0) / (BOLD if bold else 1)
    return sum(_lines_of(paragraph, width) for paragraph in text.splitlines() or [""])


def _lines_of(paragraph: str, width: float) -> int:
    count, used, space = 1, 0.0, _word_width(" ")
    for word in paragraph.split():
        wide = _word_width(word)
        if used and used + space + wide > width:
            count, used = count + 1, 0.0
        if wide > width:
            more = int(wide // (width - 0.8 if width > 1.8 else 1.0))
            count, used = count + more, width
        else:
            used += wide + (space if used else 0.0)
    return count


def first_lines(text: str, width: float, count: int) -> tuple[str, str]:
    """A text cut so that the first part takes at most `count` lines; the second may be empty."""
    words = text.split(" ")
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = line_count(" ".join(words[:middle]), width) <= count
        low, high = (middle, high) if fits else (low, middle - 1)
    if low:
        return " ".join(words[:low]), " ".join(words[low:])
    return _first_letters(text, width, count)


def _first_letters(text: str, width: float, count: int) -> tuple[str, str]:
    """The same for a text that begins with a word of many lines."""
    room = max(width - 0.8, 1.0) * max(count, 1)
    widths = accumulate(_letter_width(letter) * CAUTION for letter in text)
    letters = sum(1 for used in widths if used <= room) or 1
    return text[:letters], text[letters:]
