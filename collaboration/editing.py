"""The one door for writing on a board.

    with board.editing(by=actor) as edit:
        form.save()

An edit opens the transaction, locks the board's row, takes the next version, gathers what
every save() and delete() changed and writes it as Change rows. When the transaction has
committed it rings the bell. Saving a board item outside an edit raises OutsideEditing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from collaboration.bell import ring
from teams.access import Actor
from teams.models import Role

if TYPE_CHECKING:
    from collaboration.models import Board, Change, Recorded

Values: TypeAlias = dict[str, Any]


class OutsideEditing(RuntimeError):
    """A board item was written without `board.editing(...)`."""


class Refused(ValueError):
    """An edit that is not done, for a reason that is told to the person in words."""


class BoardGone(LookupError):
    """The board was deleted before it could be locked."""


class ItemGone(LookupError):
    """The item was deleted before it could be saved."""


_open_edits: ContextVar[dict[int, "Edit"] | None] = ContextVar("open_edits", default=None)


def current_edit(board_id: int | None) -> "Edit":
    """The open edit of a board; raises OutsideEditing when there is none."""
    edit = (_open_edits.get() or {}).get(board_id or 0)
    if edit is None:
        raise OutsideEditing(f"board {board_id} is not being edited")
    return edit


def is_open(board_id: int | None) -> bool:
    return (board_id or 0) in (_open_edits.get() or {})


@contextmanager
def editing(
    board: "Board", *, by: Actor, needs: Role = Role.EDITOR, undoes: int | None = None
) -> Iterator["Edit"]:
    """Open an edit of `board`; inside another edit of the same board, join that one.

    Raises PermissionDenied when the actor's role does not include `needs`, BoardGone when
    the board is deleted meanwhile. Either everything in the block is written, or nothing.
    """
    if not by.role.includes(needs):
        raise PermissionDenied
    if is_open(board.pk):
        yield current_edit(board.pk)
        return
    with transaction.atomic():
        edit = Edit(_locked(board), by, undoes)
        outer = _open_edits.get()
        token = _open_edits.set({**(outer or {}), board.pk: edit})
        try:
            yield edit
            edit.close()
        finally:
            _open_edits.reset(token)
    board.version = edit.board.version


def _locked(board: "Board") -> "Board":
    from collaboration.models import Board

    locked = Board.objects.select_for_update().filter(pk=board.pk).first()
    if locked is None or (locked.deleted_at is not None and board.deleted_at is None):
        raise BoardGone(f"board {board.pk} is gone")
    return locked


class Edit:
    """One numbered edit of a board: who, and everything that it changed."""

    def __init__(self, board: "Board", actor: Actor, undoes: int | None = None) -> None:
        self.board = board
        self.actor = actor
        self.undoes = undoes
        self.version = board.version + 1
        self.at = timezone.now()
        self.changes: list[Change] = []

    # --- What items call ---------------------------------------------------------------
    def save(self, item: "Recorded") -> None:
        """Write an item; of one that exists, only the fields that were changed on it."""
        if item._state.adding:
            self._insert(item)
        else:
            self._update(item)

    def create(self, items: Iterable["Recorded"]) -> list["Recorded"]:
        """Insert many new items of one type with one statement; returns them with ids."""
        made = list(items)
        for item in made:
            self._stamp(item)
        if made:
            models.QuerySet.bulk_create(type(made[0])._base_manager.all(), made)
        for item in made:
            item.remember()
            self._record("create", item, {}, recorded_values(item))
        return made

    def touch(self, item: "Recorded") -> None:
        """Count an item as changed because something it shows, elsewhere, changed."""
        self._stamp(item)
        item.write(update_fields=self._bookkeeping(item))
        self._record("update", item, {}, {})

    def delete(self, item: "Recorded") -> None:
        """Delete an item and what hangs on it; all of it is recorded and can be undone."""
        collector = _EveryRow(using="default", origin=item)
        collector.collect([item])
        self._record_detached(collector)
        for model, instances in reversed(list(collector.data.items())):
            if _is_recorded(model):
                ordered = sorted(instances, key=lambda row: row.pk)
                for row in ordered:
                    self._record("delete", row, recorded_values(row), {})
        collector.delete()

    # --- The end of the edit -----------------------------------------------------------
    def close(self) -> None:
        """Write the changes and the board's new version; an edit without changes is none."""
        from collaboration.models import Board, Change

        if not self.changes:
            return
        Change.objects.bulk_create(self.changes)
        models.QuerySet.update(
            Board._base_manager.filter(pk=self.board.pk), version=self.version, updated_at=self.at
        )
        self.board.version = self.version
        board_id, version = self.board.pk, self.version
        transaction.on_commit(lambda: ring(board_id, version))

    # --- Inside ------------------------------------------------------------------------
    def _insert(self, item: "Recorded") -> None:
        self._stamp(item)
        item.write(force_insert=True)
        self._record("create", item, {}, recorded_values(item))

    def _update(self, item: "Recorded") -> None:
        wanted = item.changed_fields()
        present = stored_values(item)
        if present is None:
            raise ItemGone(f"{item._meta.model_name} {item.pk} is gone")
        after = {name: value for name, value in wanted.items() if value != present[name]}
        if not after:
            return
        self._stamp(item)
        item.write(update_fields=[*after, *self._bookkeeping(item)])
        self._record("update", item, {name: present[name] for name in after}, after)

    def _record_detached(self, collector: Collector) -> None:
        """Items that lose a reference because its target goes, without going themselves."""
        for (field, value), groups in collector.field_updates.items():
            if not _is_recorded(field.model):
                continue
            for row in (row for group in groups for row in group):
                before = {field.attname: getattr(row, field.attname)}
                self._record("update", row, before, {field.attname: value})

    def _stamp(self, item: "Recorded") -> None:
        if item.recorded_board_id != self.board.pk:
            raise OutsideEditing(f"{item!r} is not on board {self.board.pk}")
        item.updated_at = self.at
        if hasattr(item, "board_id"):
            item.version = self.version

    def _bookkeeping(self, item: "Recorded") -> list[str]:
        return ["updated_at", "version"] if hasattr(item, "board_id") else ["updated_at"]

    def _record(self, action: str, item: models.Model, before: Values, after: Values) -> None:
        from collaboration.models import Change

        user = self.actor.user
        self.changes.append(
            Change(
                board=self.board,
                version=self.version,
                actor=user,
                actor_name=self.actor.name,
                at=self.at,
                action=action,
                item_type=item._meta.model_name,
                item_id=item.pk,
                before=before,
                after=after,
                undoes=self.undoes,
            )
        )


class _EveryRow(Collector):
    """Collects every row that goes, so that each can be recorded."""

    def can_fast_delete(self, *args: object, **options: object) -> bool:
        return False


def _is_recorded(model: type[models.Model]) -> bool:
    from collaboration.models import Recorded

    return issubclass(model, Recorded)


_encoder = DjangoJSONEncoder()


def as_json(value: Any) -> Any:
    """A field's value as it stands in a Change: JSON's own types, the rest as text."""
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return _encoder.default(value)


def recorded_values(item: models.Model) -> Values:
    """Every recorded field of an item, by column name, as JSON values."""
    return {
        field.attname: as_json(getattr(item, field.attname))
        for field in type(item).recorded_fields()  # type: ignore[attr-defined]
    }


def stored_values(item: models.Model) -> Values | None:
    """The recorded fields as they are in the database now, or None when the row is gone."""
    names = [field.attname for field in type(item).recorded_fields()]  # type: ignore[attr-defined]
    row = type(item)._base_manager.filter(pk=item.pk).values(*names).first()
    return None if row is None else {name: as_json(value) for name, value in row.items()}
