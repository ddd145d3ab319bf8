"""Notifications by mail: at once or once a day, each once, and only what may still be read."""

import datetime as dt
from collections import defaultdict
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from kombu.exceptions import OperationalError

from collaboration.attention import Notification
from collaboration.deeplinks import address_of, with_addresses
from collaboration.mentioning import as_text
from collaboration.models import Board
from teams.emails import send_mail_later
from teams.middleware import zone_of
from teams.models import User, Workspace

DIGEST_AT_HOUR = 7
TOO_OLD_TO_MAIL = dt.timedelta(days=3)
SALT = "waymark.unsubscribe"
TEMPLATE = "collaboration/email/notifications"
logger = structlog.get_logger(__name__)


def send_soon() -> None:
    """Have a worker look after the commit; where the broker is away, beat does it later."""
    transaction.on_commit(_hand_over)


def _hand_over() -> None:
    try:
        current_app.send_task("collaboration.tasks.mail_notifications", retry=False)
    except OperationalError as reason:
        logger.warning("broker_away", reason=str(reason))


def mail_waiting() -> None:
    """Mail everybody what is due for them now; twice at once, each thing still goes once."""
    now = timezone.now()
    waiting = Notification.objects.filter(
        mailed_at=None, read_at=None, created_at__gt=now - TOO_OLD_TO_MAIL
    )
    people = User.objects.filter(pk__in=waiting.values("user"), is_active=True)
    for person in people.exclude(notify=User.Notify.OFF).order_by("pk"):
        mail_to(person, before=due_before(person, now), now=now)


def due_before(person: User, now: dt.datetime) -> dt.datetime:
    """Up to which moment somebody is to be told now: of a daily reader, seven this morning."""
    if person.notify == User.Notify.IMMEDIATELY:
        return now
    local = now.astimezone(zone_of(person))
    morning = local.replace(hour=DIGEST_AT_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning <= local else morning - dt.timedelta(days=1)


@transaction.atomic
def mail_to(person: User, *, before: dt.datetime, now: dt.datetime) -> None:
    """One mail a workspace, so that none names another; the rows are claimed by their lock."""
    rows = Notification.objects.filter(
        user=person,
        mailed_at=None,
        read_at=None,
        created_at__lte=before,
        created_at__gt=now - TOO_OLD_TO_MAIL,
    )
    claimed = list(
        rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)
    )
    if not claimed:
        return
    Notification.objects.filter(pk__in=claimed).update(mailed_at=now)
    readable = Board.objects.visible_to(person)
    told = with_addresses(Notification.objects.filter(pk__in=claimed, board__in=readable))
    by_workspace: dict[Workspace, list[Notification]] = defaultdict(list)
    for notification in told.select_related("board__workspace", "comment").order_by(
        "created_at", "pk"
    ):
        by_workspace[notification.board.workspace].append(notification)
    for workspace, notifications in by_workspace.items():
        _send(person, workspace, notifications)


def _send(person: User, workspace: Workspace, notifications: list[Notification]) -> None:
    stop = f"{settings.SITE_URL}{unsubscribe_path(person)}"
    context: dict[str, Any] = {
        "site_url": settings.SITE_URL,
        "to": person.email,
        "workspace": workspace,
        "lines": [_line(notification) for notification in notifications],
        "first": notifications[0],
        "stop": stop,
    }
    with translation.override(person.language), timezone.override(zone_of(person)):
        send_mail_later(
            to=person.email,
            subject=render_to_string(f"{TEMPLATE}_subject.txt", context),
            body=render_to_string(f"{TEMPLATE}_message.txt", context).strip() + "\n",
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _line(notification: Notification) -> dict[str, Any]:
    return {
        "notification": notification,
        "words": as_text(notification.comment.body) if notification.comment else "",
        "url": f"{settings.SITE_URL}{address_of(notification)}",
    }


# --- One click, without signing in ----------------------------------------------------------
def unsubscribe_path(person: User) -> str:
    return reverse("collaboration:unsubscribe", args=[signing.dumps(person.pk, salt=SALT)])


def person_of(token: str) -> User | None:
    """Whose link this is; None for one that we did not sign."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk).first()
