"""The rules that rows of a model keep, whoever writes them: those of its fields and of its forms."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from collaboration.importing.kinds import WrongCells


def require_valid(row: models.Model, *, exclude: Iterable[str]) -> None:
    """Raise WrongCells for values that a form would not take either."""
    left_out = set(exclude)
    wrong = _too_long(row, left_out)
    try:
        row.clean_fields(exclude=left_out)
    except ValidationError as error:
        wrong |= {key: " ".join(words) for key, words in error.message_dict.items()}
    if wrong:
        raise WrongCells(wrong)


def _too_long(row: Any, left_out: set[str]) -> dict[str, str]:
    """A long text has its limit in the form alone."""
    words = _("This text has %(count)s letters; at most %(most)s fit.")
    return {
        field.name: words % {"count": len(getattr(row, field.name)), "most": field.max_length}
        for field in row._meta.concrete_fields
        if isinstance(field, models.TextField)
        and field.max_length
        and field.name not in left_out
        and len(getattr(row, field.name)) > field.max_length
    }
