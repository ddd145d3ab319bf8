"""Work of teams outside the request."""

from celery import shared_task

from teams import emails


@shared_task
def send_mail(mail_id: int) -> None:
    emails.send(mail_id)


@shared_task
def send_waiting_mail() -> None:
    for mail_id in emails.due():
        emails.send(mail_id)
