"""Forms of metrics: what is measured, and its newest value beside it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from journeys.measured import Measure, scale_of
from journeys.measuring import OutOfRange, require_in_range
from journeys.models import Journey, Metric, MetricPoint
from journeys.selectors import cell_of

NUMBERS = ("target", "value")


class MetricForm(MergeForm):
    """A metric on a board; ratios are written in per cent, as they are read.

    `instance` knows the board, also when it is new. The kind stays what it was.
    """

    value = forms.FloatField(label=_("New value"), required=False)
    day = forms.DateField(
        label=_("Measured on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Metric
        fields = ["name", "kind", "unit", "target", "less_is_better"]
        help_texts = {"less_is_better": _("Such as waiting time or returned goods.")}

    def __init__(self, *args: Any, instance: Metric, **options: Any) -> None:
        options.setdefault("auto_id", f"id_metric_{instance.pk or 'new'}_%s")
        initial: dict[str, Any] = {"day": timezone.localdate()}
        if instance.pk and instance.target is not None:
            initial["target"] = _written(instance.kind, instance.target)
        super().__init__(*args, instance=instance, initial=initial, **options)
        if instance.pk:
            del self.fields["kind"]
        for name in NUMBERS:
            self.fields[name].widget.attrs["step"] = "any"

    @classmethod
    def of_new(cls, journey: Journey, data: Any = None) -> "MetricForm":
        return cls(data, instance=Metric(board_id=journey.pk))

    @property
    def region(self) -> str:
        """The part of the page to draw again when the form is cancelled."""
        return cell_of(self.instance, "metric")

    @property
    def points(self) -> list[MetricPoint]:
        """What was measured, the latest first, each with its value in words."""
        measure = Measure(self.instance)
        for point in measure.points:
            point.words = measure.shown(point.value)
        return measure.points[::-1]

    def clean_unit(self) -> Any:
        """Kinds with a scale of their own have a unit of their own."""
        kind = self.cleaned_data.get("kind") or self.instance.kind
        return self.cleaned_data["unit"] if kind == Metric.Kind.NUMBER else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind") or self.instance.kind
        for name in NUMBERS:
            if cleaned.get(name) is not None:
                cleaned[name] /= scale_of(kind).factor
                self._require_in_range(kind, name)
        if cleaned.get("value") is not None and not cleaned.get("day") and not self.errors:
            self.add_error("day", ValidationError(_("Say on which day it was measured.")))
        return cleaned

    def written(self, name: str) -> Any:
        value = super().written(name)
        if name not in NUMBERS or value is None:
            return value
        return _written(self.cleaned_data.get("kind") or self.instance.kind, value)

    def _require_in_range(self, kind: str, name: str) -> None:
        try:
            require_in_range(kind, self.cleaned_data[name])
        except OutOfRange as reason:
            self.add_error(name, str(reason))


def _written(kind: str, value: float) -> float:
    return round(value * scale_of(kind).factor, 6)
