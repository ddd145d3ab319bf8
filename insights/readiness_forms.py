"""Forms of what stands ready in a stage."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from insights.models import Readiness
from journeys.models import Journey, Stage
from touchpoints.forms import ChannelField, offer_stages
from touchpoints.models import Channel

FIELDS = ["title", "kind", "status", "channel", "owner", "due", "link"]
WIDGETS = {"due": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


class ReadinessForm(MergeForm):
    """What stands ready on a board; `instance` knows the board, also when it is new."""

    channel = ChannelField(
        label=gettext_lazy("Channel"), queryset=Channel.objects.none(), required=False
    )
    link = forms.URLField(
        label=gettext_lazy("Link"), required=False, assume_scheme="https", max_length=500
    )

    class Meta:
        model = Readiness
        fields = FIELDS
        widgets = WIDGETS

    def __init__(self, *args: Any, instance: Readiness, **options: Any) -> None:
        options.setdefault("auto_id", f"id_readiness_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)
        cast("ChannelField", self.fields["channel"]).offer(instance.board.workspace_id, usual=False)
        for name in ("kind", "status"):
            # What a program leaves out stays as it is.
            self.fields[name].required = not self.is_bound or self.add_prefix(name) in self.data

    @classmethod
    def of_new(cls, journey: Journey, data: Any = None, **values: Any) -> "ReadinessForm":
        return cls(data, instance=Readiness(board=journey), initial=values)


class StatusForm(MergeForm):
    """How far it has come."""

    class Meta:
        model = Readiness
        fields = ["status"]


class AddReadinessForm(ReadinessForm):
    """Something new in a stage that is chosen."""

    stage = forms.ModelChoiceField(
        label=gettext_lazy("Stage"), queryset=Stage.objects.none(), empty_label=None
    )
    field_order = ("stage", *FIELDS)

    def __init__(self, *args: Any, instance: Readiness, **options: Any) -> None:
        super().__init__(*args, instance=instance, **options)
        offer_stages(self.fields["stage"], instance.board)


class AnswerForm(ReadinessForm):
    """What answers a doubt: something that is there already, or something new."""

    present = forms.ModelChoiceField(
        label=gettext_lazy("It is answered by"),
        queryset=Readiness.objects.none(),
        required=False,
        empty_label=gettext_lazy("Something new, described below"),
    )
    field_order = ("present", *FIELDS)

    def __init__(self, *args: Any, instance: Readiness, **options: Any) -> None:
        super().__init__(*args, instance=instance, **options)
        present = cast("forms.ModelChoiceField[Readiness]", self.fields["present"])
        rows = Readiness.objects.filter(board=instance.board_id).select_related("stage")
        present.queryset = rows.order_by("stage__position", "position")
        present.label_from_instance = _named_with_stage  # type: ignore[assignment, method-assign]
        self.fields["title"].required = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.cleaned_data.get("present") and not self.cleaned_data.get("title"):
            self.add_error("title", _("Say what answers it, or choose what is there already."))
        return cleaned


def _named_with_stage(readiness: Readiness) -> str:
    return f"{readiness.title} ({readiness.stage.title}, {readiness.get_status_display()})"
