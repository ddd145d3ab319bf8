"""The form in which the next workshop is planned."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workshops.follow_up import invitation_text, proposed_title, unsolved
from workshops.forms import DATE_AND_TIME
from workshops.models import Contribution, Workshop


class ProblemsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, problem: Contribution) -> str:
        where = problem.stage.title if problem.stage else _("Whole journey")
        return f"{where}: {problem.text}"


class FollowUpForm(forms.ModelForm):  # type: ignore[type-arg]
    """Filled in with what is likely; what is unsolved goes along unless it is unticked."""

    carried = ProblemsField(
        label=_("Goes along as still open"),
        queryset=Contribution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Workshop
        fields = ["title", "starts_at", "location", "facilitator", "introduction"]
        labels = {"introduction": _("Words of the invitation")}
        widgets = {"starts_at": DATE_AND_TIME, "introduction": forms.Textarea({"rows": 4})}

    def __init__(self, data: Any = None, *, workshop: Workshop) -> None:
        problems = unsolved(workshop)
        initial = {
            "title": proposed_title(workshop),
            "location": workshop.location,
            "facilitator": workshop.facilitator,
            "introduction": invitation_text(workshop),
            "carried": problems,
        }
        super().__init__(data, initial=initial)
        cast("ProblemsField", self.fields["carried"]).queryset = problems
        self.fields["starts_at"].required = True

    def clean_starts_at(self) -> Any:
        starts = self.cleaned_data["starts_at"]
        if starts and starts < timezone.now():
            raise forms.ValidationError(_("This is in the past."))
        return starts

    @property
    def chosen(self) -> dict[str, Any]:
        """What was sent, as plan_follow_up takes it."""
        return {**self.cleaned_data, "carried": {one.pk for one in self.cleaned_data["carried"]}}
