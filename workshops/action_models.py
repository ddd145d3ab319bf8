"""What was decided: who does what by when, and what came of it."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaboration.models import BoardItem
from collaboration.pictures import StoredPictureField


class ActionStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DOING = "doing", _("In progress")
    TESTING = "testing", _("Being tested")
    KEPT = "kept", _("Kept")
    DROPPED = "dropped", _("Dropped")


OPEN = frozenset({ActionStatus.PLANNED, ActionStatus.DOING, ActionStatus.TESTING})


class Action(BoardItem):
    """What was decided: who does what by when, how success is seen, and what came of it.

    A metric of the map and a comment there lie on another board with a history of its own, so
    both are named by their numbers.
    """

    proposal = models.ForeignKey(
        "workshops.Proposal",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("proposal"),
    )
    title = models.CharField(_("title"), max_length=200)
    owner = models.CharField(_("responsible"), max_length=80, blank=True)
    helpers = models.CharField(_("who helps, from which departments"), max_length=200, blank=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=ActionStatus, default=ActionStatus.PLANNED
    )
    metric = models.CharField(_("how we measure it"), max_length=200, blank=True)
    target = models.CharField(_("what we want to reach"), max_length=200, blank=True)
    result = models.TextField(_("result"), max_length=1000, blank=True)
    proof_link = models.URLField(
        _("link that proves it"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"])],
    )
    proof_metric = models.BigIntegerField(null=True, blank=True, editable=False)
    picture = StoredPictureField()
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    question = models.BigIntegerField(null=True, blank=True, editable=False)
    """The comment on the map in which the question was opened again when it was dropped."""

    class Meta:
        verbose_name = _("action")
        ordering = [models.F("due").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ActionStatus.values), name="action_status_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due is not None and self.due < timezone.localdate()
