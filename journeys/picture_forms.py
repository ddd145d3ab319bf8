"""Forms of pictures on a map."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from collaboration.pictures import FORMATS
from journeys.models import Picture

ACCEPTED = ",".join(f"image/{name.lower()}" for name in FORMATS)


class SaysWhatItShows:
    """Every picture has words for those who cannot see it, or is only decoration."""

    def clean(self: Any) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc]
        if not cleaned.get("alt") and not cleaned.get("decorative") and "alt" not in self.errors:
            words = _("Say what the picture shows, or that it is only decoration.")
            self.add_error("alt", ValidationError(words))
        return cleaned


class NewPictureForm(SaysWhatItShows, forms.ModelForm[Picture]):
    file = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("PNG, JPEG or WebP, up to 10 MB. Place and camera are taken out."),
    )

    class Meta:
        model = Picture
        fields = ["alt", "decorative"]

    field_order = ["file", "alt", "decorative"]


class PictureForm(SaysWhatItShows, MergeForm):
    class Meta:
        model = Picture
        fields = ["alt", "decorative"]
