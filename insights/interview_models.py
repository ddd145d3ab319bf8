"""Talks with customers: the guide, what was said, and the ladder of whys below each answer."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models import Persona
from teams.models import Role, Timestamped, User, Workspace

DEEP_ENOUGH = 3
"""So many times "why?" is asked before an answer counts as a root motive."""

MOST_QUESTIONS = 40
MOST_STEPS = 12
MOST_GUIDES = 100
MOST_LADDERS = 300
"""So many answers an interview holds."""

READERS = tuple(role.value for role in Role if role.includes(Role.EDITOR))
"""Who may read interviews."""


class InterviewGuide(Timestamped):
    """Questions to ask, for one interview after another."""

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="interview_guides", editable=False
    )
    name = models.CharField(_("name"), max_length=80)
    questions = ArrayField(
        models.CharField(max_length=300), verbose_name=_("questions"), size=MOST_QUESTIONS
    )

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="guide_name_once",
                violation_error_message=_("There is already a guide of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class InterviewQuerySet(QuerySet["Interview"]):
    def visible_to(self, user: User) -> "InterviewQuerySet":
        """Those of the workspaces in which this person may read interviews."""
        return self.filter(
            workspace__memberships__user=user, workspace__memberships__role__in=READERS
        )


class Interview(Timestamped):
    """A talk with one participant, who is known here by a pseudonym."""

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="interviews", editable=False
    )
    source = models.ForeignKey(
        "insights.Source",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="interviews",
        verbose_name=_("source"),
    )
    participant = models.CharField(_("pseudonym of the participant"), max_length=80)
    person = models.CharField(_("who it is"), max_length=280, blank=True)
    persona = models.ForeignKey(
        Persona, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("persona")
    )
    guide = models.ForeignKey(
        InterviewGuide,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("guide"),
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    # Stages of maps by id, which the database does not hold: a stage may go and come back.
    stages = ArrayField(
        models.BigIntegerField(), verbose_name=_("stages covered"), default=list, blank=True
    )
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_for = models.CharField(_("consent given for"), max_length=280, blank=True)
    keep_until = models.DateField(_("keep until"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    transcript = models.TextField(_("transcript"), max_length=200_000, blank=True)

    objects: ClassVar[models.Manager["Interview"]] = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(participant=""), name="participant_has_a_pseudonym")
        ]
        indexes = [models.Index(fields=["workspace", "-date"])]

    def __str__(self) -> str:
        return self.participant

    def get_absolute_url(self) -> str:
        return reverse("insights:interview", args=[self.pk])


class Ladder(Timestamped):
    """An answer and the whys below it; it outlives its interview where an insight rests on it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", editable=False)
    interview = models.ForeignKey(
        Interview, models.CASCADE, null=True, related_name="ladders", editable=False
    )

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def rungs(self) -> "list[LadderStep]":
        """Its steps, the first answer first."""
        return list(self.steps.all())

    @property
    def depth(self) -> int:
        """How many times "why?" was asked and answered."""
        return max(len(self.rungs) - 1, 0)

    @property
    def is_shallow(self) -> bool:
        return self.depth < DEEP_ENOUGH


class LadderStep(models.Model):
    """A question and its answer; each is one why below the one before."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="steps", editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    question = models.CharField(_("question"), max_length=300, blank=True)
    answer = models.TextField(_("answer, in the customer’s words"), max_length=1000)

    class Meta:
        ordering = ["depth"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "depth"], name="one_step_a_depth"),
            models.CheckConstraint(condition=~Q(answer=""), name="step_has_an_answer"),
            models.CheckConstraint(condition=Q(depth__lt=MOST_STEPS), name="ladder_has_an_end"),
        ]

    def __str__(self) -> str:
        return self.answer[:60]


class InterviewReading(models.Model):
    """Somebody opened an interview."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reader_name = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["interview", "-at"])]

    def __str__(self) -> str:
        return f"{self.reader_name} {self.at:%Y-%m-%d %H:%M}"
