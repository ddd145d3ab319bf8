"""The workshop's board as regions that can be drawn one by one."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property

from collaboration.live import BoardPage, Viewer
from collaboration.marks import MARKS, draw_about, regions_about, regions_of_comments
from collaboration.models import Board, Change
from collaboration.undo import undo_region
from workshops import selectors
from workshops.agenda_models import Act, AgendaItem
from workshops.agendas import AGENDAS
from workshops.allowing import acts_of
from workshops.chart import chart_of
from workshops.models import Contribution, Participant, Phase, Proposal, Rating, Workshop

HEAD = "workshop-head"
BOARD = "workshop-board"
NOW = "workshop-now"
AGENDA = "agenda"
COLUMNS = "contributions"
PROPOSALS = "proposals"
ABOUT = (MARKS, "comments-")
CHART = "chart"
PARTICIPANTS = "participants"
DECISIONS = "decisions"

SECTIONS = {
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


class WorkshopPage(BoardPage):
    kind: ClassVar[str] = Workshop.KIND
    WHOLE: ClassVar[frozenset[str]] = frozenset({HEAD, NOW, BOARD, MARKS})

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        places = _Places(changes)
        found: set[str] = set()
        for change in changes:
            found |= _regions_of(change, places)
        return _outermost(found)

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        drawing = Drawing(cast(Workshop, board), viewer)
        wanted = regions | {HEAD, NOW} if BOARD in regions else regions
        drawn = {name: drawing.draw(name) for name in sorted(wanted)}
        return {name: html for name, html in drawn.items() if html is not None}

    def personal(self, request: HttpRequest, board: Board) -> dict[str, str]:
        return undo_region(request, board)


# --- Which regions a change touches --------------------------------------------------------
FIXED = {
    "workshop": {HEAD},
    "scopestage": {COLUMNS, PROPOSALS},
    "participant": {PARTICIPANTS, COLUMNS},
    "action": {DECISIONS},
}


class _Places:
    """Where changed items stand now, looked up with one query an item type."""

    def __init__(self, changes: list[Change]) -> None:
        self._changes = changes

    def _updated(self, item_type: str) -> list[int]:
        return [
            change.item_id
            for change in self._changes
            if change.item_type == item_type and change.action == Change.Action.UPDATE
        ]

    @cached_property
    def stages(self) -> dict[int, int | None]:
        """The stage of each changed contribution that is still there."""
        present = Contribution.objects.filter(pk__in=self._updated("contribution"))
        return dict(present.values_list("pk", "stage_id"))

    @cached_property
    def rated(self) -> dict[int, int]:
        """The proposal of each changed rating that is still there."""
        present = Rating.objects.filter(pk__in=self._updated("rating"))
        return dict(present.values_list("pk", "proposal_id"))

    @cached_property
    def said(self) -> dict[int, str]:
        """The region of each changed comment."""
        return regions_of_comments(self._updated("comment"))

    @cached_property
    def solving(self) -> dict[int, set[int]]:
        """The proposals that solve each changed contribution."""
        found: dict[int, set[int]] = defaultdict(set)
        proposals = Proposal.objects.filter(solves__in=self._updated("contribution"))
        for proposal, contribution in proposals.values_list("pk", "solves"):
            found[contribution].add(proposal)
        return found


def _regions_of(change: Change, places: _Places) -> set[str]:
    match change.item_type:
        case "contribution":
            return _contribution_regions(change, places)
        case "proposal":
            return _proposal_regions(change)
        case "agendaitem":
            return _agenda_regions(change)
        case "rating":
            rated = _before_and_after(change, "proposal_id", places.rated)
            return {CHART} | {f"proposal-{pk}" for pk in rated}
        case other:
            return FIXED.get(other) or regions_about(change, places.said)


def _contribution_regions(change: Change, places: _Places) -> set[str]:
    """Its column before and after; a proposal shows the text of what it solves."""
    stages = _before_and_after(change, "stage_id", places.stages)
    found = {f"contributions-{stage or 0}" for stage in stages}
    if change.action == Change.Action.UPDATE and "text" in change.after:
        found |= {f"proposal-{pk}" for pk in places.solving[change.item_id]}
    return found


def _proposal_regions(change: Change) -> set[str]:
    if change.action == Change.Action.UPDATE and "position" not in change.after:
        return {f"proposal-{change.item_id}", CHART, DECISIONS}
    return {PROPOSALS, CHART, DECISIONS}


def _agenda_regions(change: Change) -> set[str]:
    """What runs, and what it opens to participants, is seen all over the board."""
    values = {**change.before, **change.after}
    opens = any(name.startswith("may_") for name in values)
    if opens or change.action != Change.Action.UPDATE or "started_at" in values:
        return {HEAD, NOW, BOARD}
    return {NOW, AGENDA, HEAD} if "ended_at" not in values else {HEAD, NOW, BOARD}


def _before_and_after(change: Change, name: str, now: Mapping[int, Any]) -> set[Any]:
    """A field's values around a change; one that the change left alone has its present value."""
    found = {values[name] for values in (change.before, change.after) if name in values}
    return found or {now[change.item_id]} if change.item_id in now else found


def _outermost(names: set[str]) -> set[str]:
    """Without regions that lie inside another one that is drawn anyway."""
    inner = {COLUMNS: "contributions-", PROPOSALS: "proposal-"}
    covered = tuple(prefix for outer, prefix in inner.items() if outer in names)
    if BOARD in names:
        return {HEAD, NOW, BOARD} | {name for name in names if name.startswith(ABOUT)}
    return {name for name in names if not name.startswith(covered)} if covered else names


# --- Drawing -------------------------------------------------------------------------------
class Drawing:
    """Draws regions of one workshop for one kind of viewer, loading only what they show."""

    def __init__(self, workshop: Workshop, viewer: Viewer) -> None:
        self.workshop = workshop
        self.viewer = viewer

    def draw(self, name: str) -> str | None:
        """The HTML of a region, or None when there is no such region (any more)."""
        whole = {BOARD: self._board, HEAD: self._head, NOW: self._now}
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
            DECISIONS: lambda: {"actions": selectors.actions_of(self.workshop)},
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
        action = selectors.actions_of(self.workshop).filter(pk=pk).first()
        return self._render("workshops/_action.html", action=action) if action else None

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
