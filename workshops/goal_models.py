"""Which goals of a journey the actions serve that its workshops decided.

The pair lies on the journey's board, where the goal is; the action is on its workshop's board,
which has a history of its own, so it is named by its number.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaboration.models import BoardItem
from touchpoints.models import Goal


class ActionGoal(BoardItem):
    """An action that serves a goal."""

    STAYS: ClassVar[bool] = True
    """The action is a workshop's on this journey; it says nothing of a copy."""

    action_id = models.BigIntegerField(_("action"), editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+", verbose_name=_("goal"))

    class Meta:
        verbose_name = _("what an action serves")
        constraints = [
            models.UniqueConstraint(fields=["action_id", "goal"], name="goal_once_an_action")
        ]
