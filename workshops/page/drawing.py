"""Draws the regions of the workshop's page."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property

from collaboration.live import Viewer
from collaboration.marks import draw_about
from workshops import inspiring, selectors, standing
from workshops.agenda_models import Act, AgendaItem, AgendaKind
from workshops.agendas import AGENDAS
from workshops.allowing import acts_on_board
from workshops.chart import chart_of
from workshops.collecting_models import Cluster
from workshops.decided import by_status, decided
from workshops.invited import Invited
from workshops.joining import door_of, waiting_at
from workshops.leading import following
from workshops.mine import STAMP, running_in, stamp_of
from workshops.models import Contribution, Participant, Phase, Workshop
from workshops.page.regions import (
    AGENDA,
    BOARD,
    CHART,
    CLUSTERS,
    COLUMNS,
    DECISIONS,
    DOOR,
    HEAD,
    INSPIRATION,
    INVITED,
    LAST_TIME,
    NOW,
    PARTICIPANTS,
    PROPOSALS,
    ROUND,
    VOTES,
)
from workshops.round_models import Ask, Round
from workshops.silent import waiting_on
from workshops.since import LastTime, last_time

SECTIONS = {
    INSPIRATION: "workshops/_inspiration.html",
    AGENDA: "workshops/_agenda.html",
    ROUND: "workshops/_round.html",
    COLUMNS: "workshops/_columns.html",
    CLUSTERS: "workshops/_clusters.html",
    VOTES: "workshops/_votes.html",
    PROPOSALS: "workshops/_proposals.html",
    CHART: "workshops/_chart.html",
    PARTICIPANTS: "workshops/_participants.html",
    INVITED: "workshops/_invited.html",
    DECISIONS: "workshops/_decisions.html",
    LAST_TIME: "workshops/_since.html",
}


ADDING = {
    "add-agenda": "workshops/_add_agenda_item.html",
    "add-cluster": "workshops/_add_cluster.html",
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
        whole = {
            BOARD: self._board,
            HEAD: self._head,
            NOW: self._now,
            STAMP: self._stamp,
            DOOR: self._door,
        }
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
            "cluster": self._cluster,
            "discussion": self._discussion,
            "proposal": self._proposal,
            "participant": self._participant,
            "action": self._action,
            "agenda": self._agenda_item,
        }

    def section(self, name: str) -> str:
        parts: dict[str, Callable[[], dict[str, Any]]] = {
            COLUMNS: lambda: {"columns": self.columns},
            CLUSTERS: lambda: {"clusters": self.clusters},
            PROPOSALS: lambda: {"rated": self.rated},
            ROUND: lambda: {"waiting": standing.waiting_rounds(self.rounds, self.agenda)},
            VOTES: lambda: {
                "voted": standing.most_voted(self.columns),
                "vote_round": standing.last_revealed(self.rounds, Ask.VOTE),
            },
            CHART: lambda: {
                "chart": chart_of(self.rated, linked=True),
                "ranking": selectors.ranking(self.rated),
                "disputed": selectors.to_talk_about(self.rated),
                "rate_round": standing.last_revealed(self.rounds, Ask.RATE),
            },
            PARTICIPANTS: self._participants,
            LAST_TIME: lambda: {"last": self.last_time},
            DECISIONS: lambda: {"statuses": by_status(selectors.actions_of(self.workshop))},
            INSPIRATION: lambda: {"cases": list(inspiring.shown_cases(self.workshop))},
            INVITED: self._invited,
            AGENDA: lambda: {"agenda": self.plan, "agendas": AGENDAS.values()},
        }
        return self._render(SECTIONS[name], **parts[name]())

    @property
    def last_time(self) -> LastTime | None:
        """What a follow-up opens with; another board's, and so nothing for guests."""
        if self.workshop.follows_id is None or self.viewer.is_guest:
            return None
        return last_time(self.workshop)

    @cached_property
    def columns(self) -> list[selectors.Column]:
        return selectors.columns_of(self.workshop)

    @cached_property
    def clusters(self) -> list[tuple[Cluster, list[Contribution]]]:
        """The groups with what is in them, in the order of the board."""
        found: dict[int, tuple[Cluster, list[Contribution]]] = {
            one.pk: (one, []) for one in Cluster.objects.filter(board=self.workshop.pk)
        }
        for column in self.columns:
            for item in column.contributions:
                if item.cluster_id in found:
                    found[item.cluster_id][1].append(item)
        return list(found.values())

    @cached_property
    def rated(self) -> list[selectors.RatedProposal]:
        return selectors.rated_proposals(self.workshop)

    @cached_property
    def rounds(self) -> list[Round]:
        return standing.rounds_of(self.workshop)

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
        opened = acts_on_board(self.agenda) if self.viewer.can_comment else frozenset()
        return {act.value: act in opened for act in Act}

    @cached_property
    def offers(self) -> dict[str, bool]:
        """Which of these acts the board offers by buttons of their own: those of the running
        activity. Who leads finds the others in menus."""
        running = running_in(self.agenda)
        asked = running.allowed if running else [] if self.agenda else list(Act)
        return {act.value: self.may[act.value] and act in asked for act in Act}

    def _board(self) -> str:
        sections = {name.replace("-", "_"): self.section(name) for name in SECTIONS}
        return self._render("workshops/_workshop_board.html", sections=sections)

    def _invited(self) -> dict[str, Any]:
        """Who was invited is for those who lead."""
        if not self.viewer.can_edit:
            return {}
        invited = Invited.to(self.workshop, self.agenda)
        return {"invitations": invited.rows, "invited": invited}

    def _head(self) -> str:
        order = list(Phase)
        now = order.index(Phase(self.workshop.phase))
        phases = [(phase, index < now, index == now) for index, phase in enumerate(order)]
        context = {"phases": phases, "agenda": self.agenda}
        return self._render("workshops/_workshop_head.html", **context)

    def _now(self) -> str:
        running = running_in(self.agenda)
        has_begun = any(item.started_at for item in self.agenda)
        context = {
            "agenda": self.agenda,
            "running": running,
            "has_begun": has_begun,
            "about": self.about(running),
            "following": following(self.agenda, running),
            "waiting": waiting_on(self.workshop),
            "participant_count": Participant.objects.filter(board=self.workshop.pk).count(),
        }
        return self._render("workshops/_workshop_now.html", **context)

    def about(self, running: AgendaItem | None) -> Contribution | None:
        """The problem that everybody looks at now."""
        if running is None or running.about_id is None:
            return None
        found = selectors.contributions_of(self.workshop).select_related("stage")
        return found.filter(pk=running.about_id).first()

    def _stamp(self) -> str:
        return self._render(
            "workshops/_mine_stamp.html", stamp=stamp_of(self.workshop, self.agenda)
        )

    def _participants(self) -> dict[str, Any]:
        departments = selectors.departments_of(self.workshop)
        missing = selectors.departments_missing(self.workshop, departments)
        return {"departments": departments, "missing": missing}

    def _door(self) -> str:
        """For those who lead; nothing of it is drawn for others."""
        context: dict[str, Any] = {}
        if self.viewer.can_edit and not self.viewer.is_guest:
            context = {"door": door_of(self.workshop), "waiting": waiting_at(self.workshop)}
        return self._render("workshops/_door.html", **context)

    def _agenda_item(self, pk: int) -> str | None:
        row = next((row for row in self.plan.rows if row.item.pk == pk), None)
        return self._render("workshops/_agenda_item.html", row=row) if row else None

    def _column(self, key: int, template: str = "workshops/_contributions.html") -> str | None:
        column = next((column for column in self.columns if column.key == key), None)
        return self._render(template, column=column) if column else None

    def _contribution(self, pk: int) -> str | None:
        item = selectors.contributions_of(self.workshop).filter(pk=pk).first()
        return self._render("workshops/_contribution.html", item=item) if item else None

    def _cluster(self, pk: int) -> str | None:
        found = next((one for one in self.clusters if one[0].pk == pk), None)
        if found is None:
            return None
        return self._render("workshops/_cluster.html", cluster=found[0], notes=found[1])

    def _discussion(self, pk: int) -> str | None:
        item = selectors.contributions_of(self.workshop).filter(pk=pk).first()
        return self._render("workshops/_discussion.html", item=item) if item else None

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
        running = running_in(self.agenda)
        base = {
            "workshop": self.workshop,
            "viewer": self.viewer,
            "may": self.may,
            "offers": self.offers,
            "about_id": running and running.about_id,
            "is_grouping": running is not None and running.kind == AgendaKind.GROUP,
            "marks": range(1, 6),
            # The same piece goes to viewers in every time zone, so hours are the server's.
            "zone": timezone.get_default_timezone(),
        }
        return render_to_string(template, {**base, **context})
