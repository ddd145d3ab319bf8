"""Work of workshops outside the request."""

from celery import shared_task

from workshops import reminding


@shared_task
def remind() -> None:
    reminding.remind_everybody()
