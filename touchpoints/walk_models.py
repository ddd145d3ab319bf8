"""Walks: somebody goes the customer's way, at our own company or at a competitor.

The four questions at each touchpoint: did it work, did it help the customer's goal, what was
missing, and what was better than expected. The first three look for faults; the fourth is asked
because a walk at a competitor is for seeing what others do better, and one at our own company for
knowing what must not get lost.
"""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collaboration import fulltext
from collaboration.models import BoardItem
from collaboration.pictures import StoredPictureField
from journeys.models import Stage

STEP_TEXTS = ("place", "missing", "better")
"""The fields in which a step is searched."""

ANSWERS = ("worked", "helped_goal", "missing", "better", "score", "photo")
"""What can be said at a step."""


class Answer(models.TextChoices):
    YES = "yes", pgettext_lazy("answer", "Yes")
    PARTLY = "partly", pgettext_lazy("answer", "Partly")
    NO = "no", pgettext_lazy("answer", "No")


class Walk(BoardItem):
    """A walk along a journey as its customer; one at a competitor names whose customer."""

    competitor = models.BooleanField(_("at a competitor"), default=False)
    company = models.CharField(_("company"), max_length=120, blank=True)
    walker = models.CharField(_("who walked"), max_length=80)
    walked_on = models.DateField(_("walked on"), default=timezone.localdate)
    finished = models.BooleanField(_("finished"), default=False)

    class Meta:
        verbose_name = _("walk")
        ordering = ["-walked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(competitor=False) | ~Q(company=""), name="walk_names_the_competitor"
            )
        ]

    def __str__(self) -> str:
        return self.company or _now("Our own company")


class WalkStep(BoardItem):
    """What a walker met at one touchpoint, ours or another one; `key` is made by who sends it, so
    that what is sent twice is one step. Where its stage has gone from the map, it stays."""

    STAYS: ClassVar[frozenset[str]] = frozenset({"waits"})
    """It waits for a workshop on this journey, not for one on a copy, too."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="steps", editable=False)
    key = models.CharField(max_length=36, editable=False)
    stage = models.ForeignKey(
        Stage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="walk_steps",
        verbose_name=_("stage"),
    )
    touchpoint = models.ForeignKey(
        "touchpoints.Touchpoint",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="walk_steps",
        verbose_name=_("touchpoint"),
    )
    place = models.CharField(_("where it was"), max_length=120, blank=True)
    worked = models.CharField(_("did it work"), max_length=6, choices=Answer, blank=True)
    helped_goal = models.CharField(
        _("did it help the customer's goal"), max_length=6, choices=Answer, blank=True
    )
    missing = models.TextField(_("what was missing"), max_length=1000, blank=True)
    better = models.TextField(_("what was better than expected"), max_length=1000, blank=True)
    score = models.PositiveSmallIntegerField(
        _("score"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    photo = StoredPictureField(verbose_name=_("photo"))
    photo_width = models.PositiveIntegerField(default=0, editable=False)
    photo_height = models.PositiveIntegerField(default=0, editable=False)
    photo_says = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    waits = models.BooleanField(_("a problem for the next workshop"), default=False)

    class Meta:
        verbose_name = _("step of a walk")
        ordering = ["pk"]
        indexes = [fulltext.index("walk_step_found_by_words", *STEP_TEXTS)]
        constraints = [
            models.UniqueConstraint(fields=["walk", "key"], name="walk_step_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="walk_step_has_a_key"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(1, 5)), name="walk_step_score_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(worked__in=["", *Answer.values])
                & Q(helped_goal__in=["", *Answer.values]),
                name="walk_step_known_answers",
            ),
        ]

    @property
    def is_answered(self) -> bool:
        return any(getattr(self, name) for name in ANSWERS)

    @property
    def where(self) -> str:
        """Where it was, in words; the step comes with its touchpoint and stage."""
        return self.place or str(self.touchpoint or self.stage or "")
