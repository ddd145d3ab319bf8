"""Forms of the library of inspiration."""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from collaboration.picture_input import PictureInput
from insights.forms import tidied
from workshops.inspiration_models import MOST_TAGS, InspirationCase

FIELDS = ["title", "company", "done", "effect", "link", "tags", "picture_alt"]
WIDGETS = {"done": forms.Textarea({"rows": 4}), "effect": forms.Textarea({"rows": 2})}
PICTURE_HELP = _("PNG, JPEG or WebP, up to 10 MB. Place and camera are taken out.")


class CaseForm(MergeForm):
    """What is said about a case."""

    link = forms.URLField(
        label=_("Link"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Where it was read."),
    )
    tags = SimpleArrayField(
        forms.CharField(max_length=40, required=False),
        label=_("Tags"),
        help_text=_("Words by which it is matched to a problem, with commas between them."),
        max_length=MOST_TAGS,
        required=False,
    )

    class Meta:
        model = InspirationCase
        fields = FIELDS
        widgets = WIDGETS

    def clean_tags(self) -> list[str]:
        return tidied(self.cleaned_data["tags"])

    def changes(self) -> dict[str, Any]:
        """What the user changed, for `inspiration.change_case`."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class NewCaseForm(CaseForm):
    file = forms.FileField(
        label=_("Picture"), required=False, widget=PictureInput(), help_text=PICTURE_HELP
    )

    field_order = ["title", "company", "done", "effect", "link", "tags", "file", "picture_alt"]


class CasePictureForm(forms.Form):
    file = forms.FileField(label=_("Picture"), widget=PictureInput(), help_text=PICTURE_HELP)
