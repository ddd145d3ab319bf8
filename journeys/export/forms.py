"""What a person chooses in the export dialog."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from collaboration.exporting import Options
from collaboration.models import Export
from journeys.export.options import TILES, USUAL_WIDTH, map_options
from journeys.models import Journey
from journeys.selectors import outline_of

ABOUT = {
    Export.Format.PDF: _("To print, or to read on a screen."),
    Export.Format.PNG: _("One picture for a page or a chat."),
    Export.Format.PPTX: _("A slide of the whole map and one a stage, to be edited."),
    Export.Format.XLSX: _("The map as a table, with a sheet for everything on it."),
}
FORMATS = [(value, label) for value, label in Export.Format.choices if value in ABOUT]
LAYOUTS = (
    ("page", _("One page: A3, larger where it must be")),
    ("tiles-A4", _("Several pages of A4, to be put beside each other")),
    ("tiles-A3", _("Several pages of A3, to be put beside each other")),
)
WIDTHS = (
    (1600, _("Small: 1600 pixels wide")),
    (USUAL_WIDTH, _("Medium: 3200 pixels wide")),
    (6000, _("Large: 6000 pixels wide")),
)


class MapExportForm(forms.Form):
    file_format = forms.ChoiceField(
        label=_("Format"), choices=FORMATS, initial="pdf", widget=forms.RadioSelect
    )
    layout = forms.ChoiceField(label=_("Pages"), choices=LAYOUTS, initial="page")
    width = forms.TypedChoiceField(
        label=_("Size"), choices=WIDTHS, coerce=int, initial=USUAL_WIDTH,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    stages = forms.TypedMultipleChoiceField(
        label=_("Stages"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    lanes = forms.TypedMultipleChoiceField(
        label=_("Lanes"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, journey: Journey, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.journey = journey
        outline = outline_of(journey)
        for name, items in (("stages", outline.stages), ("lanes", outline.lanes)):
            self.fields[name].choices = [(item.pk, str(item)) for item in items]  # type: ignore[attr-defined]
            self.initial[name] = [item.pk for item in items]

    @property
    def formats(self) -> list[tuple[Any, Any]]:
        """Each choice beside what it is for."""
        return [(radio, ABOUT[radio.data["value"]]) for radio in self["file_format"]]

    @property
    def options(self) -> Options:
        """What was chosen, for request_export; of what suits the format."""
        chosen, wanted = self.cleaned_data, {}
        kind, _dash, paper = chosen["layout"].partition("-")
        if chosen["file_format"] == Export.Format.PDF and kind == TILES:
            wanted = {"layout": TILES, "paper": paper}
        if chosen["file_format"] == Export.Format.PNG and chosen["width"]:
            wanted["width"] = chosen["width"]
        wanted |= {name: chosen[name] for name in ("stages", "lanes") if chosen[name]}
        return map_options(self.journey, wanted)

    @property
    def parts(self) -> list[forms.BoundField]:
        """What can be left out."""
        return [self["stages"], self["lanes"]]
