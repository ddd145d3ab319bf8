"""Who was sent a summary, so that nobody gets the same file twice."""

from django.db import models

from collaboration.models import Board, Export
from teams.models import Timestamped


class SentSummary(Timestamped):
    """A file that went to an address. The mail itself is an OutgoingMail, which forgets."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    export = models.ForeignKey(Export, models.CASCADE, related_name="sent")
    email = models.EmailField(max_length=254)
    sent_by_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["export", "email"], name="summary_once_an_address")
        ]

    def __str__(self) -> str:
        return self.email
