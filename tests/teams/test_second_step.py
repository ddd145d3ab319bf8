"""Two-step sign-in, and the other pages of one's account."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from teams.models import OutgoingMail
from tests.cast import PASSWORD
from tests.teams.mail import words

SIGN_IN = "/accounts/login/"


def code_now(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.fixture
def at_home(client, bob):
    """Bob has signed in, and has just shown his password once more."""
    client.post(SIGN_IN, {"login": bob.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def secret(at_home) -> str:
    """Bob has set up his phone."""
    page = words(at_home.get("/accounts/2fa/totp/activate/"))
    key = page.split("<code>")[1].split("<")[0]
    at_home.post("/accounts/2fa/totp/activate/", {"code": code_now(key)})
    assert Authenticator.objects.filter(type="totp").exists()
    return key


def test_password_alone_opens_nothing_once_it_is_on(at_home, secret, bob, client_of):
    stranger = client_of()
    response = stranger.post(SIGN_IN, {"login": bob.email, "password": PASSWORD})
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in stranger.session
    assert "authenticator app" in words(stranger.get(response["Location"]))
    stranger.post(response["Location"], {"code": "000000"})
    assert "_auth_user_id" not in stranger.session


def test_recovery_code_opens_once(at_home, secret, bob, client_of):
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (True, False):
        stranger = client_of()
        stranger.post(SIGN_IN, {"login": bob.email, "password": PASSWORD})
        stranger.post("/accounts/2fa/authenticate/", {"code": recovery})
        assert ("_auth_user_id" in stranger.session) is expected


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/2fa/", "Two-step sign-in"),
        ("/accounts/2fa/totp/activate/", "Set up two-step sign-in"),
        ("/accounts/email/", "E-mail addresses"),
        ("/accounts/password/change/", "Change your password"),
        ("/accounts/logout/", "Sign out?"),
        ("/accounts/reauthenticate/", "Is it you?"),
        ("/profile/", "Profile"),
        ("/tokens/", "API tokens"),
    ],
)
def test_account_page_is_ours(address, heading, at_home):
    assert f"<h1>{heading}</h1>" in words(at_home.get(address))


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/2fa/", "Two-step sign-in"),
        ("/accounts/2fa/totp/deactivate/", "Turn off two-step sign-in?"),
        ("/accounts/2fa/recovery-codes/", "Recovery codes"),
        ("/accounts/2fa/recovery-codes/generate/", "Make new recovery codes?"),
        ("/accounts/2fa/reauthenticate/", "Is it you?"),
    ],
)
def test_page_after_the_set_up_is_ours(address, heading, at_home, secret):
    assert f"<h1>{heading}</h1>" in words(at_home.get(address))


def test_second_address_is_confirmed_before_it_counts(at_home, bob):
    at_home.post("/accounts/email/", {"action_add": "", "email": "bob@home.example"})
    assert EmailAddress.objects.get(email="bob@home.example").verified is False
    assert OutgoingMail.objects.get().to == "bob@home.example"
    at_home.post("/accounts/email/", {"action_primary": "", "email": "bob@home.example"})
    bob.refresh_from_db()
    assert bob.email == "bob@nordlys.example"


def test_setting_up_asks_for_the_password_again(client_of, bob):
    response = client_of(bob).get("/accounts/2fa/totp/activate/")
    assert response["Location"].startswith("/accounts/reauthenticate/")
