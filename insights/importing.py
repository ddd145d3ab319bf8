"""Insights out of spreadsheets into the library: all of them or none, taken back as one."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collaboration.importing.kinds import (
    Cells,
    Choice,
    Field,
    ImportKind,
    Session,
    Target,
    WrongCells,
)
from collaboration.importing.models import Import
from collaboration.importing.validity import require_valid
from collaboration.importing.words import plain
from insights.models import Evidence, Insight, Source
from insights.services import language_of
from insights.spreadsheet import FIELDS, names_in, understood
from journeys.models import Persona
from teams.access import Actor
from teams.forms import NameField
from teams.models import Workspace

REFUSE, CREATE = "refuse", "create"
NOT_SAID = ("workspace", "source", "interview", "ladder", "created_by", "found_by")
AT_ONCE = 500


@dataclass
class Draft:
    """An insight to be; its source by name, as it may not be there yet."""

    item: Insight
    source: str = ""
    source_kind: str = ""
    personas: list[Persona] = field(default_factory=list)


class InsightSession(Session):
    def __init__(self, target: Target, by: Actor) -> None:
        self.workspace, self.options, self.by = target.workspace, target.options, by
        self.language = language_of(self.workspace, by)
        ours: Any = {"workspace": self.workspace}
        self.sources = {plain(one.name): one for one in Source.objects.filter(**ours)}
        self.personas = {plain(one.name): one for one in Persona.objects.filter(**ours)}
        said = Insight.objects.filter(**ours).values_list("quote", "text")
        self.present = {_same(quote, text) for quote, text in said.iterator(2_000)}

    # --- One row -----------------------------------------------------------------------------
    def draft(self, cells: Cells) -> Draft:
        wrong: dict[str, str] = {}
        draft = Draft(Insight(workspace=self.workspace, created_by=self.by.user))
        draft.item.language = self.language
        draft.source = self._source(cells.get("source", ""), wrong)
        draft.personas = self._personas(cells.get("personas", ""), wrong)
        try:
            values = understood(cells)
            draft.source_kind = values.pop("source_kind", "")
            for key, value in values.items():
                setattr(draft.item, key, value)
            require_valid(draft.item, exclude=NOT_SAID)
        except WrongCells as reason:
            wrong |= reason.words
        if not (cells.get("quote") or cells.get("text")):
            wrong[""] = _("Write a quote, an insight in your words, or both.")
        if wrong:
            raise WrongCells(wrong)
        return draft

    def _source(self, name: str, wrong: dict[str, str]) -> str:
        clean = NameField().to_python(name) or ""
        if clean and plain(clean) not in self.sources and self.options.get("sources") != CREATE:
            wrong["source"] = _("There is no source “%(name)s”.") % {"name": clean[:60]}
        if len(clean) > 80:
            words = _("“%(name)s…” is too long: at most %(most)s letters.")
            wrong["source"] = words % {"name": clean[:40], "most": 80}
        return clean

    def _personas(self, text: str, wrong: dict[str, str]) -> list[Persona]:
        found, unknown = names_in(text, self.personas)
        if unknown:
            wrong["personas"] = _("There is no persona “%(name)s”.") % {"name": unknown[0][:60]}
        return found

    def key(self, draft: Draft) -> Hashable:
        return _same(draft.item.quote, draft.item.text)

    def is_there(self, key: Hashable) -> bool:
        return key in self.present

    # --- All of them -------------------------------------------------------------------------
    def crowded(self, drafts: Sequence[Draft]) -> list[str]:
        return []

    def write(self, drafts: Sequence[Draft], alive: Callable[[], None]) -> dict[str, Any]:
        made = self._sources_of(drafts)
        ids: list[int] = []
        for begin in range(0, len(drafts), AT_ONCE):
            some = drafts[begin : begin + AT_ONCE]
            for draft in some:
                draft.item.source = self.sources.get(plain(draft.source))
            items = Insight.objects.bulk_create(draft.item for draft in some)
            ids += [item.pk for item in items]
            _give_personas(some)
            alive()
        return {
            "made": len(ids),
            "ids": ids,
            "source_ids": [source.pk for source in made],
            "sources": [source.name for source in made],
        }

    def _sources_of(self, drafts: Sequence[Draft]) -> list[Source]:
        """The sources that these name and that are not there yet, written."""
        wanted: dict[str, Source] = {}
        for draft in drafts:
            name = plain(draft.source)
            if name and name not in self.sources and name not in wanted:
                kind = draft.source_kind or Source.Kind.INTERVIEW
                wanted[name] = Source(workspace=self.workspace, name=draft.source, kind=kind)
        made = list(Source.objects.bulk_create(wanted.values()))
        self.sources |= {plain(source.name): source for source in made}
        return made


def _give_personas(drafts: Sequence[Draft]) -> None:
    through: Any = Insight.personas.through
    through.objects.bulk_create(
        through(insight_id=draft.item.pk, persona_id=persona.pk)
        for draft in drafts
        for persona in {one.pk: one for one in draft.personas}.values()
    )


def _same(quote: str, text: str) -> int:
    """Two insights of the same words are the same; the words themselves are not kept."""
    return hash((plain(quote), plain(text)))


class InsightImport(ImportKind):
    key: ClassVar[str] = "insights"
    title: ClassVar[Any] = gettext_lazy("Insights")
    on_board: ClassVar[bool] = False
    fields: ClassVar[tuple[Field, ...]] = FIELDS

    def missing(self, columns: Any) -> list[Field]:
        given = set(columns)
        return [] if given & {"quote", "text"} else [self.fields[0]]

    def choices(self, target: Target) -> list[Choice]:
        return [
            Choice(
                "sources",
                gettext_lazy("Sources that the workspace does not have"),
                (
                    (REFUSE, gettext_lazy("Say so as an error")),
                    (CREATE, gettext_lazy("Add them to its sources")),
                ),
            )
        ]

    @contextmanager
    def session(self, target: Target, *, by: Actor, writing: bool) -> Iterator[InsightSession]:
        if not writing:
            yield InsightSession(target, by)
            return
        with transaction.atomic():
            # Two imports of the same file at once do not bring its rows twice.
            Workspace.objects.select_for_update(no_key=True).get(pk=target.workspace.pk)
            list(Source.objects.select_for_update(no_key=True).filter(workspace=target.workspace))
            yield InsightSession(target, by)

    def take_back(self, done: Import, *, by: Actor) -> str:
        """Delete what is as it was brought; what is used or was changed since stays, and so does
        a source that interviews name."""
        ids = done.outcome.get("ids", [])
        brought = Insight.objects.select_for_update(no_key=True).filter(
            pk__in=ids, workspace=done.workspace_id
        )
        untouched = set(
            brought.filter(updated_at__lte=done.applied_at).values_list("pk", flat=True)
        )
        used = set(Evidence.objects.filter(insight__in=untouched).values_list("insight", flat=True))
        gone = sorted(untouched - used)
        for begin in range(0, len(gone), AT_ONCE):
            Insight.objects.filter(pk__in=gone[begin : begin + AT_ONCE]).delete()
        sources = Source.objects.filter(
            pk__in=done.outcome.get("source_ids", []), workspace=done.workspace_id
        )
        sources.filter(insights=None, interviews=None).delete()
        kept = Insight.objects.filter(pk__in=ids, workspace=done.workspace_id).count()
        if not kept:
            return ""
        words = ngettext(
            "%(count)s insight is on a map or was changed since, so it stays.",
            "%(count)s insights are on a map or were changed since, so they stay.",
            kept,
        )
        return words % {"count": kept}

    def address(self, done: Import) -> str:
        return reverse("insights:library")

    def example(self) -> list[dict[str, str]]:
        return [
            {
                "quote": _("I gave up when I had to type my card number a third time."),
                "text": _("Typing the same thing again costs us orders."),
                "kind": str(Insight.Kind.PAIN.label),
                "source": _("Interviews in spring"),
                "tags": _("payment, checkout"),
            },
            {
                "quote": "",
                "text": _("Buyers ask a colleague before they ask us."),
                "kind": str(Insight.Kind.NEED.label),
                "source": _("Survey of new customers"),
                "tags": _("advice"),
            },
        ]
