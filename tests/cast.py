"""The fixed cast: four people of `nordlys`, one of each role, and Charlie, who is a stranger."""

from collections.abc import Callable

import pytest
from django.test import Client

PASSWORD = "a-long-walk-in-the-rain"


def member(email: str, workspace, role):  # type: ignore[no-untyped-def]
    """Create a person with a confirmed address and a membership."""
    from allauth.account.models import EmailAddress

    from teams.models import Membership, User

    user = User.objects.create_user(email, PASSWORD, name=email.partition("@")[0].capitalize())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Membership.objects.create(workspace=workspace, user=user, role=role)
    return user


@pytest.fixture
def nordlys(db):
    from teams.models import Workspace

    return Workspace.objects.create(name="Nordlys Software", slug="nordlys")


@pytest.fixture
def other(db):
    from teams.models import Workspace

    return Workspace.objects.create(name="Other People's Firm", slug="other")


@pytest.fixture
def alice(nordlys):
    """Owner."""
    return member("alice@nordlys.example", nordlys, "owner")


@pytest.fixture
def bob(nordlys):
    """Editor."""
    return member("bob@nordlys.example", nordlys, "editor")


@pytest.fixture
def carol(nordlys):
    """Commenter."""
    return member("carol@nordlys.example", nordlys, "commenter")


@pytest.fixture
def victor(nordlys):
    """Viewer."""
    return member("victor@nordlys.example", nordlys, "viewer")


@pytest.fixture
def charlie(other):
    """Owner of another workspace: a stranger here."""
    return member("charlie@other.example", other, "owner")


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """`client_of(alice)`: a browser in which Alice is signed in; `client_of(None)`: nobody."""

    def sign_in(user=None, **defaults: str) -> Client:
        client = Client(**defaults)
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
