"""The agenda of a workshop: what is done one after the other, for how long, and who may do what."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collaboration.limits import Limit
from collaboration.models import BoardItem
from collaboration.ordering import Ordered

MOST_MINUTES = 480
MOST_DOTS = 50
USUAL_DOTS = 5


class AgendaKind(models.TextChoices):
    """The activities that an agenda is built from."""

    WELCOME = "welcome", pgettext_lazy("activity", "Welcome")
    WALK = "walk", _("Walk through the touchpoints")
    COLLECT = "collect", _("Collect")
    GROUP = "group", pgettext_lazy("activity", "Group")
    DISCUSS = "discuss", _("Discuss")
    PROPOSE = "propose", _("Propose")
    VOTE = "vote", pgettext_lazy("activity", "Vote")
    RATE = "rate", _("Rate")
    DECIDE = "decide", _("Decide")
    CLOSE = "close", pgettext_lazy("phase", "Close")


class Act(models.TextChoices):
    """What participants can do on the board, each opened or closed by the running activity."""

    ADD = "add", _("add problems and ideas")
    COMMENT = "comment", _("comment")
    PROPOSE = "propose", _("propose solutions")
    VOTE = "vote", _("vote with dots")
    RATE = "rate", _("rate proposals")
    GROUP = "group", _("group what belongs together")


class AgendaItem(Ordered, BoardItem):
    """One activity of the agenda. It runs from `started_at` on until it has an `ended_at`.

    The timer ends at `ends_at`; while it is paused, `seconds_left` are kept instead.
    """

    kind = models.CharField(
        _("activity"), max_length=8, choices=AgendaKind, default=AgendaKind.COLLECT
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
    )
    prompt = models.TextField(
        _("prompt"),
        max_length=500,
        blank=True,
        help_text=_("What you ask the group; everybody sees it while the activity runs."),
    )
    may_add = models.BooleanField(_("participants add problems and ideas"), default=False)
    may_comment = models.BooleanField(_("participants comment"), default=False)
    may_propose = models.BooleanField(_("participants propose solutions"), default=False)
    may_vote = models.BooleanField(_("participants vote"), default=False, db_default=False)
    may_rate = models.BooleanField(_("participants rate proposals"), default=False)
    may_group = models.BooleanField(_("participants group"), default=False, db_default=False)
    silent = models.BooleanField(
        _("silent until it is revealed"),
        default=False,
        db_default=False,
        help_text=_("Everybody writes alone. Nobody, you neither, reads it before you reveal it."),
    )
    anonymous = models.BooleanField(
        _("anonymous"),
        default=False,
        db_default=False,
        help_text=_("What is written carries no name anywhere, and none can be found out later."),
    )
    dots = models.PositiveSmallIntegerField(
        _("dots for each person"),
        default=USUAL_DOTS,
        db_default=USUAL_DOTS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DOTS)],
        help_text=_("How many each may give in a vote, several to one thing if they like."),
    )
    about = models.ForeignKey(
        "Contribution",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    """The problem that everybody looks at now."""

    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    seconds_left = models.IntegerField(null=True, blank=True, editable=False)

    RUNNING: ClassVar[Q] = Q(started_at__isnull=False, ended_at=None)

    class Meta:
        verbose_name = _("item of the agenda")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "position"], name="agenda_position_once"),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(started_at__isnull=False, ended_at=None),
                name="one_activity_runs",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AgendaKind.values), name="agenda_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)), name="agenda_minutes_in_range"
            ),
            models.CheckConstraint(
                condition=Q(dots__range=(1, MOST_DOTS)), name="agenda_dots_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def siblings(self) -> "QuerySet[AgendaItem]":
        return AgendaItem.objects.filter(board_id=self.board_id)

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def is_paused(self) -> bool:
        return self.is_running and self.seconds_left is not None

    @property
    def is_blind(self) -> bool:
        """Whether everybody votes and rates alone in it, until it is revealed."""
        return self.kind in {AgendaKind.VOTE, AgendaKind.RATE}

    @property
    def allowed(self) -> list[Act]:
        """What participants may do while it runs."""
        return [act for act in Act if self.allows(act)]

    def allows(self, act: Act) -> bool:
        return bool(getattr(self, f"may_{act.value}"))

    def left_at(self, moment: datetime) -> timedelta:
        """What the timer shows at a moment; below nought when the time is over."""
        if self.seconds_left is not None or self.ends_at is None:
            return timedelta(seconds=self.seconds_left or 0)
        return self.ends_at - moment


AGENDA = Limit(AgendaItem, (), 40, _("An agenda has at most %(most)s activities."))
