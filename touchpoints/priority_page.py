"""The page of priorities: touchpoints ranked, each score explained, and the weights."""

from typing import Any, ClassVar

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collaboration.live import Viewer
from collaboration.merge import MergeForm
from journeys.models import Journey
from touchpoints.models import PriorityWeights
from touchpoints.priorities import PARTS, priorities_of, weights_of
from touchpoints.side_pages import SidePage


class WeightsForm(MergeForm):
    class Meta:
        model = PriorityWeights
        fields = list(PriorityWeights.PARTS)
        labels = PARTS
        widgets = {name: forms.NumberInput({"min": 0, "max": 10}) for name in PARTS}

    def __init__(self, *args: Any, instance: PriorityWeights, **options: Any) -> None:
        options.setdefault("auto_id", "id_weights_%s")
        super().__init__(*args, instance=instance, **options)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not any(self.cleaned_data.get(name) for name in PARTS):
            raise forms.ValidationError(_("At least one part has to count: give it more than 0."))
        return cleaned


class PrioritiesPage(SidePage):
    view: ClassVar[str] = "priorities"
    region: ClassVar[str] = "priorities"
    WHOLE: ClassVar[frozenset[str]] = frozenset({"priorities"})
    shows: ClassVar[frozenset[str]] = frozenset(
        {"touchpoint", "stage", "priorityweights", "goal", "activitygoal", "activity"}
    )

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        return priorities_html(journey, viewer)


def priorities_html(journey: Journey, viewer: Viewer) -> SafeString:
    """Four queries, whatever the number of touchpoints."""
    weights = weights_of(journey)
    context = {
        "journey": journey,
        "viewer": viewer,
        "weights": [(PARTS[name], weights.of(name)) for name in PriorityWeights.PARTS],
        "ranked": priorities_of(journey, weights),
    }
    return render_to_string("touchpoints/_priorities.html", context)
