"""Which regions of the workshop's page a change touches."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.functional import cached_property

from collaboration.marks import MARKS, regions_about, regions_of_comments
from collaboration.models import Change
from workshops.mine import STAMP
from workshops.models import Contribution, Proposal, Rating

HEAD = "workshop-head"
BOARD = "workshop-board"
NOW = "workshop-now"
DOOR = "door"
AGENDA = "agenda"
COLUMNS = "contributions"
CLUSTERS = "clusters"
PROPOSALS = "proposals"
ABOUT = (MARKS, "comments-")
CHART = "chart"
PARTICIPANTS = "participants"
DECISIONS = "decisions"
INSPIRATION = "inspiration"
ROUND = "round"
VOTES = "votes"
LAST_TIME = "last-time"
INVITED = "invited"

OPENING = {"started_at", "ended_at", "silent"}
"""The fields of an activity that open or close what is seen all over the board."""

FIXED = {
    "vote": {COLUMNS, VOTES},
    "scopestage": {COLUMNS, PROPOSALS},
    "cluster": {CLUSTERS, COLUMNS},
    "action": {DECISIONS},
    "showncase": {INSPIRATION},
    "workshopinvitation": {INVITED},
}


class Places:
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


def regions_of_change(change: Change, places: Places) -> set[str]:
    match change.item_type:
        case "contribution":
            return _contribution_regions(change, places)
        case "proposal":
            return _proposal_regions(change)
        case "workshop" | "round" | "participant":
            return _people_regions(change)
        case "agendaitem":
            return _agenda_regions(change)
        case "rating":
            rated = _before_and_after(change, "proposal_id", places.rated)
            return {CHART} | {f"proposal-{pk}" for pk in rated}
        case other:
            return FIXED.get(other) or regions_about(change, places.said)


def _people_regions(change: Change) -> set[str]:
    """Who has answered, which department somebody speaks for, and which ones are needed."""
    if change.item_type == "workshop":
        needs = {PARTICIPANTS} if "departments_needed" in change.after else set()
        return {HEAD, DOOR, CHART, LAST_TIME, DECISIONS, INVITED} | needs
    if change.item_type == "round":
        return {ROUND, VOTES, CHART} if change.before or change.after else {ROUND}
    if change.action == Change.Action.CREATE:
        return {NOW, PARTICIPANTS, ROUND}
    return {NOW, PARTICIPANTS, COLUMNS, ROUND} | (
        {CHART} if "department" in change.after else set()
    )


def _contribution_regions(change: Change, places: Places) -> set[str]:
    """Its column before and after; proposals and cases show the text of what they help."""
    if change.action == Change.Action.CREATE:
        return {f"contribution-{change.item_id}"}
    stages = _before_and_after(change, "stage_id", places.stages)
    found = {f"contributions-{stage or 0}" for stage in stages}
    found |= {NOW, CLUSTERS}
    if change.action == Change.Action.UPDATE and "text" in change.after:
        solving = places.solving[change.item_id]
        found |= {INSPIRATION, VOTES, *(f"proposal-{pk}" for pk in solving)}
    return found


def _proposal_regions(change: Change) -> set[str]:
    if change.action == Change.Action.UPDATE and "position" not in change.after:
        return {f"proposal-{change.item_id}", CHART, DECISIONS}
    return {PROPOSALS, CHART, DECISIONS}


def _agenda_regions(change: Change) -> set[str]:
    """What runs, and what it opens to participants, is seen all over the board."""
    values = {**change.before, **change.after}
    if not values:
        # It was touched: one more has written.
        return {NOW}
    opens = any(name.startswith("may_") or name in OPENING for name in values)
    if "about_id" in values:
        return {NOW, BOARD}
    if opens or change.action != Change.Action.UPDATE:
        return {HEAD, NOW, BOARD}
    return {HEAD, NOW, AGENDA, ROUND, INVITED}


def _before_and_after(change: Change, name: str, now: Mapping[int, Any]) -> set[Any]:
    """A field's values around a change; one that the change left alone has its present value."""
    found = {values[name] for values in (change.before, change.after) if name in values}
    return found or {now[change.item_id]} if change.item_id in now else found


def outermost(names: set[str]) -> set[str]:
    """Without regions that lie inside another one that is drawn anyway."""
    inner = {COLUMNS: ("contributions-", "contribution-"), PROPOSALS: ("proposal-",)}
    covered = tuple(prefix for outer in inner if outer in names for prefix in inner[outer])
    if BOARD in names:
        kept = {name for name in names if name == DOOR or name.startswith(ABOUT)}
        return {HEAD, NOW, STAMP, BOARD} | kept
    return {name for name in names if not name.startswith(covered)} if covered else names
