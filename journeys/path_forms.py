"""The form of a path; it merges what two people changed at once."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from journeys.models import Journey, Path, Stage


class PercentField(forms.FloatField):
    """A share between 0 and 1, which people read and write in per cent."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.NumberInput({"min": 0, "max": 100, "step": "any"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value * 100:.6g}" if isinstance(value, int | float) else value

    def to_python(self, value: Any) -> Any:
        per_cent = super().to_python(value)
        return None if per_cent is None else round(per_cent / 100, 8)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not 0 <= value <= 1:
            raise forms.ValidationError(_("Between 0 and 100 per cent."))


class PathForm(MergeForm):
    """A path on a board; `instance` knows the board, also when it is new."""

    share = PercentField(label=_("How many customers, in per cent"), required=False)

    class Meta:
        model = Path
        fields = ["from_stage", "to_stage", "share", "reason", "response"]
        widgets = {name: forms.Textarea({"rows": 2}) for name in ("reason", "response")}

    def __init__(self, *args: Any, instance: Path, **options: Any) -> None:
        options.setdefault("auto_id", f"id_path_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)
        stages = Stage.objects.filter(board=instance.board_id).order_by("position")
        choices = [
            (stage.pk, f"{number} {stage.title}") for number, stage in enumerate(stages, start=1)
        ]
        for name in ("from_stage", "to_stage"):
            field = cast("forms.ModelChoiceField[Stage]", self.fields[name])
            field.queryset = stages
            field.choices = choices

    @classmethod
    def of_new(cls, journey: Journey, data: Any = None, **initial: Any) -> "PathForm":
        return cls(data, instance=Path(board=journey), initial=initial)
