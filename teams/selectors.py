"""What is read of people and workspaces."""

import zoneinfo
from functools import cache

from allauth.account.models import EmailAddress
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone

from teams.models import ApiToken, Invitation, Membership, Role, User, Workspace


def members_of(workspace: Workspace) -> QuerySet[Membership]:
    """Everybody in the workspace: owners first, then by name."""
    ranks = [When(role=role.value, then=Value(-role.rank)) for role in Role]
    return (
        Membership.objects.filter(workspace=workspace)
        .select_related("user", "workspace")
        .order_by(Case(*ranks), "user__name", "user__email")
    )


def owners_of(workspace: Workspace) -> QuerySet[Membership]:
    """Those who can still act as owner: closed accounts do not count."""
    return Membership.objects.filter(workspace=workspace, role=Role.OWNER, user__is_active=True)


def invitations_of(workspace: Workspace) -> QuerySet[Invitation]:
    """Those not accepted yet, the newest first; `works` says whether the link still opens."""
    waiting: QuerySet[Invitation] = (
        Invitation.objects.filter(workspace=workspace, accepted_at=None)
        .select_related("invited_by")
        .annotate(works=Exists(open_invitations().filter(pk=OuterRef("pk"))))
        .order_by("-created_at", "-pk")
    )
    return waiting


def open_invitations() -> QuerySet[Invitation]:
    """Unused, not expired, and from somebody who may still invite."""
    inviter = Membership.objects.filter(
        workspace=OuterRef("workspace"),
        user=OuterRef("invited_by"),
        role=Role.OWNER,
        user__is_active=True,
    )
    opened: QuerySet[Invitation] = Invitation.objects.select_related(
        "workspace", "invited_by"
    ).filter(Exists(inviter), accepted_at=None, expires_at__gt=timezone.now())
    return opened


def invitation_held_by(request: HttpRequest) -> Invitation | None:
    """The open invitation whose link this browser has followed (session key "invitation")."""
    held = request.session.get("invitation")
    return open_invitations().filter(pk=held).first() if held else None


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return user.api_tokens.order_by("-created_at", "-pk")


def has_confirmed(user: User, email: str) -> bool:
    """Whether the person has shown that mail to this address reaches them."""
    addresses = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True)
    return bool(addresses.exists())


@cache
def time_zones() -> list[str]:
    """Names of places, as people know them, in alphabetical order; UTC last."""
    regions = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
    names = zoneinfo.available_timezones()
    return [*sorted(name for name in names if name.split("/")[0] in regions), "UTC"]
