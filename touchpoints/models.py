"""Where customers meet us and others: channels of a workspace, touchpoints on a map."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from collaboration import fulltext
from collaboration.models import BoardItem
from collaboration.ordering import Ordered
from collaboration.origins import Derived
from journeys.models import Feeling, Period, Persona, Stage
from teams.models import Timestamped, Workspace
from touchpoints.choices import Contact, Decision, Device, Party, Use, Verdict
from touchpoints.goal_models import ActivityGoal, Goal, GoalSide
from touchpoints.message_models import LinkedMessage, MessageLink, MessageVerdict
from touchpoints.walk_models import Walk, WalkStep

__all__ = [
    "ACTIVITY_TEXTS", "TEXTS", "Activity", "ActivityGoal", "Channel", "Goal", "GoalSide",
    "LinkedMessage", "MessageLink", "MessageVerdict", "PriorityWeights", "Touchpoint",
    "TouchpointFeeling", "Walk", "WalkStep",
]  # fmt: skip

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]
NOT_LESS = [MinValueValidator(0)]
NOT_ABOVE_TEN = [MaxValueValidator(10)]


TEXTS = ("title", "thinks", "feels", "says", "message", "strengths", "weaknesses")
ACTIVITY_TEXTS = ("title", "purpose")
"""The fields in which a touchpoint, and an activity, are searched."""


class Channel(Timestamped):
    """A place where touchpoints happen; the same list for all maps of a workspace."""

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="channels", editable=False
    )
    name = models.CharField(_("name"), max_length=60)
    online = models.BooleanField(_("online"), default=True)

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="channel_name_once",
                violation_error_message=_("There is already a channel of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="channel_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Touchpoint(Ordered, Derived, BoardItem):
    """One contact between the customer and anyone, in a stage, in the order it is met."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="touchpoints", editable=False)
    # A channel in use is not deleted, yet it goes together with its whole workspace.
    channel = models.ForeignKey(
        Channel,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="touchpoints",
        verbose_name=_("channel"),
    )
    title = models.CharField(_("touchpoint"), max_length=120)
    moment_of_truth = models.BooleanField(
        _("moment of truth"),
        default=False,
        help_text=_("A contact that decides whether the customer goes on."),
    )
    actor = models.CharField(
        _("who the customer meets"),
        max_length=120,
        blank=True,
        help_text=_("A person, a team, a partner, a friend, a machine."),
    )
    party = models.CharField(_("who it is with"), max_length=10, choices=Party, default=Party.US)
    contact = models.CharField(
        _("where it lies"), max_length=6, choices=Contact, default=Contact.WITH
    )
    device = models.CharField(_("device"), max_length=8, choices=Device, blank=True)
    # A persona is deleted by a service, which takes it from the touchpoints first.
    persona = models.ForeignKey(
        Persona,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose touchpoint"),
    )
    missing = models.BooleanField(
        _("missing: it should exist and does not"),
        default=False,
        help_text=_("Customers look for it here and do not find it."),
    )
    use = models.CharField(_("customers use it"), max_length=9, choices=Use, default=Use.MAINLY)
    why_unused = models.CharField(_("why not, if they do not use it"), max_length=280, blank=True)
    importance = models.PositiveSmallIntegerField(
        _("importance to the customer"), null=True, blank=True, validators=ONE_TO_FIVE
    )
    our_importance = models.PositiveSmallIntegerField(
        _("importance to us"), null=True, blank=True, validators=ONE_TO_FIVE
    )
    satisfaction = models.PositiveSmallIntegerField(
        _("how well it works today"), null=True, blank=True, validators=ONE_TO_FIVE
    )
    thinks = models.TextField(_("what the customer thinks"), max_length=1000, blank=True)
    feels = models.TextField(_("what the customer feels"), max_length=1000, blank=True)
    says = models.TextField(_("what the customer says"), max_length=1000, blank=True)
    message = models.TextField(_("our message here"), max_length=1000, blank=True)
    strengths = models.TextField(_("what is good about it"), max_length=1000, blank=True)
    weaknesses = models.TextField(_("what is weak about it"), max_length=1000, blank=True)
    verdict = models.CharField(
        _("does it work"), max_length=7, choices=Verdict, default=Verdict.UNKNOWN
    )
    verdict_on = models.DateField(_("judged on"), null=True, blank=True)
    department = models.CharField(_("responsible department"), max_length=80, blank=True)
    owner = models.CharField(_("who is responsible with us"), max_length=120, blank=True)
    helpers = models.CharField(_("who else helps"), max_length=280, blank=True)
    downstream = models.CharField(_("who works on with the result"), max_length=280, blank=True)

    class Meta:
        verbose_name = _("touchpoint")
        ordering = ["position"]
        indexes = [fulltext.index("touchpoint_found_by_words", *TEXTS)]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="touchpoint_position_once"),
            models.CheckConstraint(condition=~Q(title=""), name="touchpoint_has_a_title"),
            models.CheckConstraint(
                condition=Q(importance=None) | Q(importance__range=(1, 5)),
                name="touchpoint_importance_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
                name="touchpoint_satisfaction_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(our_importance=None) | Q(our_importance__range=(1, 5)),
                name="touchpoint_our_importance_1_to_5",
            ),
            models.CheckConstraint(condition=Q(use__in=Use.values), name="touchpoint_known_use"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def used(self) -> bool:
        """Whether customers use it at all."""
        return self.use != Use.NOT

    @property
    def period(self) -> Period:
        """Before, during or after the purchase, as its stage says."""
        return Period(self.stage.period)

    def siblings(self) -> "QuerySet[Touchpoint]":
        return Touchpoint.objects.filter(stage_id=self.stage_id)


class TouchpointFeeling(Feeling):
    """How customers, or one persona, feel at a touchpoint."""

    PLACE = "touchpoint"

    touchpoint = models.ForeignKey(
        Touchpoint, models.CASCADE, related_name="feelings", editable=False
    )

    class Meta(Feeling.Meta):
        verbose_name = _("feeling at a touchpoint")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["touchpoint", "persona"],
                name="feeling_once_a_touchpoint",
                nulls_distinct=False,
            ),
            *Feeling.Meta.constraints,
        ]


class Activity(BoardItem):
    """Something that we do for customers; without a stage it is tied to none."""

    stage = models.ForeignKey(
        Stage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("stage"),
    )
    # A channel in use is not deleted, yet it goes together with its whole workspace.
    channel = models.ForeignKey(
        Channel,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("channel"),
    )
    title = models.CharField(_("activity"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=280, blank=True)
    hours_per_month = models.FloatField(
        _("hours a month"), null=True, blank=True, validators=NOT_LESS
    )
    cost_per_month = models.FloatField(
        _("money a month"), null=True, blank=True, validators=NOT_LESS
    )
    owner = models.CharField(_("responsible"), max_length=120, blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=280, blank=True)

    class Meta:
        verbose_name = _("activity")
        ordering = ["title", "pk"]
        indexes = [fulltext.index("activity_found_by_words", *ACTIVITY_TEXTS)]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_a_title"),
            models.CheckConstraint(
                condition=Q(hours_per_month=None) | Q(hours_per_month__gte=0),
                name="activity_hours_not_less_than_none",
            ),
            models.CheckConstraint(
                condition=Q(cost_per_month=None) | Q(cost_per_month__gte=0),
                name="activity_money_not_less_than_none",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(decision_reason=""),
                name="activity_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        """Whether we do it today; what is to be started is not done yet."""
        return self.decision != Decision.START


class PriorityWeights(BoardItem):
    """How much each part of a priority counts on a journey; see touchpoints/priorities.py."""

    PARTS: ClassVar[tuple[str, ...]] = ("importance", "dissatisfaction", "moment", "goals")

    importance = models.PositiveSmallIntegerField(
        _("importance to the customer"), default=3, validators=NOT_ABOVE_TEN
    )
    dissatisfaction = models.PositiveSmallIntegerField(
        _("dissatisfaction"), default=3, validators=NOT_ABOVE_TEN
    )
    moment = models.PositiveSmallIntegerField(
        _("moment of truth"), default=2, validators=NOT_ABOVE_TEN
    )
    goals = models.PositiveSmallIntegerField(
        _("contribution to our goals"), default=2, validators=NOT_ABOVE_TEN
    )

    class Meta:
        verbose_name = _("weights of priorities")
        constraints = [
            models.UniqueConstraint(fields=["board"], name="weights_once_a_journey"),
            models.CheckConstraint(
                condition=Q(importance__lte=10)
                & Q(dissatisfaction__lte=10)
                & Q(moment__lte=10)
                & Q(goals__lte=10),
                name="weights_not_above_ten",
            ),
        ]

    def __str__(self) -> str:
        return " : ".join(str(self.of(name)) for name in self.PARTS)

    def of(self, name: str) -> int:
        return int(getattr(self, name))

    @property
    def total(self) -> int:
        return sum(self.of(name) for name in self.PARTS)
