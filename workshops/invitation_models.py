"""Who was invited to a workshop by mail, what they answered, and what they were told last."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collaboration.models import BoardItem
from teams.models import User
from workshops.models import Participant


class Answer(models.TextChoices):
    NONE = "", _("No answer yet")
    YES = "yes", pgettext_lazy("answer to an invitation", "Comes")
    NO = "no", pgettext_lazy("answer to an invitation", "Cannot come")


class WorkshopInvitation(BoardItem):
    """An invitation that a participant got. It stays when the participant is taken off the list,
    so that whoever was invited can be told that they are not expected.

    `told` stands for the date, place and title of the last mail; where it differs from the
    workshop's, somebody has to be told again.
    """

    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, editable=False, related_name="invitations"
    )
    name = models.CharField(max_length=80, editable=False)
    email = models.EmailField(max_length=254, editable=False)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(editable=False)
    told = models.CharField(max_length=64, editable=False)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "participant"], name="invited_once_a_workshop"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="known_answer_to_an_invitation"
            ),
        ]

    def __str__(self) -> str:
        return self.name
