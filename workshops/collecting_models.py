"""What comes before and after contributions: notes that wait in silence, and groups."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaboration.limits import Limit
from collaboration.models import Board, BoardItem
from teams.models import User
from workshops.models import ContributionKind


class SilentNote(models.Model):
    """What somebody has written and nobody else may read yet.

    It lies beside the board, not on it: no Change, no stream, no search and no file knows of it.
    The reveal makes contributions of the notes and deletes them. What it belongs to is named by
    number, for the board's items come and go by undo.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    activity = models.BigIntegerField(db_index=True)
    writer = models.CharField(max_length=64)
    """A keyed digest of who wrote it; see writers.py."""

    mark = models.CharField(max_length=100)
    """By this one the contribution that comes of it will know its writer."""

    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    author_id: int | None
    author_name = models.CharField(max_length=80, blank=True)
    participant = models.BigIntegerField(null=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ContributionKind)
    text = models.TextField(_("text"), max_length=1000)
    stage = models.BigIntegerField(null=True)
    touchpoint = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note that is not shown yet")
        ordering = ["pk"]
        indexes = [models.Index(fields=["board", "writer"])]

    def __str__(self) -> str:
        return self.text[:60]


LONGEST_NAME = 80


class Cluster(BoardItem):
    """Contributions that are about the same thing, under one name."""

    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)

    class Meta:
        verbose_name = _("group")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or str(_("Group without a name"))


CLUSTERS = Limit(Cluster, (), 100, _("A workshop has at most %(most)s groups."))
