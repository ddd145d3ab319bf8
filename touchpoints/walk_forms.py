"""Forms of walks: whose customer one is, and the answers of one step as they come from a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from journeys.models import Journey
from touchpoints.walk_models import Walk, WalkStep

DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
OURS, THEIRS = "ours", "theirs"


class NamesTheCompetitor:
    """Whoever walks at a competitor says whose customer they are."""

    def clean(self: Any) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()  # type: ignore[misc]
        if self.cleaned_data.get("competitor") and not self.cleaned_data.get("company"):
            self.add_error("company", _("Name the competitor."))
        return cleaned


class WalkForm(NamesTheCompetitor, MergeForm):
    """A walk; `instance` knows the board, also when it is new."""

    class Meta:
        model = Walk
        fields = ["competitor", "company", "walker", "walked_on"]
        widgets = {"walked_on": DATE}
        labels = {
            "competitor": gettext_lazy("As a customer of a competitor"),
            "company": gettext_lazy("Which company"),
        }
        help_texts = {"company": gettext_lazy("Needed for a competitor only.")}

    def __init__(self, *args: Any, instance: Walk, **options: Any) -> None:
        options.setdefault("auto_id", f"id_walk_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)

    @classmethod
    def of_new(cls, journey: Journey, data: Any = None, *, walker: str = "") -> "WalkForm":
        return cls(data, instance=Walk(board=journey, walker=walker))


class StepForm(forms.ModelForm[WalkStep]):
    """The answers that were sent: what is not among them stays as it is.

    Stage and touchpoint are no fields: one that has gone from the map while the walker was without
    a connection must not keep the answers from arriving.
    """

    photo = forms.FileField(required=False)
    photo_gone = forms.BooleanField(required=False)

    class Meta:
        model = WalkStep
        fields = ["place", "worked", "helped_goal", "missing", "better", "score", "photo_says"]

    def __init__(self, data: Any, files: Any) -> None:
        super().__init__(data, files)
        for name in list(self.fields):
            if name not in data and name not in files:
                del self.fields[name]

    @property
    def faults(self) -> str:
        """What is wrong, in a line for each field."""
        return "\n".join(
            f"{self.fields[name].label or name}: {' '.join(map(str, words))}"
            for name, words in self.errors.items()
        )
