"""The history of a board in words: who changed what, when, from what to what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collaboration.itemtypes import item_models
from collaboration.models import Board, Change, Recorded
from collaboration.undo import NEVER_UNDONE
from teams.models import User, initials_of

EDITS_A_PAGE = 30
SHOWN_LENGTH = 280


@dataclass
class Difference:
    """One field in words, before and after; either may be empty."""

    label: str
    before: str
    after: str


@dataclass
class Line:
    """One item that an edit changed."""

    sentence: str
    differences: list[Difference]


@dataclass
class PastEdit:
    """One edit of the board as a reader sees it."""

    version: int
    actor_name: str
    actor: Any
    at: datetime
    undoes: int | None
    can_be_undone: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def initials(self) -> str:
        return initials_of(self.actor_name)


def history_of(board: Board, page_number: Any) -> Page[Any]:
    """A page of the board's edits, the latest first; its number of queries does not grow."""
    versions = (
        Change.objects.filter(board=board.pk)
        .exclude(action=Change.Action.UPDATE, before={}, after={})
        .order_by("-version")
        .values_list("version", flat=True)
        .distinct()
    )
    page: Page[Any] = Paginator(versions, EDITS_A_PAGE).get_page(page_number)
    changes = (
        Change.objects.filter(board=board.pk, version__in=list(page.object_list))
        .exclude(action=Change.Action.UPDATE, before={}, after={})
        .select_related("actor")
        .order_by("-version", "pk")
    )
    page.object_list = list(_edits(list(changes)))
    return page


def _edits(changes: list[Change]) -> Iterable[PastEdit]:
    words = _Words(changes)
    edits: dict[int, PastEdit] = {}
    for change in changes:
        edit = edits.setdefault(
            change.version,
            PastEdit(
                change.version, change.actor_name, change.actor, change.at, change.undoes, False
            ),
        )
        edit.can_be_undone |= change.item_type not in NEVER_UNDONE
        edit.lines.append(words.line(change))
    return edits.values()


class _Words:
    """Names the items and values of some changes: one query for each type that they name, and
    one for what is gone."""

    def __init__(self, changes: list[Change]) -> None:
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for change in changes:
            for model, pk in _named(change):
                wanted[model].add(pk)
        self.items = {model: model._base_manager.in_bulk(ids) for model, ids in wanted.items()}
        gone = {
            (model._meta.model_name or "", pk)
            for model, ids in wanted.items()
            for pk in ids - self.items[model].keys()
        }
        if gone:
            self._rebuild(changes[0].board_id, gone)
        self._load_what_names_the_nameless()

    def _load_what_names_the_nameless(self) -> None:
        """An item without a name of its own is called by what it refers to: a feeling by its
        stage and persona. One query for each type that this adds."""
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for model, items in self.items.items():
            if _has_name(model):
                continue
            for item in items.values():
                for other, pk in _references(item):
                    if pk not in self.items.get(other, {}):
                        wanted[other].add(pk)
        for model, ids in wanted.items():
            self.items[model] = {
                **self.items.get(model, {}),
                **model._base_manager.in_bulk(ids),
            }

    def _rebuild(self, board_id: int, gone: set[tuple[str, int]]) -> None:
        """Put the items that are gone beside the others, as they were when they were deleted."""
        ends = Change.objects.filter(
            board=board_id, action=Change.Action.DELETE, item_id__in=[pk for _, pk in gone]
        )
        for end in ends.order_by("version"):
            if (end.item_type, end.item_id) in gone:
                model = item_models()[end.item_type]
                self.items[model][end.item_id] = _as_it_was(model, end.before)

    def line(self, change: Change) -> Line:
        model = item_models().get(change.item_type)
        if model is None:
            return Line(_("changed something that is no longer there"), [])
        name = self._name(change, model)
        differences = [
            Difference(capfirst(_(str(one.verbose_name))), before, after)
            for one in model.recorded_fields()
            if _is_told(one, model) and one.attname in {**change.before, **change.after}
            for before, after in [self._pair(one, change)]
            if change.action == Change.Action.UPDATE or {before, after} - {"", name}
        ]
        return Line(_sentence(change, model, name, bool(differences)), differences)

    def _name(self, change: Change, model: type[Recorded]) -> str:
        item = self.items[model].get(change.item_id)
        if item is None:
            return str(change.item_id)
        if _has_name(model):
            return str(item)
        others = (self.items[other].get(pk) for other, pk in _references(item))
        return ", ".join(str(other) for other in others if other is not None)

    def _pair(self, one: "models.Field[Any, Any]", change: Change) -> tuple[str, str]:
        before, after = (
            self._shown(one, values.get(one.attname)) for values in (change.before, change.after)
        )
        return before, after

    def _shown(self, one: "models.Field[Any, Any]", value: Any) -> str:
        if value is None or value is False or value == "":
            return ""
        if one.related_model:
            return str(self.items.get(one.related_model, {}).get(value, _("(deleted)")))
        if value is True:
            return _("yes")
        if one.choices:
            return str(dict(one.flatchoices).get(value, value))
        text = str(localize(_moment(one, value) if isinstance(value, str) else value))
        return text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"


def _sentence(change: Change, model: type[Recorded], name: str, differs: bool) -> str:
    words = {"type": model._meta.verbose_name, "name": name}
    deleted, resolved = change.after.get("deleted_at"), change.after.get("resolved_at")
    if change.action == Change.Action.CREATE:
        return _("added the %(type)s “%(name)s”") % words
    if change.action == Change.Action.DELETE or deleted:
        return _("deleted the %(type)s “%(name)s”") % words
    if "deleted_at" in change.after:
        return _("restored the %(type)s “%(name)s”") % words
    if "resolved_at" in change.after:
        return (_("resolved “%(name)s”") if resolved else _("reopened “%(name)s”")) % words
    if not differs:
        return _("moved the %(type)s “%(name)s”") % words
    return _("changed the %(type)s “%(name)s”") % words


def _is_told(one: "models.Field[Any, Any]", model: type[Recorded]) -> bool:
    """What people set in a form, and where an item lies; the rest is bookkeeping."""
    if one.related_model:
        return one.related_model not in {User, model}
    return one.editable


def _named(change: Change) -> Iterable[tuple[type[models.Model], int]]:
    """What a change names: its item, and what its values refer to."""
    model = item_models().get(change.item_type)
    if model is None:
        return
    yield model, change.item_id
    for one in model.recorded_fields():
        if one.related_model:
            for values in (change.before, change.after):
                if values.get(one.attname) is not None:
                    yield one.related_model, values[one.attname]


def _has_name(model: type[models.Model]) -> bool:
    return model.__str__ is not models.Model.__str__


def _references(item: models.Model) -> Iterable[tuple[type[models.Model], int]]:
    """The items that this one refers to, by type and id, without the board and people."""
    for one in type(item)._meta.concrete_fields:
        pk = getattr(item, one.attname)
        if one.related_model and pk is not None and one.related_model not in {Board, User}:
            yield one.related_model, pk


def _as_it_was(model: type[Recorded], values: dict[str, Any]) -> Recorded:
    return model(**{name: values[name] for name in values.keys() & set(model.recorded_names())})


def _moment(one: "models.Field[Any, Any]", value: str) -> Any:
    if isinstance(one, models.DateTimeField):
        return parse_datetime(value) or value
    if isinstance(one, models.DateField):
        return parse_date(value) or value
    return value
