"""Work on boards outside the request."""

from celery import shared_task

from collaboration import exporting


@shared_task
def render_export(export_id: int) -> None:
    exporting.make(export_id)


@shared_task
def resend_waiting_exports() -> None:
    exporting.resend_waiting()
