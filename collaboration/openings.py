"""Ways on to a board beside the role in its workspace: another role there, and share links."""

import secrets
from base64 import urlsafe_b64encode
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from collaboration.models import Board
from collaboration.roles import NO_ROLE
from teams.models import (
    Membership,
    Role,
    Secret,
    SecretQuerySet,
    Timestamped,
    User,
    hash_of_secret,
)

BOARD_ROLES = [*Role.choices, (NO_ROLE, _("No access"))]
LINK_ROLES = [role for role in Role.choices if role[0] != Role.OWNER]


class BoardAccess(Timestamped):
    """Another role on one board than in its workspace: higher, lower, or none at all."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="accesses")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    role = models.CharField(_("role on this map"), max_length=10, choices=BOARD_ROLES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "membership"], name="one_access_each"),
            models.CheckConstraint(
                condition=Q(role__in=[*Role.values, NO_ROLE]), name="known_board_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} · {self.board_id}: {self.role}"


class ShareLinkQuerySet(SecretQuerySet):
    def with_maker(self) -> Self:
        """Each with `maker_role`: what whoever answers for it may do on the board now."""
        boards = Board.objects.visible_to(OuterRef("created_by")).filter(pk=OuterRef("board"))
        return self.annotate(maker_role=Subquery(boards.values("role_here")))

    def open(self) -> Self:
        """Those that let somebody in now."""
        timely = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.with_maker().filter(timely, revoked_at=None, maker_role__isnull=False)


class ShareLink(Secret):
    """An address that opens one board to whoever has it, with at most its maker's role."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="share_links")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=LINK_ROLES, default=Role.VIEWER)
    label = models.CharField(
        _("label"), max_length=80, blank=True, help_text=_("Who it is for; only you see it.")
    )
    seed = models.CharField(max_length=64, editable=False)
    password = models.CharField(max_length=128, blank=True, editable=False)
    expires_at = models.DateTimeField(_("works until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, editable=False)
    embed_origins = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    visits = models.PositiveIntegerField(default=0, editable=False)
    last_visit_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[value for value, _name in LINK_ROLES]), name="known_link_role"
            )
        ]

    def __str__(self) -> str:
        return self.label or str(self.get_role_display())

    def new_secret(self) -> str:
        """A fresh token; see docs/decisions/ for why it can be worked out again."""
        self.seed = secrets.token_urlsafe(32)
        token = _token_of(self.seed, settings.SECRET_KEY)
        self.secret_hash = hash_of_secret(token)
        return token

    @property
    def token(self) -> str:
        """The token; empty where the key of the installation has changed since it was made."""
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            token = _token_of(self.seed, key)
            if constant_time_compare(hash_of_secret(token), self.secret_hash):
                return token
        return ""

    @property
    def lock(self) -> str:
        """Names the password: guests who came in by another one have to give the new one."""
        return hash_of_secret(self.password)[:16]

    @property
    def role_now(self) -> Role:
        """What it gives now: never more than its maker has. Of links `with_maker`."""
        return min(Role(self.role), Role(self.maker_role), key=lambda role: role.rank)  # type: ignore[attr-defined]


def _token_of(seed: str, key: str) -> str:
    mac = salted_hmac("collaboration.ShareLink", seed, secret=key, algorithm="sha256")
    return urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()
