"""Ranked goals of customers and of ours, and which of our activities serve them."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from collaboration import fulltext
from collaboration.models import BoardItem
from collaboration.ordering import Ordered
from journeys.models import Stage

GOAL_TEXTS = ("text",)
"""The fields in which goals are searched."""


class GoalSide(models.TextChoices):
    """Whose goal it is."""

    CUSTOMER = "customer", _("The customer’s goal")
    BUSINESS = "business", _("Our goal")


class Goal(Ordered, BoardItem):
    """One goal of a journey, or of a stage, in the order of importance to its side."""

    Side = GoalSide

    side = models.CharField(_("whose goal"), max_length=8, choices=GoalSide)
    text = models.CharField(_("goal"), max_length=280)
    stage = models.ForeignKey(
        Stage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stage"),
    )

    class Meta:
        verbose_name = _("ranked goal")
        ordering = ["position"]
        indexes = [fulltext.index("goal_found_by_words", *GOAL_TEXTS)]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "side", "position"], name="goal_position_once_a_side"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="goal_has_a_text"),
            models.CheckConstraint(
                condition=Q(side__in=GoalSide.values), name="goal_of_a_known_side"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def siblings(self) -> "QuerySet[Goal]":
        return Goal.objects.filter(board_id=self.board_id, side=self.side)


class ActivityGoal(BoardItem):
    """An activity of ours that serves a goal."""

    activity: Any = models.ForeignKey(
        "touchpoints.Activity", models.CASCADE, related_name="served", verbose_name=_("activity")
    )
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+", verbose_name=_("goal"))

    class Meta:
        verbose_name = _("what an activity serves")
        constraints = [
            models.UniqueConstraint(fields=["activity", "goal"], name="goal_once_an_activity")
        ]
