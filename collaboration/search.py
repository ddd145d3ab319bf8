"""Searching a workspace: each app says what of its own can be found.

Words are found by their beginnings and by their stems in the workspace's language
(fulltext.py). Only what the reader may see is looked through.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from collaboration import fulltext
from collaboration.fulltext import WORD, words_of
from collaboration.models import Board, BoardItem
from teams.models import User, Workspace

MOST_OF_A_KIND = 20
AROUND = 90
"""Letters shown before and after what was found."""


@dataclass(frozen=True)
class Findable:
    """A kind of thing that can be found: in which fields, and where it stands."""

    name: str
    label: str | Promise
    model: type[Model]
    fields: tuple[str, ...]
    address: Callable[[Any, str], str]
    related: tuple[str, ...] = ()

    def rows(self, workspace: Workspace, user: User) -> QuerySet[Any]:
        rows = self.model._default_manager.all()
        if issubclass(self.model, BoardItem):
            boards = Board.objects.visible_to(user).filter(workspace=workspace)
            rows = rows.filter(board__in=boards.values("pk")).select_related("board")
        elif issubclass(self.model, Board):
            rows = self.model.objects.visible_to(user).filter(workspace=workspace)
        else:
            rows = rows.filter(workspace=workspace)
        return rows.select_related(*self.related) if self.related else rows

    def find(self, words: list[str], workspace: Workspace, user: User) -> QuerySet[Any]:
        rows = self.saying(self.rows(workspace, user), words, workspace.language)
        found: QuerySet[Any] = rows.order_by("-updated_at", "-pk")
        return found

    def saying(self, rows: QuerySet[Any], words: list[str], language: str) -> QuerySet[Any]:
        vectors = rows.alias(searched=fulltext.vector(*self.fields))
        found: QuerySet[Any] = vectors.filter(searched=fulltext.query(words, language))
        return found

    def text_of(self, row: Any) -> str:
        """All that is searched of a row."""
        return " · ".join(str(getattr(row, name)) for name in self.fields if getattr(row, name))


@dataclass(frozen=True)
class Hit:
    row: Any
    text: str
    address: str
    board: Board | None
    words: list[str] = field(repr=False)

    @property
    def marked(self) -> SafeString:
        """What was found with some text around it, the words marked."""
        return marked(snippet(self.text, self.words), self.words)


@dataclass(frozen=True)
class Found:
    """What was found of one kind; `more` when there is more than is shown."""

    kind: Findable
    hits: list[Hit]
    more: bool


_kinds: list[Findable] = []


def register(kind: Findable) -> None:
    """Called by each app's AppConfig.ready()."""
    _kinds.append(kind)


def kinds() -> tuple[Findable, ...]:
    """What can be found, in the order in which it is shown."""
    return tuple(_kinds)


def search(text: str, workspace: Workspace, user: User) -> list[Found]:
    """What this person may see and what holds every word, by kind; one query a kind, and one
    for the words to mark."""
    words = words_of(text)
    if not words:
        return []
    rows = {kind: list(kind.find(words, workspace, user)[: MOST_OF_A_KIND + 1]) for kind in _kinds}
    texts = (kind.text_of(row) for kind, some in rows.items() for row in some)
    present = fulltext.words_found(texts, words, workspace.language)
    return [_found(kind, some, present) for kind, some in rows.items() if some]


def _found(kind: Findable, rows: list[Any], present: set[str]) -> Found:
    hits = [_hit(kind, row, present) for row in rows[:MOST_OF_A_KIND]]
    return Found(kind, hits, more=len(rows) > MOST_OF_A_KIND)


def _hit(kind: Findable, row: Any, present: set[str]) -> Hit:
    text = kind.text_of(row)
    here = list(dict.fromkeys(word for word in WORD.findall(text.lower()) if word in present))
    board = getattr(row, "board", None) if isinstance(row, BoardItem) else None
    return Hit(row, text, kind.address(row, here[0] if here else ""), board, here)


def _places(text: str, words: list[str]) -> Iterator["re.Match[str]"]:
    if not words:
        return iter(())
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.finditer(rf"(?<![^\W_])(?:{pattern})", text, re.IGNORECASE)


def snippet(text: str, words: list[str]) -> str:
    """The text around its first match."""
    first = next(_places(text, words), None)
    start = max(0, first.start() - AROUND) if first else 0
    end = start + 2 * AROUND + 40
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def marked(text: str, words: list[str]) -> SafeString:
    parts, at = [], 0
    for match in _places(text, words):
        parts.append((conditional_escape(text[at : match.start()]), match[0]))
        at = match.end()
    html = format_html_join("", "{}<mark>{}</mark>", parts)
    return format_html("{}{}", html, text[at:])
