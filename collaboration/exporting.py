"""Files made from boards by a worker: asked for, sent, claimed, made, and tried again.

The row is the truth and the broker only a hint: an export is written `queued` with the
request, its task is sent after the commit, and what stayed queued too long is sent again.
Whoever runs it claims the row first, so however often the task arrives, one copy works.
"""

import errno
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from collaboration.models import Board, Export
from teams.access import Actor
from teams.middleware import zone_of
from teams.models import Role, User

NEEDS = Role.COMMENTER
"""Who may take a file out of the house; looked at again when it is made and when fetched."""

MOST_ATTEMPTS = 3
SEND_AGAIN_AFTER = timedelta(seconds=60)

Status = Export.Status
Progress = Callable[[int], None]
Options = dict[str, Any]
Renderer = Callable[[Board, Actor, Progress, Options], bytes]
"""Makes the file as this actor may see it, and tells how far it is in per cent."""
Cleaner = Callable[[Board, Options, Actor], Options]
"""Checks what somebody asked for and gives it in one form; raises BadOptions."""

KEPT_OF_A_BOARD = 40
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

logger = structlog.get_logger(__name__)
_renderers: dict[tuple[str, str, str], Renderer] = {}
_cleaners: dict[tuple[str, str], Cleaner] = {}
_namers: dict[tuple[str, str], Callable[[Options], str]] = {}
_shared: set[tuple[str, str]] = set()


class ExportFailed(Exception):
    """The file cannot be made, however often it is tried; says why in words for its reader."""


class CannotExport(LookupError):
    """This kind of board has no export of this kind and format."""


class BadOptions(ValueError):
    """A file was asked for in a way that does not exist; says in words what is wrong."""


def register(
    board_kind: str, export_kind: str, renderer: Renderer, file_format: str = Export.Format.PDF
) -> None:
    """Called by each app's AppConfig.ready() for its kind of board."""
    _renderers[board_kind, export_kind, file_format] = renderer


def register_options(board_kind: str, export_kind: str, clean: Cleaner) -> None:
    """Who checks the options of such an export before it is queued; others take none."""
    _cleaners[board_kind, export_kind] = clean


def name_by_options(board_kind: str, export_kind: str, name: Callable[[Options], str]) -> None:
    """Such a file is called by what was chosen for it; by its kind where that is empty."""
    _namers[board_kind, export_kind] = name


def name_of(export: Export) -> str:
    """What the file is, in the language in force."""
    name = _namers.get((export.board.kind, export.kind))
    return (name(export.options) if name else "") or export.get_kind_display()


def share_among_readers(board_kind: str, export_kind: str) -> None:
    """Such a file holds nothing that not every reader of its board may see, whoever asked for
    it; so its versions stay and are for all who may take files out."""
    _shared.add((board_kind, export_kind))


def is_shared(export: Export) -> bool:
    return (export.board.kind, export.kind) in _shared


def _no_options(_board: Board, wanted: Options, _by: Actor) -> Options:
    if wanted:
        raise BadOptions(_("This file has no options."))
    return {}


# --- What a person does --------------------------------------------------------------------
@transaction.atomic
def request_export(
    board: Board,
    *,
    kind: str,
    language: str,
    file_format: str = Export.Format.PDF,
    options: Options | None = None,
    by: Actor,
) -> Export:
    """Queue a file; while the same one is still on its way to this person, that one."""
    by.must(NEEDS)
    if (board.kind, kind, file_format) not in _renderers:
        raise CannotExport(kind)
    clean = _cleaners.get((board.kind, kind), _no_options)
    options = clean(board, options or {}, by)
    wanted: dict[str, Any] = {
        "board_id": board.pk,
        "requested_by": by.user,
        "kind": kind,
        "language": language,
    }
    wanted |= {"format": file_format, "options": options}
    unfinished = Export.objects.filter(status__in=[Status.QUEUED, Status.RUNNING], **wanted)
    export = unfinished.first() or Export.objects.create(**wanted)
    transaction.on_commit(partial(_send, export.pk))
    return export


@transaction.atomic
def retry_export(export: Export, *, by: Actor) -> Export:
    """Queue a failed or cancelled export again; any other is left as it is."""
    by.must(NEEDS)
    ended = Export.objects.filter(pk=export.pk, status__in=[Status.FAILED, Status.CANCELLED])
    if ended.update(status=Status.QUEUED, attempts=0, progress=0, error="", sent_at=None):
        transaction.on_commit(partial(_send, export.pk))
    export.refresh_from_db()
    return export


def exports_of(board: Board, user: User) -> "QuerySet[Export]":
    """A person's own exports of a board, the newest first, and those that are for all its
    readers. What is in any other file depends on whose rights it was made with, so nobody
    fetches another's."""
    own = Q(requested_by=user)
    kinds = [kind for board_kind, kind in _shared if board_kind == board.kind]
    for_all = Q(kind__in=kinds, status=Status.DONE)
    return Export.objects.filter(own | for_all, board=board.pk).select_related("requested_by")


# --- Sending -------------------------------------------------------------------------------
def _send(export_id: int) -> None:
    """Hand the task to the broker; where that is away the sweep does it later."""
    try:
        current_app.send_task("collaboration.tasks.render_export", [export_id], retry=False)
    except Exception as reason:  # noqa: BLE001 (a broker fails in any way it likes)
        logger.warning("export_not_sent", export_id=export_id, reason=repr(reason))
        return
    Export.objects.filter(pk=export_id).update(sent_at=timezone.now())


def resend_waiting() -> None:
    """Send what was never sent or got lost, and take back what a vanished worker had."""
    _take_back()
    lost = Q(sent_at=None) | Q(sent_at__lt=timezone.now() - SEND_AGAIN_AFTER)
    waiting = Export.objects.filter(lost, status=Status.QUEUED).order_by("pk")
    for export_id in waiting.values_list("pk", flat=True)[:200]:
        _send(export_id)


def _take_back() -> None:
    """A task ends before the visibility timeout; what still runs then has lost its worker."""
    patience = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    before = timezone.now() - timedelta(seconds=patience)
    abandoned = Export.objects.filter(status=Status.RUNNING, started_at__lt=before)
    for export in abandoned.filter(attempts__gte=MOST_ATTEMPTS):
        with translation.override(export.language):
            _close(export, Status.FAILED, error=_("The work was interrupted too often."))
    abandoned.filter(attempts__lt=MOST_ATTEMPTS).update(status=Status.QUEUED, sent_at=None)


# --- What a worker does --------------------------------------------------------------------
def make(export_id: int) -> None:
    """Make the file, unless another copy of the task does or has done so."""
    export = _claim(export_id)
    if export is None:
        return
    user = export.requested_by
    with translation.override(export.language), timezone.override(zone_of(user)):
        actor = _permitted(export)
        if actor is None:
            _close(export, Status.CANCELLED, error=_("You may no longer export this."))
            return
        try:
            _store(export, _render(export, actor))
        except ExportFailed as reason:
            _close(export, Status.FAILED, error=str(reason))
        except OSError as reason:
            _fail_for_want(export, reason)
        except Exception:
            logger.exception("export_failed", export_id=export.pk, attempt=export.attempts)
            _put_back(export)


def _claim(export_id: int) -> Export | None:
    """One UPDATE decides which copy of the task works."""
    claimed = Export.objects.filter(pk=export_id, status=Status.QUEUED).update(
        status=Status.RUNNING,
        started_at=timezone.now(),
        attempts=F("attempts") + 1,
        progress=0,
        error="",
    )
    if not claimed:
        return None
    return Export.objects.select_related("board__workspace", "requested_by").get(pk=export_id)


def _permitted(export: Export) -> Actor | None:
    """The requester as they are now; None when the board or their right to it is gone."""
    actor = export.board.actor_for(export.requested_by)
    may = actor is not None and actor.may(NEEDS) and export.board.deleted_at is None
    return actor if may else None


def _render(export: Export, actor: Actor) -> bytes:
    def report(per_cent: int) -> None:
        _mine(export).update(progress=per_cent)

    render = _renderers[export.board.kind, export.kind, export.format]
    return render(export.board.specific, actor, report, export.options)


def _store(export: Export, content: bytes) -> None:
    """Keep the file under a name that nobody guesses; not if the claim was lost meanwhile."""
    name = f"exports/{uuid.uuid4().hex}.{export.format}"
    try:
        name = default_storage.save(name, ContentFile(content))
    except OSError:
        with suppress(OSError):
            default_storage.delete(name)
        raise
    version = export.board.version
    if not _close(export, Status.DONE, file=name, progress=100, board_version=version):
        default_storage.delete(name)


def _fail_for_want(export: Export, reason: OSError) -> None:
    """Room on a disk does not come back by trying three times in a minute."""
    logger.error("export_failed", export_id=export.pk, reason=repr(reason))
    if reason.errno in NO_ROOM:
        words = _("There is no room left on the server’s disk. Try again when there is.")
        _close(export, Status.FAILED, error=words)
    else:
        _put_back(export)


def _put_back(export: Export) -> None:
    if export.attempts < MOST_ATTEMPTS:
        _mine(export).update(status=Status.QUEUED, sent_at=None)
    else:
        _close(export, Status.FAILED, error=_("Something went wrong on our side."))


def purge_old() -> None:
    """Delete the files that nobody fetches any more, and what is said of them. Of those that
    are for all readers of a board the newest stay."""
    before = timezone.now() - timedelta(days=settings.EXPORT_DAYS)
    ended = Export.objects.filter(created_at__lt=before).exclude(
        status__in=[Status.QUEUED, Status.RUNNING]
    )
    for export in ended.exclude(_stays()).order_by("pk")[:500]:
        if export.file.name:
            default_storage.delete(export.file.name)
        export.delete()


def _stays() -> Q:
    done = Export.objects.filter(status=Status.DONE, board=OuterRef("board"), kind=OuterRef("kind"))
    newest = done.order_by("-created_at", "-pk").values("pk")[:KEPT_OF_A_BOARD]
    shared = Q(pk__in=[])
    for board_kind, kind in _shared:
        shared |= Q(board__kind=board_kind, kind=kind)
    return shared & Q(status=Status.DONE, pk__in=Subquery(newest))


def _close(export: Export, status: str, **fields: object) -> bool:
    return bool(_mine(export).update(status=status, **fields))


def _mine(export: Export) -> "QuerySet[Export]":
    """The row, as long as this attempt holds it."""
    return Export.objects.filter(pk=export.pk, status=Status.RUNNING, attempts=export.attempts)
