"""The form of a note: what is said, and about which place of the map."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from workshops.models import Contribution, ContributionKind
from workshops.placing import WHOLE_JOURNEY, Stop, name_of


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Your note"),
        max_length=Contribution._meta.get_field("text").max_length,
        widget=forms.Textarea({"rows": 3}),
    )
    kind = forms.ChoiceField(label=capfirst(_("kind")), choices=ContributionKind.choices)
    place = forms.ChoiceField(label=_("Where on the journey"), required=False)

    def __init__(self, *args: Any, stops: Sequence[Stop], **options: Any) -> None:
        options.setdefault("auto_id", "id_mine_%s")
        super().__init__(*args, **options)
        self.stops = stops
        place: Any = self.fields["place"]
        place.choices = [(WHOLE_JOURNEY, _("Whole journey")), *map(_group, stops)]

    @property
    def values(self) -> dict[str, Any]:
        """What was said, for the services."""
        stage_id, _colon, touchpoint = self.cleaned_data["place"].partition(":")
        stages = {str(stop.stage.pk): stop.stage for stop in self.stops}
        return {
            "text": self.cleaned_data["text"],
            "kind": self.cleaned_data["kind"],
            "stage": stages.get(stage_id),
            "touchpoint": int(touchpoint) if touchpoint else None,
        }


def _group(stop: Stop) -> tuple[str, list[tuple[str, Any]]]:
    """A stage with its touchpoints; what is about the stage as a whole comes first."""
    touchpoints = [(name_of(stop.stage.pk, one.pk), one.title) for one in stop.touchpoints]
    return stop.stage.title, [(name_of(stop.stage.pk, None), stop.stage.title), *touchpoints]
