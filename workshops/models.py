"""The workshop: a session on a journey, who took part, what they brought and decided."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collaboration.models import Board, BoardItem, BoardQuerySet
from collaboration.ordering import Ordered, PositionField
from journeys.models import Journey, Period
from teams.models import User
from workshops.action_models import Action, ActionStatus
from workshops.goal_models import ActionGoal

__all__ = [
    "Action", "ActionGoal", "ActionStatus", "Contribution", "ContributionKind", "Participant",
    "Phase", "Proposal", "Rating", "ScopeStage", "Workshop",
]  # fmt: skip

LOWEST, HIGHEST = 1, 5
"""The ends of both rating scales."""

ONE_TO_FIVE = (MinValueValidator(LOWEST), MaxValueValidator(HIGHEST))


class Phase(models.TextChoices):
    """Where a workshop stands; the facilitator leads from one to the next."""

    PREPARE = "prepare", _("Prepare")
    COLLECT = "collect", _("Collect")
    DISCUSS = "discuss", _("Discuss")
    PROPOSE = "propose", _("Propose")
    RATE = "rate", _("Rate")
    DECIDE = "decide", _("Decide")
    CLOSE = "close", pgettext_lazy("phase", "Close")


class ContributionKind(models.TextChoices):
    PROBLEM = "problem", _("Problem")
    IDEA = "idea", _("Idea")
    QUESTION = "question", _("Question")
    STRENGTH = "strength", _("Strength")


class Workshop(Board):
    """A session in which people from several departments work on one journey."""

    KIND: ClassVar[str] = "workshop"

    # Not `journey`: that name leads from a board to itself as a journey.
    subject = models.ForeignKey(
        Journey, models.CASCADE, related_name="workshops", verbose_name=_("journey")
    )
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    location = models.CharField(_("place"), max_length=120, blank=True)
    facilitator = models.CharField(_("facilitator"), max_length=80, blank=True)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    departments_needed = models.CharField(
        _("departments needed"),
        max_length=300,
        blank=True,
        db_default="",
        help_text=_("With commas between them. The workshop warns while one has nobody in it."),
    )
    phase = models.CharField(_("phase"), max_length=8, choices=Phase, default=Phase.PREPARE)
    ratings_frozen_at = models.DateTimeField(
        _("result of the rating frozen"), null=True, blank=True, editable=False
    )
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows"),
    )

    objects = BoardQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("workshop")
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="workshop_phase_known")
        ]

    def get_absolute_url(self) -> str:
        return reverse("workshops:workshop", args=[self.pk])


class ScopeStage(BoardItem):
    """A stage of the journey that the workshop works on, as it was when it was chosen.

    The journey is another board with its own history, so the stage is named by its number
    and copied, not referred to: it may be renamed or deleted there and stays right here.
    """

    journey_stage_id = models.BigIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=80)
    period = models.CharField(_("period"), max_length=6, choices=Period)
    position = PositionField()

    class Meta:
        verbose_name = _("stage in scope")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "journey_stage_id"], name="scope_stage_once_a_workshop"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Participant(BoardItem):
    """A person in a workshop, with or without an account."""

    name = models.CharField(_("name"), max_length=80)
    department = models.CharField(_("department"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    is_guest = models.BooleanField(_("came by the code"), default=False, editable=False)

    class Meta:
        verbose_name = _("participant")
        ordering = ["department", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "user"], name="participant_once_a_workshop")
        ]

    def __str__(self) -> str:
        return self.name


class Contribution(Ordered, BoardItem):
    """What a participant adds to a stage, or to the whole journey: a problem, an idea."""

    stage = models.ForeignKey(
        ScopeStage,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="contributions",
    )
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    author_name = models.CharField(max_length=80, editable=False)
    kind = models.CharField(
        _("kind"), max_length=8, choices=ContributionKind, default=ContributionKind.PROBLEM
    )
    text = models.TextField(_("text"), max_length=1000)
    finding = models.BigIntegerField(null=True, blank=True, editable=False)
    """The number of the step of a walk, on the journey's board, that it comes from."""

    touchpoint = models.BigIntegerField(null=True, blank=True, editable=False)
    """The number of a touchpoint on the journey's board, whose title is kept as it was."""

    touchpoint_title = models.CharField(
        max_length=120, blank=True, default="", db_default="", editable=False
    )
    cluster = models.ForeignKey(
        "Cluster",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="contributions",
    )
    discussion = models.TextField(
        _("notes of the discussion"), max_length=2000, blank=True, default="", db_default=""
    )
    mark = models.CharField(max_length=100, blank=True, default="", db_default="", editable=False)
    """A keyed digest of who wrote it, where no account says so; see writers.py."""

    carried = models.BigIntegerField(null=True, blank=True, editable=False)
    """The number of the contribution of the workshop before that it continues."""

    class Meta:
        verbose_name = _("contribution")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["board", "stage", "position"]),
            models.Index(
                fields=["finding"], condition=~Q(finding=None), name="contribution_of_a_finding"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContributionKind.values), name="contribution_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_anonymous(self) -> bool:
        """Written without a name, by somebody who knows it as their own."""
        return bool(self.mark) and not self.author_name

    def siblings(self) -> "QuerySet[Contribution]":
        return Contribution.objects.filter(board_id=self.board_id, stage_id=self.stage_id)


class Proposal(Ordered, BoardItem):
    """A suggested solution; participants rate how feasible it is and what effect it has."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("description"), max_length=2000, blank=True)
    stage = models.ForeignKey(
        ScopeStage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stage"),
    )
    solves = models.ForeignKey(
        Contribution,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("solves"),
    )

    class Meta:
        verbose_name = _("proposal")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "position"], name="proposal_position_once")
        ]

    def __str__(self) -> str:
        return self.title

    def siblings(self) -> "QuerySet[Proposal]":
        return Proposal.objects.filter(board_id=self.board_id)


class Rating(BoardItem):
    """One person's view of a proposal; given again it takes the place of the earlier one."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, editable=False, related_name="ratings")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, blank=True, editable=False, related_name="ratings"
    )
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    round = models.ForeignKey(
        "workshops.Round",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="ratings",
    )
    feasibility = models.PositiveSmallIntegerField(_("feasibility"), validators=ONE_TO_FIVE)
    effect = models.PositiveSmallIntegerField(_("effect"), validators=ONE_TO_FIVE)
    earlier_feasibility = models.PositiveSmallIntegerField(
        _("feasibility, one round earlier"), null=True, editable=False
    )
    earlier_effect = models.PositiveSmallIntegerField(
        _("effect, one round earlier"), null=True, editable=False
    )

    class Meta:
        verbose_name = _("rating")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "user"], name="rating_once_a_user"),
            models.UniqueConstraint(
                fields=["proposal", "participant"], name="rating_once_a_participant"
            ),
            models.CheckConstraint(
                condition=Q(feasibility__range=(LOWEST, HIGHEST)), name="feasibility_in_range"
            ),
            models.CheckConstraint(
                condition=Q(effect__range=(LOWEST, HIGHEST)), name="effect_in_range"
            ),
        ]


import workshops.agenda_models  # noqa: E402 - its models stand on the workshop
import workshops.collecting_models  # noqa: E402
import workshops.door_models  # noqa: E402
import workshops.inspiration_models  # noqa: E402 - what it shows
import workshops.invitation_models  # noqa: E402 - who was invited to it
import workshops.mailing_models  # noqa: E402
import workshops.reminder_models  # noqa: E402 - its models are of this app
import workshops.round_models  # noqa: E402, F401 - its models stand on contributions
