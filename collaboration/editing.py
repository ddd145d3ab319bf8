"""The one door for writing on a board.

    with board.editing(by=actor) as edit:
        form.save()

An edit opens the transaction, locks the board's row, takes the next version, gathers what
every save() and delete() changed and writes it as Change rows. When the transaction has
committed it rings the bell. Saving a board item outside an edit raises OutsideEditing.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
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


class BoardGone(LookupError):
    """The board was deleted before it could be locked."""


class ItemGone(LookupError):
    """The item was deleted before it could be saved."""


class Refused(ValueError):
    """An edit that is not done, for a reason that is told to the person in words."""


_open_edits: ContextVar[dict[int, "Edit"] | None] = ContextVar("open_edits", default=None)


def open_edits() -> dict[int, "Edit"]:
    """The edits that are open here now, by board id."""
    return _open_edits.get() or {}


def current_edit(board_id: int | None) -> "Edit":
    """The open edit of a board; raises OutsideEditing when there is none."""
    edit = open_edits().get(board_id or 0)
    if edit is None:
        raise OutsideEditing(f"board {board_id} is not being edited")
    return edit


@contextmanager
def editing(
    board: "Board",
    *,
    by: Actor,
    needs: Role = Role.EDITOR,
    undoes: int | None = None,
    lasting: bool = False,
) -> Iterator["Edit"]:
    """Open an edit of `board`; inside another edit of the same board, join that one.

    Raises PermissionDenied when the actor's role does not include `needs`, BoardGone when
    the board is deleted meanwhile. Either everything in the block is written, or nothing.
    """
    if not by.role.includes(needs):
        raise PermissionDenied
    with _all_or_nothing() as outer:
        if board.pk in outer:
            yield outer[board.pk]
            return
        edit = Edit(_alive(board), by, undoes, lasting=lasting)
        _open_edits.set({**outer, board.pk: edit})
        yield edit
        for opened in [edit for pk, edit in open_edits().items() if pk not in outer]:
            opened.close()
        _open_edits.set(outer)
    board.version = edit.board.version


@contextmanager
def editing_all(
    boards: Iterable["Board"], *, by: Actor, needs: Role = Role.EDITOR
) -> Iterator[list["Edit"]]:
    """Edit several boards as one: all is written, or nothing.

    They are locked in the order of their ids, so that two such edits never wait for each other.
    """
    in_order = sorted(boards, key=lambda board: board.pk)
    with transaction.atomic(), ExitStack() as stack:
        yield [stack.enter_context(editing(board, by=by, needs=needs)) for board in in_order]


@contextmanager
def _all_or_nothing() -> Iterator[dict[int, "Edit"]]:
    """A savepoint for rows, and for what the open edits have noted about them."""
    outer = open_edits()
    noted = {pk: len(edit.changes) for pk, edit in outer.items()}
    try:
        with transaction.atomic():
            yield outer
    except BaseException:
        _open_edits.set(outer)
        for pk, count in noted.items():
            del outer[pk].changes[count:]
        raise


def _alive(board: "Board") -> "Board":
    locked = _locked(board.pk, type(board))
    if locked.deleted_at is not None and board.deleted_at is None:
        raise BoardGone(f"board {board.pk} is deleted")
    return locked


def _locked(board_id: int, kind: "type[Board] | None" = None) -> "Board":
    """The board, as its kind where that is known, with the row locked that all kinds share."""
    from collaboration.models import Board

    model = kind or Board
    of = ("self",) if model is Board else ("board_ptr",)
    rows = model.objects.select_for_update(no_key=True, of=of)
    board: Board | None = rows.filter(pk=board_id).first()
    if board is None:
        raise BoardGone(f"there is no board {board_id}")
    return board


class Edit:
    """One numbered edit of a board: who, and everything that it changed."""

    def __init__(
        self, board: "Board", actor: Actor, undoes: int | None = None, *, lasting: bool = False
    ) -> None:
        self.board = board
        self.actor = actor
        self.undoes = undoes
        self.lasting = lasting
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
            item.clean_values()
            self._stamp(item)
        if made:
            models.QuerySet.bulk_create(type(made[0])._base_manager.all(), made)
        for item in made:
            item.remember()
            self.record("create", item, {}, recorded_values(item))
        return made

    def save_all(self, items: Iterable["Recorded"]) -> None:
        """Write many items of one type that exist, all of them or none, with few statements."""
        wanted = {item.pk: item for item in items}
        model = type(next(iter(wanted.values())))
        written: list[tuple[Recorded, Values, Values]] = []
        for row in model._base_manager.filter(pk__in=wanted).values("pk", *model.recorded_names()):
            item = wanted[row["pk"]]
            after = {n: v for n, v in item.changed_fields().items() if v != as_json(row[n])}
            if after:
                self._stamp(item)
                written.append((item, {name: as_json(row[name]) for name in after}, after))
        if not written:
            return
        names = {name for _item, _before, after in written for name in after}
        rows: Any = models.QuerySet(model)
        rows.bulk_update(
            [item for item, _before, _after in written],
            [*names, *self._bookkeeping(written[0][0])],
            batch_size=500,
        )
        for item, before, after in written:
            item.remember()
            self.record("update", item, before, after)

    def touch(self, item: "Recorded") -> None:
        """Count an item as changed because something it shows, elsewhere, changed."""
        self._stamp(item)
        item.write(update_fields=self._bookkeeping(item))
        self.record("update", item, {}, {})

    def delete(self, item: "Recorded") -> None:
        """Delete an item and what hangs on it; all of it is recorded and can be undone.

        What hangs on it on another board is recorded there.
        """
        self.delete_all([item])

    def delete_all(self, items: Iterable["Recorded"]) -> None:
        """Delete items of one type, each with what hangs on it."""
        present = self._present(list(items))
        if not present:
            return
        collector = EveryRow(using="default", origin=present[0])
        collector.collect(present)
        for field, value, row in collector.detached_rows():
            self._of(row).detach(row, field, value)
        for row in collector.children_first():
            self._of(row).record("delete", row, recorded_values(row), {})
        collector.delete()

    # --- The end of the edit -----------------------------------------------------------
    def close(self) -> None:
        """Write the changes and the board's new version; an edit without changes is none.

        Raises LimitReached where something holds more than it may now, Refused where a rule of
        the board forbids what was done.
        """
        from collaboration.following import bring_along
        from collaboration.limits import require_room
        from collaboration.models import Board, Change
        from collaboration.rules import require_kept

        if not self.changes:
            return
        bring_along(self)
        require_room(self)
        require_kept(self)
        Change.objects.bulk_create(self.changes)
        models.QuerySet.update(
            Board._base_manager.filter(pk=self.board.pk), version=self.version, updated_at=self.at
        )
        self.board.version = self.version
        board_id, version = self.board.pk, self.version
        transaction.on_commit(lambda: ring(board_id, version))

    # --- Inside ------------------------------------------------------------------------
    def _insert(self, item: "Recorded") -> None:
        item.clean_values()
        self._stamp(item)
        item.write(force_insert=True)
        self.record("create", item, {}, recorded_values(item))

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
        self.record("update", item, {name: present[name] for name in after}, after)

    def _present(self, items: list["Recorded"]) -> list[Any]:
        """The rows of these items as they are stored now."""
        for item in items:
            if item.recorded_board_id != self.board.pk:
                raise OutsideEditing(f"{item!r} is not on board {self.board.pk}")
        ids = {item.pk for item in items}
        present = list(type(items[0])._base_manager.filter(pk__in=ids)) if items else []
        if len(present) < len(ids):
            raise ItemGone(f"{items[0]._meta.model_name}: of {len(ids)}, {len(present)} are there")
        return present

    def detach(self, row: "Recorded", field: "models.Field[Any, Any]", value: Any) -> None:
        """An item loses a reference because its target goes, without going itself."""
        before = {field.attname: getattr(row, field.attname)}
        self._stamp(row)
        row.write(update_fields=self._bookkeeping(row))
        self.record("update", row, before, {field.attname: value})

    def _of(self, row: "Recorded") -> "Edit":
        """The open edit of the board of something that goes along; opened when there is none."""
        board_id, opened = row.recorded_board_id or 0, open_edits()
        if board_id not in opened:
            opened = {**opened, board_id: Edit(_locked(board_id), self.actor)}
            _open_edits.set(opened)
        return opened[board_id]

    def _stamp(self, item: "Recorded") -> None:
        if item.recorded_board_id != self.board.pk:
            raise OutsideEditing(f"{item!r} is not on board {self.board.pk}")
        item.updated_at = self.at
        if hasattr(item, "board_id"):
            item.version = self.version

    def _bookkeeping(self, item: "Recorded") -> list[str]:
        return ["updated_at", "version"] if hasattr(item, "board_id") else ["updated_at"]

    def record(self, action: str, item: "Recorded", before: Values, after: Values) -> None:
        from collaboration.models import Change

        self.changes.append(
            Change(
                board=self.board,
                version=self.version,
                actor=self.actor.user,
                actor_name=self.actor.name,
                at=self.at,
                action=action,
                item_type=item.type_name(),
                item_id=item.pk,
                before=before,
                after=after,
                undoes=self.undoes,
                lasting=self.lasting,
            )
        )


class EveryRow(Collector):
    """Collects every row that goes with another, so that each can be recorded."""

    def can_fast_delete(self, *args: object, **options: object) -> bool:
        return False

    def children_first(self) -> Iterator["Recorded"]:
        """The recorded rows that go: what hangs on a row comes before the row."""
        rows_by_type: list[tuple[type[models.Model], Any]] = list(self.data.items())
        for model, rows in reversed(rows_by_type):
            if is_recorded(model):
                yield from sorted(rows, key=lambda row: row.pk)

    def detached_rows(self) -> Iterator[tuple["models.Field[Any, Any]", Any, "Recorded"]]:
        """The recorded rows that stay but lose a reference, each with the field and its end."""
        groups: Any
        for (field, value), groups in self.field_updates.items():
            if is_recorded(field.model):
                yield from ((field, value, row) for group in groups for row in group)


def is_recorded(model: type[models.Model]) -> bool:
    from collaboration.models import Recorded

    return issubclass(model, Recorded)


_encoder = DjangoJSONEncoder()


def as_json(value: Any) -> Any:
    """A field's value as it stands in a Change: JSON's own types, the rest as text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return _encoder.default(value)


def recorded_values(item: models.Model) -> Values:
    """Every recorded field of an item, by column name, as JSON values."""
    names = type(item).recorded_names()  # type: ignore[attr-defined]
    return {name: as_json(getattr(item, name)) for name in names}


def stored_values(item: models.Model) -> Values | None:
    """The recorded fields as they are in the database now, or None when the row is gone."""
    names = type(item).recorded_names()  # type: ignore[attr-defined]
    row = type(item)._base_manager.filter(pk=item.pk).values(*names).first()
    return None if row is None else {name: as_json(value) for name, value in row.items()}
