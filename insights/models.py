"""What was learnt about customers, where, and which parts of a map rest on it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from collaboration import fulltext
from collaboration.models import BoardItem
from collaboration.ordering import Ordered
from insights.interview_models import (
    Interview,
    InterviewGuide,
    InterviewReading,
    Ladder,
    LadderStep,
)
from insights.readiness_models import Answer, Readiness
from journeys.models import Note, Persona, Stage
from teams.models import Timestamped, Workspace
from touchpoints.models import Touchpoint

__all__ = [
    "MOST_TAGS", "Answer", "ChosenSource", "Evidence", "Insight", "InsightKind", "Interview", "InterviewGuide",
    "InterviewReading", "Ladder", "LadderStep", "News", "Readiness", "Source",
    "SourceKind",
]  # fmt: skip

MOST_TAGS = 12


class SourceKind(models.TextChoices):
    """How something was learnt."""

    INTERVIEW = "interview", _("Interview")
    LISTENING = "listening", _("Listening in at customer service")
    SURVEY = "survey", _("Survey")
    ANALYTICS = "analytics", _("Analytics")
    REVIEW = "review", _("Reviews")
    VISIT = "visit", _("Own visit")


class Source(Timestamped):
    """Where insights come from: a round of interviews, a survey, an hour of listening in."""

    Kind = SourceKind

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="sources", editable=False)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.INTERVIEW)

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="source_name_once",
                violation_error_message=_("There is already a source of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values), name="source_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InsightKind(models.TextChoices):
    """What an insight is about."""

    NEED = "need", _("Need")
    GOAL = "goal", _("Goal")
    CHALLENGE = "challenge", _("Challenge")
    DOUBT = "doubt", _("Doubt or question")
    MOTIVATION = "motivation", _("Motivation")
    BARRIER = "barrier", _("What holds them back")
    PAIN = "pain", _("Pain")
    GAIN = "gain", _("Gain")
    BRAND = "brand", _("View of our brand")
    PERFORMANCE = "performance", _("View of our performance")


class InsightManager(models.Manager["Insight"]):
    def get_queryset(self) -> "QuerySet[Insight]":
        """Without the words by which they are found, which nobody reads."""
        return super().get_queryset().defer("found_by")


class Insight(Timestamped):
    """One thing that was learnt, in our words, in the customer's, or in both."""

    Kind = InsightKind

    class Strength(models.IntegerChoices):
        HINT = 1, _("One person said so")
        PATTERN = 2, _("Several said so")
        PROOF = 3, _("Most say so")

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="insights", editable=False
    )
    # A source with insights is not deleted, yet it goes together with its whole workspace.
    source = models.ForeignKey(
        Source,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="insights",
        verbose_name=_("source"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEED)
    quote = models.TextField(_("quote, in the customer's words"), max_length=1000, blank=True)
    text = models.TextField(_("insight, in our words"), max_length=2000, blank=True)
    strength = models.PositiveSmallIntegerField(
        _("how sure we are"),
        null=True,
        blank=True,
        choices=Strength,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    tags = ArrayField(
        models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True,
        size=MOST_TAGS,
    )  # fmt: skip
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    personas = models.ManyToManyField(
        Persona, blank=True, related_name="+", verbose_name=_("personas")
    )
    # Where it was said; when the participant is forgotten the insight stays without them.
    interview = models.ForeignKey(
        Interview, models.SET_NULL, null=True, blank=True, editable=False, related_name="insights"
    )
    ladder = models.ForeignKey(
        Ladder, models.SET_NULL, null=True, blank=True, editable=False, related_name="insights"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    # Kept with the row: worked out for each row that is looked at, it takes seconds.
    found_by = models.GeneratedField(
        expression=fulltext.vector("quote", "text"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar[InsightManager] = InsightManager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            GinIndex(fields=["found_by"], name="insight_found_by_words"),
            GinIndex(fields=["tags"], name="insight_found_by_tags"),
            models.Index(fields=["workspace", "-created_at", "-id"], name="insight_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="", quote=""),
                name="insight_says_something",
                violation_error_message=_("Write a quote, an insight in your words, or both."),
            ),
            models.CheckConstraint(
                condition=Q(strength=None) | Q(strength__range=(1, 3)),
                name="insight_strength_1_to_3",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=InsightKind.values), name="insight_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return (self.quote or self.text)[:80]


class News(models.TextChoices):
    """What evidence did to what we knew."""

    CONFIRMS = "confirms", _("Confirms what we knew")
    NEW = "new", _("New to us")
    CONTRADICTS = "contradicts", _("Contradicts what we thought")


class Evidence(Ordered, BoardItem):
    """The link that puts an insight of the library on a stage of a map, or says of a note or a
    touchpoint there that it is so, or is not."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports")
        CONTRADICTS = "contradicts", _("Contradicts")

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="evidence", editable=False)
    # Evidence is taken off through its board's door before an insight goes.
    insight = models.ForeignKey(Insight, models.RESTRICT, related_name="evidence", editable=False)
    note = models.ForeignKey(
        Note, models.CASCADE, null=True, blank=True, related_name="+", editable=False
    )
    touchpoint = models.ForeignKey(
        Touchpoint, models.CASCADE, null=True, blank=True, related_name="+", editable=False
    )
    stance = models.CharField(
        _("what it says"), max_length=11, choices=Stance, default=Stance.SUPPORTS
    )
    new_to_us = models.BooleanField(_("new to us"), default=False)

    class Meta:
        verbose_name = _("evidence")
        ordering = ["position"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "insight", "note", "touchpoint"],
                name="insight_once_a_place",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["stage", "position"], name="evidence_position_once"),
            models.CheckConstraint(
                condition=Q(note=None) | Q(touchpoint=None), name="evidence_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=["supports", "contradicts"]), name="evidence_takes_a_stance"
            ),
        ]

    def siblings(self) -> "QuerySet[Evidence]":
        return Evidence.objects.filter(stage_id=self.stage_id)

    @property
    def news(self) -> "News":
        """What it did to what we knew."""
        if self.stance == self.Stance.CONTRADICTS:
            return News.CONTRADICTS
        return News.NEW if self.new_to_us else News.CONFIRMS

    @property
    def about(self) -> str:
        """The element of a map that it is about: `note-12`."""
        if self.note_id:
            return f"note-{self.note_id}"
        return (
            f"touchpoint-{self.touchpoint_id}" if self.touchpoint_id else f"stage-{self.stage_id}"
        )


class ChosenSource(BoardItem):
    """A kind of source by which a stage is to be learnt about."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="chosen_sources", editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)

    class Meta:
        verbose_name = _("chosen source")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "kind"], name="source_chosen_once_a_stage"),
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values), name="chosen_source_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
