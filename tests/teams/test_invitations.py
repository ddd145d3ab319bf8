"""The door of an invitation."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from teams.access import actor_in
from teams.models import Invitation, Membership, Role, User
from teams.services import add_member, change_role
from tests.cast import PASSWORD
from tests.teams.mail import link_in_last_mail, without_tokens, words

HERE = "/invitations/"
JOIN = "/invitations/accept/"


def workspaces_of(user) -> list[str]:
    return list(Membership.objects.filter(user=user).values_list("workspace__slug", flat=True))


def test_case_66_link_leaves_the_address_at_once(client, invite):
    link = invite("nina@example.com")
    response = client.get(link)
    assert (response.status_code, response["Location"]) == (302, HERE)
    secret = link.split("/")[2]
    assert secret not in str(dict(client.session))
    assert secret not in words(client.get(HERE))


def test_case_66_link_is_not_kept_by_caches_or_passed_on(client, invite):
    response = client.get(invite("nina@example.com"))
    assert response["Referrer-Policy"] == "same-origin"


def test_case_67_every_dead_link_reads_the_same(invite, alice, newcomer, client_of):
    used, expired, replaced = (invite(f"{name}@example.com") for name in ("nina", "b", "c"))
    browser = client_of(newcomer)
    browser.get(used)
    browser.post(JOIN)
    Invitation.objects.filter(email="b@example.com").update(expires_at="2020-01-01T00:00Z")
    invite("c@example.com")
    unknown = f"{HERE}{'x' * 43}/"
    answers = [Client().get(link, follow=True) for link in (used, expired, replaced, unknown)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({without_tokens(answer) for answer in answers}) == 1


def test_unknown_link_takes_an_earlier_invitation_off_the_session(client, invite):
    client.get(invite("nina@example.com"))
    client.get(f"{HERE}{'x' * 43}/")
    assert client.get(HERE).status_code == 404


def test_invited_member_to_be_joins_with_one_click(client_of, newcomer, invite):
    browser = client_of(newcomer)
    browser.get(invite(newcomer.email, Role.COMMENTER))
    page = browser.get(HERE)
    assert "Alice invites you to Nordlys Software with the role “Commenter”" in words(page)
    response = browser.post(JOIN)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert workspaces_of(newcomer) == ["nordlys"]
    assert browser.post(JOIN).status_code == 404


def test_joining_opens_the_new_workspace(client_of, charlie, invite, nordlys):
    browser = client_of(charlie)
    browser.get(invite(charlie.email))
    browser.post(JOIN)
    assert "Who works in Nordlys Software" in words(browser.get("/members/"))


def test_case_72_forwarded_invitation_is_refused_to_another_account(client_of, charlie, invite):
    browser = client_of(charlie)
    browser.get(invite("nina@example.com"))
    page = words(browser.get(HERE))
    assert "The invitation is for nina@example.com, and you are signed in as charlie@" in page
    assert browser.post(JOIN).status_code == 403
    assert workspaces_of(charlie) == ["other"]


def test_case_72_used_invitation_is_refused_to_the_second(client_of, newcomer, invite):
    link = invite(newcomer.email)
    first, second = client_of(newcomer), client_of(newcomer)
    for browser in (first, second):
        browser.get(link)
    assert first.post(JOIN).status_code == 302
    assert second.post(JOIN).status_code == 404


def test_case_72_invitation_dies_while_the_guest_reads_it(client_of, newcomer, invite, alice, bob):
    browser = client_of(newcomer)
    browser.get(invite(newcomer.email))
    workspace = bob.workspaces.get()
    add_member(workspace, user=bob, role=Role.OWNER, by=actor_in(alice, workspace))
    change_role(alice.memberships.get(), role=Role.EDITOR, by=actor_in(bob, workspace))
    assert browser.post(JOIN).status_code == 404
    assert workspaces_of(newcomer) == []


def test_case_64_invitation_dies_with_the_inviters_password(client, invite, alice):
    link = invite("nina@example.com")
    alice.set_password("entirely different")
    alice.save()
    assert client.get(link, follow=True).status_code == 404


def test_nobody_joins_without_signing_in(client, invite):
    client.get(invite("nina@example.com"))
    assert client.post(JOIN)["Location"].startswith("/accounts/login/")


def sign_up(browser: Client, email: str):
    form = {"name": "Nina", "email": email, "password1": "a-bicycle-and-a-lake", "language": "en"}
    return browser.post("/accounts/signup/", {**form, "next": HERE})


def test_sign_up_from_an_invitation_needs_no_other_mail(client, invite):
    client.get(invite("nina@example.com"))
    assert 'value="nina@example.com"' in words(client.get(f"/accounts/signup/?next={HERE}"))
    assert sign_up(client, "nina@example.com")["Location"] == HERE
    assert client.post(JOIN).status_code == 302
    assert workspaces_of(User.objects.get(email="nina@example.com")) == ["nordlys"]


def test_case_72_sign_up_with_another_address_confirms_nothing(client, invite):
    client.get(invite("nina@example.com"))
    assert sign_up(client, "mallory@example.com")["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session


def test_invitation_opens_a_closed_sign_up_for_its_address_alone(client, invite, settings):
    settings.SIGNUP_OPEN = False
    client.get(invite("nina@example.com"))
    assert sign_up(client, "mallory@example.com").status_code == 200
    assert not User.objects.filter(email="mallory@example.com").exists()
    assert sign_up(client, "nina@example.com")["Location"] == HERE


def test_closed_sign_up_still_lets_people_reset_their_password(client, bob, settings):
    settings.SIGNUP_OPEN = False
    client.post("/accounts/password/reset/", {"email": bob.email})
    assert link_in_last_mail("/accounts/password/reset/key/")


def test_invitation_outlasts_the_sign_in(client, newcomer, invite):
    client.get(invite(newcomer.email))
    form = {"login": newcomer.email, "password": "walking-to-work", "next": HERE}
    assert client.post("/accounts/login/", form)["Location"] == HERE
    assert client.get(HERE).status_code == 200


def test_invitation_is_gone_from_the_session_after_another_signs_in(client, invite, bob, charlie):
    client.get(invite("nina@example.com"))
    client.post("/accounts/login/", {"login": charlie.email, "password": PASSWORD})
    client.post("/accounts/logout/")
    assert client.get(HERE).status_code == 404
    assert Session.objects.count() <= 1


@pytest.mark.parametrize("token", ["%00", "..", "é" * 50, "x" * 5000, "'; drop table"])
def test_case_81_strange_links_are_dead_links(token, client, db):
    assert client.get(f"{HERE}{token}/", follow=True).status_code in {400, 404}


def test_invitations_are_slowed_down(client_of, alice, nordlys, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invite": "2/h/user"}
    browser = client_of(alice)

    answers = [
        browser.post("/members/invite/", {"email": f"{number}@new.example", "role": "viewer"})
        for number in range(3)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "many invitations" in answers[2].content.decode()
    assert nordlys.invitations.count() == 2
