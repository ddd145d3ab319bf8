"""Splitting a stage into two, and merging two into one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import gettext as _

from collaboration.copying import ABOUT_OTHERS
from collaboration.editing import Refused
from collaboration.itemtypes import place_fields
from collaboration.models import BoardItem
from collaboration.ordering import Ordered
from journeys.bulk import in_order
from journeys.models import Journey, Note, Stage
from journeys.services import create_stage
from teams.access import Actor


def split_stage(stage: Stage, *, title: str, notes: Sequence[Note] = (), by: Actor) -> Stage:
    """A new stage right after this one, in its period, with those of its notes that go along."""
    with stage.board.editing(by=by):
        after = stage.siblings().filter(position__gt=stage.position).order_by("position").first()
        journey = Journey.objects.get(pk=stage.board_id)
        fresh = create_stage(journey, title=title, before=after, period=stage.period, by=by)
        for note in in_order(notes):
            if note.stage_id != stage.pk:
                raise Refused(_("One of these notes has just been moved to another stage."))
            note.stage = fresh
            note.place()
            note.save()
    return fresh


def right_neighbour(stage: Stage) -> Stage | None:
    following = stage.siblings().filter(position__gt=stage.position)
    found: Stage | None = following.order_by("position").first()
    return found


def merge_stages(stage: Stage, *, title: str = "", by: Actor) -> Stage:
    """Merge a stage with its right neighbour; what stands in both is kept, in order.

    Where only one can be kept - a feeling of one persona, the same insight twice, an arrow
    between the two - the left stage's stays. Comments follow.
    """
    with stage.board.editing(by=by):
        left = Stage.objects.get(pk=stage.pk)
        right = right_neighbour(left)
        if right is None:
            raise Refused(_("There is no stage to the right of this one."))
        for model, name in _references():
            _repoint(model, name, left, right, by=by)
        for item in _said_about(right):
            _keep_if_free(item, "target_id", left.pk, by=by)
        _complete(left, right)
        left.title = title or left.title
        left.save()
        right.delete()
    return left


def _references() -> Iterator[tuple[type[BoardItem], str]]:
    """Every type of item that belongs to a stage, with the name of the field that says so."""
    for model in apps.get_models():
        if issubclass(model, BoardItem) and model is not Stage:
            for field in model._meta.concrete_fields:
                if field.related_model is Stage:
                    yield model, field.name


def _repoint(model: type[BoardItem], name: str, left: Stage, right: Stage, *, by: Actor) -> None:
    rows: Any = model._base_manager
    items: Iterable[Any] = rows.filter(**{name: right}).select_related("board")
    if issubclass(model, Ordered):
        items = items.order_by("position")  # type: ignore[attr-defined]
    for item in list(items):
        _keep_if_free(item, name, left, by=by)


def _said_about(stage: Stage) -> Iterator[Any]:
    """Comments, and whoever looks after the stage."""
    for model in apps.get_models():
        if issubclass(model, BoardItem) and hasattr(model, ABOUT_OTHERS):
            rows: Any = model._base_manager
            about = {"target_type": Stage.type_name(), "target_id": stage.pk}
            yield from list(rows.filter(board=stage.board_id, **about).select_related("board"))


def _keep_if_free(item: Any, name: str, value: Any, *, by: Actor) -> None:
    """Set this and save; where the left stage has its own already, the item goes."""
    try:
        with item.board.editing(by=by):
            setattr(item, name, value)
            if isinstance(item, Ordered) and _stands_by(type(item), name):
                item.place()
            item.save()
    except IntegrityError:
        item.delete()


def _stands_by(model: Any, name: str) -> bool:
    """Whether this field says among which siblings an item has its place; a ranked goal of a stage
    keeps its rank."""
    return model._meta.get_field(name).attname in place_fields(model)


def _complete(left: Stage, right: Stage) -> None:
    """What only the right stage says, the left one says now."""
    for field in Stage.recorded_fields():
        if field.empty_strings_allowed and not getattr(left, field.attname):
            setattr(left, field.attname, getattr(right, field.attname))
