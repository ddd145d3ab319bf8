"""Work of workshops outside the request."""

from celery import shared_task

from workshops import inviting, reminding


@shared_task
def remind() -> None:
    reminding.remind_everybody()


@shared_task
def tell_invited() -> None:
    inviting.tell_everybody()
