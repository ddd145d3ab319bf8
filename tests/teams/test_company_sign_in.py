"""Sign-in by the company's own server (OIDC), as far as it goes without that server."""

import os
import subprocess
import sys

import pytest
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings as project

from teams.models import User
from tests.teams.mail import words

OIDC = {
    "OIDC_SERVER_URL": "https://login.nordlys.example/realms/main",
    "OIDC_CLIENT_ID": "waymark",
    "OIDC_CLIENT_SECRET": "not-a-secret",
    "OIDC_NAME": "Nordlys ID",
}


@pytest.fixture
def company(settings):
    """What config.settings makes of OIDC_SERVER_URL and its sisters."""
    app = {"provider_id": "oidc", "name": OIDC["OIDC_NAME"], "client_id": "waymark"}
    app["settings"] = {"server_url": OIDC["OIDC_SERVER_URL"]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def test_sign_in_page_offers_the_company(client, db, company):
    page = words(client.get("/accounts/login/?next=/members/"))
    assert "Continue with Nordlys ID" in page


def test_sign_in_page_offers_nothing_where_nothing_is_set_up(client, db):
    assert "Continue with" not in words(client.get("/accounts/login/"))


def test_settings_let_the_button_leave_for_that_server_alone():
    code = "from config import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **OIDC},
        cwd=project.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == """["'self'", 'https://login.nordlys.example']"""


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"name": "Nina Ny"}, "Nina Ny"),
        ({"first_name": "Nina", "last_name": "Ny"}, "Nina Ny"),
        ({"name": "Nina\u202e  Ny"}, "Nina Ny"),
        ({"name": "x" * 200}, "x" * 80),
        ({}, ""),
    ],
)
def test_name_comes_from_the_company(told, name, rf):
    request = rf.get("/")
    login = SocialLogin(user=User())
    with context.request_context(request):
        user = get_adapter(request).populate_user(
            request, login, {"email": "n@example.com", **told}
        )
    assert user.name == name


def test_company_opens_a_closed_sign_up(rf, settings):
    settings.SIGNUP_OPEN = False
    request = rf.get("/")
    assert get_adapter(request).is_open_for_signup(request, SocialLogin(user=User()))


@pytest.mark.parametrize(
    "address", ["/accounts/3rdparty/login/cancelled/", "/accounts/3rdparty/login/error/"]
)
def test_page_of_a_failed_sign_in_is_ours(address, client, db):
    page = words(client.get(address))
    assert "welcome-form" in page
