"""What the tests of teams share. Imported before Django is set up, hence the imports inside."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _nobody_has_tried_before(db):
    """Attempts at signing in are counted in the cache."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def newcomer(db):
    """Nina has an account, and no workspace yet."""
    from teams.access import Actor
    from teams.services import register_person

    return register_person(
        email="nina@example.com", name="Nina", password="walking-to-work", by=Actor.system("test")
    )


@pytest.fixture
def invite(alice, nordlys) -> Callable[..., str]:
    """Alice invites an address; the path of the link in the mail comes back."""
    from teams.access import actor_in
    from teams.models import Role
    from teams.services import invite_person
    from tests.teams.mail import link_in_last_mail

    def invite(email: str, role: Role = Role.EDITOR) -> str:
        invite_person(nordlys, email=email, role=role, by=actor_in(alice, nordlys))
        return link_in_last_mail("/invitations/")

    return invite


@pytest.fixture
def count_queries() -> Callable[[Callable[[], Any]], int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count
