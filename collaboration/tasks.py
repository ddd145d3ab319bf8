"""Work on boards outside the request."""

from celery import shared_task

from collaboration import exporting, idempotency, notification_mail, trash, unused_pictures
from collaboration.importing import sending, working


@shared_task
def render_export(export_id: int) -> None:
    exporting.make(export_id)


@shared_task
def resend_waiting_exports() -> None:
    exporting.resend_waiting()


@shared_task
def mail_notifications() -> None:
    notification_mail.mail_waiting()


@shared_task
def purge_old_exports() -> None:
    exporting.purge_old()


@shared_task
def purge_trash() -> None:
    trash.purge_expired()


@shared_task
def purge_unused_pictures() -> None:
    unused_pictures.purge_unused()


@shared_task
def purge_kept_answers() -> None:
    idempotency.purge_old()


@shared_task
def work_on_import(import_id: int) -> None:
    working.work(import_id)


@shared_task
def resend_waiting_imports() -> None:
    sending.resend_waiting()


@shared_task
def purge_old_imports() -> None:
    working.purge_old()
