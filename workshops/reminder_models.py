"""Who has been reminded of what, and who does not want to be."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from collaboration.models import Board
from teams.models import Workspace


class Reminder(models.Model):
    """That somebody was reminded of one thing. The row makes it happen once; another date of the
    same thing is another reminder."""

    class Kind(models.TextChoices):
        SOON = "soon"
        LATE = "late"
        FOLLOW_UP = "follow-up"

    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    about = models.BigIntegerField()
    """The action; of a follow-up the workshop itself."""
    day = models.DateField()
    to = models.EmailField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "day", "to"], name="one_reminder_of_a_thing"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["soon", "late", "follow-up"]), name="known_reminder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.day}"


class Unreminded(models.Model):
    """Somebody without an account who wants no more reminders from a workspace."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", Lower("email"), name="unreminded_once"),
        ]

    def __str__(self) -> str:
        return self.email
