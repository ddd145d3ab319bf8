"""What stands ready for customers in a stage, and which of their doubts and needs it answers."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from collaboration import fulltext
from collaboration.models import BoardItem
from collaboration.ordering import Ordered
from journeys.models import Note, Stage
from touchpoints.models import Channel

READINESS_TEXTS = ("title",)
"""The fields in which what stands ready is searched."""


class ReadinessKind(models.TextChoices):
    """What it is that the customer gets."""

    INFORMATION = "information", _("Information")
    PRODUCT = "product", _("Product")
    SOLUTION = "solution", _("Solution")
    TOOL = "tool", _("Tool")
    MESSAGE = "message", _("Message")


class ReadinessStatus(models.TextChoices):
    """How far it has come."""

    MISSING = "missing", _("Missing")
    PLANNED = "planned", _("Planned")
    IN_WORK = "in_work", _("In work")
    READY = "ready", _("Ready")


class Readiness(Ordered, BoardItem):
    """The information, product, solution, tool or message that a customer finds in a stage."""

    Kind = ReadinessKind
    Status = ReadinessStatus

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="+", editable=False)
    title = models.CharField(_("what the customer finds"), max_length=120)
    kind = models.CharField(
        _("kind"), max_length=11, choices=ReadinessKind, default=ReadinessKind.INFORMATION
    )
    # A channel in use is not deleted, yet it goes together with its whole workspace.
    channel = models.ForeignKey(
        Channel,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("channel"),
    )
    status = models.CharField(
        _("status"), max_length=7, choices=ReadinessStatus, default=ReadinessStatus.PLANNED
    )
    owner = models.CharField(_("responsible"), max_length=120, blank=True)
    link = models.URLField(
        _("link"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    due = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name = _("what stands ready")
        verbose_name_plural = "readiness"
        ordering = ["position"]
        indexes = [fulltext.index("readiness_found_by_words", *READINESS_TEXTS)]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="readiness_position_once"),
            models.CheckConstraint(condition=~Q(title=""), name="readiness_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=ReadinessKind.values), name="readiness_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReadinessStatus.values), name="readiness_of_a_known_status"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__istartswith="http"), name="readiness_link_to_a_page"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        return self.status == ReadinessStatus.READY

    def siblings(self) -> "QuerySet[Readiness]":
        return Readiness.objects.filter(stage_id=self.stage_id)


class Answer(BoardItem):
    """A doubt or need, as a note or as an insight on a stage, with what answers it."""

    CANNOT_LOSE: ClassVar[frozenset[str]] = frozenset({"note", "evidence"})

    readiness = models.ForeignKey(
        Readiness, models.CASCADE, related_name="answers", verbose_name=_("what stands ready")
    )
    note = models.ForeignKey(
        Note, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("note")
    )
    evidence = models.ForeignKey(
        "insights.Evidence",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("insight on the map"),
    )

    class Meta:
        verbose_name = _("answer to a doubt")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["readiness", "note", "evidence"],
                name="doubt_answered_once_by_the_same",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(note=None, evidence__isnull=False)
                | Q(note__isnull=False, evidence=None),
                name="answer_to_one_doubt",
            ),
        ]
