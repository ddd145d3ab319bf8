"""The pages of walks: the list, the form on the phone, and walks side by side."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from collaboration.live import Viewer
from journeys.models import Journey, Stage
from touchpoints.models import Touchpoint
from touchpoints.side_pages import SidePage
from touchpoints.walk_compare import Comparison, walks_of
from touchpoints.walk_models import Answer, Walk, WalkStep


class WalksPage(SidePage):
    view: ClassVar[str] = "walks"
    region: ClassVar[str] = "walks"
    WHOLE: ClassVar[frozenset[str]] = frozenset({"walks"})
    shows: ClassVar[frozenset[str]] = frozenset({"walk", "walkstep"})

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return walks_html(journey, viewer)


class ComparePage(SidePage):
    """A mark tells the browser to ask again for the walks that it shows."""

    view: ClassVar[str] = "comparison"
    region: ClassVar[str] = "walks-compared-mark"
    WHOLE: ClassVar[frozenset[str]] = frozenset({"walks-compared-mark"})
    shows: ClassVar[frozenset[str]] = frozenset({"walk", "walkstep", "stage", "touchpoint"})

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return mark_html(journey)


def walks_html(journey: Journey, viewer: Viewer) -> SafeString:
    """One query, whatever the number of walks."""
    context = {"journey": journey, "viewer": viewer, "walks": walks_of(journey)}
    return render_to_string("touchpoints/_walks.html", context)


def mark_html(journey: Journey) -> SafeString:
    return render_to_string("touchpoints/_walks_mark.html", {"journey": journey})


def comparison_html(journey: Journey, comparison: Comparison, viewer: Viewer) -> SafeString:
    context = {"journey": journey, "comparison": comparison, "viewer": viewer}
    return render_to_string("touchpoints/_walk_comparison.html", context)


# --- The form ------------------------------------------------------------------------------
@dataclass(frozen=True)
class StepToWalk:
    """A form for one touchpoint; `fixed` is the touchpoint of ours that it is about. The key of a
    step that nobody has written down yet is the same each time the form is opened."""

    key: str
    step: WalkStep
    fixed: Touchpoint | None = None


@dataclass(frozen=True)
class StageToWalk:
    """A stage with what can be met there; without a stage, what was met where the map has none any
    more."""

    stage: Stage | None
    number: int
    touchpoints: list[Touchpoint]
    steps: list[StepToWalk]


class _Plan:
    """Who walks at our own company meets each touchpoint of the map; at a competitor, others."""

    def __init__(self, journey: Journey, walk: Walk) -> None:
        self.walk = walk
        rows = WalkStep.objects.filter(walk=walk).select_related("touchpoint", "stage")
        self.by_key = {step.key: step for step in rows.order_by("pk")}
        self.touchpoints = list(Touchpoint.objects.filter(board=journey.pk).order_by("position"))
        self.stages = list(Stage.objects.filter(board=journey.pk).order_by("position"))

    def places(self) -> list[StageToWalk]:
        found = [self._stage(stage, number) for number, stage in enumerate(self.stages, 1)]
        lost = [StepToWalk(key, step) for key, step in self.by_key.items()]
        return [*found, StageToWalk(None, 0, [], lost)] if lost else found

    def _stage(self, stage: Stage, number: int) -> StageToWalk:
        here = [one for one in self.touchpoints if one.stage_id == stage.pk]
        steps = [] if self.walk.competitor else [self._fixed(one) for one in here]
        added = [step for step in self.by_key.values() if step.stage_id == stage.pk]
        steps += [StepToWalk(step.key, self.by_key.pop(step.key)) for step in added]
        if not steps:
            steps = [StepToWalk(f"stage-{stage.pk}", WalkStep(stage=stage))]
        return StageToWalk(stage, number, here, steps)

    def _fixed(self, touchpoint: Touchpoint) -> StepToWalk:
        key = f"touchpoint-{touchpoint.pk}"
        step = self.by_key.pop(key, None) or WalkStep(touchpoint=touchpoint)
        return StepToWalk(key, step, touchpoint)


def walk_context(journey: Journey, walk: Walk) -> dict[str, Any]:
    """What the form shows; three queries, whatever the size of the map."""
    places = _Plan(journey, walk).places()
    return {
        "journey": journey,
        "walk": walk,
        "places": places,
        "fresh": StepToWalk("", WalkStep()),
        "count": len(places),
        "answers": Answer.choices,
        "marks": range(1, 6),
    }


# --- Found by searching ----------------------------------------------------------------------
def on_walks(step: Any, _words: str) -> str:
    """The walk of a found step, with the step in sight."""
    return address_of(step)


def address_of(step: WalkStep) -> str:
    address = reverse("touchpoints:walks_compared", args=[step.board_id])
    return f"{address}?walk={step.walk_id}#walkstep-{step.pk}"
