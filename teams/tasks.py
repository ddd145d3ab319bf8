"""Work of teams outside the request."""

from importlib import import_module

from celery import shared_task
from django.conf import settings

from teams import emails


@shared_task
def send_mail(mail_id: int) -> None:
    emails.send(mail_id)


@shared_task
def send_waiting_mail() -> None:
    for mail_id in emails.due():
        emails.send(mail_id)


@shared_task
def purge_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
