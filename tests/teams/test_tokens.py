"""Keys to the API: made, used, withdrawn."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import path
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.views import APIView

from teams.models import ApiToken
from teams.services import create_token, revoke_token
from tests.teams.mail import words


class WhoAmI(APIView):
    def get(self, request):
        return Response({"email": request.user.email})


urlpatterns = [path("who/", WhoAmI.as_view())]
over_the_api = pytest.mark.urls(__name__)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@over_the_api
def test_token_acts_as_its_person(client, bob):
    _token, secret = create_token(name="Report", by=bob)
    assert client.get("/who/", headers=bearer(secret)).json() == {"email": bob.email}


@over_the_api
@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Bearer a b", "Bearer é", "Token {}", "Basic {}"],
)
def test_without_a_good_token_there_is_401(header, client, bob):
    _token, secret = create_token(name="Report", by=bob)
    response = client.get("/who/", headers={"Authorization": header.format(secret)})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


@over_the_api
def test_withdrawn_token_is_dead(client, bob):
    token, secret = create_token(name="Report", by=bob)
    revoke_token(token, by=bob)
    assert client.get("/who/", headers=bearer(secret)).status_code == 401


@over_the_api
def test_case_64_token_of_a_closed_account_is_dead(client, bob):
    _token, secret = create_token(name="Report", by=bob)
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    assert client.get("/who/", headers=bearer(secret)).status_code == 401


@over_the_api
def test_use_is_noted_at_most_once_a_minute(client, bob, django_assert_num_queries):
    token, secret = create_token(name="Report", by=bob)
    client.get("/who/", headers=bearer(secret))
    token.refresh_from_db()
    assert token.last_used_at is not None
    with django_assert_num_queries(1):
        client.get("/who/", headers=bearer(secret))
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(minutes=2))
    client.get("/who/", headers=bearer(secret))
    assert ApiToken.objects.get().last_used_at > timezone.now() - timedelta(minutes=1)


def test_new_token_is_shown_once(client_of, bob):
    browser = client_of(bob)
    page = words(browser.post("/tokens/", {"name": "Weekly report"}))
    secret = page.split('<code id="token-secret">')[1].split("<")[0]
    assert ApiToken.objects.with_secret(secret).get().user == bob
    later = words(browser.get("/tokens/"))
    assert "Weekly report" in later
    assert secret not in later


def test_page_with_a_secret_is_not_cached(client_of, bob):
    response = client_of(bob).post("/tokens/", {"name": "Weekly report"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_token_needs_a_name(name, client_of, bob):
    assert client_of(bob).post("/tokens/", {"name": name}).status_code == 422
    assert not ApiToken.objects.exists()


def test_case_58_tokens_of_others_are_not_there(client_of, alice, bob):
    token, _secret = create_token(name="Alice's report", by=alice)
    browser = client_of(bob)
    assert "Alice" not in words(browser.get("/tokens/"))
    assert browser.post(f"/tokens/{token.pk}/revoke/").status_code == 404
    assert ApiToken.objects.exists()


def test_person_withdraws_their_token(client_of, bob):
    token, _secret = create_token(name="Report", by=bob)
    client_of(bob).post(f"/tokens/{token.pk}/revoke/")
    assert not ApiToken.objects.exists()


def test_command_prints_a_working_token(bob):
    printed = StringIO()
    call_command("create_token", "BOB@nordlys.example", stdout=printed)
    assert ApiToken.objects.with_secret(printed.getvalue().strip()).get().user == bob


def test_command_refuses_an_unknown_address(db):
    with pytest.raises(CommandError, match="Nobody with an open account"):
        call_command("create_token", "nobody@nordlys.example")
