"""Work on interviews outside the request."""

from celery import shared_task

from insights import forgetting


@shared_task
def forget_participants_due() -> None:
    if forgetting.forget_those_due():
        forget_participants_due.delay()
