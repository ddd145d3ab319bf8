"""Draws the regions of the workshop's page."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property

from collaboration.live import Viewer
from collaboration.marks import draw_about
from workshops import inspiring, selectors
from workshops.agenda_models import Act, AgendaItem
from workshops.agendas import AGENDAS
from workshops.allowing import acts_of
from workshops.chart import chart_of
from workshops.decided import by_status, decided
from workshops.mine import STAMP, stamp_of
from workshops.models import Participant, Phase, Workshop
from workshops.page.regions import (
    AGENDA,
    BOARD,
    CHART,
    COLUMNS,
    DECISIONS,
    HEAD,
    INSPIRATION,
    NOW,
    PARTICIPANTS,
    PROPOSALS,
)

SECTIONS = {
    INSPIRATION: "workshops/_inspiration.html",
    AGENDA: "workshops/_agenda.html",
    COLUMNS: "workshops/_columns.html",
    PROPOSALS: "workshops/_proposals.html",
    CHART: "workshops/_chart.html",
    PARTICIPANTS: "workshops/_participants.html",
    DECISIONS: "workshops/_decisions.html",
}


ADDING = {
    "add-agenda": "workshops/_add_agenda_item.html",
    "add-proposal": "workshops/_add_proposal.html",
    "add-action": "workshops/_add_action.html",
    "add-participant": "workshops/_add_participant.html",
}
"""The doors to new items: what Cancel puts back."""


class Drawing:
    """Draws regions of one workshop for one kind of viewer, loading only what they show."""

    def __init__(self, workshop: Workshop, viewer: Viewer) -> None:
        self.workshop = workshop
        self.viewer = viewer

    def draw(self, name: str) -> str | None:
        """The HTML of a region, or None when there is no such region (any more)."""
        whole = {BOARD: self._board, HEAD: self._head, NOW: self._now, STAMP: self._stamp}
        if name in whole:
            return whole[name]()
        if name in SECTIONS:
            return self.section(name)
        if name in ADDING:
            return self._render(ADDING[name])
        kind, _, key = name.rpartition("-")
        if not key.isdecimal() or kind not in self._pieces:
            return draw_about(self.workshop, name, self.viewer)
        return self._pieces[kind](int(key))

    @property
    def _pieces(self) -> dict[str, Callable[[int], str | None]]:
        """What draws `kind-<number>`."""
        return {
            "contributions": self._column,
            "add-contribution": lambda key: self._column(key, "workshops/_add_contribution.html"),
            "contribution": self._contribution,
            "proposal": self._proposal,
            "participant": self._participant,
            "action": self._action,
            "agenda": self._agenda_item,
        }

    def section(self, name: str) -> str:
        parts: dict[str, Callable[[], dict[str, Any]]] = {
            COLUMNS: lambda: {"columns": self.columns},
            PROPOSALS: lambda: {"rated": self.rated},
            CHART: lambda: {
                "chart": chart_of(self.rated),
                "ranking": selectors.ranking(self.rated),
            },
            PARTICIPANTS: lambda: {"departments": selectors.departments_of(self.workshop)},
            DECISIONS: lambda: {"statuses": by_status(selectors.actions_of(self.workshop))},
            INSPIRATION: lambda: {"cases": list(inspiring.shown_cases(self.workshop))},
            AGENDA: lambda: {"agenda": self.plan, "agendas": AGENDAS.values()},
        }
        return self._render(SECTIONS[name], **parts[name]())

    @cached_property
    def columns(self) -> list[selectors.Column]:
        return selectors.columns_of(self.workshop)

    @cached_property
    def rated(self) -> list[selectors.RatedProposal]:
        return selectors.rated_proposals(self.workshop)

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        return list(AgendaItem.objects.filter(board=self.workshop.pk))

    @cached_property
    def plan(self) -> selectors.Plan:
        return selectors.plan_of(self.workshop, self.agenda)

    @cached_property
    def may(self) -> dict[str, bool]:
        """What this kind of viewer may do now, by the name of the act."""
        if self.viewer.can_edit:
            return {act.value: True for act in Act}
        opened = acts_of(self.agenda) if self.viewer.can_comment else frozenset()
        return {act.value: act in opened for act in Act}

    def _board(self) -> str:
        sections = {name: self.section(name) for name in SECTIONS}
        return self._render("workshops/_workshop_board.html", sections=sections)

    def _head(self) -> str:
        order = list(Phase)
        now = order.index(Phase(self.workshop.phase))
        phases = [(phase, index < now, index == now) for index, phase in enumerate(order)]
        context = {"phases": phases, "agenda": self.agenda}
        return self._render("workshops/_workshop_head.html", **context)

    def _now(self) -> str:
        running = next((item for item in self.agenda if item.is_running), None)
        has_begun = any(item.started_at for item in self.agenda)
        context = {"agenda": self.agenda, "running": running, "has_begun": has_begun}
        return self._render("workshops/_workshop_now.html", **context)

    def _stamp(self) -> str:
        return self._render(
            "workshops/_mine_stamp.html", stamp=stamp_of(self.workshop, self.agenda)
        )

    def _agenda_item(self, pk: int) -> str | None:
        row = next((row for row in self.plan.rows if row.item.pk == pk), None)
        return self._render("workshops/_agenda_item.html", row=row) if row else None

    def _column(self, key: int, template: str = "workshops/_contributions.html") -> str | None:
        column = next((column for column in self.columns if column.key == key), None)
        return self._render(template, column=column) if column else None

    def _contribution(self, pk: int) -> str | None:
        item = selectors.contributions_of(self.workshop).filter(pk=pk).first()
        return self._render("workshops/_contribution.html", item=item) if item else None

    def _proposal(self, pk: int) -> str | None:
        rated = next((rated for rated in self.rated if rated.proposal.pk == pk), None)
        return self._render("workshops/_proposal.html", one=rated) if rated else None

    def _participant(self, pk: int) -> str | None:
        person = Participant.objects.filter(board=self.workshop.pk, pk=pk).first()
        return self._render("workshops/_participant.html", person=person) if person else None

    def _action(self, pk: int) -> str | None:
        found = decided(selectors.actions_of(self.workshop).filter(pk=pk))
        return self._render("workshops/_action.html", one=found[0]) if found else None

    def _render(self, template: str, **context: Any) -> str:
        base = {
            "workshop": self.workshop,
            "viewer": self.viewer,
            "may": self.may,
            "marks": range(1, 6),
            # The same piece goes to viewers in every time zone, so hours are the server's.
            "zone": timezone.get_default_timezone(),
        }
        return render_to_string(template, {**base, **context})
