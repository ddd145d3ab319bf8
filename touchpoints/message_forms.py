"""Forms of message links."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from journeys.models import Journey
from touchpoints.forms import TouchpointForm
from touchpoints.message_models import MessageLink
from touchpoints.messages import LEAST
from touchpoints.models import Touchpoint


class LinkForm(MergeForm):
    class Meta:
        model = MessageLink
        fields = ["title", "remark"]


class AddLinkForm(forms.ModelForm[MessageLink]):
    """What must be the same, and which touchpoints have to say it."""

    touchpoints = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Touchpoints that must say the same"),
        queryset=Touchpoint.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = MessageLink
        fields = ["title", "remark"]
        help_texts = {"title": gettext_lazy("A price, a promise, a name: “Price of the lenses”.")}

    field_order = ("title", "touchpoints", "remark")

    def __init__(self, journey: Journey, data: Any = None, *, chosen: int | None = None) -> None:
        super().__init__(data, auto_id="id_link_%s", initial={"touchpoints": [chosen]})
        _offer(self.fields["touchpoints"], touchpoints_of(journey))

    def clean_touchpoints(self) -> "QuerySet[Touchpoint]":
        chosen = cast("QuerySet[Touchpoint]", self.cleaned_data["touchpoints"])
        if len(chosen) < LEAST:
            raise forms.ValidationError(_("Choose two touchpoints at least."))
        return chosen


class AnotherForm(forms.Form):
    """One more touchpoint for a link."""

    touchpoint = forms.ModelChoiceField(queryset=Touchpoint.objects.none())

    def __init__(self, journey: Journey, data: Any = None) -> None:
        super().__init__(data)
        _offer(self.fields["touchpoint"], touchpoints_of(journey))


class MessageForm(TouchpointForm):
    """What is said at a touchpoint."""

    channel = None  # type: ignore[assignment]

    class Meta(TouchpointForm.Meta):
        fields = ["message"]


def touchpoints_of(journey: Journey) -> "QuerySet[Touchpoint]":
    rows: QuerySet[Touchpoint] = Touchpoint.objects.filter(board=journey.pk)
    return rows.select_related("stage", "channel").order_by("stage__position", "position")


def _offer(field: forms.Field, rows: "QuerySet[Touchpoint]") -> None:
    choice = cast("forms.ModelChoiceField[Touchpoint]", field)
    choice.queryset = rows
    choice.label_from_instance = named  # type: ignore[assignment, method-assign]


def named(item: Touchpoint) -> str:
    """“The shelf with mirrors (Looking around, Shop)”."""
    channel = f", {item.channel.name}" if item.channel else ""
    return f"{item.title} ({item.stage.title}{channel})"
