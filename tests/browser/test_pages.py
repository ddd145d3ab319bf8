"""Every page there is, as the owner of the demo: usable by all, quiet, and on one host."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import Browser

from tests.browser.test_story import sign_in
from tests.browser.walk import AXE, Watch, built_demo, pages_for
from tests.processes import LiveSite
from workshops.demo.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def boards(live_site: LiveSite, django_db_blocker) -> Iterator[list[dict[str, Any]]]:
    """The demo, committed for the site to show."""
    from teams.models import User, Workspace

    with django_db_blocker.unblock():
        found = built_demo()
    yield found
    with django_db_blocker.unblock():
        Workspace.objects.filter(slug__in=["demo", "other"]).delete()
        User.objects.filter(email__endswith="@demo.example").delete()
        # Those of Playwright's event loop; pytest-django knows of those of the thread alone.
        connections.close_all()


@pytest.fixture
def watch(boards, live_site: LiveSite, browser: Browser) -> Iterator[Watch]:
    context = browser.new_context(base_url=live_site.url, locale="en-GB")
    context.add_init_script(AXE)
    yield Watch(context.new_page(), urlsplit(live_site.url).netloc)
    context.close()


def look_at_all(watch: Watch, addresses: list[str]) -> None:
    for address in addresses:
        watch.look_at(address)
    assert watch.found == [], "\n".join(watch.found)


def test_case_98_pages_of_nobody_signed_in(watch, boards):
    pages = pages_for(watch.page, boards)
    assert {"/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"} <= set(pages)
    look_at_all(watch, pages)


def test_case_98_pages_of_somebody_signed_in(watch, boards):
    sign_in(watch.page, "owner@demo.example", PASSWORD)
    pages = pages_for(watch.page, boards)
    assert {"/", "/journeys/new/", "/insights/", "/api/v1/docs/", "/profile/"} <= set(pages), pages
    look_at_all(watch, pages)
