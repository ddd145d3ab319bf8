"""Share links, roles on one board and hidden drafts, for programs."""

import pytest

from collaboration.kept_answers import IdempotentAnswer
from collaboration.openings import BoardAccess, ShareLink

API = "/api/v1"
LINKS, ACCESSES = f"{API}/share-links/", f"{API}/board-accesses/"


@pytest.fixture
def body(journey):
    return {"board": journey.pk, "role": "commenter", "password": "open sesame"}


def test_case_66_the_token_is_told_once(api_of, bob, body, client):
    made = api_of(bob).post(LINKS, body).json()
    shown = api_of(bob).get(made["url"]).json()

    assert len(made["token"]) >= 43
    assert shown == {**made, "token": None}
    assert "password" not in shown
    assert shown["has_password"]
    assert client.get(f"/s/{made['token']}/")["Location"] == "/s/"


def test_case_66_a_repeated_request_keeps_no_token(api_of, bob, body):
    key = {"Idempotency-Key": "once"}

    made = api_of(bob).post(LINKS, body, headers=key).json()
    again = api_of(bob).post(LINKS, body, headers=key).json()

    assert again == {**made, "token": None}
    assert made["token"].encode() not in bytes(IdempotentAnswer.objects.get().body)


def test_a_link_is_changed_and_ended(api_of, bob, body):
    api = api_of(bob)
    url = api.post(LINKS, body).json()["url"]

    changed = api.patch(url, {"password": "", "embed_origins": ["https://A.example/"]}).json()
    assert (changed["has_password"], changed["embed_origins"]) == (False, ["https://a.example"])
    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == 404
    assert ShareLink.objects.get().revoked_at


def test_case_61_nobody_shares_more_than_they_have(api_of, carol, victor, bob, body):
    assert api_of(bob).post(LINKS, body | {"role": "owner"}).status_code == 400
    for low in (carol, victor):
        assert api_of(low).post(LINKS, body).status_code == 403
    assert not ShareLink.objects.exists()


def test_a_site_that_is_none_is_refused_in_words(api_of, bob, body):
    answer = api_of(bob).post(LINKS, body | {"password": "", "embed_origins": ["*"]})

    assert answer.status_code == 409
    assert "not the address of a site" in answer.json()["detail"]


def test_a_role_on_one_board_and_its_end(api_of, bob, victor, journey):
    api = api_of(bob)
    given = {"board": journey.pk, "user": victor.pk, "role": "editor"}

    made = api.post(ACCESSES, given)
    assert made.status_code == 201
    note = api_of(victor).patch(f"{API}/journeys/{journey.pk}/", {"title": "Victor's"})
    assert note.status_code == 200
    again = api.post(ACCESSES, given | {"role": "none"}).json()
    assert (again["id"], again["role"]) == (made.json()["id"], "none")
    assert api_of(victor).get(f"{API}/journeys/{journey.pk}/").status_code == 404
    assert api.delete(again["url"]).status_code == 204
    assert api_of(victor).get(f"{API}/journeys/{journey.pk}/").status_code == 200


def test_case_58_strangers_cannot_be_named(api_of, bob, charlie, journey):
    there, nowhere = (
        api_of(bob).post(ACCESSES, {"board": journey.pk, "user": pk, "role": "viewer"})
        for pk in (charlie.pk, 2**62)
    )

    assert there.status_code == nowhere.status_code == 400
    assert str(there.json()["errors"]).replace(str(charlie.pk), "") == str(
        nowhere.json()["errors"]
    ).replace(str(2**62), "")
    assert not BoardAccess.objects.exists()


def test_case_55_a_hidden_draft_is_in_no_list(api_of, alice, bob, carol, victor, ours):
    """Nor anything that lies on it, in any resource, by list or by id."""
    from config.api_urls import router

    journey = ours["journeys"]
    hidden = api_of(bob).patch(f"{API}/journeys/{journey.pk}/", {"hidden": True})
    assert hidden.json()["hidden"] is True
    of_the_workspace = {"workspaces", "memberships", "personas", "channels", "sources", "insights"}
    of_the_workspace |= {"journey-templates", "interviews", "interview-guides", "inspiration-cases"}
    for resource in {prefix for prefix, _view, _name in router.registry} - of_the_workspace:
        for low in (carol, victor):
            api = api_of(low)
            listed = api.get(f"{API}/{resource}/").json()
            assert listed["count"] == 0, resource
            assert api.get(f"{API}/{resource}/{ours[resource].pk}/").status_code == 404, resource
        if resource not in {"exports", "imports", "notifications"}:  # these are their own
            assert api_of(alice).get(f"{API}/{resource}/{ours[resource].pk}/").status_code == 200
    insight = api_of(victor).get(f"{API}/insights/{ours['insights'].pk}/").json()
    assert insight["stages"] == []


def test_case_61_an_editor_does_not_hide_what_another_made(api_of, alice, bob, nordlys):
    hers = api_of(alice).post(f"{API}/journeys/", {"workspace": nordlys.pk, "title": "Hers"}).json()

    assert api_of(bob).patch(hers["url"], {"hidden": True}).status_code == 403
    assert api_of(bob).patch(hers["url"], {"hidden": False}).status_code == 200, "as it is"
    assert api_of(alice).get(hers["url"]).json()["hidden"] is False


def test_nothing_tells_what_a_hidden_journey_led_to(api_of, alice, carol, journey):
    from journeys.models import Journey

    alices = api_of(alice)
    derived = alices.post(
        f"{API}/journeys/",
        {"workspace": journey.workspace_id, "title": "To be", "based_on": journey.pk},
    ).json()
    assert derived["based_on"] == journey.pk
    alices.patch(f"{API}/journeys/{journey.pk}/", {"hidden": True})

    assert api_of(carol).get(derived["url"]).json()["based_on"] is None
    assert Journey.objects.get(pk=derived["id"]).based_on == journey
