"""Forms of workshops; those of board items merge what two people changed at once."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from collaboration.guests import LONGEST_NAME
from collaboration.merge import MergeForm
from journeys.models import Journey
from teams.forms import NameField
from teams.models import User, Workspace
from workshops.agenda_models import MOST_DOTS, AgendaItem
from workshops.agendas import AGENDAS, NINETY_MINUTES, Agenda
from workshops.collecting_models import Cluster
from workshops.models import (
    HIGHEST,
    LOWEST,
    Contribution,
    Participant,
    Proposal,
    ScopeStage,
    Workshop,
)
from workshops.selectors import journeys_for_new_workshops

DATE_AND_TIME = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def offer(
    form: forms.BaseForm, name: str, rows: QuerySet[Any], empty_label: Any = "---------"
) -> None:
    """Let a field choose among these rows alone."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset, field.empty_label = rows, empty_label


class NewWorkshopForm(forms.ModelForm):  # type: ignore[type-arg]
    """A workshop on one of the workspace's journeys; its scope is chosen on its page."""

    class Meta:
        model = Workshop
        fields = [
            "subject", "title", "starts_at", "location", "facilitator", "departments_needed",
            "introduction",
        ]  # fmt: skip
        widgets = {"starts_at": DATE_AND_TIME, "introduction": forms.Textarea({"rows": 3})}

    agenda = forms.ChoiceField(
        label=_("Agenda"),
        required=False,
        choices=lambda: [
            ("", _("None; I put it together myself")),
            *((agenda.key, agenda.name) for agenda in AGENDAS.values()),
        ],
        help_text=_("What is done one after the other. You can change all of it afterwards."),
    )

    def clean_agenda(self) -> Agenda | None:
        return AGENDAS.get(self.cleaned_data["agenda"])

    def __init__(self, *args: Any, workspace: Workspace, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "subject", journeys_for_new_workshops(workspace, user))

    @classmethod
    def about(cls, journey: Journey | None) -> dict[str, Any]:
        """The first values of a form for a new workshop on this journey."""
        return {"subject": journey, "agenda": NINETY_MINUTES.key}


class ItemForm(MergeForm):
    """Several may stand on a page at once, so each names its fields after its item."""

    def __init__(self, *args: Any, **options: Any) -> None:
        model = self._meta.model._meta.model_name
        instance = options.get("instance")
        number = (instance and instance.pk) or "new"
        options.setdefault("auto_id", f"id_{model}_{number}_%s")
        super().__init__(*args, **options)


class WorkshopForm(ItemForm):
    class Meta:
        model = Workshop
        fields = [
            "title", "starts_at", "location", "facilitator", "departments_needed", "introduction",
        ]  # fmt: skip
        widgets = {"starts_at": DATE_AND_TIME, "introduction": forms.Textarea({"rows": 3})}


class ParticipantForm(ItemForm):
    class Meta:
        model = Participant
        fields = ["name", "department", "email"]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the workshop"),
        max_length=12,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )


class SeatForm(forms.Form):
    """What a guest of a workshop is asked."""

    name = NameField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    department = forms.CharField(
        label=_("Your department"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"list": "departments", "autocomplete": "off"}),
    )


class JoinForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Participant
        fields = ["department"]


class ContributionForm(ItemForm):
    class Meta:
        model = Contribution
        fields = ["kind", "text"]
        widgets = {"text": forms.Textarea({"rows": 3})}


class LedContributionForm(ContributionForm):
    """For those who lead: what the discussion brought stands beside it."""

    class Meta(ContributionForm.Meta):
        fields = ["kind", "text", "discussion"]
        widgets = {**ContributionForm.Meta.widgets, "discussion": forms.Textarea({"rows": 3})}


class DiscussionForm(ItemForm):
    class Meta:
        model = Contribution
        fields = ["discussion"]
        widgets = {"discussion": forms.Textarea({"rows": 4})}


class ClusterForm(ItemForm):
    class Meta:
        model = Cluster
        fields = ["name"]


class ProposalForm(ItemForm):
    class Meta:
        model = Proposal
        fields = ["title", "text", "stage", "solves"]
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        board = self.instance.board_id
        offer(self, "stage", ScopeStage.objects.filter(board=board), _("Whole journey"))
        solvable = Contribution.objects.filter(board=board)
        offer(self, "solves", solvable, _("Nothing in particular"))


class AgendaItemForm(ItemForm):
    class Meta:
        model = AgendaItem
        fields = [
            "kind", "title", "minutes", "prompt", "dots", "may_add", "may_comment",
            "may_propose", "may_vote", "may_rate", "may_group", "silent", "anonymous",
        ]  # fmt: skip
        widgets = {"prompt": forms.Textarea({"rows": 2})}


class RatingForm(forms.Form):
    """Either mark, or both."""

    feasibility = forms.IntegerField(min_value=LOWEST, max_value=HIGHEST, required=False)
    effect = forms.IntegerField(min_value=LOWEST, max_value=HIGHEST, required=False)

    def clean(self) -> dict[str, Any]:
        marks = super().clean() or {}
        if not any(marks.values()):
            raise forms.ValidationError(_("Give a mark from 1 to 5."))
        return marks

    @property
    def is_whole(self) -> bool:
        return all(self.cleaned_data.values())


class VoteForm(forms.Form):
    count = forms.IntegerField(min_value=0, max_value=MOST_DOTS)
