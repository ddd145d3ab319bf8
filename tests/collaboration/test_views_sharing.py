"""The Share dialog: who sees the map, and its links."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from collaboration.models import Board
from collaboration.openings import BoardAccess, ShareLink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


@pytest.fixture
def owner_browser(client_of, alice):
    return client_of(alice)


@pytest.fixture
def share_url(journey):
    return f"/boards/{journey.pk}/share/"


def make(browser, share_url, **fields):
    return browser.post(f"{share_url}links/", {"role": "viewer", **fields})


def test_an_editor_makes_a_link_and_copies_its_address(client_of, bob, share_url, journey):
    browser = client_of(bob)
    answer = make(browser, share_url, label="For the board", role="commenter")

    assert answer.status_code == 200
    address = re.search(r'value="[^"]*(/s/[\w-]{43}/)"', answer.content.decode())[1]
    link = ShareLink.objects.get()
    assert (link.board_id, link.role, link.created_by) == (journey.pk, "commenter", bob)
    visitor = client_of(None)
    visitor.get(address)
    assert visitor.post("/s/", {"name": "Gerda"})["Location"] == f"/journeys/{journey.pk}/"
    assert "1 visit" in browser.get(share_url).content.decode()


def test_a_link_ends_at_the_end_of_the_day_that_was_chosen(owner_browser, share_url):
    day = timezone.localdate() + timedelta(days=7)

    make(owner_browser, share_url, expires_on=day.isoformat())

    assert timezone.localtime(ShareLink.objects.get().expires_at).date() == day


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "owner"},
        {"role": ""},
        {"expires_on": "2001-01-01"},
        {"embed_sites": "*"},
        {"embed_sites": "https://a.example", "password": "open sesame"},
        {"label": "x" * 100},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(wrong, owner_browser, share_url):
    answer = make(owner_browser, share_url, **wrong)

    assert answer.status_code == 422
    assert "message-error" in answer.content.decode()
    assert not ShareLink.objects.exists()


def test_a_link_is_changed_in_the_dialog(owner_browser, share_url):
    make(owner_browser, share_url, password="open sesame")
    link = ShareLink.objects.get()
    url = f"{share_url}links/{link.pk}/"
    assert "no_password" in owner_browser.get(url).content.decode()

    owner_browser.post(url, {"role": "editor", "label": "Ours"})
    kept = ShareLink.objects.get()
    assert (kept.role, kept.label, kept.password) == ("editor", "Ours", link.password)
    sites = "https://a.example\n\nhttps://b.example/"
    owner_browser.post(url, {"role": "viewer", "no_password": "on", "embed_sites": sites})
    kept = ShareLink.objects.get()
    assert (kept.password, kept.embed_origins) == ("", ["https://a.example", "https://b.example"])
    assert "&lt;iframe src=" in owner_browser.get(share_url).content.decode()


def test_a_link_that_was_ended_is_no_longer_listed(owner_browser, share_url):
    make(owner_browser, share_url, label="For a while")
    link = ShareLink.objects.get()

    answer = owner_browser.post(f"{share_url}links/{link.pk}/revoke/")

    assert "For a while" not in answer.content.decode()
    assert owner_browser.post(f"{share_url}links/{link.pk}/revoke/").status_code == 404


def test_editors_see_that_there_are_links_and_the_addresses_of_their_own(
    client_of, owner_browser, bob, share_url
):
    make(owner_browser, share_url, label="Alice's")
    make(client_of(bob), share_url, label="Bob's")

    text = client_of(bob).get(share_url).content.decode()
    assert "Alice&#x27;s" in text
    assert len(re.findall(r"/s/[\w-]{43}/", text)) == 1
    assert len(re.findall(r"/s/[\w-]{43}/", owner_browser.get(share_url).content.decode())) == 2


def test_case_56_links_of_another_board_are_not_found(owner_browser, share_url, nordlys, journey):
    from tests.collaboration.scenes import small_journey

    make(owner_browser, share_url)
    link = ShareLink.objects.get()
    beside = small_journey(nordlys)

    for act in ("", "revoke/", "unlock/"):
        url = f"/boards/{beside.pk}/share/links/{link.pk}/{act}"
        assert owner_browser.post(url, {"role": "viewer"}).status_code == 404
    assert ShareLink.objects.get().revoked_at is None


@pytest.mark.parametrize("person", ["carol", "victor"])
def test_case_59_whoever_may_not_edit_may_not_share(person, client_of, share_url, request):
    browser = client_of(request.getfixturevalue(person))

    assert browser.get(share_url).status_code == 403
    assert make(browser, share_url).status_code == 403
    assert not ShareLink.objects.exists()


def test_a_draft_is_hidden_and_shown(owner_browser, client_of, victor, share_url, journey):
    owner_browser.post(f"{share_url}hidden/", {"hidden": "1"})
    assert Board.objects.get(pk=journey.pk).hidden
    assert client_of(victor).get(f"/journeys/{journey.pk}/").status_code == 404
    assert "Hidden draft" in owner_browser.get("/").content.decode()

    owner_browser.post(f"{share_url}hidden/")
    assert client_of(victor).get(f"/journeys/{journey.pk}/").status_code == 200


def test_somebody_gets_another_role_and_loses_it(owner_browser, victor, share_url, journey):
    member = victor.memberships.get()

    owner_browser.post(f"{share_url}people/", {"member": member.pk, "role": "editor"})
    assert journey.actor_for(victor).role == "editor"
    owner_browser.post(f"{share_url}people/", {"member": member.pk, "role": ""})
    assert journey.actor_for(victor).role == "viewer"
    assert not BoardAccess.objects.exists()


def test_case_56_strangers_cannot_be_named(owner_browser, charlie, share_url):
    member = charlie.memberships.get()

    answer = owner_browser.post(f"{share_url}people/", {"member": member.pk, "role": "viewer"})

    assert answer.status_code == 404


def test_an_editor_decides_about_their_own_maps_alone(client_of, bob, victor, share_url):
    browser = client_of(bob)
    member = victor.memberships.get()

    assert browser.post(f"{share_url}hidden/", {"hidden": "1"}).status_code == 403
    assert (
        browser.post(f"{share_url}people/", {"member": member.pk, "role": "none"}).status_code
        == 403
    )


def test_the_dialog_costs_the_same_for_many_links(
    owner_browser, share_url, django_assert_max_num_queries
):
    for number in range(12):
        make(owner_browser, share_url, label=f"Link {number}")
    with django_assert_max_num_queries(10):
        owner_browser.get(share_url)


def test_a_commenter_is_offered_no_undo(client_of, carol, bob, journey):
    """Its buttons and keys would only be refused."""
    assert "data-undo" not in client_of(carol).get(f"/journeys/{journey.pk}/").content.decode()
    assert "undo-buttons" not in client_of(carol).get(f"/journeys/{journey.pk}/").content.decode()
    assert "undo-buttons" in client_of(bob).get(f"/journeys/{journey.pk}/").content.decode()
