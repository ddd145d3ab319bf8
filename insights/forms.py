"""Forms of sources and insights."""

from typing import Any, cast

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from insights.models import MOST_TAGS, Insight, Source
from insights.selectors import Wanted, sources_of
from teams.forms import NameField


class InsightForm(MergeForm):
    """An insight of a workspace; `instance` knows the workspace, also when it is new."""

    MAIN = ("kind", "quote", "source")

    tags = SimpleArrayField(
        forms.CharField(max_length=40, required=False),
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Words to find it again, with commas between them."),
        max_length=MOST_TAGS,
        required=False,
    )

    class Meta:
        model = Insight
        fields = ["kind", "quote", "source", "text", "strength", "tags"]
        widgets = {
            "quote": forms.Textarea({"rows": 3}),
            "text": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, instance: Insight, **options: Any) -> None:
        options.setdefault("auto_id", f"id_insight_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)
        source = cast("forms.ModelChoiceField[Source]", self.fields["source"])
        source.queryset = sources_of(instance.workspace_id)
        source.empty_label = _("No source")

    @classmethod
    def of_new(cls, workspace_id: int, data: Any = None) -> "InsightForm":
        return cls(data, instance=Insight(workspace_id=workspace_id))

    def clean_tags(self) -> list[str]:
        """Each tag once, without spaces around it, in the order in which they were written."""
        words = (" ".join(tag.split()) for tag in self.cleaned_data["tags"])
        return list({word.casefold(): word for word in words if word}.values())

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.MAIN]

    @property
    def details_open(self) -> bool:
        """Whether something in the details needs to be seen at once."""
        return any(name not in self.MAIN for name in self.errors)


class SourceForm(forms.ModelForm[Source]):
    """A source of a workspace; `instance` knows the workspace, also when it is new."""

    name = NameField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("Such as “Interviews in spring”.")
    )

    class Meta:
        model = Source
        fields = ["name", "kind"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = sources_of(self.instance.workspace_id).exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("There is already a source of this name."))
        return name


class SearchForm(forms.Form):
    """What somebody looks for; anything that cannot be understood does not narrow the list."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=Insight.Kind.choices)
    source = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    unplaced = forms.BooleanField(required=False)

    def wanted(self) -> Wanted:
        self.full_clean()
        given = self.cleaned_data
        return Wanted(
            words=given.get("q", ""),
            kind=given.get("kind", ""),
            source=given.get("source"),
            unplaced=given.get("unplaced", False),
        )
