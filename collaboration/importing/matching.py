"""Which column means what: as it was said before, by name, or by likeness."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.importing.kinds import Field, ImportKind
from collaboration.importing.models import Import
from collaboration.importing.words import in_every_language

Find = Callable[[str], str]
ALIKE = 0.82
REMEMBERED = 30
"""How many earlier imports are looked at."""


class WrongMapping(Refused):
    """Columns that cannot mean what was said; says in words why."""


def offered(kind: ImportKind, heads: Sequence[str], remembered: dict[str, str]) -> list[str]:
    """For each column the key of a field, or nothing; no field twice."""
    free = {field.key: field for field in kind.fields}
    found = [""] * len(heads)
    for find in (_said_before(remembered), _by_name(kind), _by_likeness(kind)):
        for column, head in enumerate(heads):
            key = "" if found[column] else find(head)
            if key in free:
                found[column] = key
                del free[key]
    return found


def remembered_of(workspace_id: int, kind: ImportKind) -> dict[str, str]:
    """What columns of this workspace's files were said to mean, the newest word first."""
    earlier = Import.objects.filter(workspace=workspace_id, kind=kind.key, state="done")
    said: dict[str, str] = {}
    for table, mapping in earlier.values_list("table", "mapping")[:REMEMBERED]:
        for head, key in zip(table.get("heads", []), mapping, strict=False):
            said.setdefault(_plain(head), key)
    return said


def _said_before(remembered: dict[str, str]) -> Find:
    return lambda head: remembered.get(_plain(head), "")


def _by_name(kind: ImportKind) -> Find:
    names = _names(kind)
    return lambda head: names.get(_plain(head), "")


def _by_likeness(kind: ImportKind) -> Find:
    names = _names(kind)

    def find(head: str) -> str:
        close = get_close_matches(_plain(head), names, n=1, cutoff=ALIKE) if head else []
        return names[close[0]] if close else ""

    return find


def _names(kind: ImportKind) -> dict[str, str]:
    """Every name of every field; the first field of a name has it."""
    names: dict[str, str] = {}
    for field in kind.fields:
        for name in (field.key, *in_every_language(field.title), *field.also):
            names.setdefault(_plain(name), field.key)
    return names


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


# --- What a person says ----------------------------------------------------------------------
def require_sense(kind: ImportKind, heads: Sequence[str], mapping: Sequence[str]) -> None:
    """Raise WrongMapping for a mapping that this table and this kind do not allow."""
    if len(mapping) != len(heads):
        raise WrongMapping(_("Say of every column what it means."))
    seen: dict[str, str] = {}
    for head, key in zip(heads, mapping, strict=True):
        if not key:
            continue
        if kind.field(key) is None:
            raise WrongMapping(_("There is no field “%(name)s”.") % {"name": str(key)[:40]})
        if key in seen:
            words = _("The columns “%(first)s” and “%(second)s” cannot both be the same.")
            raise WrongMapping(words % {"first": seen[key], "second": head})
        seen[key] = head
    if missing := kind.missing(seen):
        words = _("Say which column is: %(names)s.")
        raise WrongMapping(words % {"names": _or(missing)})


def _or(fields: Sequence[Field]) -> str:
    return ", ".join(str(field.title) for field in fields)
