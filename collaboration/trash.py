"""The trash of a workspace: what was deleted waits here, then it is really gone."""

from datetime import timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.models import Board
from teams.access import Actor
from teams.models import Role, User, Workspace

KEPT_DAYS = 30


def trash_seen_by(user: User) -> QuerySet[Board]:
    """The deleted boards that this person may take out again, the last deleted first."""
    seen = Board.objects.seen_by(user).filter(deleted_at__isnull=False)
    found: QuerySet[Board] = seen.filter(role_here__in=[Role.EDITOR, Role.OWNER])
    return found.order_by("-deleted_at")


def trash_of(workspace: Workspace, user: User) -> QuerySet[Board]:
    return trash_seen_by(user).filter(workspace=workspace)


def days_left(board: Board) -> int:
    """How long it still waits; at least one day is promised until it has gone."""
    if board.deleted_at is None:
        return KEPT_DAYS
    passed = timezone.now() - board.deleted_at
    return max(1, KEPT_DAYS - passed.days)


def restore_board(board: Board, *, by: Actor) -> Board:
    """Take a board out of the trash, as it was."""
    present = board.specific
    with present.editing(by=by, needs=Role.EDITOR):
        present.deleted_at = None
        present.save()
    return present


def delete_forever(board: Board, *, title: str, by: Actor) -> None:
    """Really delete a board from the trash, as an owner who has typed its title."""
    by.must(Role.OWNER)
    if title.strip() != board.title.strip():
        raise Refused(_("The title is not the same. Nothing was deleted."))
    _erase(board)


def purge_expired() -> int:
    """Erase what has waited long enough; a journey waits for the workshops that still live."""
    due = Board.objects.filter(deleted_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    still_needed = Board.objects.alive().exclude(governed_by=None).values("governed_by")
    gone = 0
    for board in due.exclude(pk__in=still_needed).order_by("-pk"):
        if Board.objects.filter(pk=board.pk).exists():  # one that went with another is gone
            _erase(board)
            gone += 1
    return gone


def _erase(board: Board) -> None:
    """The rows with one transaction; the files after it, so that a failure loses neither."""
    along = [board.pk, *Board.objects.filter(governed_by=board.pk).values_list("pk", flat=True)]
    files = [(field.storage, name) for field, name in _files_of(along)]

    def remove_files() -> None:
        for storage, name in files:
            storage.delete(name)

    with transaction.atomic():
        for pk in reversed(along):
            models.Model.delete(Board.objects.get(pk=pk).specific)
        transaction.on_commit(remove_files)


def _files_of(board_ids: list[int]) -> list[tuple[models.FileField, str]]:
    found = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "board" not in names:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                rows = model._base_manager.filter(board__in=board_ids).exclude(**{field.name: ""})
                found += [(field, name) for name in rows.values_list(field.name, flat=True) if name]
    return found
