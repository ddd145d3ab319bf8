"""Insights as rows of a spreadsheet: what each column is, how a cell is said and understood.

What `said` writes, `understood` takes: in any of our languages, whoever wrote it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.importing.kinds import Field, WrongCells
from collaboration.importing.words import NotUnderstood, choice_in, plain
from insights.forms import tidied
from insights.models import MOST_TAGS, Insight, InsightKind, SourceKind

SEVERAL = re.compile(r"[,;\n]")
Language = models.TextChoices(  # type: ignore[call-overload]
    "Language", {code.upper(): (code, name) for code, name in settings.LANGUAGES}
)
CHOICES: dict[str, Any] = {
    "kind": InsightKind, "strength": Insight.Strength, "language": Language,
    "source_kind": SourceKind,
}  # fmt: skip
NAMED = ("source", "source_kind", "personas")


def _field(name: str, *also: str) -> Field:
    title = capfirst(Insight._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return Field(name, title, also=also)


FIELDS = (
    _field("quote", "quote", "citat", "citaat", "verbatim", "customer quote"),
    _field("text", "insight", "indsigt", "insikt", "inzicht", "finding", "note"),
    _field("kind", "type", "art", "soort"),
    _field("source", "kilde", "källa", "bron"),
    Field("source_kind", gettext_lazy("Kind of source")),
    _field("strength", "confidence", "evidence", "styrke", "styrka", "sterkte"),
    _field("tags", "keywords", "labels", "emner", "etiketter", "trefwoorden"),
    _field("personas", "persona"),
    _field("language", "sprog", "språk", "taal"),
)


# --- Out -------------------------------------------------------------------------------------
def rows_of(insights: "QuerySet[Insight]") -> Iterator[list[Any]]:
    """The headings, and each insight in the language in force."""
    yield [str(field.title) for field in FIELDS]
    whole = insights.select_related("source").prefetch_related("personas")
    for insight in whole.iterator(chunk_size=500):
        yield [_said(insight, field.key) for field in FIELDS]


def _said(insight: Insight, key: str) -> str:
    if key == "source":
        return insight.source.name if insight.source else ""
    if key == "source_kind":
        return str(insight.source.get_kind_display()) if insight.source else ""
    if key == "tags":
        return ", ".join(insight.tags)
    if key == "personas":
        return "\n".join(persona.name for persona in insight.personas.all())
    value = getattr(insight, key)
    if key in CHOICES:
        return str(dict(CHOICES[key].choices).get(value, ""))
    return str(value)


# --- In --------------------------------------------------------------------------------------
def understood(cells: Mapping[str, str]) -> dict[str, Any]:
    """The plain values of an insight, and the kind of its source; raises WrongCells."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for key, text in cells.items():
        try:
            if key in CHOICES:
                values[key] = choice_in(CHOICES[key], text)
            elif key == "tags":
                values[key] = _tags(text)
            elif key not in NAMED:
                values[key] = text
        except NotUnderstood as reason:
            wrong[key] = str(reason)
    if wrong:
        raise WrongCells(wrong)
    return values


def _tags(text: str) -> list[str]:
    tags = tidied(SEVERAL.split(text))
    if len(tags) > MOST_TAGS:
        raise NotUnderstood(_("An insight has at most %(most)s tags.") % {"most": MOST_TAGS})
    return tags


def names_in(text: str, known: Mapping[str, Any]) -> tuple[list[Any], list[str]]:
    """What is known of the names in a cell, and those that are not; a name may hold a comma."""
    whole = plain(text)
    if whole in known:
        return [known[whole]], []
    parts: Sequence[str] = text.split("\n")
    if all(plain(part) not in known for part in parts):
        parts = SEVERAL.split(text)
    names = [" ".join(part.split()) for part in parts if part.strip()]
    found = [known[plain(name)] for name in names if plain(name) in known]
    return found, [name for name in names if plain(name) not in known]
