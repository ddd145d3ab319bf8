"""Who may follow a board: looked up for one stream or a thousand with four queries at most."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from collaboration.guests import Entry, entries_in, given_to, number_of
from collaboration.live import Viewer
from collaboration.models import Board
from collaboration.presence import Person
from teams.models import Role, User, initials_of


class Ticket(NamedTuple):
    """What a browser shows at the door of a stream; a guest is spoken to in its language."""

    session_key: str
    board_id: int
    language: str = settings.LANGUAGE_CODE
    view: str = "map"


@dataclass(frozen=True)
class Visit:
    """As what somebody follows a board."""

    viewer: Viewer
    user_id: int
    person: Person = field(compare=False)
    board_version: int = field(compare=False)


class _Session(NamedTuple):
    """What a session holds: who has signed in, and of which boards it is a guest."""

    user_id: int | None
    password_hash: str
    entries: tuple[Entry, ...]

    def entry_for(self, board_id: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.board_id == board_id), None)


def admitted(tickets: Collection[Ticket]) -> dict[Ticket, Visit]:
    """Those tickets that open their board's stream now, and as what.

    A session that ended, a changed password, a closed account, a membership or a share link
    that has gone and a deleted board are left out. Writes nothing: the session's age stays as
    it is.
    """
    sessions = _sessions({ticket.session_key for ticket in tickets})
    board_ids = {ticket.board_id for ticket in tickets}
    members = _members(board_ids, {kept.user_id for kept in sessions.values() if kept.user_id})
    guests = _guests(board_ids, [entry for kept in sessions.values() for entry in kept.entries])
    found = {}
    for ticket in tickets:
        kept = sessions.get(ticket.session_key)
        visit = _visit(ticket, kept, members, guests) if kept else None
        if visit:
            found[ticket] = replace(visit, viewer=replace(visit.viewer, view=ticket.view))
    return found


def _visit(ticket: Ticket, kept: _Session, members: "_Members", guests: "_Guests") -> Visit | None:
    """As a member, in the higher of their own role and a link's; else as the link's guest."""
    entry = kept.entry_for(ticket.board_id)
    shared = guests.get(entry) if entry else None
    visit, user = members.get((ticket.board_id, kept.user_id), (None, None))
    if user and not _password_is_the_same(user, kept.password_hash):
        return None
    if visit:
        if shared and shared.role.includes(visit.viewer.role):
            return replace(visit, viewer=replace(visit.viewer, role=shared.role))
        return visit
    if entry is None or shared is None:
        return None
    number = number_of(entry.key)
    person = Person(number, shared.name, initials_of(shared.name), number % 8 + 1)
    viewer = Viewer(shared.role, ticket.language, is_guest=True)
    return Visit(viewer, number, person, shared.board_version)


def _sessions(session_keys: Collection[str]) -> dict[str, _Session]:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    rows = store.model.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    found = {}
    for key, kept in rows.values_list("session_key", "session_data"):
        values: dict[str, Any] = store.decode(kept)
        user_id = values.get(SESSION_KEY, "")
        found[key] = _Session(
            int(user_id) if user_id.isdecimal() else None,
            values.get(HASH_SESSION_KEY, ""),
            tuple(entries_in(values)),
        )
    return found


_Members = dict[tuple[int, int | None], tuple[Visit, User]]


def _members(board_ids: Collection[int], user_ids: Collection[int]) -> _Members:
    member = "workspace__memberships__user"
    rows = (
        Board.objects.filter(pk__in=board_ids, workspace__memberships__user__in=user_ids)
        .visible_to(F(member))
        .values_list("pk", "version", "role_here", *(f"{member}__{name}" for name in _USER_FIELDS))
    )
    found: _Members = {}
    for board_id, version, role, *values in rows:
        user = User(**dict(zip(_USER_FIELDS, values, strict=True)))
        viewer = Viewer(Role(role), user.language)
        person = Person(user.pk, str(user), user.initials, user.colour)
        found[board_id, user.pk] = (Visit(viewer, user.pk, person, version), user)
    return found


class _Shared(NamedTuple):
    """What a link or a seat gives now, and how far its board is."""

    role: Role
    name: str
    board_version: int


_Guests = dict[Entry, _Shared]


def _guests(board_ids: Collection[int], entries: Collection[Entry]) -> _Guests:
    given = given_to(entry for entry in entries if entry.board_id in board_ids)
    if not given:
        return {}
    shared = Board.objects.alive().filter(pk__in={entry.board_id for entry in given})
    versions = dict(shared.values_list("pk", "version"))
    return {
        entry: _Shared(*gives, versions[entry.board_id])
        for entry, gives in given.items()
        if entry.board_id in versions
    }


_USER_FIELDS = ("id", "name", "email", "password", "language")


def _password_is_the_same(user: User, session_hash: str) -> bool:
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(session_hash, known) for known in hashes)
