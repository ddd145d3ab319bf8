"""Cards to cut out: one for each thing that was said, proposed and decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.export.measure import line_count
from workshops.summary.matter import Matter

COLUMNS, ROWS = 2, 4
CARD_MM = (81.0, 44.0)
"""Room for the text of a card, beside its head and foot."""

SIZES_PT = (15.0, 12.0, 10.0, 8.5, 7.0)
LINE = 1.3
MM_IN_PT = 25.4 / 72


@dataclass(frozen=True)
class Card:
    """`size` names the type, 0 the largest; a tall one takes two places."""

    kind: str
    head: str
    mark: str
    text: str
    foot: str
    size: int
    is_tall: bool


def drafts(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "workshops/summary/cards.html", {"sheets": sheets_of(cards_of(matter))}


def cards_of(matter: Matter) -> list[Card]:
    return [*_words(matter), *_solutions(matter), *_actions(matter)]


def _words(matter: Matter) -> Iterator[Card]:
    for part in matter.words:
        where = part.stage.title if part.stage else _("Whole journey")
        for one in (*part.problems, *part.others):
            votes = ngettext("%(n)s vote", "%(n)s votes", one.votes) % {"n": one.votes}
            kind = one.item.kind
            mark = votes if one.votes else ""
            yield _card(kind, one.item.get_kind_display(), mark, one.item.text, where)


def _solutions(matter: Matter) -> Iterator[Card]:
    for one in matter.solutions:
        proposal = one.rated.proposal
        text = f"{proposal.title}. {proposal.text}" if proposal.text else proposal.title
        where = proposal.stage.title if proposal.stage else ""
        mark = f"{one.rated.rank}." if one.rated.rank else ""
        head = _("Proposal %(letter)s") % {"letter": one.rated.letter}
        yield _card("proposal", head, mark, text, where)


def _actions(matter: Matter) -> Iterator[Card]:
    for one in matter.actions:
        due = date_format(one.due, "SHORT_DATE_FORMAT") if one.due else ""
        yield _card("action", _("Action"), due, one.title, one.owner or _("Nobody yet"))


def _card(kind: str, head: str, mark: str, text: str, foot: str) -> Card:
    flat = " ".join(text.split())
    size, is_tall = _size_of(flat)
    return Card(kind, head, mark, flat, foot, size, is_tall)


def _size_of(text: str) -> tuple[int, bool]:
    """The largest type in which all of the text fits, on a tall card if it must."""
    width, height = CARD_MM
    for high, is_tall in ((height, False), (2 * height + 20, True)):
        for size, points in enumerate(SIZES_PT):
            em = points * MM_IN_PT
            if line_count(text, width / em) * LINE * em <= high:
                return size, is_tall
    return len(SIZES_PT) - 1, True


# --- Sheets --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Placed:
    card: Card
    column: int
    row: int


def sheets_of(cards: list[Card]) -> list[list[Placed]]:
    """Sheets of two columns and four rows, filled column by column; tall cards take two rows."""
    sheets: list[list[Placed]] = []
    place = COLUMNS * ROWS
    for card in cards:
        high = 2 if card.is_tall else 1
        if place % ROWS + high > ROWS:
            place += ROWS - place % ROWS
        if place >= COLUMNS * ROWS:
            sheets.append([])
            place = 0
        sheets[-1].append(Placed(card, place // ROWS, place % ROWS))
        place += high
    return sheets
