"""Who is in the demo: an account for each role, and a stranger in a workspace of their own."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from teams.access import Actor, actor_in
from teams.models import Role, User, Workspace
from teams.services import (
    add_member,
    change_profile,
    choose_notify,
    create_workspace,
    register_person,
)

PASSWORD = "waymark-demo"  # noqa: S105 - printed by `make run`, for demos only
OPERATOR = Actor.system("demo")


@dataclass(frozen=True)
class Account:
    email: str
    name: str
    role: Role
    language: str = "en"


MEMBERS = {
    "owner": Account("owner@demo.example", "Anna Holm", Role.OWNER),
    "editor": Account("editor@demo.example", "Bo Friis", Role.EDITOR),
    "commenter": Account("commenter@demo.example", "Karin Lind", Role.COMMENTER),
    "viewer": Account("viewer@demo.example", "Sanne de Vries", Role.VIEWER, "nl"),
}
STRANGER = Account("outsider@demo.example", "Niels Brandt", Role.OWNER, "da")


class NotTheDemos(Exception):
    """A workspace of real people has the short name that the demo needs."""


@dataclass
class Cast:
    """A new workspace and those who act in it, by key."""

    workspace: Workspace
    actors: dict[str, Actor]


def open_workspace(name: str, slug: str, accounts: dict[str, Account]) -> Cast:
    """A fresh workspace in place of the demo's former one; its people keep their accounts."""
    owner = next(account for account in accounts.values() if account.role == Role.OWNER)
    _remove_workspace(slug, owner)
    users = {key: _person(account) for key, account in accounts.items()}
    founder = next(user for user in users.values() if user.email == owner.email)
    workspace = create_workspace(name, slug=slug, by=founder)
    for key, user in users.items():
        add_member(workspace, user=user, role=accounts[key].role, by=OPERATOR)
    actors = {key: actor_in(user, workspace) for key, user in users.items()}
    return Cast(workspace, {key: actor for key, actor in actors.items() if actor})


def _remove_workspace(slug: str, owner: Account) -> None:
    """Refuses with NotTheDemos where the demo's owner does not own what has this short name."""
    present = Workspace.objects.filter(slug=slug).first()
    if present is None:
        return
    owners = present.memberships.filter(role=Role.OWNER)
    if not owners.filter(user__email=owner.email).exists():
        raise NotTheDemos(slug)
    present.delete()


def _person(account: Account) -> User:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = register_person(
            email=account.email,
            name=account.name,
            password=PASSWORD,
            language=account.language,
            by=OPERATOR,
        )
    _restore(user, account)
    return user


def _restore(user: User, account: Account) -> None:
    """Bring an account back to what is promised of it, whatever visitors did with it."""
    change_profile(
        user,
        name=account.name,
        language=account.language,
        timezone_name="Europe/Copenhagen",
        by=user,
    )
    # Nobody reads mail at the demo's addresses.
    choose_notify(user, notify=User.Notify.OFF)
    Authenticator.objects.filter(user=user).delete()
    if not (user.is_active and user.check_password(PASSWORD)):
        user.is_active = True
        user.set_password(PASSWORD)
        user.save()
