"""Guests: people without an account who came by a share link or a code, and what their session
holds.

A session names for each board the way it came by. What that gives is looked up each time, so a
link that ended, expired or lost its maker's right, and a seat that was taken away, stop working
at once.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.openings import ShareLink
from teams.access import Actor
from teams.models import Role

SESSION_KEY = "guest_of"
MOST_KEPT = 20
SEAT = 0
"""Stands for the link of those who came by the code of a workshop and have a seat there."""
LONGEST_NAME = 50


class Entry(NamedTuple):
    """What a session keeps of one visit: by which link, and under which name."""

    board_id: int
    link_id: int
    lock: str
    name: str
    key: str


def entries_in(session: Mapping[str, Any]) -> list[Entry]:
    return [Entry(*kept) for kept in session.get(SESSION_KEY, [])]


def entry_for(session: Mapping[str, Any], board_id: int) -> Entry | None:
    """The way by which this session came on to this board, if it did."""
    found = (entry for entry in entries_in(session) if entry.board_id == board_id)
    return next(found, None)


class Given(NamedTuple):
    """What an entry gives now: a role, under this name."""

    role: Role
    name: str


Seats = Callable[[Collection[Entry]], dict[Entry, Given]]

_seats: list[Seats] = []


def register(seats: Seats) -> None:
    """Called by AppConfig.ready(); `seats` says what each of these seats gives now."""
    _seats.append(seats)


def given_to(entries: Iterable[Entry]) -> dict[Entry, Given]:
    """What these entries give now; those whose link is closed or whose seat has gone are left out.

    One query for links and one for seats, where there are any.
    """
    wanted = list(entries)
    seated = [entry for entry in wanted if entry.link_id == SEAT]
    found = _given_by_links([entry for entry in wanted if entry.link_id != SEAT])
    for seats in _seats:
        found |= seats(seated) if seated else {}
    return found


def _given_by_links(wanted: Collection[Entry]) -> dict[Entry, Given]:
    if not wanted:
        return {}
    links = {
        link.pk: link
        for link in ShareLink.objects.open().filter(pk__in={e.link_id for e in wanted})
    }
    return {
        entry: Given(links[entry.link_id].role_now, entry.name)
        for entry in wanted
        if entry.link_id in links
        and (links[entry.link_id].board_id, links[entry.link_id].lock)
        == (entry.board_id, entry.lock)
    }


def guest_of(entry: Entry, given: Given) -> Actor:
    return Actor(user=None, role=given.role, name=shown_name(given.name), guest=entry.key)


def number_of(key: str) -> int:
    """A guest's number among those who are here: below nought, for there is no account."""
    return -(int(key[:12], 16) + 1)


def number_among_those_here(actor: Actor) -> int:
    return actor.user.pk if actor.user else number_of(actor.guest)


def shown_name(name: str) -> str:
    """Wherever the name of a guest stands, it says first that it is one: an end could be cut off."""
    return _("Guest: %(name)s") % {"name": name}


def let_in(request: HttpRequest, link: ShareLink, *, name: str) -> None:
    """Remember in the session that it came by this link, and count the visit."""
    ShareLink.objects.filter(pk=link.pk).update(
        visits=F("visits") + 1, last_visit_at=timezone.now()
    )
    remember(request, Entry(link.board_id, link.pk, link.lock, name, secrets.token_hex(16)))


def remember(request: HttpRequest, entry: Entry) -> None:
    """Keep by which way this session came on to a board; one way a board."""
    others = [kept for kept in entries_in(request.session) if kept.board_id != entry.board_id]
    request.session.cycle_key()
    request.session[SESSION_KEY] = [*others[-MOST_KEPT + 1 :], entry]


def leave(request: HttpRequest, board_id: int) -> None:
    """Forget the way by which this session came on to the board."""
    rest = [entry for entry in entries_in(request.session) if entry.board_id != board_id]
    request.session[SESSION_KEY] = rest
