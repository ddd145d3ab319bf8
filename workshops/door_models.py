"""The door of a workshop and the seats behind it; neither is part of the board or its history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from teams.models import Timestamped, User

CODE_LENGTH = 6


class DoorState(models.TextChoices):
    """Who comes in by the code."""

    OPEN = "open", _("Open: whoever has the code comes in")
    ASK = "ask", _("You let each one in")
    LOCKED = "locked", _("Locked: nobody comes in")


class Door(Timestamped):
    """The code of a workshop, and whether it opens anything now."""

    board = models.OneToOneField(Board, models.CASCADE, related_name="+")
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    state = models.CharField(_("door"), max_length=6, choices=DoorState, default=DoorState.LOCKED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DoorState.values), name="door_state_known")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_locked(self) -> bool:
        return self.state == DoorState.LOCKED

    @property
    def spoken_code(self) -> str:
        """In two halves, as it is read out."""
        return f"{self.code[:3]} {self.code[3:]}"


class Seat(Timestamped):
    """By which a guest comes back to being the same participant, on the same device.

    The session holds the secret. Without a participant, somebody waits at the door under this
    name. The participant is not held by the database: removed, the seat opens nothing; brought
    back by Undo, it does again.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    participant = models.ForeignKey(
        "workshops.Participant", models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    department = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or f"seat {self.pk}"
