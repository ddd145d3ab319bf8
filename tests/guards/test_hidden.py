"""Cases 55, 56 and 58: what is hidden is hidden on every route, and guests stay on their board."""

import re

import pytest
from django.db import models
from django.urls import resolve

from collaboration import sharing
from collaboration.models import Board
from collaboration.openings import ShareLink
from teams.models import User
from tests.guards.routes import routes
from tests.guards.test_access import name_of

pytestmark = pytest.mark.django_db
ON_BOARDS = [route for route in routes() if "board_id" in route.parameters]
BESIDE_BOARDS = [
    route
    for route in routes()
    if route.access and route.access.startswith("workspace:") and not route.parameters
]
METHODS = ("get", "post")
ANSWERS = {200, 204, 205, 302, 400, 403, 404, 405, 409, 422}


@pytest.fixture
def hidden(scene):
    """Every board of the workspace, as the owner's hidden draft."""
    boards = Board._base_manager.filter(workspace=scene.workspace)
    models.QuerySet.update(boards, hidden=True, created_by=scene.people["owner"])
    return list(boards)


@pytest.mark.parametrize("route", ON_BOARDS, ids=name_of)
def test_case_55_a_hidden_board_does_not_exist_for_others(route, scene, hidden, client_of):
    for person in ("viewer", "editor"):
        for method in METHODS:
            answer = getattr(client_of(scene.people[person]), method)(scene.address(route))
            assert answer.status_code in {404, 405}


@pytest.mark.parametrize("route", BESIDE_BOARDS, ids=name_of)
def test_case_58_no_page_tells_of_a_hidden_board(route, scene, hidden, client_of):
    for person in ("viewer", "editor"):
        answer = client_of(scene.people[person]).get(scene.address(route), follow=True)
        text = answer.content.decode(errors="replace")
        assert [board.title for board in hidden if board.title in text] == []


def test_a_hidden_board_is_there_for_the_owner(scene, hidden, client_of):
    browser = client_of(scene.people["owner"])
    assert browser.get(f"/journeys/{scene.values['journey']['board_id']}/").status_code == 200


# --- Guests --------------------------------------------------------------------------------
@pytest.fixture
def guest(scene, client_of):
    """A browser that came on to the journey by a link for editors."""
    journey = Board.objects.get(pk=scene.values["journey"]["board_id"])
    owner = journey.actor_for(scene.people["owner"])
    _link, token = sharing.make_link(journey, role="editor", by=owner)
    browser = client_of(None)
    browser.get(f"/s/{token}/")
    browser.post("/s/", {"name": "Gerda"})
    return browser


@pytest.fixture
def secrets(scene):
    """What a guest of one journey must never read: addresses, other boards, other tenants."""
    here = scene.values["journey"]["board_id"]
    titles = Board.objects.exclude(pk=here).values_list("title", flat=True)
    own = Board.objects.get(pk=here).title
    return {*User.objects.values_list("email", flat=True), *titles} - {own}


@pytest.mark.parametrize("route", ON_BOARDS, ids=name_of)
def test_case_55_a_guest_breaks_nothing_and_reads_no_secret(route, scene, guest, secrets):
    for method in METHODS:
        answer = getattr(guest, method)(scene.address(route))
        assert answer.status_code in ANSWERS
        if route.path.startswith("workshops/") or route.view.members_only:
            assert answer.status_code in {403, 404, 405}
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize("route", ON_BOARDS, ids=name_of)
def test_case_69_a_guest_whose_link_ended_is_told_nothing(route, scene, guest):
    models.QuerySet.update(ShareLink.objects.all(), expires_at="2020-01-01T00:00:00Z")
    for method in METHODS:
        assert getattr(guest, method)(scene.address(route)).status_code in {404, 405}


OFFERED = re.compile(r'(?:href|hx-get|hx-post|action|data-(?!item)[a-z-]+)="(/[^"?#]*/)')


def test_a_guest_is_offered_nothing_that_would_be_refused(scene, guest):
    address = f"/journeys/{scene.values['journey']['board_id']}/"
    found = {}
    for offered in set(OFFERED.findall(guest.get(address).content.decode())):
        if offered.startswith(("/static/", "/live/")):
            continue
        view = resolve(offered).func
        rule = getattr(view, "access", "public")
        if rule.startswith("workspace:") or getattr(view, "members_only", False):
            found[offered] = rule
    assert found.keys() <= {"/"}, "the logo leads to the start page, which asks to sign in"
