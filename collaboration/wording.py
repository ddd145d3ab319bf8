"""What was recorded, in people's words: names of items, of fields and of their values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collaboration.itemtypes import Field, item_models
from collaboration.mentioning import as_text
from collaboration.models import Board, BoardItem, Change, Recorded
from collaboration.timemachine import as_it_was
from teams.models import User

Model = type[models.Model]
Wanted = Mapping[Model, Iterable[int]]

SHOWN_LENGTH = 280

_spoken: dict[tuple[str, str], Mapping[Any, Any]] = {}


def speak(item_type: str, column: str, words: Mapping[Any, Any]) -> None:
    """Say the values of a field in these words; called from AppConfig.ready()."""
    _spoken[item_type, column] = words


class Wording:
    """Names the rows that some changes speak of: one query for each type of them, and one for
    items of this board that are gone.

    `known` are items as they were at some time; they come before what is stored now.
    """

    def __init__(
        self, board_id: int, wanted: Wanted, known: Mapping[Model, dict[int, Any]] | None = None
    ) -> None:
        self.items: dict[Model, dict[int, Any]] = {
            model: dict(rows) for model, rows in (known or {}).items()
        }
        missing = self._load(wanted)
        gone = {
            (model.type_name(), pk)
            for model, ids in missing.items()
            if issubclass(model, Recorded)
            for pk in ids
        }
        if gone:
            self._rebuild(board_id, gone)
        self._load_what_names_the_nameless()

    def _load(self, wanted: Wanted) -> dict[Model, set[int]]:
        """Load what is not known yet; returns what does not exist."""
        missing: dict[Model, set[int]] = {}
        for model, ids in wanted.items():
            here = self.items.setdefault(model, {})
            if lacking := set(ids) - here.keys():
                here.update(model._base_manager.in_bulk(lacking))
                missing[model] = lacking - here.keys()
        return missing

    def _rebuild(self, board_id: int, gone: set[tuple[str, int]]) -> None:
        """Put the items that are gone beside the others, as they were when they were deleted."""
        ends = Change.objects.filter(
            board=board_id, action=Change.Action.DELETE, item_id__in=[pk for _, pk in gone]
        )
        for end in ends.order_by("version"):
            if (end.item_type, end.item_id) in gone:
                model = item_models()[end.item_type]
                self.items[model][end.item_id] = as_it_was(model, end.item_id, end.before, board_id)

    def _load_what_names_the_nameless(self) -> None:
        """An item without a name of its own is called by what it refers to: a feeling by its
        stage and persona. One query for each type that this adds."""
        wanted: dict[Model, set[int]] = defaultdict(set)
        for model, items in self.items.items():
            if not has_name(model):
                for item in items.values():
                    for other, pk in _references(item):
                        wanted[other].add(pk)
        self._load(wanted)

    def name(self, model: Model, pk: int, *, without: Iterable[Model] = ()) -> str:
        """What an item is called; a nameless one by what it refers to, `without` some of it."""
        item = self.items.get(model, {}).get(pk)
        if item is None:
            return str(pk)
        if has_name(model):
            return as_text(str(item))
        named = [(other, key) for other, key in _references(item) if other not in set(without)]
        others = (self.items.get(other, {}).get(key) for other, key in named)
        return ", ".join(str(other) for other in others if other is not None)

    def value(self, one: Field, value: Any, *, at_most: int | None = SHOWN_LENGTH) -> str:
        """A recorded value as people read it; "" for nothing."""
        if value is None or value is False or value == "":
            return ""
        if one.related_model:
            return str(self.items.get(one.related_model, {}).get(value, _("(deleted)")))
        if value is True:
            return _("yes")
        words = _spoken.get((one.model._meta.model_name or "", one.attname)) or dict(
            one.flatchoices
        )
        if words:
            return str(words.get(value, value))
        text = as_text(str(localize(_moment(one, value) if isinstance(value, str) else value)))
        return text if at_most is None or len(text) <= at_most else text[:at_most] + "…"


def label(one: Field) -> str:
    return str(capfirst(_(str(one.verbose_name))))


def is_told(one: Field) -> bool:
    """What people set in a form, and where an item lies; the rest is bookkeeping."""
    if one.related_model:
        return one.related_model not in {User, one.model}
    return bool(one.editable)


def is_text(one: Field) -> bool:
    """Whether people write its value in words of their own."""
    written = isinstance(one, models.CharField | models.TextField)
    return written and one.editable and not one.choices


def has_name(model: Model) -> bool:
    return model.__str__ is not models.Model.__str__


def _references(item: models.Model) -> Iterable[tuple[Model, int]]:
    """What this item refers to, by type and id, without the board and people: what is on the
    board comes before what is in the library."""
    found = [
        (one.related_model, getattr(item, one.attname))
        for one in type(item)._meta.concrete_fields
        if isinstance(one.related_model, type)
        and one.related_model not in {Board, User, type(item)}
    ]
    named = [(target, pk) for target, pk in found if pk is not None]
    return sorted(named, key=lambda pair: not issubclass(pair[0], BoardItem))


def _moment(one: Field, value: str) -> Any:
    if isinstance(one, models.DateTimeField):
        return parse_datetime(value) or value
    if isinstance(one, models.DateField):
        return parse_date(value) or value
    return value
