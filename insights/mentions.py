"""Where a participant is named, for whoever decides what goes with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collaboration.attention import Notification
from collaboration.importing.models import Import
from collaboration.models import Board, Change
from collaboration.openings import ShareLink
from insights.interview_models import Interview, InterviewReading, LadderStep
from insights.models import Insight
from insights.names import Certainty, Names
from insights.traces import kept_items, kept_rows, key_of, names_in, rows_with, texts_of
from journeys.saved_views import SavedView
from teams.models import OutgoingMail, User

MOST_SHOWN = 200
MOST_EXCERPTS = 3
AROUND = 40
NOT_SHOWN = (OutgoingMail, Notification, ShareLink, InterviewReading)
"""What is another person's, or follows what it tells of."""


@dataclass
class Place:
    """A row in which the participant is named."""

    key: str
    kind: str
    where: str = ""
    address: str = ""
    certainty: Certainty = Certainty.SURE
    excerpts: list[SafeString] = field(default_factory=list)


@dataclass
class Mentions:
    """The places, by how sure it is that they name the participant."""

    sure: list[Place]
    unsure: list[Place]
    unseen: list[str]
    """Keys of uncertain places on boards that the asker may not see."""

    @property
    def left_out(self) -> int:
        """Uncertain places that are not listed, there being so many."""
        return max(len(self.unsure) - MOST_SHOWN, 0)

    @property
    def shown(self) -> list[Place]:
        return self.unsure[:MOST_SHOWN]


def mentions_of(interview: Interview, names: Names, user: User) -> Mentions:
    """Every place of the workspace that names them, but for the interview itself."""
    boards = Board.objects.filter(workspace=interview.workspace_id)
    seen = dict(boards.visible_to(user).values_list("pk", "title"))
    shown: dict[str, Place] = {}
    unseen: dict[str, Place] = {}
    for row in _rows_naming(interview, names):
        if excerpts := list(_excerpts(row, names)):
            board_id = row.pk if isinstance(row, Board) else getattr(row, "board_id", None)
            is_seen = board_id is None or board_id in seen
            places = shown if is_seen and not _is_private(row, user) else unseen
            place = places.setdefault(key_of(row), _place(row, seen.get(board_id or 0, "")))
            _add(place, row, excerpts)
    in_order = sorted(shown.values(), key=lambda place: place.certainty)
    return Mentions(
        [place for place in in_order if place.certainty is Certainty.SURE],
        [place for place in in_order if place.certainty is not Certainty.SURE],
        [key for key, place in unseen.items() if place.certainty is not Certainty.SURE],
    )


def _rows_naming(interview: Interview, names: Names) -> Iterator[models.Model]:
    workspace = interview.workspace
    for model, rows in chain(kept_items(workspace), kept_rows(workspace)):
        if issubclass(model, NOT_SHOWN):
            continue
        found: Any = rows_with(rows, names)
        if model is Interview:
            found = found.exclude(pk=interview.pk)
        elif model is LadderStep:
            found = found.exclude(ladder__interview=interview, ladder__insights=None)
            found = found.select_related("ladder")
        yield from found.iterator(chunk_size=500)


def _is_private(row: models.Model, user: User) -> bool:
    if isinstance(row, Import):
        return row.requested_by_id != user.pk
    return isinstance(row, SavedView) and not row.shared and row.by_id != user.pk


def _place(row: models.Model, title: str) -> Place:
    if isinstance(row, Change):
        return Place(key_of(row), _("Only in the history"), title)
    kind = str(capfirst(row._meta.verbose_name))
    address = reverse("insights:insight", args=[row.pk]) if isinstance(row, Insight) else ""
    return Place(key_of(row), kind, title, address)


def _add(place: Place, row: models.Model, excerpts: list[tuple[Certainty, SafeString]]) -> None:
    # Where one name is sure and another is not, the place still asks for its tick.
    place.certainty = max(place.certainty, *(certainty for certainty, _text in excerpts))
    if isinstance(row, Interview) or (isinstance(row, LadderStep) and row.ladder.interview_id):
        # Of another talk is told that it names them, not what was said.
        return
    for _certainty, text in excerpts:
        if text not in place.excerpts and len(place.excerpts) < MOST_EXCERPTS:
            place.excerpts.append(text)


def _excerpts(row: models.Model, names: Names) -> Iterator[tuple[Certainty, SafeString]]:
    """Each name with the words around it, marked."""
    for column, text in texts_of(row):
        for found in names_in(column, names).found_in(text):
            before, behind = text[: found.start], text[found.end :]
            begins = ("…" if len(before) > AROUND else "") + before[-AROUND:]
            ends = behind[:AROUND] + ("…" if len(behind) > AROUND else "")
            name = escape(text[found.start : found.end])
            yield (
                found.certainty,
                mark_safe(f"{escape(begins)}<mark>{name}</mark>{escape(ends)}"),  # noqa: S308
            )
