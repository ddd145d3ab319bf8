"""Touchpoints that must say the same: links between their messages."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaboration.models import BoardItem


class MessageVerdict(models.TextChoices):
    """What a look at the messages of a link found."""

    UNSEEN = "unseen", _("Not looked at")
    SAME = "same", _("They say the same")
    DIFFERS = "differs", _("They differ")
    CONTRADICTS = "contradicts", _("They contradict each other")


class MessageLink(BoardItem):
    """Something that two or more touchpoints must say in the same way: a price, a promise."""

    Verdict = MessageVerdict

    title = models.CharField(_("what must be the same"), max_length=120)
    remark = models.CharField(_("what to do about it"), max_length=280, blank=True)
    verdict = models.CharField(
        _("verdict"), max_length=11, choices=MessageVerdict, default=MessageVerdict.UNSEEN
    )
    verdict_on = models.DateField(_("looked at on"), null=True, editable=False)
    verdict_by = models.CharField(_("looked at by"), max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("message link")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="message_link_has_a_title"),
            models.CheckConstraint(
                condition=Q(verdict__in=MessageVerdict.values),
                name="message_link_of_a_known_verdict",
            ),
            models.CheckConstraint(
                condition=Q(verdict="unseen", verdict_on=None)
                | (~Q(verdict="unseen") & Q(verdict_on__isnull=False)),
                name="message_verdict_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_judged(self) -> bool:
        return self.verdict != MessageVerdict.UNSEEN


class LinkedMessage(BoardItem):
    """A touchpoint in a link, with the words that it said when the verdict was given."""

    link = models.ForeignKey(MessageLink, models.CASCADE, related_name="messages", editable=False)
    touchpoint: Any = models.ForeignKey(
        "touchpoints.Touchpoint", models.CASCADE, related_name="links", editable=False
    )
    seen = models.TextField(_("message when looked at"), null=True, editable=False)  # noqa: DJ001

    class Meta:
        verbose_name = _("linked message")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["link", "touchpoint"], name="touchpoint_once_a_link")
        ]

    @property
    def has_changed(self) -> bool:
        """Whether it says something else than when the verdict was given, or was not there."""
        return bool(self.seen != self.touchpoint.message)
