"""Forms of what was decided, and of what proves that it worked."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.picture_input import PictureInput
from journeys.models import Metric
from workshops.forms import DATE, ItemForm, offer
from workshops.models import Action, ActionStatus, Participant, Proposal, Workshop


class ActionForm(ItemForm):
    """A decision; whoever takes part, and their departments, are offered as it is typed."""

    proof_link = forms.URLField(
        label=_("Link that proves it"), required=False, assume_scheme="https", max_length=500
    )
    proof_metric = forms.TypedChoiceField(
        label=_("Metric of the map that shows it"), required=False, coerce=int, empty_value=None
    )

    class Meta:
        model = Action
        fields = [
            "title", "owner", "helpers", "starts", "due", "status", "proposal", "metric", "target",
            "result", "proof_link",
        ]  # fmt: skip
        widgets = {"starts": DATE, "due": DATE, "result": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, instance: Action, **options: Any) -> None:
        options["initial"] = {"proof_metric": instance.proof_metric}
        super().__init__(*args, instance=instance, **options)
        board = instance.board_id
        offer(self, "proposal", Proposal.objects.filter(board=board), _("No proposal"))
        metrics = cast("forms.ChoiceField", self.fields["proof_metric"])
        metrics.choices = _metrics(Workshop.objects.get(pk=board), instance.proof_metric)
        people = Participant.objects.filter(board=board)
        self.people, self.departments = _offered(people, "name"), _offered(people, "department")
        self.lists = str(self.auto_id) % "people", str(self.auto_id) % "departments"
        for name, offered in zip(("owner", "helpers"), self.lists, strict=True):
            self.fields[name].widget.attrs["list"] = offered

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, due = cleaned.get("starts"), cleaned.get("due")
        if starts and due and due < starts:
            self.add_error("due", _("It is due before it starts."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.proof_metric = self.cleaned_data["proof_metric"]
        return super().save(commit)


def _offered(rows: Any, name: str) -> list[str]:
    said: Iterable[str] = rows.exclude(**{name: ""}).values_list(name, flat=True)
    return sorted(set(said), key=str.casefold)


def _metrics(workshop: Workshop, present: int | None) -> list[tuple[Any, Any]]:
    """Those of the journey; one that is gone stays chosen until another one is."""
    rows = Metric.objects.filter(board=workshop.subject_id).select_related("stage")
    found: list[tuple[Any, Any]] = [
        (metric.pk, f"{metric.stage.title}: {metric.name}")
        for metric in rows.order_by("stage__position", "position")
    ]
    if present and present not in dict(found):
        found.append((present, _("A metric that is not on the map any more")))
    return [("", _("None")), *found]


class ProofPictureForm(forms.Form):
    """A picture of what came of it."""

    file = forms.FileField(label=_("Picture"), widget=PictureInput)
    alt = forms.CharField(label=_("What does it show?"), max_length=200)


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=ActionStatus.choices)


class ActionsForm(forms.Form):
    """Which of the workspace's actions are shown."""

    workshop = forms.ModelChoiceField(
        label=_("Workshop"), queryset=Workshop.objects.none(), required=False,
        empty_label=_("All workshops"),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Responsible"), required=False)
    late = forms.BooleanField(label=_("Only what is late"), required=False)

    def __init__(self, data: Any, *, workshops: Any, owners: Iterable[str]) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField[Workshop]", self.fields["workshop"]).queryset = workshops
        everybody = [("", _("Everybody")), *((name, name) for name in owners)]
        cast("forms.ChoiceField", self.fields["owner"]).choices = everybody

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, without what makes no sense."""
        self.is_valid()
        return self.cleaned_data
