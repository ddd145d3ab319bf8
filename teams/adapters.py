"""Where allauth asks us: who may sign up, what mail says, and how it leaves."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from teams.emails import language_of, send_mail_later
from teams.models import Invitation
from teams.selectors import invitation_held_by


class AccountAdapter(DefaultAccountAdapter):
    """Links in mails start with SITE_URL: a forged Host header never gets into one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGNUP_OPEN or invitation_held_by(request) is not None

    def clean_email(self, email: str) -> str:
        return email.lower()

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """The link of an invitation came by mail, so it confirms the address it went to."""
        held = invitation_held_by(request)
        return held is not None and is_for(held, email)

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """In the reader's language, by the queue of outgoing mail."""
        with translation.override(language_of(email)):
            message = self.render_mail(
                template_prefix, email, {"email": email, "site_url": settings.SITE_URL, **context}
            )
        send_mail_later(to=email, subject=message.subject, body=str(message.body))

    def send_account_already_exists_mail(self, email: str) -> None:
        """As slow as a true sign-up, so that time does not tell who has an account."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, secret = key.partition("-")
        return address("account_reset_password_from_key", uidb36=uid, key=secret)

    def get_email_confirmation_url(self, _request: HttpRequest, emailconfirmation: Any) -> str:
        return address("account_confirm_email", key=emailconfirmation.key)


def is_for(invitation: Invitation, email: str) -> bool:
    return invitation.email.lower() == email.strip().lower()


def address(name: str, **kwargs: str) -> str:
    return settings.SITE_URL + reverse(name, kwargs=kwargs)
