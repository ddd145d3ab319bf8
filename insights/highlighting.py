"""Insights of a page with the words marked for which they were found."""

from collections.abc import Iterable

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


def _show(insight: Insight, present: list[str]) -> None:
    quote, text = insight.quote, insight.text
    if present:
        text = snippet(text, present) if len(text) > LONGEST_SHOWN else text
        insight.shown_quote = marked(quote, present)  # type: ignore[attr-defined]
        insight.shown_text = marked(text, present)  # type: ignore[attr-defined]
        return
    insight.shown_quote = quote  # type: ignore[attr-defined]
    insight.shown_text = Truncator(text).chars(LONGEST_SHOWN)  # type: ignore[attr-defined]
