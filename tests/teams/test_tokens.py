"""Keys to the API: made, used, withdrawn."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import path
from django.utils import timezone
from redis import ConnectionError as RedisConnectionError
from rest_framework.response import Response
from rest_framework.views import APIView

from collaboration import bell
from teams.models import ApiToken
from teams.services import create_token, revoke_token
from tests.teams.mail import words


class WhoAmI(APIView):
    def get(self, request):
        return Response({"email": request.user.email})

    post = get


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
def test_a_token_that_reads_changes_nothing(client, bob):
    _token, secret = create_token(name="Report", scope="read", by=bob)
    assert client.get("/who/", headers=bearer(secret)).status_code == 200
    refused = client.post("/who/", headers=bearer(secret))
    assert refused.status_code == 403
    assert "may only read" in refused.json()["detail"]
    _token, secret = create_token(name="Import", by=bob)
    assert client.post("/who/", headers=bearer(secret)).status_code == 200


@over_the_api
def test_an_expired_token_is_dead_and_says_so(client, bob):
    token, secret = create_token(name="Report", days=30, by=bob)
    assert client.get("/who/", headers=bearer(secret)).status_code == 200
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    refused = client.get("/who/", headers=bearer(secret))
    assert refused.status_code == 401
    assert "has expired" in refused.json()["detail"]


@over_the_api
def test_a_token_is_told_what_it_may_still_ask_and_when_it_is_too_much(client, bob, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    _token, secret = create_token(name="Report", by=bob)
    _token, other = create_token(name="Import", by=bob)
    answers = [client.get("/who/", headers=bearer(secret)) for _time in range(4)]
    # The minute may turn between two of them.
    assert [one.status_code for one in answers][:2] == [200, 200]
    assert {one["RateLimit-Limit"] for one in answers} == {"2"}
    assert answers[0]["RateLimit-Remaining"] == "1"
    refused = next(one for one in answers if one.status_code == 429)
    assert refused["RateLimit-Remaining"] == "0"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "asked too often" in refused.json()["detail"]
    assert client.get("/who/", headers=bearer(other)).status_code == 200


@over_the_api
def test_nobody_is_refused_while_redis_is_away(client, bob, settings, monkeypatch):
    def away():
        raise RedisConnectionError

    settings.API_REQUESTS_PER_MINUTE = 1
    monkeypatch.setattr(bell, "connection", away)
    _token, secret = create_token(name="Report", by=bob)
    answers = [client.get("/who/", headers=bearer(secret)) for _time in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 200]


def test_the_page_says_what_a_token_may_and_for_how_long(client_of, bob):
    browser = client_of(bob)
    made = browser.post("/tokens/", {"name": "Weekly report", "scope": "read", "days": "30"})
    assert made.status_code == 200
    token = ApiToken.objects.get()
    assert token.scope == "read"
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    ApiToken.objects.update(expires_at=timezone.now())
    assert "Expired" in words(browser.get("/tokens/"))


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
    page = words(browser.post("/tokens/", {"name": "Weekly report", "scope": "write", "days": ""}))
    secret = page.split('<code id="token-secret">')[1].split("<")[0]
    assert ApiToken.objects.with_secret(secret).get().user == bob
    later = words(browser.get("/tokens/"))
    assert "Weekly report" in later
    assert secret not in later


def test_page_with_a_secret_is_not_cached(client_of, bob):
    response = client_of(bob).post(
        "/tokens/", {"name": "Weekly report", "scope": "write", "days": ""}
    )
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_token_needs_a_name(name, client_of, bob):
    assert client_of(bob).post("/tokens/", {"name": name, "scope": "read"}).status_code == 422
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


def test_command_makes_a_token_that_reads_for_some_days(bob):
    printed = StringIO()
    options = {"read_only": True, "days": 7, "stdout": printed}
    call_command("create_token", "bob@nordlys.example", **options)
    token = ApiToken.objects.get()
    assert token.scope == "read"
    assert token.expires_at - timezone.now() <= timedelta(days=7)


def test_command_refuses_an_unknown_address(db):
    with pytest.raises(CommandError, match="Nobody with an open account"):
        call_command("create_token", "nobody@nordlys.example")
