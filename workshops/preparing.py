"""Papers for those who come to a workshop: a sheet to prepare with, and the personas."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaboration.exporting import Options, Progress
from collaboration.models import Board
from collaboration.pictures import BROKEN, as_data_address
from insights.models import Evidence, Insight
from journeys.models import Persona
from teams.access import Actor
from workshops.agenda_models import AgendaItem
from workshops.models import ScopeStage, Workshop
from workshops.selectors import Plan, plan_of
from workshops.summary.journey import MOST_STAGES_IN_A_STRIP, Size, Strip, strips_of
from workshops.summary.look import look_of
from workshops.summary.matter import Matter
from workshops.summary.problems import Said

MOST_QUOTES = 6
MOST_PROBLEMS = 12
KNOWN_FROM = 3
"""So many insights make a stage known; below it, people are asked for what they know."""


# --- What stands in them -------------------------------------------------------------------
@dataclass(frozen=True)
class Known:
    """A stage in scope with how much we have learnt about it."""

    number: int
    title: str
    period: str
    situation: str
    insights: int

    @property
    def is_guessed(self) -> bool:
        return self.insights < KNOWN_FROM


@dataclass(frozen=True)
class PersonaPage:
    """One persona with a portrait, the way through the stages in scope, and what was said."""

    persona: Persona
    portrait: str
    strips: list[Strip]
    quotes: list[Insight]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The long texts with their headings, without those that are empty."""
        wanted = (
            (_("Goals"), self.persona.goals),
            (_("Pains"), self.persona.pains),
            (_("Gains"), self.persona.gains),
            (_("Behaviours"), self.persona.behaviours),
        )
        return [(title, text) for title, text in wanted if text]


class Preparation(Matter):
    """What somebody should know before the workshop; what is not asked for is not read."""

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.workshop, list(AgendaItem.objects.filter(board=self.workshop.pk)))

    @cached_property
    def known(self) -> list[Known]:
        """The stages in scope as they are now; two queries beyond the map."""
        heads = self.journey.heads
        stages = [head.stage.pk for head in heads]
        counted = Evidence.objects.filter(stage__in=stages).order_by().values("stage")
        rows = counted.annotate(number=Count("insight", distinct=True))
        insights = Counter({row["stage"]: row["number"] for row in rows})
        return [
            Known(
                head.number,
                head.title,
                head.stage.get_period_display(),
                head.situation,
                insights[head.stage.pk],
            )
            for head in heads
        ]

    @property
    def guessed(self) -> list[Known]:
        return [stage for stage in self.known if stage.is_guessed]

    @cached_property
    def left_over(self) -> list[Said]:
        """Problems of the workshop before this one that nobody has solved yet, in scope now."""
        if self.previous is None:
            return []
        titles = set(ScopeStage.objects.filter(board=self.workshop.pk).values_list("title", flat=True))  # fmt: skip
        left = Matter(self.previous).unsolved
        here = [one for one in left if one.item.stage is None or one.item.stage.title in titles]
        return here[:MOST_PROBLEMS]

    @cached_property
    def personas(self) -> list[PersonaPage]:
        return [self._page(persona) for persona in self.journey.personas]

    def _page(self, persona: Persona) -> PersonaPage:
        lines = [line for line in self.journey.curves if line.persona == persona]
        strips = strips_of(self.journey.heads, lines, MOST_STAGES_IN_A_STRIP, Size())
        return PersonaPage(
            persona,
            portrait_of(persona),
            strips if lines else [],
            self._quotes.get(persona.pk, [])[:MOST_QUOTES],
        )

    @cached_property
    def _quotes(self) -> dict[int, list[Insight]]:
        """What was said by customers of each kind, what we are surest of first; two queries."""
        shown = [persona.pk for persona in self.journey.personas]
        said = Insight.objects.filter(personas__in=shown).exclude(quote="").distinct()
        rows = said.select_related("source").prefetch_related("personas").order_by("-pk")
        surest_first = sorted(rows, key=lambda insight: -(insight.strength or 0))
        return {pk: [one for one in surest_first if pk in _ids(one.personas.all())] for pk in shown}


def _ids(personas: Any) -> set[int]:
    return {persona.pk for persona in personas}


def portrait_of(persona: Persona) -> str:
    """The portrait as an address that a document may hold; empty where there is none to read."""
    if not persona.portrait:
        return ""
    try:
        return as_data_address(persona.portrait)
    except BROKEN:
        return ""


# --- The files -----------------------------------------------------------------------------
SHEET, PERSONAS = "workshops/prepare/sheet.html", "workshops/prepare/personas.html"


def render_sheet(board: Board, _actor: Actor, report: Progress, _options: Options) -> bytes:
    """Two or three pages to read, and to write on, before a workshop."""
    return _render(SHEET, board, report)


def render_personas(board: Board, _actor: Actor, report: Progress, _options: Options) -> bytes:
    """The personas of the journey, each on pages of their own."""
    return _render(PERSONAS, board, report)


def _render(template: str, board: Board, report: Progress) -> bytes:
    # WeasyPrint is large and slow to load, so the web processes do without it.
    from collaboration.pdf import render_pdf

    report(5)
    html = paper_html(Workshop.objects.select_related("follows", "workspace").get(pk=board.pk), template)  # fmt: skip
    report(25)
    content = render_pdf(html)
    report(95)
    return content


def paper_html(workshop: Workshop, template: str) -> str:
    """The whole document; a constant number of queries."""
    context = {
        "language": get_language(),
        "workshop": workshop,
        "matter": Preparation(workshop),
        "look": look_of(workshop.workspace),
        "lines": range(2),
    }
    return render_to_string(template, context)
