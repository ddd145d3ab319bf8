"""Who may follow a board: looked up for one stream or a thousand with two queries."""

from collections.abc import Collection
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from collaboration.live import Viewer
from collaboration.models import Board
from collaboration.presence import Person
from teams.models import Role, User


class Ticket(NamedTuple):
    """What a browser shows at the door of a stream."""

    session_key: str
    board_id: int


@dataclass(frozen=True)
class Visit:
    """As what somebody follows a board."""

    viewer: Viewer
    user_id: int
    person: Person = field(compare=False)
    board_version: int = field(compare=False)


class _SignedIn(NamedTuple):
    user_id: int
    password_hash: str


def admitted(tickets: Collection[Ticket]) -> dict[Ticket, Visit]:
    """Those tickets that open their board's stream now, and as what.

    A session that ended, a changed password, a closed account, a membership that has gone
    and a deleted board are left out. Writes nothing: the session's age stays as it is.
    """
    sessions = _signed_in({ticket.session_key for ticket in tickets})
    visits = _visits(
        {ticket.board_id for ticket in tickets}, {person.user_id for person in sessions.values()}
    )
    found = {}
    for ticket in tickets:
        person = sessions.get(ticket.session_key)
        visit, user = visits.get((ticket.board_id, person and person.user_id), (None, None))
        if person and visit and user and _password_is_the_same(user, person.password_hash):
            found[ticket] = visit
    return found


def _signed_in(session_keys: Collection[str]) -> dict[str, _SignedIn]:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    rows = store.model.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    found = {}
    for key, kept in rows.values_list("session_key", "session_data"):
        values: dict[str, Any] = store.decode(kept)
        user_id = values.get(SESSION_KEY, "")
        if user_id.isdecimal():
            found[key] = _SignedIn(int(user_id), values.get(HASH_SESSION_KEY, ""))
    return found


def _visits(
    board_ids: Collection[int], user_ids: Collection[int]
) -> dict[tuple[int, int | None], tuple[Visit, User]]:
    rows = (
        Board.objects.alive()
        .filter(
            pk__in=board_ids,
            workspace__memberships__user__in=user_ids,
            workspace__memberships__user__is_active=True,
        )
        .values_list(
            "pk",
            "version",
            "workspace__memberships__role",
            *(f"workspace__memberships__user__{name}" for name in _USER_FIELDS),
        )
    )
    found: dict[tuple[int, int | None], tuple[Visit, User]] = {}
    for board_id, version, role, *values in rows:
        user = User(**dict(zip(_USER_FIELDS, values, strict=True)))
        viewer = Viewer(Role(role), user.language)
        person = Person(user.pk, str(user), user.initials, user.colour)
        found[board_id, user.pk] = (Visit(viewer, user.pk, person, version), user)
    return found


_USER_FIELDS = ("id", "name", "email", "password", "language")


def _password_is_the_same(user: User, session_hash: str) -> bool:
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(session_hash, known) for known in hashes)
