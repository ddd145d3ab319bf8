"""Addresses of people, workspaces and invitations."""

from django.urls import path
from django.views.i18n import set_language

from teams.access import public
from teams.views import invitations, members, profile, tokens, workspaces

app_name = "teams"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/mail/", profile.mail, name="profile_mail"),
    path("language/", public(set_language), name="set_language"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke_token, name="revoke_token"),
    path("workspaces/new/", workspaces.create_workspace, name="create_workspace"),
    path("workspaces/switch/", workspaces.switch, name="switch"),
    path("workspaces/change/", workspaces.change_workspace, name="change_workspace"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/<int:membership_id>/role/", members.change_role, name="change_role"),
    path("members/<int:membership_id>/remove/", members.remove_member, name="remove_member"),
    path(
        "members/invitations/<int:invitation_id>/resend/",
        members.resend_invitation,
        name="resend_invitation",
    ),
    path(
        "members/invitations/<int:invitation_id>/revoke/",
        members.revoke_invitation,
        name="revoke_invitation",
    ),
    path("invitations/", invitations.invitation, name="invitation"),
    path("invitations/accept/", invitations.accept_invitation, name="invitation_accept"),
    path("invitations/<str:token>/", invitations.open_invitation, name="open_invitation"),
]
