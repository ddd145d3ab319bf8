"""Forms of sources and insights."""

from collections.abc import Container, Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from insights.models import MOST_TAGS, Insight, Source
from insights.selectors import Wanted, sources_of
from journeys.models import Persona
from teams.forms import NameField

LONGEST_ID = 19


def tidied(tags: Iterable[str]) -> list[str]:
    """Each tag once, without spaces around it, in the order in which they were written."""
    words = (" ".join(tag.split()) for tag in tags)
    return list({word.casefold(): word for word in words if word}.values())


class InsightForm(MergeForm):
    """An insight of a workspace; `instance` knows the workspace, also when it is new."""

    MAIN: ClassVar[tuple[str, ...]] = ("kind", "quote", "source")

    tags = SimpleArrayField(
        forms.CharField(max_length=40, required=False),
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Words to find it again, with commas between them."),
        max_length=MOST_TAGS,
        required=False,
    )

    class Meta:
        model = Insight
        fields = ["kind", "quote", "source", "text", "strength", "personas", "tags", "language"]
        widgets = {
            "personas": forms.CheckboxSelectMultiple,
            "quote": forms.Textarea({"rows": 3}),
            "text": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, instance: Insight, **options: Any) -> None:
        options.setdefault("auto_id", f"id_insight_{instance.pk or 'new'}_%s")
        super().__init__(*args, instance=instance, **options)
        source = cast("forms.ModelChoiceField[Source]", self.fields["source"])
        source.queryset = sources_of(instance.workspace_id)
        source.empty_label = _("No source")
        self.fields["language"].required = False
        personas = cast("forms.ModelMultipleChoiceField[Persona]", self.fields["personas"])
        personas.queryset = Persona.objects.filter(workspace=instance.workspace_id)
        if not personas.queryset.exists():
            del self.fields["personas"]

    @classmethod
    def of_new(cls, workspace_id: int, data: Any = None, **seen: Any) -> "InsightForm":
        """For a new insight; `seen` are the values that it begins with."""
        return cls(data, instance=Insight(workspace_id=workspace_id, **seen))

    def changes(self) -> dict[str, Any]:
        """What the user changed, for `services.change_insight`."""
        fields = [name for name in self.changed_data if name != "personas"]
        many = "personas" in self.changed_data
        return {"fields": fields, "personas": self.cleaned_data["personas"] if many else None}

    def clean_tags(self) -> list[str]:
        return tidied(self.cleaned_data["tags"])

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"] or self.instance.language
        return language

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN if name in self.fields]

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


class SourceMergeForm(MergeForm, SourceForm):
    """A source that somebody else may be changing at the same time."""


class SearchForm(forms.Form):
    """What somebody looks for; anything that cannot be understood does not narrow the list."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=Insight.Kind.choices)
    source = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    tag = forms.CharField(required=False, max_length=40)
    persona = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    stage = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    strength = forms.TypedChoiceField(
        required=False, choices=Insight.Strength.choices, coerce=int, empty_value=None
    )
    language = forms.ChoiceField(required=False, choices=settings.LANGUAGES)
    unplaced = forms.BooleanField(required=False)

    @property
    def narrows_more(self) -> bool:
        """Whether a filter is in use that is not in sight otherwise."""
        names = ("tag", "persona", "stage", "strength", "language")
        return any(self.cleaned_data.get(name) for name in names)

    def wanted(self, stages: Container[int] = ()) -> Wanted:
        """`stages` are those that the person sees; no other narrows the list."""
        self.full_clean()
        given = self.cleaned_data
        stage = given.get("stage")
        return Wanted(
            words=given.get("q", ""),
            kind=given.get("kind", ""),
            source=given.get("source"),
            tag=given.get("tag", ""),
            persona=given.get("persona"),
            stage=stage if stage in stages else None,
            strength=given.get("strength"),
            language=given.get("language", ""),
            unplaced=given.get("unplaced", False),
        )


class AssignForm(forms.Form):
    """What is given to many insights at once."""

    insight = forms.TypedMultipleChoiceField(coerce=int)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *Insight.Kind.choices])
    tags = SimpleArrayField(forms.CharField(max_length=40), required=False, max_length=MOST_TAGS)
    stage = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        chosen = [one for one in data.getlist("insight") if one.isascii() and one.isdigit()]
        ids = cast("forms.TypedMultipleChoiceField", self.fields["insight"])
        ids.choices = [(one, one) for one in chosen if len(one) < LONGEST_ID]

    def clean_tags(self) -> list[str]:
        return tidied(self.cleaned_data["tags"])
