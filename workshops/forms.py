"""Forms of workshops; those of board items merge what two people changed at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from journeys.models import Journey
from teams.models import Workspace
from workshops.models import (
    HIGHEST,
    LOWEST,
    Action,
    Contribution,
    Participant,
    Proposal,
    ScopeStage,
    Workshop,
)
from workshops.selectors import journeys_for_workshops

DATE_AND_TIME = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class NewWorkshopForm(forms.ModelForm):
    """A workshop on one of the workspace's journeys; its scope is chosen on its page."""

    class Meta:
        model = Workshop
        fields = ["subject", "title", "starts_at", "location", "facilitator", "introduction"]
        widgets = {"starts_at": DATE_AND_TIME, "introduction": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, workspace: Workspace, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subject"].queryset = journeys_for_workshops(workspace)

    @classmethod
    def about(cls, journey: Journey | None) -> dict[str, Any]:
        """The first values of a form for a new workshop on this journey."""
        return {"subject": journey} if journey else {}


class WorkshopForm(MergeForm):
    class Meta:
        model = Workshop
        fields = ["title", "starts_at", "location", "facilitator", "introduction"]
        widgets = {"starts_at": DATE_AND_TIME, "introduction": forms.Textarea({"rows": 3})}


class ParticipantForm(MergeForm):
    class Meta:
        model = Participant
        fields = ["name", "department", "email"]


class JoinForm(forms.ModelForm):
    class Meta:
        model = Participant
        fields = ["department"]


class ContributionForm(MergeForm):
    class Meta:
        model = Contribution
        fields = ["kind", "text"]
        widgets = {"text": forms.Textarea({"rows": 3})}


class ProposalForm(MergeForm):
    class Meta:
        model = Proposal
        fields = ["title", "text", "stage", "solves"]
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        board = self.instance.board_id
        self.fields["stage"].queryset = ScopeStage.objects.filter(board=board)
        self.fields["stage"].empty_label = _("Whole journey")
        self.fields["solves"].queryset = Contribution.objects.filter(board=board)
        self.fields["solves"].empty_label = _("Nothing in particular")


class ActionForm(MergeForm):
    class Meta:
        model = Action
        fields = ["title", "owner", "due", "status", "proposal", "metric", "result"]
        widgets = {"due": DATE, "result": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["proposal"].queryset = Proposal.objects.filter(board=self.instance.board_id)
        self.fields["proposal"].empty_label = _("No proposal")


class RatingForm(forms.Form):
    feasibility = forms.IntegerField(min_value=LOWEST, max_value=HIGHEST)
    effect = forms.IntegerField(min_value=LOWEST, max_value=HIGHEST)
