"""Forms of journeys; those of board items merge what two people changed at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from collaboration.merge import MergeForm
from journeys.lanes import Group, LaneKind, kinds
from journeys.models import Journey, Lane, Note, Persona, Stage
from journeys.own_starters import JourneyTemplate, templates_of
from journeys.pasting import Piece, checked, pieces_of
from journeys.selectors import shown_personas
from journeys.starter_pictures import Picture
from journeys.starters import STARTERS, Starter
from teams.models import Workspace


@dataclass(frozen=True)
class StarterCard:
    """A starter in the gallery; `template` where it is the workspace's own."""

    radio: forms.boundfield.BoundWidget
    picture: Picture
    template: JourneyTemplate | None

    @property
    def starter(self) -> Starter:
        return self.picture.starter


class NewJourneyForm(forms.ModelForm[Journey]):
    starter = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)

    class Meta:
        model = Journey
        fields = ["title", "perspective", "business_goal", "customer_goal", "hidden"]

    def __init__(self, workspace: Workspace, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = list(templates_of(workspace))
        self.known = STARTERS | {one.key: one.starter for one in self.own}
        starter = cast(forms.ChoiceField, self.fields["starter"])
        starter.choices = [(key, one.name) for key, one in self.known.items()]
        starter.initial = "seven-stages"

    @property
    def gallery(self) -> list[StarterCard]:
        """Each choice with its drawing, the workspace's own first."""
        templates = {one.key: one for one in self.own}
        cards = [
            StarterCard(radio, Picture(self.known[key]), templates.get(key))
            for key, radio in zip(self.known, self["starter"], strict=True)
        ]
        return sorted(cards, key=lambda card: card.template is None)

    def clean_starter(self) -> Starter:
        return self.known[self.cleaned_data["starter"]]

    def clean(self) -> dict[str, Any]:
        """A starter's own perspective stands where the usual one was left as it is."""
        cleaned = super().clean() or {}
        if "perspective" not in self.changed_data and "starter" in cleaned:
            cleaned["perspective"] = cleaned["starter"].perspective
        return cleaned


class TemplateForm(forms.ModelForm[JourneyTemplate]):
    class Meta:
        model = JourneyTemplate
        fields = ["name", "about", "with_notes"]
        labels = {"with_notes": _("with what stands in it: notes, touchpoints and the like")}


class JourneyForm(MergeForm):
    class Meta:
        model = Journey
        fields = [
            "title", "perspective", "business_goal", "customer_goal", "goal_agreement", "scope",
            "review_due",
        ]  # fmt: skip
        widgets = {
            "scope": forms.Textarea({"rows": 3}),
            "review_due": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }


class StageForm(MergeForm):
    class Meta:
        model = Stage
        fields = [
            "title", "situation", "period", "customer_goal", "business_goal", "goal_agreement",
            "speaker_notes",
        ]  # fmt: skip
        widgets = {
            "situation": forms.Textarea({"rows": 2}),
            "customer_goal": forms.Textarea({"rows": 2}),
            "business_goal": forms.Textarea({"rows": 2}),
            "speaker_notes": forms.Textarea({"rows": 3}),
        }


class StageTextForm(StageForm):
    """Only the fields that a lane shows; `shown` names them."""

    shown: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.fields.keys() - set(self.shown):
            del self.fields[name]

    @classmethod
    def of(cls, fields: tuple[str, ...]) -> type["StageTextForm"]:
        """The form of a lane that shows these fields."""
        return type(cls.__name__, (cls,), {"shown": fields})


class NewStageForm(forms.ModelForm[Stage]):
    class Meta:
        model = Stage
        fields = ["title"]


class LaneForm(MergeForm):
    class Meta:
        model = Lane
        fields = ["title"]


@dataclass(frozen=True)
class LaneOption:
    """A kind of lane to choose; one that the map can have only once may be taken."""

    kind: LaneKind
    radio: forms.boundfield.BoundWidget
    taken: bool


@dataclass
class LaneGroup:
    name: str
    options: list[LaneOption]


class NewLaneForm(forms.Form):
    """`taken` are the keys of the kinds that the map has already."""

    kind = forms.ChoiceField(label=_("What the lane is for"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Name"), max_length=60, required=False, help_text=_("Empty: the usual name.")
    )

    def __init__(self, *args: Any, taken: Collection[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = sorted(kinds(), key=lambda kind: Group.values.index(kind.group))
        self.taken = {kind.key for kind in self.kinds if kind.once and kind.key in taken}
        kind_field = cast(forms.ChoiceField, self.fields["kind"])
        kind_field.choices = [(kind.key, kind.name) for kind in self.kinds]

    @property
    def groups(self) -> list[LaneGroup]:
        """The kinds in their groups, each with its button."""
        options = [
            LaneOption(kind, radio, kind.key in self.taken)
            for kind, radio in zip(self.kinds, self["kind"], strict=True)
        ]
        for option in options:
            option.radio.data["attrs"] |= {"disabled": option.taken}
        together = groupby(options, key=lambda option: option.kind.group)
        return [LaneGroup(str(Group(group).label), list(of)) for group, of in together]


class NoteForm(MergeForm):
    """A note on a journey; `instance` knows the journey, also when it is new.

    A map without personas is not asked whose voice it is.
    """

    class Meta:
        model = Note
        fields = ["text", "persona"]
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, instance: Note, **options: Any) -> None:
        super().__init__(*args, instance=instance, **options)
        voice = cast("forms.ModelChoiceField[Persona]", self.fields["persona"])
        personas = {persona.pk: persona for persona in shown_personas(instance.board_id)}
        if not personas or instance.persona_id not in {None, *personas}:
            del self.fields["persona"]
            return
        voice.queryset = shown_personas(instance.board_id)
        names = [(pk, persona.name) for pk, persona in personas.items()]
        voice.choices = [("", _("Nobody in particular")), *names]

    @classmethod
    def of_new(cls, journey: Journey, data: Any = None) -> "NoteForm":
        return cls(data, instance=Note(board_id=journey.pk))


class PasteForm(forms.Form):
    """What comes from the clipboard: a text, or the pieces and ids of notes of a map."""

    text = forms.CharField(required=False, strip=False)
    is_table = forms.BooleanField(required=False)
    pieces = forms.JSONField(required=False)

    def clean_pieces(self) -> list[Piece]:
        try:
            sent = self.cleaned_data["pieces"] or []
            found = [Piece(int(y), int(x), str(text)) for y, x, text in sent]
        except (TypeError, ValueError) as error:
            raise forms.ValidationError(_("This was not copied from a map.")) from error
        if any(one.row < 0 or one.column < 0 for one in found):
            raise forms.ValidationError(_("This was not copied from a map."))
        return found

    def found(self) -> list[Piece]:
        """The texts with their places; raises Refused for what a map cannot take."""
        if self.cleaned_data["pieces"]:
            return checked(self.cleaned_data["pieces"])
        return pieces_of(self.cleaned_data["text"], is_table=self.cleaned_data["is_table"])


class ReshapeForm(forms.ModelForm[Stage]):
    """What the stage is called that comes of a split or a merge."""

    class Meta:
        model = Stage
        fields = ["title"]


class CopyForm(forms.ModelForm[Journey]):
    """A copy's title, and in which of one's workspaces it shall be."""

    workspace = forms.ChoiceField(label=_("Workspace"), required=False)

    class Meta:
        model = Journey
        fields = ["title"]

    def __init__(self, *args: Any, workspaces: Iterable[Workspace], **options: Any) -> None:
        super().__init__(*args, **options)
        self.mine = {str(workspace.pk): workspace for workspace in workspaces}
        field = cast(forms.ChoiceField, self.fields["workspace"])
        field.choices = [(key, workspace.name) for key, workspace in self.mine.items()]

    def chosen_workspace(self) -> Workspace | None:
        return self.mine.get(self.cleaned_data["workspace"])


COLOURS = (
    (1, _("Red")), (2, _("Orange")), (3, _("Yellow")), (4, _("Green")),
    (5, _("Turquoise")), (6, _("Blue")), (7, _("Violet")), (8, _("Pink")),
)  # fmt: skip


class PersonaForm(MergeForm):
    colour = forms.TypedChoiceField(
        label=_("Colour"), choices=COLOURS, coerce=int, initial=1, widget=forms.RadioSelect
    )

    class Meta:
        model = Persona
        fields = [
            "name", "segment", "quote", "summary", "goals", "pains", "gains", "behaviours",
            "colour",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea({"rows": 3})
            for name in ("summary", "goals", "pains", "gains", "behaviours")
        }
