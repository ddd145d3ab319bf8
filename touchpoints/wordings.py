"""Several wordings of one message, with the words that not all of them use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"\w+|[^\w]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a wording; `differs` where another wording does not use these words."""

    text: str
    differs: bool


def compared(texts: Sequence[str]) -> list[list[Piece]]:
    """Each text in pieces. Empty texts are compared with none; where no word is common to all
    others, nothing is marked, for everything differs."""
    said = [_words(text) for text in texts]
    spoken = [words for words in said if words]
    common = set.intersection(*spoken) if spoken else set()
    if not common or len(spoken) < 2:
        return [[Piece(text, differs=False)] if text else [] for text in texts]
    return [_pieces(text, common) for text in texts]


def _words(text: str) -> set[str]:
    return {token.casefold() for token in TOKEN.findall(text) if token[0].isalnum()}


def _pieces(text: str, common: set[str]) -> list[Piece]:
    found: list[Piece] = []
    for token in TOKEN.findall(text):
        differs = token[0].isalnum() and token.casefold() not in common
        if found and found[-1].differs is differs:
            found[-1] = Piece(found[-1].text + token, differs)
        else:
            found.append(Piece(token, differs))
    return found
