"""Everything that changes people, workspaces, memberships, invitations and tokens."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from teams import emails
from teams.access import Actor
from teams.models import ApiToken, Invitation, Membership, Role, Scope, User, Workspace
from teams.selectors import has_confirmed, open_invitations, owners_of

INVITATION_LASTS = timedelta(days=14)


class LastOwner(Exception):
    """Somebody must remain who can look after the workspace."""


class AlreadyMember(Exception):
    """The invited address belongs to a member."""


class InvitationClosed(Exception):
    """Used, expired, withdrawn, or its sender may no longer invite."""


class OtherAddress(Exception):
    """The person has not confirmed the address that the invitation was sent to."""


@transaction.atomic
def register_person(
    *, email: str, name: str, password: str | None, language: str = "en", by: Actor
) -> User:
    """An account whose address is confirmed already: by an operator, or for the demo."""
    by.must(Role.OWNER)
    user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def change_profile(user: User, *, name: str, language: str, timezone_name: str, by: User) -> None:
    """Only for oneself."""
    if by != user:
        raise PermissionError("A profile belongs to its person.")
    user.name, user.language, user.timezone = name, language, timezone_name
    user.save(update_fields=["name", "language", "timezone", "updated_at"])


def choose_notify(user: User, *, notify: str) -> None:
    """How somebody is told by mail: at once, once a day or never."""
    user.notify = notify
    user.save(update_fields=["notify", "updated_at"])


def choose_reminders(user: User, *, wanted: bool) -> None:
    """Whether somebody is reminded by mail of what they have to do."""
    user.reminders = wanted
    user.save(update_fields=["reminders", "updated_at"])


@transaction.atomic
def create_workspace(
    name: str, *, slug: str = "", language: str | None = None, by: User
) -> Workspace:
    """A new workspace with its first owner, whose language it has where none is named; a free
    short name is found where none is given."""
    workspace = Workspace.objects.create(
        name=name,
        slug=slug or free_slug(name),
        language=by.language if language is None else language,
    )
    Membership.objects.create(workspace=workspace, user=by, role=Role.OWNER)
    return workspace


def free_slug(name: str) -> str:
    slug = slugify(name)[:32].strip("-") or "workspace"
    if not Workspace.objects.filter(slug=slug).exists():
        return slug
    return f"{slug}-{get_random_string(6, '23456789abcdefghjkmnpqrstuvwxyz')}"


@transaction.atomic
def change_workspace(
    workspace: Workspace, *, name: str, language: str, reminders: bool = True, by: Actor
) -> None:
    by.must(Role.OWNER)
    workspace.name, workspace.language, workspace.reminders = name, language, reminders
    workspace.save(update_fields=["name", "language", "reminders", "updated_at"])


@transaction.atomic
def add_member(workspace: Workspace, *, user: User, role: Role, by: Actor) -> Membership:
    """Take somebody in; a member keeps their membership and gets the role if it is higher."""
    by.must(Role.OWNER)
    membership, is_new = Membership.objects.get_or_create(
        workspace=workspace, user=user, defaults={"role": role}
    )
    if not is_new and not Role(membership.role).includes(role):
        membership.role = role
        membership.save(update_fields=["role", "updated_at"])
    return membership


@transaction.atomic
def change_role(membership: Membership, *, role: Role, by: Actor) -> None:
    by.must(Role.OWNER)
    _keep_an_owner(membership, stays_owner=role == Role.OWNER)
    membership.role = role
    membership.save(update_fields=["role", "updated_at"])


@transaction.atomic
def remove_member(membership: Membership, *, by: Actor) -> None:
    """End a membership: an owner anybody's, everybody their own."""
    if by.user is None or by.user.pk != membership.user_id:
        by.must(Role.OWNER)
    _keep_an_owner(membership, stays_owner=False)
    membership.delete()


def _keep_an_owner(membership: Membership, *, stays_owner: bool) -> None:
    """Refuse to lose the last owner, also where two owners demote each other at once."""
    Workspace.objects.select_for_update().get(pk=membership.workspace_id)
    owners = list(owners_of(membership.workspace).values_list("pk", flat=True))
    if owners == [membership.pk] and not stays_owner:
        raise LastOwner


@transaction.atomic
def invite_person(workspace: Workspace, *, email: str, role: Role, by: Actor) -> Invitation:
    """Mail somebody a link that opens once, within 14 days, for this address alone.

    An earlier invitation of the same address gives way to the new one.
    """
    by.must(Role.OWNER)
    email = email.strip().lower()
    if Membership.objects.filter(workspace=workspace, user__email__iexact=email).exists():
        raise AlreadyMember
    Invitation.objects.filter(workspace=workspace, email=email, accepted_at=None).delete()
    invitation = Invitation(workspace=workspace, email=email, role=role)
    _send(invitation, by)
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: Actor) -> None:
    """A new link and new fourteen days; the old link is dead."""
    by.must(Role.OWNER)
    if invitation.accepted_at:
        raise InvitationClosed
    _send(invitation, by)


def _send(invitation: Invitation, by: Actor) -> None:
    if by.user is None:
        raise PermissionError("An invitation comes from a person.")
    secret = invitation.new_secret()
    invitation.invited_by = by.user
    invitation.expires_at = timezone.now() + INVITATION_LASTS
    invitation.save()
    emails.send_template_later(
        to=invitation.email,
        template="teams/email/invitation",
        context={
            "invitation": invitation,
            "days": INVITATION_LASTS.days,
            "url": settings.SITE_URL + reverse("teams:open_invitation", args=[secret]),
        },
    )


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    by.must(Role.OWNER)
    invitation.delete()


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Join the workspace, once, as the confirmed holder of the invited address."""
    open_now = open_invitations().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if open_now is None:
        raise InvitationClosed
    if not has_confirmed(by, open_now.email):
        raise OtherAddress
    open_now.accepted_at, open_now.accepted_by = timezone.now(), by
    open_now.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    inviter = Actor(user=open_now.invited_by, role=Role.OWNER, name=str(open_now.invited_by))
    return add_member(open_now.workspace, user=by, role=Role(open_now.role), by=inviter)


@transaction.atomic
def create_token(
    *, name: str, scope: str = Scope.WRITE, days: int | None = None, by: User
) -> tuple[ApiToken, str]:
    """A personal key to the API, and its secret, which is nowhere kept; works for so many days,
    or until it is withdrawn."""
    expires_at = timezone.now() + timedelta(days=days) if days else None
    token = ApiToken(user=by, name=name, scope=Scope(scope), expires_at=expires_at)
    secret = token.new_secret()
    token.save()
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> None:
    """Only one's own."""
    if token.user_id != by.pk:
        raise PermissionError("A token belongs to its person.")
    token.delete()
