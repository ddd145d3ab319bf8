"""Making a workspace, and changing over to another."""

import pytest

from teams.models import Membership, Role, Workspace
from tests.teams.mail import words


def test_first_workspace_is_made_on_a_page_of_its_own(client_of, newcomer):
    browser = client_of(newcomer)
    assert "Create your workspace" in words(browser.get("/workspaces/new/"))
    assert browser.post("/workspaces/new/", {"name": "Ninas Værksted"})["Location"] == "/"
    membership = Membership.objects.get(user=newcomer)
    assert (membership.workspace.name, membership.role) == ("Ninas Værksted", Role.OWNER)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_workspace_needs_a_name(name, client_of, newcomer):
    assert client_of(newcomer).post("/workspaces/new/", {"name": name}).status_code == 422
    assert not Workspace.objects.exists()


def test_new_workspace_is_the_current_one(client_of, alice):
    browser = client_of(alice)
    browser.post("/workspaces/new/", {"name": "Second home"})
    assert "Who works in Second home" in words(browser.get("/members/"))


def test_person_changes_over(client_of, alice, nordlys):
    browser = client_of(alice)
    browser.post("/workspaces/new/", {"name": "Second home"})
    assert browser.post("/workspaces/switch/", {"workspace": nordlys.pk})["Location"] == "/"
    assert "Who works in Nordlys Software" in words(browser.get("/members/"))


def test_case_56_nobody_changes_over_to_a_foreign_workspace(
    client_of, alice, nordlys, charlie, other
):
    browser = client_of(alice)
    assert browser.post("/workspaces/switch/", {"workspace": other.pk}).status_code == 404
    assert "Who works in Nordlys Software" in words(browser.get("/members/"))


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "1 or 1=1", "\u0663"])
def test_case_82_strange_choice_is_not_there(value, client_of, alice):
    assert client_of(alice).post("/workspaces/switch/", {"workspace": value}).status_code == 404


def test_workspace_left_elsewhere_gives_way_to_another(client_of, alice, nordlys, other):
    browser = client_of(alice)
    Membership.objects.create(user=alice, workspace=other, role=Role.VIEWER)
    browser.post("/workspaces/switch/", {"workspace": other.pk})
    Membership.objects.filter(workspace=other).delete()
    assert "Who works in Nordlys Software" in words(browser.get("/members/"))


def test_changing_over_needs_a_post(client_of, alice):
    assert client_of(alice).get("/workspaces/switch/").status_code == 405
