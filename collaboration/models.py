"""What makes a document shared: the board, its items, its history."""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import cache
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaboration.editing import Edit, OutsideEditing, as_json, current_edit, editing
from collaboration.mentioning import as_text
from collaboration.roles import BoardsOfPeople
from teams.access import Actor
from teams.models import Role, Timestamped, User, Workspace, initials_of


class RecordedQuerySet(models.QuerySet[Any]):
    """Reads freely; writes of many rows at once would pass by the door, so they raise."""

    def _refuse(self, *args: object, **options: object) -> NoReturn:
        raise OutsideEditing(f"{self.model.__name__}: write inside board.editing()")

    update = delete = bulk_create = bulk_update = update_or_create = _refuse
    aupdate = adelete = abulk_create = abulk_update = _refuse


class Recorded(models.Model):
    """A row whose every write goes through an edit of its board.

    Its values are plain: a list or a dictionary could change without being assigned.
    """

    NOT_RECORDED: ClassVar[frozenset[str]] = frozenset({"id", "version", "updated_at", "board"})
    _remembered: dict[str, Any]

    version = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager[Any]] = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **fields: Any) -> None:
        super().__init__(*args, **fields)
        self.remember()

    def save(self, **options: Any) -> None:
        current_edit(self.recorded_board_id).save(self)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        current_edit(self.recorded_board_id).delete(self)
        return 1, {self._meta.label: 1}

    @classmethod
    @cache
    def recorded_fields(cls) -> "tuple[models.Field[Any, Any], ...]":
        return tuple(
            field
            for field in cls._meta.concrete_fields
            if field.name not in cls.NOT_RECORDED and not field.name.endswith("_ptr")
        )

    @classmethod
    @cache
    def recorded_names(cls) -> tuple[str, ...]:
        """The recorded fields' columns."""
        return tuple(field.attname for field in cls.recorded_fields())

    @classmethod
    def type_name(cls) -> str:
        """How this type of item is called in a Change and in addresses."""
        return cls._meta.model_name or ""

    @property
    def recorded_board_id(self) -> int | None:
        """The board whose edit must be open for a write."""
        raise NotImplementedError

    def remember(self, names: Collection[str] | None = None) -> None:
        """Keep the present values, of these columns or of all, so that save() knows which
        fields were changed since. Runs for every row that is loaded, so it does little."""
        present = self.__dict__
        if names is None:
            self._remembered = {**present, "_remembered": None}
        else:
            self._remembered |= {name: present[name] for name in names if name in present}

    def changed_fields(self) -> dict[str, Any]:
        """The fields that differ from what was loaded, with their values as JSON."""
        self.clean_values()
        known, present = self._remembered, self.__dict__
        loaded = {name: as_json(present[name]) for name in self.recorded_names() if name in present}
        return {
            name: value
            for name, value in loaded.items()
            if name not in known or value != as_json(known[name])
        }

    def clean_values(self) -> None:
        """Bring assigned values to their field's own type (a date given as text, say)."""
        for field in type(self).recorded_fields():
            if field.attname in self.__dict__:
                setattr(self, field.attname, field.to_python(self.__dict__[field.attname]))

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Any] | None = None,
    ) -> None:
        named = None if fields is None else list(fields)
        super().refresh_from_db(using, named, from_queryset)
        self.remember(named)

    def write(self, **options: Any) -> None:
        """Django's own save, for the edit alone."""
        super().save(**options)
        self.remember()


class BoardQuerySet(BoardsOfPeople, RecordedQuerySet):  # type: ignore[override]
    def alive(self) -> Self:
        return self.filter(deleted_at=None)


class Board(Recorded):
    """A shared, versioned, permissioned, commentable document in a workspace."""

    NOT_RECORDED = Recorded.NOT_RECORDED | {"workspace", "created_by", "kind", "governed_by"}
    KIND: ClassVar[str] = ""
    role_here: str | None
    """Not a column: what a person is on it, in rows of `with_role_of` and what builds on it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="boards")
    kind = models.CharField(max_length=10, editable=False)
    title = models.CharField(_("title"), max_length=120)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden = models.BooleanField(
        _("hidden draft"),
        default=False,
        db_default=False,
        help_text=_("Only you, the owners and the people you name see it until you show it."),
    )
    governed_by = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )
    """The board whose access counts for this one too."""

    objects: ClassVar[models.Manager[Any]] = BoardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.specific.get_absolute_url()

    def get_history_url(self) -> str:
        return reverse("collaboration:history", args=[self.pk])

    @property
    def recorded_board_id(self) -> int | None:
        return self.pk

    def editing(
        self,
        *,
        by: Actor,
        needs: Role = Role.EDITOR,
        undoes: int | None = None,
        lasting: bool = False,
    ) -> AbstractContextManager[Edit]:
        """An edit of this board; a lasting one, such as its making, is not offered to Undo."""
        return editing(self, by=by, needs=needs, undoes=undoes, lasting=lasting)

    def actor_for(self, user: User) -> Actor | None:
        """What somebody is on this board now; None for those who may not see it."""
        boards = Board.objects.with_role_of(user).filter(pk=self.pk)
        role = boards.values_list("role_here", flat=True).first()
        return Actor(user=user, role=Role(role), name=str(user)) if role else None

    def start(self, *, by: Actor) -> None:
        """Insert a new, empty board at version 0; what it holds is then edited onto it."""
        self.kind = self.KIND
        self.created_by = by.user
        self.write(force_insert=True)

    @property
    def specific(self) -> "Board":
        """This board as what it is: a journey, a workshop."""
        return self if type(self) is not Board else getattr(self, self.kind)


class BoardItem(Recorded):
    """Something drawn on a board."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="+", editable=False)

    class Meta:
        abstract = True

    @property
    def recorded_board_id(self) -> int | None:
        return self.board_id


class Change(models.Model):
    """One recorded write: who changed which item, from what to what, in which version."""

    class Action(models.TextChoices):
        CREATE = "create", _("added")
        UPDATE = "update", _("changed")
        DELETE = "delete", _("deleted")

    board = models.ForeignKey(Board, models.CASCADE, related_name="changes")
    version = models.PositiveBigIntegerField()
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    action = models.CharField(max_length=6, choices=Action)
    item_type = models.CharField(max_length=40)
    item_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.PositiveBigIntegerField(null=True)
    lasting = models.BooleanField(default=False)

    class Meta:
        ordering = ["board", "version", "pk"]
        indexes = [
            models.Index(fields=["board", "version"]),
            models.Index(fields=["board", "item_type", "item_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.action} {self.item_type} {self.item_id}"


class Snapshot(Timestamped):
    """A named version of a board, to come back to or to compare with."""

    TAGGED_BY_MOMENT: ClassVar[bool] = True
    board = models.ForeignKey(Board, models.CASCADE, related_name="snapshots", editable=False)
    label = models.CharField(_("name"), max_length=80)
    note = models.TextField(_("note"), max_length=500, blank=True)
    version = models.PositiveBigIntegerField(editable=False)
    automatic = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_by_name = models.CharField(max_length=80, editable=False)

    class Meta:
        verbose_name = _("saved version")
        ordering = ["-version", "-pk"]
        indexes = [models.Index(fields=["board", "version"])]
        constraints = [
            models.CheckConstraint(condition=~models.Q(label=""), name="snapshot_has_a_name")
        ]

    def __str__(self) -> str:
        return self.label


class Comment(BoardItem):
    """What somebody said about an item of the board, or in answer to another comment."""

    target_type = models.CharField(max_length=40, editable=False)
    target_id = models.BigIntegerField(editable=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="replies"
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    author_name = models.CharField(max_length=80, editable=False)
    author_guest = models.BigIntegerField(null=True, editable=False)  # known while they are here
    body = models.TextField(_("comment"), max_length=4000)
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by_name = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("comment")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["board", "target_type", "target_id"])]

    def __str__(self) -> str:
        return as_text(self.body)[:60]

    @property
    def initials(self) -> str:
        return initials_of(self.author_name)

    @property
    def writer(self) -> int | None:
        return self.author_id or self.author_guest


class Export(Timestamped):
    """One file made from a board by a worker; the row is the truth about the job."""

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("Summary")
        MAP = "map", _("Map")
        CHANGES = "changes", _("Changes")
        GAPS = "gaps", _("Gap analysis")
        INVENTORY = "inventory", _("All touchpoints")
        PREPARATION = "prepare", _("Preparation sheet")
        PERSONAS = "personas", _("Personas")

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF")
        PNG = "png", _("PNG picture")
        PPTX = "pptx", _("PowerPoint slides")
        XLSX = "xlsx", _("Excel workbook")
        CSV = "csv", _("CSV table")

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("In progress")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    board = models.ForeignKey(Board, models.CASCADE, related_name="exports")
    requested_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    format = models.CharField(max_length=4, choices=Format, default=Format.PDF)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    options = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to="exports/", blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    board_version = models.PositiveBigIntegerField(null=True, editable=False)
    """The version of the board that is in the file, once it is made."""

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="export_progress_in_per_cent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.format} {self.board_id}"

    @property
    def opens_in_browser(self) -> bool:
        return self.format in (self.Format.PDF, self.Format.PNG)

    @property
    def is_unsent(self) -> bool:
        """Whether the broker could not be told; it is told right after the request."""
        return self.sent_at is None and timezone.now() - self.created_at > timedelta(seconds=2)

    @property
    def is_late(self) -> bool:
        return timezone.now() - self.created_at > timedelta(seconds=20)


def refuse_cascade(instance: Recorded, origin: object, **_signal: Any) -> None:
    """An item may go with another item or with the whole workspace, not with, say, a channel:
    that deletion would pass by the door."""
    whole = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if whole is Workspace or isinstance(origin, Recorded):
        return
    raise OutsideEditing(f"{instance!r} would go with {origin!r}: delete it in an edit first")


from collaboration import (  # noqa: E402 - models that stand on these
    attention,  # noqa: F401
    branding,  # noqa: F401
    kept_answers,  # noqa: F401
    openings,  # noqa: F401
)
