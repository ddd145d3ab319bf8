"""Simultaneous edits of one item, merged field by field.

A form carries the values its user saw. Only fields that the user changed are written; where
somebody else changed the same field meanwhile, both values are shown and nothing is lost.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from collaboration.editing import Refused


@dataclass(frozen=True)
class Clash:
    """One field that two people changed at once."""

    name: str
    label: str
    mine: Any
    theirs: Any


class MergeForm(forms.ModelForm[Any]):
    """A model form that knows what its user saw when it was opened.

    `instance` must be loaded inside the edit, so that it is what the database holds now.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = {name: self._stored(name) for name in self.fields}
        for field in self.fields.values():
            field.show_hidden_initial = True

    def _stored(self, name: str) -> Any:
        return self.fields[name].prepare_value(self.initial.get(name))

    def seen(self, name: str) -> Any:
        """The value that the user saw, or what is stored when the form does not say; of a new
        item nothing is stored, so what its form began with was chosen by whoever sends it."""
        key = self.add_initial_prefix(name)
        if key not in self.data or self.instance.pk is None:
            return self.now[name]
        widget = self.fields[name].hidden_widget()
        return widget.value_from_datadict(self.data, self.files, key)

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields that this user changed since they saw them."""
        return [name for name in self.fields if self._was_changed(name)]

    def _was_changed(self, name: str) -> bool:
        if not {self.add_prefix(name), self.add_initial_prefix(name)} & self.data.keys():
            # The form that was sent does not have this field.
            return False
        field, sent = self.fields[name], self[name].data
        return bool(_comparable(field, self.seen(name)) != _comparable(field, sent))

    def _post_clean(self) -> None:
        """Keep what is stored in every field that this user did not change."""
        for name in self.cleaned_data.keys() - set(self.changed_data):
            # A relation to many is no attribute of a row; it is written after the row, or not.
            many = isinstance(self.fields[name], forms.ModelMultipleChoiceField)
            if not many and hasattr(self.instance, name):
                self.cleaned_data[name] = getattr(self.instance, name)
        super()._post_clean()  # type: ignore[misc]

    def written(self, name: str) -> Any:
        """The value as its user wrote it, in the unit in which the form shows it."""
        return self.cleaned_data[name]

    def clashes(self) -> list[Clash]:
        """The fields that both this user and somebody else changed, to different values."""
        return [
            Clash(
                name,
                str(self[name].label),
                _in_words(self.fields[name], self.written(name)),
                _in_words(self.fields[name], self.now[name]),
            )
            for name in self.changed_data
            if name in self.cleaned_data and self._clashes(name)
        ]

    def _clashes(self, name: str) -> bool:
        field = self.fields[name]
        seen, now, mine = (
            _comparable(field, value)
            for value in (self.seen(name), self.now[name], self.written(name))
        )
        return bool(now not in (seen, mine))

    def retry(self) -> "MergeForm":
        """The same form with this user's text, having now seen the others' values."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in self.fields:
            now = self.now[name] if self.now[name] is not None else ""
            data.setlist(self.add_initial_prefix(name), now if isinstance(now, list) else [now])
        return self.again(data)

    def again(self, data: Any) -> "MergeForm":
        """A form like this one for other data."""
        return type(self)(data, instance=self.instance, prefix=self.prefix)


def merged(
    editing: AbstractContextManager[Any],
    form_class: type[MergeForm],
    data: Any,
    *,
    save: Callable[[Any], None],
) -> tuple[MergeForm, list[Clash]]:
    """The form of a library's row with what was sent, and where it clashes; saved where it fits.

    `editing` yields the row as it is stored, in a transaction of its own.
    """
    with editing as present:
        form = form_class(data, instance=present)
        clashes = form.clashes() if form.is_valid() else []
        if not form.errors and not clashes:
            try:
                save(form.instance)
            except Refused as reason:
                form.add_error(None, str(reason))
        if form.errors or clashes:
            transaction.set_rollback(True)
    return (form.retry() if clashes else form), clashes


def _comparable(field: forms.Field, value: Any) -> Any:
    """A value in its field's own type, whether it came from a page or from the database."""
    try:
        value = field.to_python(field.prepare_value(value))
    except ValidationError:
        return value
    # Browsers send every line break as two characters; programs store one.
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _in_words(field: forms.Field, value: Any) -> Any:
    """A value as people read it: of a choice its label, of a tick yes or no."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): label for key, label in field.widget.choices}
        return labels.get(str(field.prepare_value(value)), "")
    return value
