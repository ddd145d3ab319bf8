"""People, workspaces, invitations and tokens, without the pages."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from teams import services
from teams.access import Actor, Forbidden, actor_in
from teams.models import ApiToken, Invitation, Membership, OutgoingMail, Role, User, Workspace
from teams.selectors import invitations_of, open_invitations, owners_of


def acting(user, workspace) -> Actor:
    actor = actor_in(user, workspace)
    assert actor is not None
    return actor


def invite(workspace, email, by, role=Role.EDITOR) -> Invitation:
    return services.invite_person(workspace, email=email, role=role, by=acting(by, workspace))


def role_of(user, workspace) -> str | None:
    roles = Membership.objects.filter(user=user, workspace=workspace)
    return roles.values_list("role", flat=True).first()


def test_each_role_includes_those_before_it():
    assert [role for role in Role if Role.COMMENTER.includes(role)] == [
        Role.VIEWER,
        Role.COMMENTER,
    ]


def test_stranger_is_no_actor(charlie, nordlys):
    assert actor_in(charlie, nordlys) is None


def test_member_acts_in_their_role_with_one_query(bob, nordlys, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert actor_in(bob, nordlys) == Actor(user=bob, role=Role.EDITOR, name="Bob")


def test_closed_account_is_no_actor(bob, nordlys):
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert actor_in(bob, nordlys) is None


def test_database_refuses_an_unknown_role(bob, nordlys):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=bob).update(role="god")


def test_database_refuses_the_same_address_in_other_case(bob):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=bob.email.upper(), name="Bob's twin")


def test_whoever_creates_a_workspace_owns_it(newcomer):
    newcomer.language = "da"
    workspace = services.create_workspace("Blå Bølge A/S", by=newcomer)
    assert workspace.language == "da"
    assert (workspace.slug, role_of(newcomer, workspace)) == ("bla-blge-as", Role.OWNER)


def test_two_workspaces_of_one_name_get_different_addresses(newcomer, nordlys):
    slugs = {services.create_workspace("Nordlys", by=newcomer).slug for _turn in range(3)}
    assert len(slugs) == 3
    assert nordlys.slug not in slugs


@pytest.mark.parametrize("who", ["victor", "carol", "bob"])
def test_case_61_only_an_owner_changes_roles(who, alice, nordlys, request):
    actor = acting(request.getfixturevalue(who), nordlys)
    with pytest.raises(Forbidden):
        services.change_role(alice.memberships.get(), role=Role.VIEWER, by=actor)
    assert role_of(alice, nordlys) == Role.OWNER


def test_case_61_editor_cannot_raise_themselves(bob, nordlys):
    with pytest.raises(Forbidden):
        services.change_role(bob.memberships.get(), role=Role.OWNER, by=acting(bob, nordlys))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COMMENTER, Role.EDITOR])
def test_case_61_last_owner_cannot_step_down(role, alice, bob, nordlys):
    with pytest.raises(services.LastOwner):
        services.change_role(alice.memberships.get(), role=role, by=acting(alice, nordlys))
    assert role_of(alice, nordlys) == Role.OWNER


def test_case_61_last_owner_cannot_leave(alice, bob, nordlys):
    with pytest.raises(services.LastOwner):
        services.remove_member(alice.memberships.get(), by=acting(alice, nordlys))
    assert role_of(alice, nordlys) == Role.OWNER


def test_case_61_a_closed_account_does_not_count_as_the_other_owner(alice, bob, nordlys):
    services.change_role(bob.memberships.get(), role=Role.OWNER, by=acting(alice, nordlys))
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert [owner.user for owner in owners_of(nordlys)] == [alice]
    with pytest.raises(services.LastOwner):
        services.remove_member(alice.memberships.get(), by=acting(alice, nordlys))


def test_owner_steps_down_once_there_is_another(alice, bob, nordlys):
    services.change_role(bob.memberships.get(), role=Role.OWNER, by=acting(alice, nordlys))
    services.change_role(alice.memberships.get(), role=Role.VIEWER, by=acting(alice, nordlys))
    assert (role_of(alice, nordlys), role_of(bob, nordlys)) == (Role.VIEWER, Role.OWNER)


def test_member_leaves_by_themselves(carol, nordlys):
    services.remove_member(carol.memberships.get(), by=acting(carol, nordlys))
    assert role_of(carol, nordlys) is None


def test_editor_cannot_remove_another_member(bob, carol, nordlys):
    with pytest.raises(Forbidden):
        services.remove_member(carol.memberships.get(), by=acting(bob, nordlys))
    assert role_of(carol, nordlys) == Role.COMMENTER


@pytest.mark.parametrize("who", ["victor", "carol", "bob"])
def test_case_61_only_an_owner_invites(who, nordlys, request):
    with pytest.raises(Forbidden):
        invite(nordlys, "n@example.com", request.getfixturevalue(who), Role.OWNER)
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_case_66_secret_is_in_the_mail_alone(alice, nordlys):
    invitation = invite(nordlys, "nina@example.com", alice)
    [mail] = OutgoingMail.objects.all()
    secret = mail.body.split("/invitations/")[1].split("/")[0]
    assert len(secret) >= 43
    assert Invitation.objects.with_secret(secret).get() == invitation
    assert secret not in str(Invitation.objects.values().get())


def test_invited_person_joins_with_the_role_offered(alice, nordlys, newcomer):
    invitation = invite(nordlys, "NINA@example.com", alice, Role.COMMENTER)
    services.accept_invitation(invitation, by=newcomer)
    assert role_of(newcomer, nordlys) == Role.COMMENTER


def test_case_72_invitation_opens_once(alice, nordlys, newcomer):
    invitation = invite(nordlys, newcomer.email, alice)
    services.accept_invitation(invitation, by=newcomer)
    services.remove_member(newcomer.memberships.get(), by=acting(alice, nordlys))
    with pytest.raises(services.InvitationClosed):
        services.accept_invitation(invitation, by=newcomer)
    assert role_of(newcomer, nordlys) is None


def test_case_72_invitation_is_for_its_address(alice, charlie, nordlys, newcomer):
    invitation = invite(nordlys, newcomer.email, alice)
    with pytest.raises(services.OtherAddress):
        services.accept_invitation(invitation, by=charlie)
    assert role_of(charlie, nordlys) is None


def test_case_72_an_unconfirmed_address_does_not_open_it(alice, nordlys, newcomer):
    invitation = invite(nordlys, newcomer.email, alice)
    EmailAddress.objects.filter(user=newcomer).update(verified=False)
    with pytest.raises(services.OtherAddress):
        services.accept_invitation(invitation, by=newcomer)


def test_case_72_invitation_dies_when_the_inviter_is_no_owner(alice, bob, nordlys, newcomer):
    services.change_role(bob.memberships.get(), role=Role.OWNER, by=acting(alice, nordlys))
    invitation = invite(nordlys, newcomer.email, bob)
    services.change_role(bob.memberships.get(), role=Role.EDITOR, by=acting(alice, nordlys))
    with pytest.raises(services.InvitationClosed):
        services.accept_invitation(invitation, by=newcomer)
    assert [each.works for each in invitations_of(nordlys)] == [False]


def test_invitation_expires_after_fourteen_days(alice, nordlys, newcomer):
    invitation = invite(nordlys, newcomer.email, alice)
    almost = timezone.now() + timedelta(days=14) - invitation.expires_at
    assert abs(almost) < timedelta(minutes=1)
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(services.InvitationClosed):
        services.accept_invitation(invitation, by=newcomer)


def test_new_invitation_replaces_the_earlier_one(alice, nordlys):
    first = invite(nordlys, "nina@example.com", alice)
    second = invite(nordlys, "nina@example.com", alice, Role.VIEWER)
    assert list(open_invitations()) == [second]
    assert first.secret_hash != second.secret_hash


def test_resent_invitation_has_a_new_link(alice, nordlys):
    invitation = invite(nordlys, "nina@example.com", alice)
    before = invitation.secret_hash
    services.resend_invitation(invitation, by=acting(alice, nordlys))
    assert Invitation.objects.get().secret_hash != before
    assert OutgoingMail.objects.count() == 2


def test_member_is_not_invited_again(alice, bob, nordlys):
    with pytest.raises(services.AlreadyMember):
        invite(nordlys, bob.email.upper(), alice)


def test_accepting_never_lowers_a_role(alice, nordlys, newcomer):
    invitation = invite(nordlys, newcomer.email, alice, Role.VIEWER)
    services.add_member(nordlys, user=newcomer, role=Role.EDITOR, by=acting(alice, nordlys))
    services.accept_invitation(invitation, by=newcomer)
    assert role_of(newcomer, nordlys) == Role.EDITOR


def test_invitation_is_written_in_the_readers_language(alice, nordlys, newcomer, settings):
    settings.LOCALE_PATHS = []
    User.objects.filter(pk=newcomer.pk).update(language="sv")
    invite(nordlys, newcomer.email, alice)
    assert "nina@example.com" in OutgoingMail.objects.get().to


def test_line_break_in_a_name_stays_out_of_the_subject(alice, nordlys):
    Workspace.objects.update(name="Nordlys\r\nBcc: all@example.com")
    nordlys.refresh_from_db()
    invite(nordlys, "nina@example.com", alice)
    assert "\n" not in OutgoingMail.objects.get().subject


def test_case_64_new_password_ends_tokens_and_open_invitations(alice, bob, nordlys):
    services.create_token(name="Report", by=alice)
    services.create_token(name="Bob's own", by=bob)
    invite(nordlys, "nina@example.com", alice)
    alice.set_password("quite another one")
    alice.save()
    assert [token.user for token in ApiToken.objects.all()] == [bob]
    assert not Invitation.objects.exists()


def test_case_64_closed_account_ends_tokens_and_open_invitations(alice, nordlys):
    services.create_token(name="Report", by=alice)
    invite(nordlys, "nina@example.com", alice)
    alice.is_active = False
    alice.save()
    assert not ApiToken.objects.exists()
    assert not Invitation.objects.exists()


def test_an_ordinary_save_ends_nothing(alice):
    services.create_token(name="Report", by=alice)
    services.change_profile(
        alice, name="Alice B.", language="da", timezone_name="Europe/Stockholm", by=alice
    )
    assert ApiToken.objects.count() == 1


def test_token_secret_is_kept_as_a_hash_alone(alice):
    token, secret = services.create_token(name="Report", by=alice)
    assert secret not in str(ApiToken.objects.values().get())
    assert ApiToken.objects.with_secret(secret).get() == token


def test_nobody_revokes_the_token_of_another(alice, bob):
    token, _secret = services.create_token(name="Report", by=alice)
    with pytest.raises(PermissionError):
        services.revoke_token(token, by=bob)
