"""Earlier versions of personas: each change keeps what was, and can be looked at and put back."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from journeys.models import Persona, PersonaVersion
from teams.access import Actor

FIELDS = (
    "name", "segment", "quote", "summary", "goals", "pains", "gains", "behaviours", "colour",
    "portrait",
)  # fmt: skip
MOST_VERSIONS = 200


@dataclass(frozen=True)
class Field:
    """One field of a persona, in an earlier version and in a later one."""

    name: str
    label: str
    then: Any
    now: Any

    @property
    def differs(self) -> bool:
        return bool(self.then != self.now)


@dataclass
class EarlierVersion:
    """A version, with what the change that replaced it did."""

    version: PersonaVersion
    changed: list[Field]


def values_of(persona: Persona) -> dict[str, Any]:
    return {name: getattr(persona, name) for name in FIELDS}


def keep_version(persona: Persona, before: dict[str, Any], *, by: Actor) -> None:
    """Keep what a persona was, unless it is the same still; only the newest 200 are kept."""
    present = Persona.objects.get(pk=persona.pk)
    if values_of(present) == before:
        return
    PersonaVersion.objects.create(
        persona=present,
        values=before,
        replaced_at=timezone.now(),
        replaced_by=by.user,
        replaced_by_name=by.name,
    )
    oldest = PersonaVersion.objects.filter(persona=present).order_by("-pk")[MOST_VERSIONS:]
    PersonaVersion.objects.filter(pk__in=list(oldest.values_list("pk", flat=True))).delete()


def versions_of(persona: Persona) -> list[EarlierVersion]:
    """The earlier versions, the latest first, each with what was changed then; one query."""
    found, later = [], values_of(persona)
    for version in _rows(persona):
        changed = [field for field in compared(version.values, later) if field.differs]
        found.append(EarlierVersion(version, changed))
        later = version.values
    return found


def _rows(persona: Persona) -> QuerySet[PersonaVersion]:
    return PersonaVersion.objects.filter(persona=persona).order_by("-pk")


def compared(then: dict[str, Any], now: dict[str, Any]) -> list[Field]:
    """Every field of two versions, side by side."""
    labels = {field.name: field.verbose_name for field in Persona._meta.concrete_fields}
    return [
        Field(
            name,
            capfirst(str(labels[name])),
            then.get(name, ""),
            now.get(name, ""),
        )
        for name in FIELDS
    ]
