"""Finding interviews: by pseudonym, by what is known of the talk, by what is still to be done."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from insights.interview_models import Interview, Ladder
from insights.interview_selectors import interviews_with_use
from insights.models import Insight
from teams.models import Workspace

SOON = timedelta(days=30)
"""So long before its day an interview is pointed out, with time to look at what is uncertain."""

LARGEST_ID = 2**62


class Status(models.TextChoices):
    """What an interview still lacks, or what is about to happen to it."""

    NO_CONSENT = "consent", _("Consent not written down")
    DUE = "due", _("Forgotten within 30 days")
    NO_DATE = "undated", _("No day to be forgotten")
    NO_ANSWERS = "silent", _("No answers yet")
    NOTHING_LEARNT = "unused", _("No insight yet")


@dataclass(frozen=True)
class WantedInterviews:
    """What somebody looks for; empty values do not narrow the list."""

    words: str = ""
    persona: int | None = None
    guide: int | None = None
    source: int | None = None
    status: str = ""


class InterviewSearchForm(forms.Form):
    """Anything that cannot be understood does not narrow the list."""

    q = forms.CharField(required=False, max_length=80)
    persona = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    guide = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    source = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    status = forms.ChoiceField(required=False, choices=Status.choices)

    def wanted(self) -> WantedInterviews:
        self.full_clean()
        given = self.cleaned_data
        return WantedInterviews(
            words=given.get("q", ""),
            persona=given.get("persona"),
            guide=given.get("guide"),
            source=given.get("source"),
            status=given.get("status", ""),
        )


def interviews_wanted(workspace: Workspace, wanted: WantedInterviews) -> QuerySet[Interview]:
    """The latest first, each with its use; who it is and what was said is not looked through."""
    found = interviews_with_use(workspace).defer("transcript", "person")
    names = ("persona", "guide", "source")
    found = found.filter(**{name: getattr(wanted, name) for name in names if getattr(wanted, name)})
    for word in wanted.words.split():
        found = found.filter(participant__icontains=word)
    return _in_status(found, wanted.status)


def number_due(workspace: Workspace) -> int:
    """How many are forgotten soon."""
    return _in_status(Interview.objects.filter(workspace=workspace), Status.DUE).count()


def _in_status(found: QuerySet[Interview], status: str) -> QuerySet[Interview]:
    if status == Status.NO_CONSENT:
        return found.filter(consent_on=None)
    if status == Status.DUE:
        return found.filter(keep_until__lt=timezone.localdate() + SOON).order_by("keep_until", "pk")
    if status == Status.NO_DATE:
        return found.filter(keep_until=None)
    if status == Status.NO_ANSWERS:
        return found.exclude(Exists(Ladder.objects.filter(interview=OuterRef("pk"))))
    if status == Status.NOTHING_LEARNT:
        return found.exclude(Exists(Insight.objects.filter(interview=OuterRef("pk"))))
    return found
