"""Where allauth asks us: who may sign up, what mail says, and how it leaves."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from teams.emails import language_of, send_mail_later
from teams.forms import NameField
from teams.models import Invitation, User
from teams.selectors import invitation_held_by


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Beside the limits of a place: a password is guessed slowly from all places together."""
        if not ratelimit.consume(request, **everywhere(credentials), dry_run=True):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        ratelimit.consume(request, **everywhere(credentials))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Per person and place, so that nobody locks a person out of their own place."""
        return f"{credentials.get('email', '').lower()} {self.get_client_ip(request)}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by the company's own server (OIDC): whoever it vouches for may have an account."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        return True

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = NameField().to_python(data.get("name") or " ".join(filter(None, parts)))[:80]
        user.language = translation.get_language() or user.language
        return user


def everywhere(credentials: Mapping[str, Any]) -> dict[str, str]:
    return {"action": "login_failed_everywhere", "key": credentials.get("email", "").lower()}


def is_for(invitation: Invitation, email: str) -> bool:
    return invitation.email.lower() == email.strip().lower()


def address(name: str, **kwargs: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, kwargs=kwargs)}"
