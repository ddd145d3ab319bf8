"""Mail leaves by a row first and a task later, so that no broker or mail server loses it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog
from celery import current_app
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from kombu.exceptions import OperationalError

from teams.models import OutgoingMail, User

SENDING_TAKES_AT_MOST = timedelta(minutes=5)
FIRST_RETRY_AFTER = timedelta(seconds=15)
MOST_ATTEMPTS = 12
logger = structlog.get_logger(__name__)
Status = OutgoingMail.Status


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail: its words, or the name under which it is stored.

    The type may carry parameters, such as `text/calendar; method=REQUEST`.
    """

    name: str
    content_type: str
    words: str = ""
    stored: str = ""


def send_mail_later(
    *,
    to: str,
    subject: str,
    body: str,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> OutgoingMail:
    """Write the mail down; it is sent by a worker once the transaction has committed.

    Where the broker is away the sweep (teams.tasks.send_waiting_mail) sends it.
    """
    mail = OutgoingMail.objects.create(
        to=to,
        subject=" ".join(subject.split())[:250],
        body=body,
        headers=dict(headers or {}),
        attachments=[asdict(one) for one in attachments],
    )
    transaction.on_commit(partial(_hand_over, "teams.tasks.send_mail", mail.pk))
    return mail


def send_to_all_later(
    addresses: Iterable[str], *, subject: str, body: str, attachments: Sequence[Attachment] = ()
) -> list[OutgoingMail]:
    """The same mail to each address alone, so that nobody sees another's; one task for all."""
    files = [asdict(one) for one in attachments]
    one_line = " ".join(subject.split())[:250]
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(to=address, subject=one_line, body=body, attachments=files)
        for address in addresses
    )
    transaction.on_commit(partial(_hand_over, "teams.tasks.send_waiting_mail"))
    return mails


def send_template_later(
    *, to: str, template: str, context: Mapping[str, Any], attachments: Sequence[Attachment] = ()
) -> OutgoingMail:
    """Send `<template>_subject.txt` and `<template>_message.txt` in the reader's language."""
    with translation.override(language_of(to)):
        everything = {"site_url": settings.SITE_URL, "to": to, **context}
        return send_mail_later(
            to=to,
            subject=render_to_string(f"{template}_subject.txt", everything),
            body=render_to_string(f"{template}_message.txt", everything).strip() + "\n",
            attachments=attachments,
        )


def language_of(address: str) -> str:
    """The language of the person with this address, else the one in use."""
    languages = User.objects.filter(email__iexact=address).values_list("language", flat=True)
    return languages.first() or translation.get_language() or settings.LANGUAGE_CODE


def _hand_over(task: str, *mail_ids: int) -> None:
    """A broker that is away changes nothing: the sweep comes later."""
    try:
        current_app.send_task(task, mail_ids, retry=False)
    except OperationalError as reason:
        logger.warning("broker_away", mail_ids=mail_ids, reason=str(reason))


def due() -> list[int]:
    """Mails that nobody is sending now, the oldest first."""
    waiting = Q(status=Status.WAITING, due_at__lte=timezone.now())
    abandoned = Q(status=Status.SENDING, due_at__lte=timezone.now() - SENDING_TAKES_AT_MOST)
    mails = OutgoingMail.objects.filter(waiting | abandoned)
    return list(mails.order_by("due_at").values_list("pk", flat=True)[:200])


def send(mail_id: int) -> None:
    """Send one mail unless it is sent or being sent; a failure is tried again, ever later."""
    mail = _claim(mail_id)
    if mail is None:
        return
    try:
        _deliver(mail)
    except Exception as reason:  # noqa: BLE001 (a mail server fails in any way it likes)
        _put_back(mail, reason)
    else:
        _close(mail, Status.SENT, sent_at=timezone.now())


def _claim(mail_id: int) -> OutgoingMail | None:
    """One UPDATE decides which worker sends it."""
    now = timezone.now()
    waiting = Q(status=Status.WAITING, due_at__lte=now)
    abandoned = Q(status=Status.SENDING, due_at__lte=now - SENDING_TAKES_AT_MOST)
    claimed = OutgoingMail.objects.filter(waiting | abandoned, pk=mail_id).update(
        status=Status.SENDING, attempts=F("attempts") + 1, due_at=now
    )
    return OutgoingMail.objects.get(pk=mail_id) if claimed else None


def _deliver(mail: OutgoingMail) -> None:
    """The Message-ID stays the same over attempts: mailboxes show a repeated mail once."""
    host = urlsplit(settings.SITE_URL).hostname
    message_id = f"<waymark-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S%f}@{host}>"
    headers = {**mail.headers, "Message-ID": message_id}
    message = EmailMessage(mail.subject, mail.body, None, [mail.to], headers=headers)
    for file in (Attachment(**values) for values in mail.attachments):
        message.attach(file.name, _content_of(file), file.content_type)
    message.send()


def _content_of(file: Attachment) -> str | bytes:
    if not file.stored:
        return file.words
    with default_storage.open(file.stored) as stored:
        content: bytes = stored.read()
    return content


def _put_back(mail: OutgoingMail, reason: Exception) -> None:
    logger.warning("mail_not_sent", mail_id=mail.pk, attempts=mail.attempts, reason=repr(reason))
    if mail.attempts >= MOST_ATTEMPTS:
        _close(mail, Status.FAILED)
        return
    mail.status = Status.WAITING
    mail.due_at = timezone.now() + FIRST_RETRY_AFTER * 2 ** (mail.attempts - 1)
    mail.save(update_fields=["status", "due_at", "updated_at"])


def _close(mail: OutgoingMail, status: str, **fields: Any) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=status, body="", headers={}, attachments=[], **fields
    )
