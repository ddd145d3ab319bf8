"""Forms of ranked goals, and of what serves them."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from journeys.models import Journey, Stage
from touchpoints.forms import offer_stages
from touchpoints.goal_models import Goal
from touchpoints.goals import Effort, goals_of


class GoalForm(MergeForm):
    """A goal on a board; `instance` knows the board and the side, also when it is new."""

    stage = forms.ModelChoiceField(
        label=gettext_lazy("Stage"),
        queryset=Stage.objects.none(),
        required=False,
        empty_label=gettext_lazy("The whole journey"),
    )

    class Meta:
        model = Goal
        fields = ["text", "stage"]
        widgets = {"text": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, instance: Goal, **options: Any) -> None:
        options.setdefault("auto_id", f"id_goal_{instance.pk or f'new_{instance.side}'}_%s")
        super().__init__(*args, instance=instance, **options)
        offer_stages(self.fields["stage"], instance.board)

    @classmethod
    def of_new(cls, journey: Journey, side: str, data: Any = None) -> "GoalForm":
        return cls(data, instance=Goal(board=journey, side=side))


class SeenGoals(forms.ModelMultipleChoiceField[Goal]):
    """Goals that were there when a form was opened; those that are gone now are left out."""

    def clean(self, value: Any) -> Any:
        goals = cast("QuerySet[Goal]", self.queryset)
        there = {str(pk) for pk in goals.values_list("pk", flat=True)}
        return super().clean([number for number in value or () if str(number) in there])


class ServedForm(forms.Form):
    """Which goals an effort serves; `seen` are those that it served when the form was opened."""

    goals = forms.ModelMultipleChoiceField(
        label=gettext_lazy("It serves"),
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = SeenGoals(queryset=Goal.objects.none(), required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, journey: Journey, effort: Effort, data: Any = None) -> None:
        chosen = sorted(effort.goals)
        super().__init__(data, auto_id="id_served_%s", initial={"goals": chosen, "seen": chosen})
        for name in ("goals", "seen"):
            field = cast("forms.ModelMultipleChoiceField[Goal]", self.fields[name])
            field.queryset = goals_of(journey)
            field.label_from_instance = named  # type: ignore[assignment, method-assign]

    def changes(self) -> dict[str, list[Goal]]:
        """What its user has ticked and unticked."""
        wanted = cast("QuerySet[Goal]", self.cleaned_data["goals"])
        seen = cast("QuerySet[Goal]", self.cleaned_data["seen"])
        return {
            "added": [goal for goal in wanted if goal not in seen],
            "removed": [goal for goal in seen if goal not in wanted],
        }


def named(goal: Goal) -> str:
    return f"{goal.get_side_display()}: {goal.text}"
