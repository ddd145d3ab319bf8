"""Forms of our own activities."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from journeys.models import Journey, Stage
from journeys.selectors import cell_of
from touchpoints.choices import Decision
from touchpoints.forms import ChannelField, offer_stages
from touchpoints.models import Activity, Channel


class ActivityForm(MergeForm):
    """An activity on a board; `instance` knows the board, also when it is new."""

    stage = forms.ModelChoiceField(
        label=gettext_lazy("Stage"),
        queryset=Stage.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tied to no stage"),
    )
    channel = ChannelField(
        label=gettext_lazy("Channel"), queryset=Channel.objects.none(), required=False
    )

    class Meta:
        model = Activity
        fields = [
            "title", "stage", "channel", "purpose", "hours_per_month", "cost_per_month", "owner",
            "decision", "decision_reason",
        ]  # fmt: skip
        labels = {"decision": gettext_lazy("What becomes of it")}
        help_texts = {
            "decision_reason": gettext_lazy("A decision has its reason; it stays in the history.")
        }

    def __init__(self, *args: Any, instance: Activity, **options: Any) -> None:
        options.setdefault("auto_id", f"id_activity_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)
        if "stage" in self.fields:
            offer_stages(self.fields["stage"], instance.board)
        if channel := cast("ChannelField | None", self.fields.get("channel")):
            channel.offer(instance.board.workspace_id, usual=False)
        decision = cast("forms.ChoiceField", self.fields["decision"])
        decision.choices = [("", _("Not decided")), *Decision.choices]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        decision = self.cleaned_data.get("decision")
        if decision and not self.cleaned_data.get("decision_reason"):
            self.add_error("decision_reason", _("Give the reason of the decision."))
        return cleaned

    @classmethod
    def of_new(cls, journey: Journey, data: Any = None, **values: Any) -> "ActivityForm":
        return cls(data, instance=Activity(board=journey), initial=values)

    @property
    def region(self) -> str:
        """The cell of a map to draw again when the form is cancelled there."""
        return cell_of(self.instance, "activities")

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("decision")]

    @property
    def decision_fields(self) -> list[forms.BoundField]:
        return [self["decision"], self["decision_reason"]]


class DecisionForm(ActivityForm):
    """What becomes of an activity, and why."""

    stage = None  # type: ignore[assignment]
    channel = None  # type: ignore[assignment]

    class Meta(ActivityForm.Meta):
        fields = ["decision", "decision_reason"]
