"""Undo and redo: new edits that put back what an earlier edit changed.

History is never rewritten. An undo of an undo is a redo; an edit stands when the chain of
undoes that starts at it has even length.
"""

from django.apps import apps
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused, _EveryRow, recorded_values
from collaboration.models import Board, BoardItem, Change, Recorded
from teams.access import Actor
from teams.models import User

NEVER_UNDONE = ("comment",)
REACH = 500


class UndoConflict(Refused):
    """Somebody has changed since what the undo would put back; says so in words."""


def undo(board: Board, version: int, *, by: Actor) -> Edit:
    """Put back what edit `version` changed, as a new edit.

    Raises UndoConflict, and changes nothing, when a field, a parent or a child that the
    undo needs has been changed or removed meanwhile.
    """
    with board.editing(by=by, undoes=version) as edit:
        changes = Change.objects.filter(board=board, version=version).exclude(
            item_type__in=NEVER_UNDONE
        )
        for change in changes.order_by("-pk"):
            _revert(edit, change)
    return edit


def next_undo(board: Board, user: User) -> int | None:
    """The version that Undo would take back for this person, or None."""
    return _ends(board, user)[0]


def next_redo(board: Board, user: User) -> int | None:
    """The undo that Redo would take back for this person, or None."""
    return _ends(board, user)[1]


def _ends(board: Board, user: User) -> tuple[int | None, int | None]:
    rows = (
        Change.objects.filter(board=board, actor=user)
        .exclude(item_type__in=NEVER_UNDONE)
        # A touch changed nothing here, so there is nothing to take back.
        .exclude(action=Change.Action.UPDATE, before={}, after={})
        .order_by("-version")
        .values_list("version", "undoes")
        .distinct()[:REACH]
    )
    done: list[int] = []
    undone: list[tuple[int, int]] = []
    for version, undoes in sorted(rows):
        _step(done, undone, version, undoes)
    return (done[-1] if done else None), (undone[-1][1] if undone else None)


def _step(
    done: list[int], undone: list[tuple[int, int]], version: int, undoes: int | None
) -> None:
    """Follow one edit: `done` are versions to undo, `undone` pairs (version, its undo)."""
    if undoes is None:
        done.append(version)
        undone.clear()
    elif undoes in done:
        done.remove(undoes)
        undone.append((undoes, version))
    else:
        undone[:] = [pair for pair in undone if pair[1] != undoes]
        done.append(version)


def _revert(edit: Edit, change: Change) -> None:
    model = item_model(change.item_type)
    item = model._base_manager.filter(pk=change.item_id).first()
    {"create": _revert_create, "update": _revert_update, "delete": _revert_delete}[change.action](
        edit, change, model, item
    )


def item_model(item_type: str) -> type[Recorded]:
    """The model of a Change's item; KeyError for a name that is not one."""
    models = {m._meta.model_name: m for m in apps.get_models() if issubclass(m, Recorded)}
    return models[item_type]


def _revert_create(
    edit: Edit, change: Change, model: type[Recorded], item: Recorded | None
) -> None:
    if item is None:
        return
    collector: Collector = _EveryRow(using="default", origin=item)
    collector.collect([item])
    company = sum(len(rows) for model, rows in collector.data.items())
    if company > 1 or recorded_values(item) != change.after:
        raise UndoConflict(_("It has been worked on since it was added, so it stays."))
    item.delete()


def _revert_update(
    edit: Edit, change: Change, model: type[Recorded], item: Recorded | None
) -> None:
    if item is None:
        raise UndoConflict(_("What you changed has been deleted since."))
    now = recorded_values(item)
    if any(now[name] != value for name, value in change.after.items()):
        raise UndoConflict(_("Somebody has changed the same text or place since."))
    for name, value in change.before.items():
        setattr(item, name, _field(model, name).to_python(value))
    _require_parents(item, change.before)
    _settle(item, change.before)
    item.save()


def _revert_delete(
    edit: Edit, change: Change, model: type[Recorded], item: Recorded | None
) -> None:
    if item is not None:
        return
    item = model(pk=change.item_id)
    for name, value in change.before.items():
        setattr(item, name, _field(model, name).to_python(value))
    if isinstance(item, BoardItem):
        item.board_id = edit.board.pk
    _require_parents(item, change.before)
    _settle(item, change.before)
    item.save()


def _settle(item: Recorded, values: dict[str, object]) -> None:
    if "position" in values:
        item.keep_place()  # type: ignore[attr-defined]


def _require_parents(item: Recorded, values: dict[str, object]) -> None:
    for field in type(item).recorded_fields():
        value = values.get(field.attname)
        if not field.is_relation or value is None:
            continue
        if not field.related_model._base_manager.filter(pk=value).exists():
            raise UndoConflict(_("The place it belongs to has been deleted since."))


def _field(model: type[Recorded], attname: str):  # noqa: ANN202
    return next(field for field in model.recorded_fields() if field.attname == attname)
