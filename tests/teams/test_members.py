"""The page of members."""

import pytest

from teams.models import Invitation, Membership, OutgoingMail, Role
from tests.teams.mail import words


def role_of(user) -> str | None:
    return Membership.objects.filter(user=user).values_list("role", flat=True).first()


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "victor"])
def test_every_member_sees_who_is_in_the_workspace(who, client_of, alice, bob, charlie, request):
    page = words(client_of(request.getfixturevalue(who)).get("/members/"))
    assert "bob@nordlys.example" in page
    assert "charlie@other.example" not in page
    assert "Other People" not in page


def test_only_an_owner_sees_invitations_and_controls(client_of, alice, bob, invite):
    invite("nina@example.com")
    assert "nina@example.com" in words(client_of(alice).get("/members/"))
    page = words(client_of(bob).get("/members/"))
    assert "nina@example.com" not in page
    assert "/role/" not in page


def test_owner_invites_by_mail(client_of, alice):
    response = client_of(alice).post(
        "/members/invite/", {"email": "Nina@Example.com", "role": "commenter"}
    )
    assert (response.status_code, response["Location"]) == (302, "/members/")
    assert OutgoingMail.objects.get().to == "nina@example.com"
    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.invited_by) == (Role.COMMENTER, alice)


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c", "x" * 300 + "@example.com"])
def test_wrong_address_comes_back_with_the_form(email, client_of, alice):
    response = client_of(alice).post("/members/invite/", {"email": email, "role": "editor"})
    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_inviting_a_member_is_explained(client_of, alice, bob):
    response = client_of(alice).post("/members/invite/", {"email": bob.email, "role": "viewer"})
    assert response.status_code == 422
    assert "This person is a member already." in words(response)


def test_case_61_unknown_role_is_not_invited(client_of, alice):
    response = client_of(alice).post("/members/invite/", {"email": "n@example.com", "role": "god"})
    assert response.status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "address", ["/members/invite/", "/workspaces/change/", "/members/{id}/role/"]
)
@pytest.mark.parametrize("who", ["bob", "carol", "victor"])
def test_case_61_others_manage_nothing(address, who, client_of, alice, request):
    browser = client_of(request.getfixturevalue(who))
    data = {"email": "n@example.com", "role": "owner", "name": "Mine now"}
    response = browser.post(address.format(id=alice.memberships.get().pk), data)
    assert response.status_code == 403
    assert not Invitation.objects.exists()
    assert role_of(alice) == Role.OWNER
    alice.memberships.get().workspace.refresh_from_db()
    assert alice.memberships.get().workspace.name == "Nordlys Software"


def test_owner_changes_a_role(client_of, alice, carol):
    client_of(alice).post(f"/members/{carol.memberships.get().pk}/role/", {"role": "editor"})
    assert role_of(carol) == Role.EDITOR


def test_unknown_role_changes_nothing(client_of, alice, carol):
    client_of(alice).post(f"/members/{carol.memberships.get().pk}/role/", {"role": "god"})
    assert role_of(carol) == Role.COMMENTER


def test_case_61_last_owner_is_told_why_they_cannot_go(client_of, alice):
    own = alice.memberships.get().pk
    response = client_of(alice).post(f"/members/{own}/remove/", follow=True)
    assert "A workspace needs an owner." in words(response)
    assert role_of(alice) == Role.OWNER


def test_owner_removes_a_member(client_of, alice, bob):
    client_of(alice).post(f"/members/{bob.memberships.get().pk}/remove/")
    assert role_of(bob) is None


def test_member_leaves(client_of, alice, bob):
    response = client_of(bob).post(f"/members/{bob.memberships.get().pk}/remove/")
    assert response["Location"] == "/"
    assert role_of(bob) is None


def test_viewer_cannot_remove_others(client_of, alice, bob, victor):
    response = client_of(victor).post(f"/members/{bob.memberships.get().pk}/remove/")
    assert response.status_code == 403
    assert role_of(bob) == Role.EDITOR


@pytest.mark.parametrize("act", ["role", "remove"])
def test_case_56_membership_of_another_workspace_is_not_there(act, client_of, alice, charlie):
    foreign = charlie.memberships.get().pk
    response = client_of(alice).post(f"/members/{foreign}/{act}/", {"role": "viewer"})
    assert response.status_code == 404
    assert role_of(charlie) == Role.OWNER


@pytest.mark.parametrize("act", ["resend", "revoke"])
def test_case_56_invitation_of_another_workspace_is_not_there(act, client_of, charlie, invite):
    invite("nina@example.com")
    before = Invitation.objects.values().get()
    foreign = f"/members/invitations/{before['id']}/{act}/"
    assert client_of(charlie).post(foreign).status_code == 404
    assert Invitation.objects.values().get() == before


def test_withdrawn_invitation_is_gone(client_of, alice, invite):
    link = invite("nina@example.com")
    client_of(alice).post(f"/members/invitations/{Invitation.objects.get().pk}/revoke/")
    assert client_of().get(link, follow=True).status_code == 404


def test_resent_invitation_opens_by_the_new_link_alone(client_of, alice, invite):
    link = invite("nina@example.com")
    client_of(alice).post(f"/members/invitations/{Invitation.objects.get().pk}/resend/")
    assert client_of().get(link, follow=True).status_code == 404


def test_owner_names_the_workspace_and_the_language_of_its_texts(client_of, alice, nordlys):
    client_of(alice).post("/workspaces/change/", {"name": "Nordlys  Nord", "language": "da"})
    nordlys.refresh_from_db()
    assert (nordlys.name, nordlys.language) == ("Nordlys Nord", "da")


def test_names_show_as_text(client_of, alice, nordlys, bob):
    bob.name = "<script>alert(1)</script>"
    bob.save()
    assert "<script>alert" not in words(client_of(alice).get("/members/"))


def test_members_cost_the_same_for_many_as_for_few(client_of, alice, nordlys, count_queries):
    browser = client_of(alice)
    few = count_queries(lambda: browser.get("/members/"))
    from tests.cast import member

    for number in range(20):
        member(f"m{number}@nordlys.example", nordlys, "viewer")
    assert count_queries(lambda: browser.get("/members/")) == few
