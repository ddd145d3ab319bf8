"""People and the workspaces they share."""

import hashlib
import secrets
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may do; each role includes those before it."""

    VIEWER = "viewer", _("Viewer")
    COMMENTER = "commenter", _("Commenter")
    EDITOR = "editor", _("Editor")
    OWNER = "owner", _("Owner")

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def includes(self, other: "Role") -> bool:
        return self.rank >= other.rank


def initials_of(name: str) -> str:
    """The first letters of the first two words; a mark such as “Guest:” is not one of them."""
    words = [word for word in name.split() if not word.endswith(":")] or name.split()
    return "".join(word[0] for word in words[:2]).upper()


class Timestamped(models.Model):
    """Rows that know when they were made and last changed (UTC)."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Timestamped):
    """A person who signs in with an e-mail address."""

    class Notify(models.TextChoices):
        IMMEDIATELY = "immediately", _("At once")
        DAILY = "daily", _("Once a day")
        OFF = "off", _("Never")

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Copenhagen")
    notify = models.CharField(
        _("mail about mentions, answers and what is mine"),
        max_length=11,
        choices=Notify,
        default=Notify.IMMEDIATELY,
    )
    reminders = models.BooleanField(
        _("reminders by mail of what I have to do and of follow-ups"), default=True, db_default=True
    )
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new password, or a closed account, ends every key that this person gave out.

        Sessions end by themselves: Django compares the password's hash on each request.
        """
        new_password = getattr(self, "_password", None) is not None
        keys_end = self.pk is not None and (new_password or not self.is_active)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if keys_end:
                self.api_tokens.all().delete()
                Invitation.objects.filter(invited_by=self, accepted_at=None).delete()

    @property
    def initials(self) -> str:
        return initials_of(str(self).replace("@", " "))

    @property
    def colour(self) -> int:
        """One of the eight soft colours, 1 to 8, the same on every page."""
        return self.pk % 8 + 1


class Workspace(Timestamped):
    """The tenant: everything belongs to exactly one."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    language = models.CharField(
        _("language of its texts"),
        max_length=5,
        choices=[("", _("Several languages")), *settings.LANGUAGES],
        blank=True,
        default="",
        db_default="",
        help_text=_("Searching finds other forms of a word by the rules of this language."),
    )
    reminders = models.BooleanField(
        _("remind people by mail"),
        default=True,
        db_default=True,
        help_text=_("Of actions that are due and of follow-up workshops, each once."),
    )
    members = models.ManyToManyField(User, through="Membership", related_name="workspaces")

    def __str__(self) -> str:
        return self.name


class Membership(Timestamped):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_each"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.workspace}"


def hash_of_secret(secret: str) -> str:
    """SHA-256 in hex: enough for secrets of 256 random bits, and fast to look up."""
    return hashlib.sha256(secret.encode()).hexdigest()


class SecretQuerySet(models.QuerySet[Any]):
    def with_secret(self, secret: str) -> Self:
        return self.filter(secret_hash=hash_of_secret(secret))


class Secret(Timestamped):
    """Something that opens a door; only its hash is kept."""

    secret_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = SecretQuerySet.as_manager()

    class Meta:
        abstract = True

    def new_secret(self) -> str:
        """Give this row a fresh secret of 256 bits and return it; it is shown once."""
        secret = secrets.token_urlsafe(32)
        self.secret_hash = hash_of_secret(secret)
        return secret


class Invitation(Secret):
    """A single-use, expiring invitation, bound to one e-mail address."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class Scope(models.TextChoices):
    """What a token may do of what its person may."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class ApiToken(Secret):
    """A personal key to the API: acts as its user, as far as its scope goes, until it expires."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    scope = models.CharField(
        _("it may"), max_length=5, choices=Scope, default=Scope.WRITE, db_default=Scope.WRITE
    )
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta(Secret.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=Scope.values), name="token_scope_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()


class OutgoingMail(Timestamped):
    """A mail that must leave: the row is the truth, the task only carries it out.

    The text is emptied once sent, since it may hold a link that opens a door.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="mail_to_send",
                condition=models.Q(status__in=["waiting", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return self.subject
