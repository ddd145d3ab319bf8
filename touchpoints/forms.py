"""Forms of channels and touchpoints."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from collaboration.models import Board
from journeys.feeling_forms import FeelingForm
from journeys.models import Journey, Persona, Stage
from journeys.selectors import cell_of, shown_personas
from teams.forms import NameField
from touchpoints.choices import Use
from touchpoints.models import Channel, Touchpoint, TouchpointFeeling
from touchpoints.selectors import channels_of
from touchpoints.starters import STARTER_CHANNELS

NOT_YET = "new:"
"""Stands before the name of a starter channel that the workspace does not have yet."""

LONG = ("thinks", "feels", "says", "message", "strengths", "weaknesses")
RATED = ("importance", "our_importance", "satisfaction")
CHOSEN = {"use", "party", "contact", "verdict"}
SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("How customers use it"),
        ("use", "why_unused", "device", "party", "actor", "contact", "persona", "missing"),
    ),
    (
        gettext_lazy("How much it matters, how well it works"),
        (
            "importance", "our_importance", "satisfaction", "strengths", "weaknesses", "verdict",
            "verdict_on",
        ),
    ),
    (gettext_lazy("What customers think, feel and hear"), ("thinks", "feels", "says", "message")),
    (gettext_lazy("Who looks after it"), ("department", "owner", "helpers", "downstream")),
)  # fmt: skip
"""The parts of the form that open, by their heading; everything else is seen at once."""


class ChannelField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The channels of a workspace; where it has none, the names of the usual ones."""

    def offer(self, workspace_id: int, *, usual: bool = True) -> None:
        """Without `usual`, nothing that the workspace does not have yet."""
        self.queryset = channels_of(workspace_id)
        choices = [(channel.pk, channel.name) for channel in self.queryset]
        starters = [(f"{NOT_YET}{starter.name}", starter.name) for starter in STARTER_CHANNELS]
        self.choices = [("", _("No channel")), *(choices or (starters if usual else []))]

    def to_python(self, value: Any) -> Channel | None:
        if isinstance(value, str) and value.startswith(NOT_YET):
            present = cast("QuerySet[Channel]", self.queryset)
            value = present.filter(name=value.removeprefix(NOT_YET)).first()
            if value is None:
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


@dataclass(frozen=True)
class Section:
    """A part of a form that opens."""

    title: str | Promise
    fields: list[forms.BoundField]

    @property
    def filled(self) -> int:
        """How many of its fields say something beyond the usual."""
        return sum(1 for field in self.fields if _says_something(field))

    @property
    def is_wrong(self) -> bool:
        return any(field.errors for field in self.fields)


def _says_something(field: forms.BoundField) -> bool:
    instance = field.form.instance  # type: ignore[attr-defined]
    model_field = type(instance)._meta.get_field(field.name)
    value = getattr(instance, model_field.attname)
    return value not in (None, "", model_field.get_default())


class TouchpointForm(MergeForm):
    """A touchpoint on a board; `instance` knows the board, also when it is new.

    A map without personas is not asked whose touchpoint it is.
    """

    MAIN = ("title", "channel", "moment_of_truth")

    channel = ChannelField(
        label=gettext_lazy("Channel"), queryset=Channel.objects.none(), required=False
    )

    class Meta:
        model = Touchpoint
        fields = ["title", "channel", "moment_of_truth", *(n for _t, ns in SECTIONS for n in ns)]
        widgets = (
            {name: forms.Textarea({"rows": 2}) for name in LONG}
            | {name: forms.NumberInput({"min": 1, "max": 5}) for name in RATED}
            | {"verdict_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        )
        help_texts = {
            "importance": gettext_lazy("1 is little, 5 is decisive."),
            "our_importance": gettext_lazy("How far it helps to reach our goals: 1 to 5."),
            "satisfaction": gettext_lazy("1 is badly, 5 is very well."),
            "verdict_on": gettext_lazy("Left empty, it is today."),
        }

    def __init__(self, *args: Any, instance: Touchpoint, **options: Any) -> None:
        options.setdefault("auto_id", f"id_touchpoint_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)
        if channel := cast("ChannelField | None", self.fields.get("channel")):
            channel.offer(instance.board.workspace_id)
        if "persona" in self.fields:
            self._offer_personas(instance)
        for name in CHOSEN & self.fields.keys():
            # What a program leaves out stays as it is.
            self.fields[name].required = not self.is_bound or self.add_prefix(name) in self.data

    def _offer_personas(self, instance: Touchpoint) -> None:
        field = cast("forms.ModelChoiceField[Persona]", self.fields["persona"])
        field.queryset = shown_personas(instance.board_id)
        names = [(persona.pk, persona.name) for persona in field.queryset]
        if not names or instance.persona_id not in {None, *(pk for pk, _name in names)}:
            del self.fields["persona"]
            return
        field.choices = [("", _("All customers")), *names]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        present = cast("Touchpoint", self.instance)
        use = self.cleaned_data.get("use", present.use)
        reason = self.cleaned_data.get("why_unused", present.why_unused)
        asked = {"use", "why_unused"} & self.fields.keys() & set(self.changed_data)
        if asked and use == Use.NOT and not reason:
            self.add_error("why_unused", _("Say why customers do not use it."))
        return cleaned

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
    def sections(self) -> list[Section]:
        return [
            Section(title, [self[name] for name in names if name in self.fields])
            for title, names in SECTIONS
        ]


class AddTouchpointForm(forms.ModelForm[Touchpoint]):
    """A new touchpoint of a stage that is chosen."""

    stage = forms.ModelChoiceField(
        label=gettext_lazy("Stage"), queryset=Stage.objects.none(), empty_label=None
    )
    channel = ChannelField(
        label=gettext_lazy("Channel"), queryset=Channel.objects.none(), required=False
    )

    class Meta:
        model = Touchpoint
        fields = ["title", "channel"]

    field_order = ("stage", "title", "channel")

    def __init__(self, journey: Journey, data: Any = None) -> None:
        super().__init__(data, auto_id="id_add_%s")
        offer_stages(self.fields["stage"], journey)
        cast("ChannelField", self.fields["channel"]).offer(journey.workspace_id, usual=False)


class PasteRowsForm(forms.Form):
    """Rows of a spreadsheet, as they were pasted."""

    text = forms.CharField(
        label=gettext_lazy("Rows"), widget=forms.Textarea({"rows": 8, "wrap": "off"})
    )
    stage = forms.ModelChoiceField(
        label=gettext_lazy("Stage of rows that name none"),
        queryset=Stage.objects.none(),
        required=False,
        empty_label=gettext_lazy("None: every row names its stage"),
    )

    def __init__(self, journey: Journey, data: Any = None) -> None:
        super().__init__(data, auto_id="id_paste_%s")
        offer_stages(self.fields["stage"], journey)


def offer_stages(field: forms.Field, journey: Board) -> None:
    """The stages of a journey, in order."""
    choice = cast("forms.ModelChoiceField[Stage]", field)
    choice.queryset = Stage.objects.filter(board=journey.pk).order_by("position")


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


class ChannelMergeForm(MergeForm, ChannelForm):
    """A channel that somebody else may be changing at the same time."""
