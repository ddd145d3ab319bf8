"""The form of one feeling; it merges what two people changed at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from journeys.emotion import WORDS
from journeys.models import Emotion, Feeling


class FeelingForm(MergeForm):
    """How somebody feels somewhere, and why; without a score the feeling is taken away."""

    score = forms.TypedChoiceField(
        label=_("How they feel"),
        choices=[("", _("Not known yet")), *sorted(WORDS.items(), reverse=True)],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model: type[Feeling] = Emotion
        fields = ["score", "reason"]
        widgets = {"reason": forms.Textarea({"rows": 3})}
        labels = {"reason": _("Why")}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        new_reason = given.get("reason") and "reason" in self.changed_data
        if new_reason and given.get("score") is None and "score" not in self.errors:
            self.add_error("score", gettext("Say how they feel, or leave the reason empty."))
        return given
