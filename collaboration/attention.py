"""What asks for somebody's attention: who owns an item, what they are told, what they have seen."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board, BoardItem, Comment
from teams.models import Timestamped, User


class Assignment(BoardItem):
    """Who looks after an item of the board, or after the board itself."""

    target_type = models.CharField(max_length=40, editable=False)
    target_id = models.BigIntegerField(editable=False)
    member = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    member_name = models.CharField(_("owner"), max_length=80)
    due = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name = _("owner")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "target_type", "target_id"], name="one_owner_an_item"
            )
        ]

    def __str__(self) -> str:
        return self.member_name

    @property
    def about(self) -> str:
        return f"{self.target_type}-{self.target_id}"


class Notification(Timestamped):
    """One thing that one person is told, on the page and, as they wish, by mail."""

    class Kind(models.TextChoices):
        MENTION = "mention", _("mentioned you")
        REPLY = "reply", _("answered in your thread")
        COMMENT = "comment", _("commented on what you own")
        RESOLVED = "resolved", _("resolved your thread")
        ASSIGNED = "assigned", _("made you the owner")
        WORDING = "wording", _("changed what must agree with what you own")

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=80)
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="+")
    target_type = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    about = models.CharField(max_length=120)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["mention", "reply", "comment", "resolved", "assigned", "wording"]
                ),
                name="known_notification",
            )
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(
                fields=["created_at"],
                name="notification_to_mail",
                condition=models.Q(mailed_at=None, read_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.kind} {self.about}"

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.actor_name.split()[:2]).upper()

    @property
    def sentence(self) -> str:
        """What happened, in the language in use."""
        return str(SENTENCES[Notification.Kind(self.kind)]) % {
            "name": self.actor_name,
            "about": self.about,
        }


SENTENCES = {
    Notification.Kind.MENTION: _("%(name)s mentioned you: “%(about)s”"),
    Notification.Kind.REPLY: _("%(name)s answered in your thread: “%(about)s”"),
    Notification.Kind.COMMENT: _("%(name)s commented on what you own: “%(about)s”"),
    Notification.Kind.RESOLVED: _("%(name)s resolved your thread: “%(about)s”"),
    Notification.Kind.ASSIGNED: _("%(name)s made you the owner: “%(about)s”"),
    Notification.Kind.WORDING: _("%(name)s changed a message that must agree with “%(about)s”"),
}


class BoardVisit(models.Model):
    """How far somebody had seen a board when they left it last."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    version = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "board"], name="one_visit_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} saw {self.board_id} at {self.version}"
