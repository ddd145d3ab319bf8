"""Forms of channels and touchpoints."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from journeys.feeling_forms import FeelingForm
from journeys.models import Journey
from journeys.selectors import cell_of
from teams.forms import NameField
from touchpoints.models import Channel, Touchpoint, TouchpointFeeling
from touchpoints.selectors import channels_of
from touchpoints.starters import STARTER_CHANNELS

NOT_YET = "new:"
"""Stands before the name of a starter channel that the workspace does not have yet."""


class ChannelField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The channels of a workspace; where it has none, the names of the usual ones."""

    def offer(self, workspace_id: int) -> None:
        self.queryset = channels_of(workspace_id)
        choices = [(channel.pk, channel.name) for channel in self.queryset]
        usual = [(f"{NOT_YET}{starter.name}", starter.name) for starter in STARTER_CHANNELS]
        self.choices = [("", _("No channel")), *(choices or usual)]

    def to_python(self, value: Any) -> Channel | None:
        if isinstance(value, str) and value.startswith(NOT_YET):
            present = cast("QuerySet[Channel]", self.queryset)
            value = present.filter(name=value.removeprefix(NOT_YET)).first()
            if value is None:
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class TouchpointForm(MergeForm):
    """A touchpoint on a board; `instance` knows the board, also when it is new."""

    MAIN = ("title", "channel", "moment_of_truth")

    channel = ChannelField(
        label=gettext_lazy("Channel"), queryset=Channel.objects.none(), required=False
    )

    class Meta:
        model = Touchpoint
        fields = [
            "title", "channel", "moment_of_truth", "actor", "used", "why_unused", "importance",
            "satisfaction", "thinks", "feels", "says", "message", "owner", "helpers",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea({"rows": 2}) for name in ("thinks", "feels", "says", "message")
        } | {
            name: forms.NumberInput({"min": 1, "max": 5}) for name in ("importance", "satisfaction")
        }
        help_texts = {
            "importance": gettext_lazy("1 is little, 5 is decisive."),
            "satisfaction": gettext_lazy("1 is badly, 5 is very well."),
        }

    def __init__(self, *args: Any, instance: Touchpoint, **options: Any) -> None:
        options.setdefault("auto_id", f"id_touchpoint_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)
        channel = cast("ChannelField", self.fields["channel"])
        channel.offer(instance.board.workspace_id)

    @classmethod
    def of_new(cls, journey: Journey, data: Any = None) -> "TouchpointForm":
        return cls(data, instance=Touchpoint(board=journey))

    @property
    def region(self) -> str:
        """The part of the page to draw again when the form is cancelled."""
        return cell_of(self.instance, "touchpoints")

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.MAIN]

    @property
    def details_open(self) -> bool:
        """Whether something in the details needs to be seen at once."""
        return any(name not in self.MAIN for name in self.errors)


class TouchpointFeelingForm(FeelingForm):
    class Meta(FeelingForm.Meta):
        model = TouchpointFeeling


class ChannelForm(forms.ModelForm[Channel]):
    """A channel of a workspace; `instance` knows the workspace, also when it is new."""

    name = NameField(label=gettext_lazy("Name"), max_length=60)

    class Meta:
        model = Channel
        fields = ["name", "online"]
        help_texts = {"online": gettext_lazy("On a screen: a website, an app, e-mail.")}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = channels_of(self.instance.workspace_id).exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("There is already a channel of this name."))
        return name
