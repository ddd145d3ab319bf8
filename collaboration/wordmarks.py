"""What changed inside a text, word by word, at a cost that no text can drive up."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
MOST_PAIRS = 6_000
"""Pairs of equal words that two texts may have; the work grows with them."""

PAIRS_A_PAGE = 200_000
LONGEST_SAME = 120
SHOWN_OF_SAME = 50


@dataclass(frozen=True)
class Mark:
    """A stretch of text that is in both, or only in the new, or only in the old one."""

    kind: Literal["same", "ins", "del"]
    text: str


class Marker:
    """Marks the texts of one page; when that has cost enough, the rest is shown whole."""

    def __init__(self) -> None:
        self.left = PAIRS_A_PAGE

    def marks(self, old: str, new: str) -> list[Mark]:
        """The words of both texts in reading order; long stretches that are the same are cut."""
        before, after = TOKEN.findall(old), TOKEN.findall(new)
        keys = [word.strip() for word in before], [word.strip() for word in after]
        cost = _pairs(*keys)
        if cost > min(MOST_PAIRS, self.left):
            return _whole(old, new)
        self.left -= cost
        found: list[Mark] = []
        matcher = SequenceMatcher(None, *keys, autojunk=False)
        for act, start, end, first, last in matcher.get_opcodes():
            if act == "equal":
                found.append(Mark("same", _shortened("".join(after[first:last]))))
                continue
            found += [Mark("del", "".join(before[start:end]))] if end > start else []
            found += [Mark("ins", "".join(after[first:last]))] if last > first else []
        return found


def _pairs(before: list[str], after: list[str]) -> int:
    counts, others = Counter(before), Counter(after)
    return sum(count * others[word] for word, count in counts.items())


def _whole(old: str, new: str) -> list[Mark]:
    return [Mark("del", old), Mark("ins", new)]


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_SAME:
        return text
    return f"{text[:SHOWN_OF_SAME]} … {text[-SHOWN_OF_SAME:]}"
