"""What a comparison is between: now, a date, a version, a saved version, a related map."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collaboration.history import start_of
from collaboration.models import Snapshot
from collaboration.snapshots import snapshots_of
from collaboration.timemachine import version_at
from journeys.models import Journey
from teams.models import User

MOST_DIGITS = 15


@dataclass(frozen=True)
class End:
    """One side of a comparison; `token` is how it stands in an address."""

    token: str
    label: str
    board: Journey
    version: int


class UnknownEnd(ValueError):
    """What was asked for names nothing that can be compared; says so in words."""


def end_of(journey: Journey, token: str, *, user: User, is_last: bool = False) -> End:
    """What a token names: `now`, `2026-03-01`, `version:41`, `snapshot:7`, `journey:9`.

    A date means its first moment, as the last end its last one. Raises UnknownEnd.
    """
    if token == "now":  # noqa: S105
        return End(token, _("now"), journey, journey.version)
    kind, _colon, number = token.partition(":")
    known = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
    if known and kind == "version":
        version = min(int(number), journey.version)
        return End(token, _("edit %(version)s") % {"version": version}, journey, version)
    if known and kind == "snapshot":
        return _saved(journey, int(number))
    if known and kind == "journey":
        return _related(journey, int(number), user)
    return _on(journey, _date_in(token), is_last=is_last)


def related_journeys(journey: Journey, user: User) -> "QuerySet[Journey]":
    """The map that this one was made from, and those that were made from it, as far as this
    person may see them."""
    others = Journey.objects.visible_to(user).filter(workspace=journey.workspace_id)
    related: QuerySet[Journey] = others.filter(Q(based_on=journey.pk) | Q(pk=journey.based_on_id))
    return related.order_by("title", "pk")


def last_snapshot(journey: Journey) -> Snapshot | None:
    """The latest version that a person has saved."""
    return snapshots_of(journey).filter(automatic=False).first()


def on_date(journey: Journey, day: date, *, is_last: bool = False) -> End:
    return _on(journey, day, is_last=is_last)


def _date_in(token: str) -> date:
    try:
        day = parse_date(token)
    except ValueError:
        day = None
    if day is None:
        raise UnknownEnd(_("Choose now, a date, or a saved version."))
    return day


def _on(journey: Journey, day: date, *, is_last: bool) -> End:
    try:
        moment = start_of(day + timedelta(days=1) if is_last else day) - timedelta(microseconds=1)
        version = version_at(journey, moment.astimezone(timezone.get_default_timezone()))
    except OverflowError as error:
        raise UnknownEnd(_("Choose now, a date, or a saved version.")) from error
    return End(day.isoformat(), date_format(day, "DATE_FORMAT"), journey, version)


def _saved(journey: Journey, snapshot_id: int) -> End:
    snapshot = snapshots_of(journey).filter(pk=snapshot_id).first()
    if snapshot is None:
        raise UnknownEnd(_("This version is not saved any more."))
    version = min(snapshot.version, journey.version)
    return End(f"snapshot:{snapshot.pk}", snapshot.label, journey, version)


def _related(journey: Journey, board_id: int, user: User) -> End:
    """Another map as it is now, if this person may see it."""
    other = related_journeys(journey, user).filter(pk=board_id).first()
    if other is None:
        raise UnknownEnd(_("That map does not belong to this one."))
    return End(f"journey:{other.pk}", other.title, other, other.version)
