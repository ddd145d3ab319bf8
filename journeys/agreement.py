"""How far the customer's goal and ours agree, for a stage and for a whole journey."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Agreement(models.IntegerChoices):
    OPPOSED = 1, _("They pull apart")
    LITTLE = 2, _("They agree a little")
    PARTLY = 3, _("They agree in part")
    LARGELY = 4, _("They agree for the most part")
    FULLY = 5, _("They are the same")


class AgreementField(models.PositiveSmallIntegerField):  # type: ignore[type-arg]
    """1 to 5; None where nobody has said."""

    def __init__(self, **options: Any) -> None:
        defaults = {
            "verbose_name": _("how far the goals agree"),
            "choices": Agreement,
            "null": True,
            "blank": True,
        }
        super().__init__(**{**defaults, **options})


def agrees_in_range(name: str) -> models.CheckConstraint:
    """A constraint on `goal_agreement`: 1 to 5, or nobody has said."""
    unsaid, said = models.Q(goal_agreement=None), models.Q(goal_agreement__range=(1, 5))
    return models.CheckConstraint(condition=unsaid | said, name=name)


@dataclass(frozen=True)
class AgreementShown:
    """An agreement as words, and as five marks of which some are filled."""

    value: int

    @property
    def words(self) -> str:
        return str(Agreement(self.value).label)

    @property
    def marks(self) -> list[bool]:
        return [mark <= self.value for mark in Agreement.values]


class HasGoals(models.Model):
    """What has a goal of the customer's and one of ours."""

    goal_agreement = AgreementField()

    class Meta:
        abstract = True

    @property
    def agreement(self) -> AgreementShown | None:
        """How far they agree, to be shown; None where nobody has said."""
        return AgreementShown(self.goal_agreement) if self.goal_agreement else None
