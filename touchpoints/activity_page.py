"""The page of our own activities: stage by stage, with what they take."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse

from collaboration.live import Viewer
from journeys.models import Journey, Stage
from touchpoints.activities import activities_of
from touchpoints.models import Activity
from touchpoints.side_pages import SidePage


@dataclass
class Group:
    """The activities of a stage, or those that are tied to none."""

    stage: Stage | None
    number: int = 0
    activities: list[Activity] = field(default_factory=list)

    @property
    def hours(self) -> float:
        """A month, of what is done today."""
        return sum(one.hours_per_month or 0 for one in self.activities if one.is_done)

    @property
    def cost(self) -> float:
        """A month, of what is done today."""
        return sum(one.cost_per_month or 0 for one in self.activities if one.is_done)


@dataclass(frozen=True)
class Effort:
    """Every stage with its activities, then those that are tied to no stage."""

    groups: list[Group]

    @property
    def hours(self) -> float:
        return sum(group.hours for group in self.groups)

    @property
    def cost(self) -> float:
        return sum(group.cost for group in self.groups)

    @property
    def count(self) -> int:
        return sum(len(group.activities) for group in self.groups)


def effort_of(journey: Journey) -> Effort:
    """Two queries, whatever the number of activities."""
    stages = Stage.objects.filter(board=journey.pk).order_by("position")
    groups: dict[int | None, Group] = {
        stage.pk: Group(stage, number) for number, stage in enumerate(stages, 1)
    }
    groups[None] = Group(None)
    for activity in activities_of(journey):
        groups[activity.stage_id].activities.append(activity)
    return Effort(list(groups.values()))


class ActivitiesPage(SidePage):
    view: ClassVar[str] = "activities"
    region: ClassVar[str] = "activities"
    WHOLE: ClassVar[frozenset[str]] = frozenset({"activities"})
    shows: ClassVar[frozenset[str]] = frozenset({"activity", "stage"})

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return activities_html(journey, effort_of(journey), viewer)


def activities_html(journey: Journey, effort: Effort, viewer: Viewer) -> str:
    context = {"journey": journey, "effort": effort, "viewer": viewer}
    return render_to_string("touchpoints/_activities.html", context)


def on_activities(item: Any, _words: str) -> str:
    """Where a found activity is shown."""
    address = reverse("touchpoints:activities", args=[item.board_id])
    return f"{address}#activity-{item.pk}"
