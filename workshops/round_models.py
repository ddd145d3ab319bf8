"""Rounds: everybody votes or rates alone, and nobody sees what others gave until it is revealed.

What is given in a round waits in a sealed row that is no item of the board, so that no change,
page, stream, export or earlier version can hold it. Revealing a round turns the sealed rows into
votes and ratings.
"""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collaboration.models import Board, BoardItem
from teams.models import Timestamped
from workshops.agenda_models import MOST_DOTS
from workshops.models import HIGHEST, LOWEST, Contribution, Participant, Rating


class Ask(models.TextChoices):
    """What a round asks of everybody."""

    VOTE = "vote", pgettext_lazy("activity", "Vote")
    RATE = "rate", _("Rate")


class Round(BoardItem):
    """One time that everybody votes or rates alone, in an activity that is named by its number."""

    activity_id = models.BigIntegerField(editable=False)
    ask = models.CharField(_("kind"), max_length=4, choices=Ask, editable=False)
    number = models.PositiveSmallIntegerField(_("number"), default=1, editable=False)
    """Counts the rounds of one kind in this workshop."""
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True, editable=False)
    answered = models.PositiveSmallIntegerField(_("answers"), null=True, editable=False)
    """How many people had answered when it was revealed."""

    class Meta:
        verbose_name = _("round")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity_id", "ask"],
                condition=Q(revealed_at=None),
                name="one_sealed_round_an_activity",
            ),
            models.CheckConstraint(condition=Q(ask__in=Ask.values), name="round_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_ask_display()} {self.number}"

    @property
    def is_sealed(self) -> bool:
        return self.revealed_at is None


class Vote(BoardItem):
    """The dots that a participant put on a contribution."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="votes", verbose_name=_("contribution")
    )
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, editable=False, related_name="votes"
    )
    count = models.PositiveSmallIntegerField(
        _("dots"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DOTS)],
    )

    class Meta:
        verbose_name = _("vote")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant", "round"], name="vote_once_a_round"
            ),
            models.UniqueConstraint(
                fields=["contribution", "participant"],
                condition=Q(round=None),
                name="vote_once_without_a_round",
            ),
            models.CheckConstraint(
                condition=Q(count__range=(1, MOST_DOTS)), name="vote_count_in_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.count)


class Sealed(Timestamped):
    """What a participant gave in a round that is not revealed; all is named by its number.

    It has the id that it keeps when it is revealed, so that a program knows it before and after.
    """

    BECOMES: ClassVar[type[BoardItem]]
    CARRIED: ClassVar[tuple[str, ...]]
    id = models.BigIntegerField(primary_key=True)
    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    round_id = models.BigIntegerField()
    giver = models.CharField(max_length=80)
    """Who gave it, by a key; see givers.py."""
    participant_id = models.BigIntegerField(null=True)
    """None where nobody shall be named."""

    class Meta:
        abstract = True

    def opened(self) -> Any:
        """As it will be when it is revealed; not to be saved without an edit."""
        values = {field: getattr(self, field) for field in self.CARRIED}
        becomes: Any = self.BECOMES
        return becomes(
            pk=self.pk,
            board_id=self.board_id,
            participant_id=self.participant_id,
            created_at=self.created_at,
            updated_at=self.updated_at,
            **values,
        )

    @classmethod
    def next_id(cls) -> int:
        """A number that the revealed row will have."""
        with connection.cursor() as cursor:
            table = cls.BECOMES._meta.db_table
            cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            (number,) = cursor.fetchone()
        return int(number)


class SealedVote(Sealed):
    BECOMES = Vote
    CARRIED = ("contribution_id", "round_id", "count")
    contribution_id = models.BigIntegerField()
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round_id", "giver", "contribution_id"], name="sealed_vote_once"
            ),
            models.CheckConstraint(
                condition=Q(count__range=(1, MOST_DOTS)), name="sealed_vote_in_range"
            ),
        ]


class SealedRating(Sealed):
    """Either mark may still be missing; without both it does not count."""

    BECOMES = Rating
    CARRIED = ("proposal_id", "round_id", "feasibility", "effect")
    proposal_id = models.BigIntegerField()
    feasibility = models.PositiveSmallIntegerField(null=True)
    effect = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round_id", "giver", "proposal_id"], name="sealed_rating_once"
            ),
            models.CheckConstraint(
                condition=Q(feasibility__range=(LOWEST, HIGHEST)) | Q(feasibility=None),
                name="sealed_feasibility_in_range",
            ),
            models.CheckConstraint(
                condition=Q(effect__range=(LOWEST, HIGHEST)) | Q(effect=None),
                name="sealed_effect_in_range",
            ),
        ]

    @property
    def is_complete(self) -> bool:
        return self.feasibility is not None and self.effect is not None
