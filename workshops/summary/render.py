"""From a workshop to the file: reads, chooses the form, draws."""

from collections.abc import Callable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaboration.exporting import ExportFailed, Options, Progress
from collaboration.models import Board
from teams.access import Actor
from workshops.models import Workshop
from workshops.summary import cards, handout, page, poster
from workshops.summary.look import Look, look_of
from workshops.summary.matter import Matter
from workshops.summary.options import Variant, variant_of

Drafts = Callable[[Matter], Iterator[tuple[str, dict[str, Any]]]]
"""Templates with what they need beside the matter; the next one where one takes too much room."""


def full(_matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "workshops/summary/full.html", {}


DRAFTS: dict[Variant, Drafts] = {
    Variant.FULL: full,
    Variant.PAGE: page.drafts,
    Variant.HANDOUT: handout.drafts,
    Variant.POSTER_A1: poster.tiles_a1,
    Variant.POSTER_A1_WHOLE: poster.whole_a1,
    Variant.POSTER_A3: poster.tiles_a3,
    Variant.CARDS: cards.drafts,
}
MOST_PAGES = {
    Variant.PAGE: 1,
    Variant.POSTER_A1: 8,
    Variant.POSTER_A1_WHOLE: 1,
    Variant.POSTER_A3: 2,
}


def render_summary(board: Board, _actor: Actor, report: Progress, options: Options) -> bytes:
    """The summary as a PDF in the language in force. Everything in it is open to viewers."""
    workshop = Workshop.objects.select_related("follows", "workspace").get(pk=board.pk)
    return render_variant(workshop, variant_of(options), report)


def render_variant(workshop: Workshop, variant: Variant, report: Progress) -> bytes:
    """The first draft that keeps to its number of pages; ExportFailed where none does."""
    # WeasyPrint is large and slow to load, so the web processes do without it.
    from collaboration.pdf import page_count, render_pdf

    report(5)
    matter, look = Matter(workshop), look_of(workshop.workspace)
    most = MOST_PAGES.get(variant)
    for number, (template, context) in enumerate(DRAFTS[variant](matter)):
        report(min(85, 20 + 15 * number))
        content = render_pdf(html_of(template, matter, look, context))
        if most is None or page_count(content) <= most:
            report(95)
            return content
    raise ExportFailed(_("There is too much text for so few pages. Take the whole summary."))


def summary_html(workshop: Workshop, variant: Variant = Variant.FULL) -> str:
    """The first draft of a form as HTML; a constant number of queries."""
    matter = Matter(workshop)
    template, context = next(DRAFTS[variant](matter))
    return html_of(template, matter, look_of(workshop.workspace), context)


def html_of(template: str, matter: Matter, look: Look, context: dict[str, Any]) -> str:
    base = {
        "language": get_language(),
        "workshop": matter.workshop,
        "matter": matter,
        "look": look,
    }
    return render_to_string(template, {**base, **context})
