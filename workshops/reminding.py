"""Reminders by mail of actions that are due and of follow-ups, each sent once.

Beat calls it often, perhaps twice at once; a row of Reminder that is there already means that the
mail was written down, in the same transaction.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from collaboration.models import Board
from teams.emails import send_mail_later
from teams.middleware import zone_of
from teams.models import Workspace
from workshops.action_models import OPEN
from workshops.addresses import Address, AddressBook
from workshops.models import Action, Workshop
from workshops.reminder_models import Reminder
from workshops.stopping import stop_path

AHEAD = dt.timedelta(days=3)
LATE_FOR = dt.timedelta(days=7)
"""So long after it was due somebody is still told of it."""
FOLLOW_UP_AHEAD = dt.timedelta(days=2)
AT_HOUR = 7
A_DAY = dt.timedelta(days=1)
TEMPLATE = "workshops/email/reminder"


@dataclass(frozen=True)
class Due:
    """One thing that somebody is to be reminded of."""

    kind: Reminder.Kind
    workshop: Workshop
    day: dt.date
    action: Action | None = None

    @property
    def about(self) -> int:
        return self.action.pk if self.action else self.workshop.pk

    @property
    def url(self) -> str:
        place = f"#action-{self.action.pk}" if self.action else ""
        return f"{settings.SITE_URL}{self.workshop.get_absolute_url()}{place}"


def remind_everybody(now: dt.datetime | None = None) -> None:
    """Write the mails of whatever is due now, one mail a person and workspace."""
    now = now or timezone.now()
    actions, meetings = _actions(now), _meetings(now)
    boards = {action.board_id for action in actions} | {one.pk for one in meetings}
    book = AddressBook(boards)
    wanted: dict[tuple[Workspace, Address], list[Due]] = defaultdict(list)
    for action in actions:
        address = book.address_of(action)
        due = address and _of_action(action, _today(address, now))
        if address and due:
            wanted[due.workshop.workspace, address].append(due)
    for meeting in meetings:
        for address in book.everybody(meeting):
            wanted[meeting.workspace, address].append(_of_meeting(meeting, address))
    for (workspace, address), dues in wanted.items():
        if _local(address, now).hour >= AT_HOUR:
            remind(address, workspace, dues)


# --- What is due ---------------------------------------------------------------------------
def _living() -> Q:
    """Boards of workshops that are in use, in workspaces that want reminders."""
    return Q(
        deleted_at=None,
        archived_at=None,
        governed_by__deleted_at=None,
        governed_by__archived_at=None,
        workspace__reminders=True,
    )


def _actions(now: dt.datetime) -> list[Action]:
    today = now.date()
    near = (today - LATE_FOR - A_DAY, today + AHEAD + A_DAY)
    living = Board.objects.filter(_living()).values("pk")
    rows = Action.objects.filter(status__in=OPEN, due__range=near, board__in=living)
    found = rows.exclude(owner="").select_related("board__workshop__workspace")
    return list(found.order_by("due", "pk"))


def _of_action(action: Action, today: dt.date) -> Due | None:
    workshop, due = action.board.workshop, action.due
    if due is None:
        return None
    if today <= due <= today + AHEAD:
        return Due(Reminder.Kind.SOON, workshop, due, action)
    if today - LATE_FOR <= due < today:
        return Due(Reminder.Kind.LATE, workshop, due, action)
    return None


def _meetings(now: dt.datetime) -> list[Workshop]:
    """Follow-ups that begin soon."""
    coming = Workshop.objects.filter(
        _living(), follows__isnull=False, starts_at__range=(now, now + FOLLOW_UP_AHEAD)
    )
    return list(coming.select_related("workspace", "follows").order_by("starts_at", "pk"))


def _of_meeting(workshop: Workshop, address: Address) -> Due:
    starts: Any = workshop.starts_at
    day = starts.astimezone(timezone.get_default_timezone()).date()
    return Due(Reminder.Kind.FOLLOW_UP, workshop, day)


def _local(address: Address, now: dt.datetime) -> dt.datetime:
    zone = zone_of(address.user) if address.user else timezone.get_default_timezone()
    return now.astimezone(zone)


def _today(address: Address, now: dt.datetime) -> dt.date:
    return _local(address, now).date()


# --- Saying it -----------------------------------------------------------------------------
@transaction.atomic
def remind(address: Address, workspace: Workspace, dues: Iterable[Due]) -> None:
    """One mail with what this person has not been told of yet."""
    fresh = [due for due in dues if _claim(due, address)]
    if fresh:
        _send(address, workspace, fresh)


def _claim(due: Due, address: Address) -> bool:
    """Whether this is the first time; somebody who asks meanwhile waits and hears no."""
    _row, is_new = Reminder.objects.get_or_create(
        kind=due.kind,
        about=due.about,
        day=due.day,
        to=address.email,
        defaults={"board_id": due.workshop.pk},
    )
    return is_new


def _send(address: Address, workspace: Workspace, dues: list[Due]) -> None:
    stop = f"{settings.SITE_URL}{stop_path(workspace, address)}"
    context = {
        "site_url": settings.SITE_URL,
        "to": address.email,
        "workspace": workspace,
        "address": address,
        "dues": dues,
        "stop": stop,
    }
    zone = zone_of(address.user) if address.user else timezone.get_default_timezone()
    with translation.override(address.language(workspace)), timezone.override(zone):
        send_mail_later(
            to=address.email,
            subject=render_to_string(f"{TEMPLATE}_subject.txt", context),
            body=render_to_string(f"{TEMPLATE}_message.txt", context).strip() + "\n",
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
