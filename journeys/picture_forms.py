"""Forms of pictures on a map."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from collaboration.picture_input import PictureInput
from journeys.models import Picture


class SaysWhatItShows:
    """Every picture has words for those who cannot see it, or is only decoration."""

    def __init__(self: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        decorative = self.data if self.is_bound else {"decorative": self.instance.decorative}
        words = self.fields["alt"]
        words.required = not decorative.get("decorative")
        words.error_messages["required"] = _(
            "Say what the picture shows, or that it is only decoration."
        )


class NewPictureForm(SaysWhatItShows, forms.ModelForm[Picture]):
    file = forms.FileField(
        label=_("Picture"),
        widget=PictureInput(),
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
