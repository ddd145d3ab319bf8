"""A person's names in running text: which words are surely theirs, and which only may be.

A name of one word can be an ordinary word ("Bo" lives in Danish, "my" is English), so what tells
them apart is how it is written and what stands beside it. Genitives go with the name: Bos, Bo's,
Lars'. What is not sure is for a person to decide.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

INSTEAD = "…"
SHORT = 3
"""Names of fewer letters are words, and parts of words, of every language."""

GENITIVE = r"(?:(?P<apostrophe>['’´`]s?)|(?P<bare>s))?"
BETWEEN = r"[\s._+\-]+"
SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;…\n\r•\-–—][\s\"'“”„«»‘’(\[]*|^[\"'“”„«»‘’(\[]+)$")
NAMES_GO_ON = re.compile(r"\s(?:(?:van|von|de|der|den|af|av)\s)*[^\W\d_]+")


class Certainty(IntEnum):
    SURE = 0
    PERHAPS = 1
    HARDLY = 2
    """Written like an ordinary word."""


@dataclass(frozen=True)
class Found:
    """A name in a text: from where to where, and how sure it is."""

    start: int
    end: int
    certainty: Certainty


class Names:
    """Finds a person's names in texts, and takes them out.

    `perhaps` are words that are theirs only if somebody says so: their first name alone.
    """

    def __init__(self, words: Iterable[str], perhaps: Iterable[str] = ()) -> None:
        self.sure = _tidy(words)
        known = {word.casefold() for word in self.sure}
        self.perhaps = [word for word in _tidy(perhaps) if word.casefold() not in known]
        longest_first = sorted([*self.sure, *self.perhaps], key=len, reverse=True)
        parts = (
            rf"(?P<name{number}>{_pattern(word)})" for number, word in enumerate(longest_first)
        )
        self._in_order = longest_first
        self._pattern = re.compile(
            rf"(?<!\w)(?:{'|'.join(parts)}){GENITIVE}(?!\w)", re.IGNORECASE
        ) if longest_first else None  # fmt: skip

    @cached_property
    def of_several_words(self) -> "Names":
        """Those that no other person is likely to have."""
        return Names(filter(_is_many, self.sure))

    def __bool__(self) -> bool:
        return self._pattern is not None

    def tokens(self) -> list[str]:
        """For each name its longest part: a text without it cannot hold the name."""
        return list(
            dict.fromkeys(max(re.findall(r"\w+", word), key=len) for word in self._in_order)
        )

    def found_in(self, text: str) -> list[Found]:
        """Where the names stand in a text of composed letters."""
        if self._pattern is None:
            return []
        found = (self._judged(match, text) for match in self._pattern.finditer(text))
        return [one for one in found if one is not None]

    def taken_out(self, text: str, *, also_unsure: bool = False) -> str:
        composed = unicodedata.normalize("NFC", text)
        found = self.found_in(composed)
        going = [one for one in found if also_unsure or one.certainty is Certainty.SURE]
        for one in reversed(going):
            composed = composed[: one.start] + INSTEAD + composed[one.end :]
        return composed if going else text

    def _judged(self, match: "re.Match[str]", text: str) -> Found | None:
        number = next(n for n in range(len(self._in_order)) if match[f"name{n}"] is not None)
        word, written = self._in_order[number], match[f"name{number}"]
        start, end = match.span()
        if match["apostrophe"] and not match["apostrophe"].endswith(("s", "S")):
            # A mark alone is a genitive after s, x and z; elsewhere it closes a quotation.
            end = end if written[-1:].casefold() in "sxz" else match.end(f"name{number}")
        if _is_many(word):
            certainty = Certainty.SURE if word in self.sure else Certainty.PERHAPS
        else:
            certainty = self._of_one_word(word, written, match, text)
        return Found(start, end, certainty)

    def _of_one_word(self, word: str, written: str, match: "re.Match[str]", text: str) -> Certainty:
        if written not in (word, word.capitalize(), word.upper()):
            return Certainty.HARDLY
        if word not in self.sure or _is_part_of_a_name(match, text):
            return Certainty.PERHAPS
        if len(word) >= SHORT or (match["apostrophe"] and written == word):
            return Certainty.SURE
        if written != word or match["bare"]:
            return Certainty.PERHAPS
        is_all_there_is = text.strip() == written or text[match.end() :][:1] == ":"
        begins = SENTENCE_BEGINS.search(text[max(0, match.start() - 20) : match.start()])
        return Certainty.SURE if is_all_there_is or not begins else Certainty.PERHAPS


def looks_like_a_name(words: str) -> list[str]:
    """The parts of a name of several words, "Hanne" and "Berg"; nothing of other words."""
    parts = words.split()
    of_people = [
        part for part in parts if part not in {"van", "von", "de", "der", "den", "af", "av"}
    ]
    if not 2 <= len(of_people) <= 4:
        return []
    is_name = all(part[:1].isupper() and re.fullmatch(r"[^\W\d_.'’-]+(?:[-'’][^\W\d_]+)*", part)
                  for part in of_people)  # fmt: skip
    return [part for part in of_people if len(part) > 1] if is_name else []


def _tidy(words: Iterable[str]) -> list[str]:
    composed = (" ".join(unicodedata.normalize("NFC", word).split()) for word in words)
    return list(dict.fromkeys(word for word in composed if sum(map(str.isalnum, word)) > 1))


def _is_many(word: str) -> bool:
    """More than one word, or one with a number or a sign, which no ordinary word is."""
    return not word.isalpha()


def _pattern(word: str) -> str:
    parts = word.split()
    joined = BETWEEN.join(_of_part(part) for part in parts)
    if len(looks_like_a_name(word)) != len(parts):
        return joined
    last_first = _of_part(parts[-1]) + r",\s*" + r"\s+".join(map(_of_part, parts[:-1]))
    return f"{joined}|{last_first}"


def _of_part(part: str) -> str:
    return re.sub(r"['’]|\\'", "['’]", re.escape(part))


def _is_part_of_a_name(match: "re.Match[str]", text: str) -> bool:
    """Whether a name goes on behind it, as in "Hanne Larsen", or stands joined to it, as in
    "Bo-Erik": that may be somebody else."""
    before, behind = text[: match.start()][-1:], text[match.end() :]
    if match["bare"] is None and match["apostrophe"] is None:
        goes_on = NAMES_GO_ON.match(behind)
        word = goes_on[0].split()[-1] if goes_on else ""
        if word.istitle():
            return True
    return (before in "-." and bool(before)) or (behind[:1] == "-" and behind[1:2].isalpha())
