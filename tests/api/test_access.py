"""Who may do what: every resource, method and role (cases 55 and 56 of the quality page)."""

import pytest
from django.db import transaction

from config.api_urls import router
from tests.api.bodies import BODIES, PATCHES

API = "/api/v1"
RESOURCES = [prefix for prefix, _view, _name in router.registry]
NOT_CREATED = {"changes", "memberships", "notifications", "rounds", "trash"}
NOT_CHANGED = {
    "action-goals",
    "activity-goals",
    "answers",
    "changes",
    "chosen-sources",
    "exports",
    "imports",
    "notifications",
    "rounds",
    "trash",
}
NOT_DELETED = {
    "workspaces", "changes", "exports", "imports", "notifications", "rounds", "trash",
    "workshop-invitations",
}  # fmt: skip
COMMENTERS_CREATE = {"contributions", "clusters", "votes", "ratings", "comments", "exports"}
COMMENTERS_CHANGE = {"clusters"}
"""While the running activity lets them group."""
OWNERS_CHANGE = {"workspaces", "memberships"}
EVERYBODY_CREATES = {"workspaces"}
OF_WRITERS = {"share-links", "board-accesses", "interviews", "trash"}
"""Others are not even told of them."""
OF_BOB_ALONE = {"votes", "ratings", "comments"}
"""Nobody else may change these, whatever their role."""
SHOWN_ELSEWHERE = {"personas", "sources"}
"""Not deleted while a journey or an insight names them."""


@pytest.fixture
def cast(alice, bob, carol, victor, charlie):
    return {
        "nobody": None,
        "stranger": charlie,
        "viewer": victor,
        "commenter": carol,
        "editor": bob,
        "owner": alice,
    }


def test_every_resource_has_its_row():
    assert set(BODIES) == set(RESOURCES) - NOT_CREATED
    assert set(PATCHES) == set(RESOURCES) - NOT_CHANGED


def table(expected, answer, api_of, cast):
    """Ask for each resource in each role and compare all answers at once."""
    programs = {name: api_of(user) for name, user in cast.items()}
    found = {
        resource: {name: answer(api, resource) for name, api in programs.items()}
        for resource in RESOURCES
    }
    assert found == {resource: expected(resource) for resource in RESOURCES}


def test_case_55_who_may_read(api_of, cast, ours):
    def expected(resource):
        mine = 404 if resource in {"exports", "imports", "notifications"} else 200
        low = 404 if resource in OF_WRITERS else mine
        return {
            "nobody": (401, 401),
            "stranger": (200, 404),
            "viewer": (200, low),
            "commenter": (200, low),
            "editor": (200, 200),
            "owner": (200, mine),
        }

    def read(api, resource):
        url = f"{API}/{resource}/{ours[resource].pk}/"
        return api.get(f"{API}/{resource}/").status_code, api.get(url).status_code

    table(expected, read, api_of, cast)


def test_case_55_who_may_create(api_of, cast, ours):
    def expected(resource):
        if resource in NOT_CREATED:
            return dict.fromkeys(cast, 405) | {"nobody": 401}
        done = 202 if resource in {"exports", "imports"} else 201
        everybody = resource in EVERYBODY_CREATES
        return {
            "nobody": 401,
            "stranger": done if everybody else 400,
            "viewer": done if everybody else 403,
            "commenter": done if everybody or resource in COMMENTERS_CREATE else 403,
            "editor": done,
            "owner": done,
        }

    def create(api, resource):
        body = BODIES.get(resource, lambda _: {})(ours)
        return undone(api.post, f"{API}/{resource}/", body)

    table(expected, create, api_of, cast)


def test_case_55_who_may_change(api_of, cast, ours):
    def expected(resource):
        if resource in NOT_CHANGED:
            return dict.fromkeys(cast, 405) | {"nobody": 401}
        low = 404 if resource in OF_WRITERS else 403
        return {
            "nobody": 401,
            "stranger": 404,
            "viewer": low,
            "commenter": 200 if resource in COMMENTERS_CHANGE else low,
            "editor": 403 if resource in OWNERS_CHANGE else 200,
            "owner": 403 if resource in OF_BOB_ALONE else 200,
        }

    def change(api, resource):
        url = f"{API}/{resource}/{ours[resource].pk}/"
        return undone(api.patch, url, PATCHES.get(resource, {}))

    table(expected, change, api_of, cast)


def test_case_55_who_may_delete(api_of, cast, ours, alice):
    def expected(resource):
        if resource in NOT_DELETED:
            return dict.fromkeys(cast, 405) | {"nobody": 401}
        done = 409 if resource in SHOWN_ELSEWHERE else 204
        low = 404 if resource in OF_WRITERS else 403
        return {
            "nobody": 401,
            "stranger": 404,
            "viewer": low,
            "commenter": 204 if resource in COMMENTERS_CHANGE else low,
            "editor": 403 if resource == "memberships" else done,
            "owner": 409 if resource == "memberships" else done,
        }

    def delete(api, resource):
        row = alice.memberships.get() if resource == "memberships" else ours[resource]
        return undone(api.delete, f"{API}/{resource}/{row.pk}/")

    table(expected, delete, api_of, cast)


def test_case_55_who_may_move(api_of, cast, ours):
    programs = {name: api_of(user) for name, user in cast.items()}
    movable = ("stages", "lanes", "notes", "touchpoints", "contributions", "proposals")
    for resource in movable:
        url = f"{API}/{resource}/{ours[resource].pk}/move/"
        found = {name: undone(api.post, url, {}) for name, api in programs.items()}
        assert found == {
            "nobody": 401,
            "stranger": 404,
            "viewer": 403,
            "commenter": 403,
            "editor": 200,
            "owner": 200,
        }, resource


ACTS = {
    "comments/{comments}/resolve": (401, 404, 403, 200, 200),
    "comments/{comments}/reopen": (401, 404, 403, 200, 200),
    "changes/{changes}/undo": (401, 404, 403, 403, 200),
    "notifications/{notifications}/read": (401, 404, 404, 404, 200),
    "journeys/{journeys}/archive": (401, 404, 403, 403, 200),
    "journeys/{journeys}/unarchive": (401, 404, 403, 403, 200),
    "imports/{imports}/check": (401, 404, 404, 404, 202),
    "imports/{imports}/apply": (401, 404, 404, 404, 409),
    "trash/{trash}/restore": (401, 404, 404, 404, 200),
    "workshops/{workshops}/join": (401, 404, 403, 200, 200),
}


def test_case_55_who_may_act(api_of, cast, ours):
    roles = ("nobody", "stranger", "viewer", "commenter", "editor")
    programs = {name: api_of(cast[name]) for name in roles}
    ids = {name: row.pk for name, row in ours.items()}

    assert {
        path: tuple(
            undone(programs[name].post, f"{API}/{path.format(**ids)}/", {}) for name in roles
        )
        for path in ACTS
    } == ACTS


def test_case_59_a_viewer_may_not_export(api_of, victor, ours):
    body = {"board": ours["workshops"].pk, "kind": "summary"}

    assert api_of(victor).post(f"{API}/exports/", body).status_code == 403


def test_case_60_fields_that_are_not_ones_own_change_nothing(api_of, alice, bob, ours):
    owners, editors = api_of(alice), api_of(bob)
    for resource in PATCHES.keys() - {"board-accesses"}:  # it has a `user` of its own
        api = owners if resource in OWNERS_CHANGE else editors
        extra_changes_nothing(api, f"{API}/{resource}/{ours[resource].pk}/")


def extra_changes_nothing(api, url):
    before = api.get(url).json()
    extra = {"id": 1, "version": 99999, "created_by": 1, "is_staff": True, "author": 1, "user": 1,
             "updated_at": "2001-01-01T00:00:00Z", "deleted_at": "2001-01-01T00:00:00Z"}  # fmt: skip

    answer = api.patch(url, extra)

    assert answer.status_code == 200
    assert api.get(url).json() == before


def test_case_60_nothing_moves_to_another_workspace(api_of, bob, ours, other):
    api = api_of(bob)
    for resource in ("journeys", "personas", "channels", "sources", "insights"):
        url = f"{API}/{resource}/{ours[resource].pk}/"
        assert api.patch(url, {"workspace": other.pk}).status_code == 400


def test_case_61_an_editor_does_not_raise_their_own_role(api_of, bob, alice, nordlys):
    mine = bob.memberships.get()

    answer = api_of(bob).patch(f"{API}/memberships/{mine.pk}/", {"role": "owner"})

    assert answer.status_code == 403
    mine.refresh_from_db()
    assert mine.role == "editor"


def test_case_61_the_last_owner_stays(api_of, alice, nordlys):
    api, url = api_of(alice), f"{API}/memberships/{alice.memberships.get().pk}/"

    assert api.patch(url, {"role": "viewer"}).status_code == 409
    assert api.delete(url).status_code == 409
    assert api.get(url).json()["role"] == "owner"


def test_whoever_wants_to_leave_may(api_of, victor, alice, nordlys):
    url = f"{API}/memberships/{victor.memberships.get().pk}/"

    assert api_of(victor).delete(url).status_code == 204
    assert not victor.memberships.exists()


def test_case_62_items_of_a_deleted_board_are_gone(api_of, bob, ours, by_bob):
    from journeys.services import delete_journey
    from workshops.services import delete_workshop

    delete_workshop(ours["workshops"], by=by_bob)
    delete_journey(ours["journeys"], by=by_bob)
    api = api_of(bob)

    kept = {"workspaces", "memberships", "personas", "channels", "sources", "insights"}
    kept |= {"journey-templates", "interviews", "interview-guides", "inspiration-cases", "trash"}
    for resource in set(RESOURCES) - kept:
        assert api.get(f"{API}/{resource}/{ours[resource].pk}/").status_code == 404, resource
        assert api.get(f"{API}/{resource}/").json()["count"] == 0, resource
    assert api.get(f"{API}/insights/{ours['insights'].pk}/").json()["stages"] == []


def test_case_64_a_closed_account_ends_its_programs(api_of, bob, ours):
    api = api_of(bob)
    bob.is_active = False
    bob.save()

    assert api.get(f"{API}/journeys/").status_code == 401


def test_case_65_a_refusal_is_logged(api_of, victor, ours, caplog):
    with caplog.at_level("WARNING"):
        api_of(victor).delete(f"{API}/notes/{ours['notes'].pk}/")

    assert "access_refused" in caplog.text
    assert "role too low" in caplog.text


def undone(method, *args):
    """The status of a request whose work is taken back, so that the next one finds the same."""
    with transaction.atomic():
        status = method(*args).status_code
        transaction.set_rollback(True)
    return status
