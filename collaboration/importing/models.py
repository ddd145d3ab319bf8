"""One table that somebody brings in; the row is the truth about how far it is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from teams.models import Timestamped, User, Workspace


class Import(Timestamped):
    """A file on its way to rows: a worker reads, checks, applies and takes back; in between a
    person says what the columns mean and whether to go on."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Being read")
        READ = "read", _("Waits for its columns")
        MAPPED = "mapped", _("Being checked")
        CHECKED = "checked", _("Waits for your yes")
        APPLYING = "applying", _("Being imported")
        DONE = "done", _("Imported")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")
        FAILED = "failed", _("Failed")

    WORK: ClassVar[tuple[str, ...]] = ("uploaded", "mapped", "applying", "undoing")
    """States in which a worker has something to do."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+", editable=False)
    board = models.ForeignKey(
        Board, models.CASCADE, null=True, blank=True, related_name="+", editable=False
    )
    requested_by = models.ForeignKey(User, models.CASCADE, related_name="+", editable=False)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    file_name = models.CharField(max_length=120)
    upload = models.FileField(blank=True, editable=False)
    rows_file = models.FileField(blank=True, editable=False)
    table = models.JSONField(default=dict, blank=True)
    mapping = models.JSONField(default=list, blank=True)
    options = models.JSONField(default=dict, blank=True)
    findings = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    failed_in = models.CharField(max_length=10, blank=True, editable=False)
    error = models.CharField(max_length=1000, blank=True)
    working = models.BooleanField(default=False, editable=False)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["requested_by", "-created_at"], name="import_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="import_progress_in_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def is_at_work(self) -> bool:
        """Whether it waits for nobody but a worker."""
        return self.state in self.WORK

    @property
    def heads(self) -> list[str]:
        return list(self.table.get("heads", []))

    @property
    def named_columns(self) -> dict[str, str]:
        """The field of each column by its heading."""
        return dict(zip(self.heads, self.mapping, strict=False))

    @property
    def has_rows(self) -> bool:
        return bool(self.rows_file.name)
