"""Insights of a page with the words marked for which they were found."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from collaboration import fulltext
from collaboration.search import marked, snippet
from insights.models import Insight

LONGEST_SHOWN = 280


def highlight(insights: Iterable[Insight], text: str) -> list[Insight]:
    """Each with `shown_quote` and `shown_text`; one query, and none without words."""
    found = list(insights)
    words = fulltext.words_of(text)
    texts = [said for insight in found for said in (insight.quote, insight.text)]
    present = sorted(fulltext.words_found(texts, words)) if words else []
    for insight in found:
        _show(insight, present)
    return found


def with_quotes_marked(transcript: str, quotes: Iterable[str]) -> SafeString:
    """A transcript, escaped, in which these words are marked where they stand in one paragraph."""
    wanted = sorted({" ".join(quote.split()) for quote in quotes}, key=len, reverse=True)
    patterns = (r"[^\S\n]*\n?[^\S\n]*".join(map(re.escape, words.split(" "))) for words in wanted)
    found = re.compile("|".join(f"(?:{pattern})" for pattern in patterns if pattern) or r"(?!)")
    parts, end = [], 0
    for match in found.finditer(transcript):
        parts += [escape(transcript[end : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        end = match.end()
    return mark_safe("".join([*parts, escape(transcript[end:])]))  # noqa: S308


def _show(insight: Insight, present: list[str]) -> None:
    quote, text = insight.quote, insight.text
    if present:
        text = snippet(text, present) if len(text) > LONGEST_SHOWN else text
        insight.shown_quote = marked(quote, present)  # type: ignore[attr-defined]
        insight.shown_text = marked(text, present)  # type: ignore[attr-defined]
        return
    insight.shown_quote = quote  # type: ignore[attr-defined]
    insight.shown_text = Truncator(text).chars(LONGEST_SHOWN)  # type: ignore[attr-defined]
