"""Forms of interviews: what is known of the talk, its guide, and each answer."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaboration.merge import MergeForm
from insights.interview_models import (
    MOST_QUESTIONS,
    Interview,
    InterviewGuide,
    LadderStep,
)
from insights.models import Source
from insights.selectors import sources_of
from insights.transcripts import (
    MOST_BYTES,
    READERS,
    TOO_LARGE,
    UNKNOWN,
    NotATranscript,
    require_room,
    words_of_file,
)
from journeys.models import Persona, Stage
from teams.forms import NameField

StagesByJourney = Sequence[tuple[str, Sequence[Stage]]]
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class StagesField(forms.TypedMultipleChoiceField):
    """Stages of maps by id, grouped under the titles of their journeys."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(coerce=int, required=False, **options)

    def offer(self, journeys: StagesByJourney) -> None:
        self.choices = [
            (title, [(stage.pk, stage.title) for stage in stages]) for title, stages in journeys
        ]


class TranscriptInput(forms.FileInput):
    """Lets the browser refuse, before anything is sent, a file that is too large."""

    def __init__(self) -> None:
        words = {"data-too-large": TOO_LARGE, "data-wrong-type": UNKNOWN}
        accepted = ",".join(f".{ending}" for ending in READERS)
        super().__init__({"accept": accepted, "data-most-bytes": MOST_BYTES, **words})


class TranscriptForm(forms.Form):
    """A file whose words are put below those of the transcript."""

    file = forms.FileField(
        label=gettext_lazy("Transcript from a file"),
        required=False,
        allow_empty_file=True,
        widget=TranscriptInput(),
        help_text=gettext_lazy(
            "Text, Word (.docx) or subtitles (.vtt, .srt), up to 10 MB. Its words are put below"
            " what stands in the transcript; the file is not kept."
        ),
    )
    words = ""

    def clean_file(self) -> Any:
        if file := self.cleaned_data["file"]:
            try:
                self.words = words_of_file(file, file.name)
                require_room(self.data.get("transcript", "") + self.words)
            except NotATranscript as reason:
                raise ValidationError(str(reason)) from reason
        return file

    def joined(self) -> Any:
        """What was sent, with the words of the file where the transcript is."""
        data: Any = self.data
        if self.is_valid() and self.words:
            data = data.copy()
            parts = (data.get("transcript", "").rstrip(), self.words)
            data["transcript"] = "\n\n".join(part for part in parts if part)
        return data


class InterviewForm(MergeForm):
    """What is known of a talk; `journeys` are those whose stages the person may see."""

    participant = NameField(
        label=gettext_lazy("Pseudonym of the participant"),
        help_text=gettext_lazy("Such as “Buyer 7”. Quotes are shown under this name alone."),
    )
    stages = StagesField(label=gettext_lazy("Stages covered"))

    class Meta:
        model = Interview
        fields = [
            "participant", "date", "persona", "source", "guide", "language", "person",
            "consent_on", "consent_for", "keep_until", "stages", "transcript",
        ]  # fmt: skip
        widgets = {
            "date": DATE,
            "consent_on": DATE,
            "keep_until": DATE,
            "transcript": forms.Textarea({"rows": 10}),
        }
        help_texts = {
            "person": gettext_lazy(
                "The real name and how to reach them, if you need it. It is forgotten with the"
                " participant."
            ),
            "consent_for": gettext_lazy("Such as “quotes without a name, in workshops”."),
            "keep_until": gettext_lazy("After this day the participant is forgotten."),
        }

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        instance: Interview,
        journeys: StagesByJourney = (),
        **options: Any,
    ) -> None:
        self.upload = TranscriptForm(data, files)
        sent = data if data is None else self.upload.joined()
        super().__init__(sent, instance=instance, **options)
        cast("StagesField", self.fields["stages"]).offer(journeys)
        self.journeys = journeys
        ours = {
            "source": sources_of(instance.workspace_id),
            "persona": Persona.objects.filter(workspace=instance.workspace_id),
            "guide": InterviewGuide.objects.filter(workspace=instance.workspace_id),
        }
        for name, rows in ours.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows
        source = cast("forms.ModelChoiceField[Source]", self.fields["source"])
        source.empty_label = _("No source")

    def is_valid(self) -> bool:
        return super().is_valid() and not self.upload.errors

    def clean_stages(self) -> list[int]:
        """Those that the person does not see stay."""
        offered = {stage.pk for _title, stages in self.journeys for stage in stages}
        unseen = [pk for pk in self.instance.stages if pk not in offered]
        return [*self.cleaned_data["stages"], *unseen]

    def again(self, data: Any) -> MergeForm:
        return InterviewForm(data, instance=self.instance, journeys=self.journeys)


class GuideForm(forms.ModelForm[InterviewGuide]):
    name = NameField(label=gettext_lazy("Name"))
    questions = forms.CharField(
        label=gettext_lazy("Questions"),
        help_text=gettext_lazy("One on each line."),
        widget=forms.Textarea({"rows": 8}),
    )

    class Meta:
        model = InterviewGuide
        fields = ["name", "questions"]

    def __init__(self, data: Any = None, *, instance: InterviewGuide, **options: Any) -> None:
        options.setdefault("initial", {"questions": "\n".join(instance.questions or [])})
        super().__init__(data, instance=instance, **options)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = InterviewGuide.objects.filter(
            workspace=self.instance.workspace_id, name__iexact=name
        ).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("There is already a guide of this name."))
        return name

    def clean_questions(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines()]
        questions = [line for line in lines if line]
        if len(questions) > MOST_QUESTIONS:
            raise ValidationError(_("A guide has at most %(most)s.") % {"most": MOST_QUESTIONS})
        if any(len(question) > 300 for question in questions):
            raise ValidationError(_("A question has at most 300 letters."))
        return questions


class AnswerForm(forms.ModelForm[LadderStep]):
    """A new answer, or a why below one."""

    class Meta:
        model = LadderStep
        fields = ["question", "answer"]
        widgets = {"answer": forms.Textarea({"rows": 2})}


class StepForm(MergeForm):
    """An answer that was written down before."""

    class Meta:
        model = LadderStep
        fields = ["question", "answer"]
        widgets = {"answer": forms.Textarea({"rows": 2, "autofocus": True})}
