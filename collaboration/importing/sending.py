"""How the work of imports reaches a worker: sent after the commit, and sent again when lost."""

from datetime import timedelta
from functools import partial

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from collaboration.importing.models import Import

SEND_AGAIN_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3

logger = structlog.get_logger(__name__)


def send_after_commit(row: Import) -> None:
    if row.is_at_work:
        transaction.on_commit(partial(_send, row.pk))


def _send(import_id: int) -> None:
    """Hand the task to the broker; where that is away the sweep does it later."""
    try:
        current_app.send_task("collaboration.tasks.work_on_import", [import_id], retry=False)
    except Exception as reason:  # noqa: BLE001 (a broker fails in any way it likes)
        logger.warning("import_not_sent", import_id=import_id, reason=repr(reason))
        return
    Import.objects.filter(pk=import_id).update(sent_at=timezone.now())


def resend_waiting() -> None:
    """Send what was never sent or got lost, and take back what a vanished worker had."""
    _take_from_the_vanished()
    lost = Q(sent_at=None) | Q(sent_at__lt=timezone.now() - SEND_AGAIN_AFTER)
    waiting = Import.objects.filter(lost, state__in=Import.WORK, working=False)
    for import_id in waiting.order_by("pk").values_list("pk", flat=True)[:200]:
        _send(import_id)


def _take_from_the_vanished() -> None:
    """A task ends before the visibility timeout; what still runs then has lost its worker."""
    patience = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    before = timezone.now() - timedelta(seconds=patience)
    abandoned = Import.objects.filter(working=True, started_at__lt=before)
    for row in abandoned.filter(attempts__gte=MOST_ATTEMPTS):
        with translation.override(row.language):
            fail(row, _("The work was interrupted too often."))
    abandoned.filter(attempts__lt=MOST_ATTEMPTS).update(working=False, sent_at=None)


def fail(row: Import, words: str) -> None:
    """Close an attempt that this worker still holds, with the reason."""
    mine = Import.objects.filter(pk=row.pk, working=True, attempts=row.attempts)
    mine.update(state=Import.State.FAILED, failed_in=F("state"), error=words[:1000], working=False)
