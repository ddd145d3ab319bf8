"""Signing in and out, the session, and where one lands."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client

from teams.models import User
from teams.tasks import purge_sessions
from tests.cast import PASSWORD
from tests.teams.mail import without_tokens, words

SIGN_IN = "/accounts/login/"
PERSON = {"login": "bob@nordlys.example", "password": PASSWORD}


def test_member_signs_in_with_address_and_password(client, bob):
    response = client.post(SIGN_IN, {"login": "BOB@nordlys.example", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(bob.pk)


def test_case_73_wrong_password_and_unknown_address_read_the_same(client, bob):
    wrong = client.post(SIGN_IN, {"login": bob.email, "password": "wrong"})
    unknown = client.post(SIGN_IN, {"login": "bib@nordlys.example", "password": "wrong"})
    assert wrong.status_code == unknown.status_code
    assert "not correct" in words(wrong)
    assert without_tokens(wrong).replace(bob.email, "bib@nordlys.example") == without_tokens(
        unknown
    )


def test_closed_account_cannot_sign_in(client, bob):
    bob.is_active = False
    bob.save()
    client.post(SIGN_IN, PERSON)
    assert "_auth_user_id" not in client.session


def test_unconfirmed_address_must_be_confirmed_first(client, bob):
    bob.emailaddress_set.update(verified=False)
    response = client.post(SIGN_IN, PERSON)
    assert response["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session


def test_case_76_session_gets_a_new_id_at_sign_in(client, bob):
    client.get("/invitations/unknown-unknown-unknown/")
    before = client.cookies["sessionid"].value
    client.post(SIGN_IN, PERSON)
    after = client.cookies["sessionid"].value
    assert before != after
    assert list(Session.objects.values_list("pk", flat=True)) == [after]


def test_case_76_planted_session_id_is_not_taken_over(client, bob):
    client.cookies["sessionid"] = "a" * 32
    client.post(SIGN_IN, PERSON)
    assert client.cookies["sessionid"].value != "a" * 32


def test_case_76_signing_out_ends_the_session_on_the_server(client, bob):
    client.post(SIGN_IN, PERSON)
    cookie = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = cookie
    assert client.get("/profile/").status_code == 302
    assert not Session.objects.exists()


def test_signing_out_needs_a_post(client_of, bob):
    browser = client_of(bob)
    assert browser.get("/accounts/logout/").status_code == 200
    assert browser.get("/profile/").status_code == 200


def test_case_76_cookies_on_a_server_with_https():
    code = (
        "import json; from config import settings as s;"
        "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE]))"
    )
    environment = {**os.environ, "HTTPS": "1", "DEBUG": "0"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(told.stdout) == [
        "__Host-sessionid", "__Host-csrftoken", True, True, True, "Lax",
    ]  # fmt: skip


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("kind", ["form", "htmx", "json"])
def test_case_77_writing_without_a_token_is_refused(method, kind, bob):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(bob)
    headers = {"HX-Request": "true"} if kind == "htmx" else {}
    content_type = "application/json" if kind == "json" else "application/x-www-form-urlencoded"
    response = getattr(browser, method)(
        "/profile/", "name=Mallory", content_type=content_type, headers=headers
    )
    assert response.status_code == 403
    assert User.objects.get(pk=bob.pk).name == "Bob"


def test_case_77_token_from_a_foreign_origin_is_refused(bob):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(bob)
    browser.get("/profile/")
    token = browser.cookies["csrftoken"].value
    headers = {"Origin": "https://evil.example", "X-CSRFToken": token}
    response = browser.post("/profile/", {"name": "Mallory"}, headers=headers)
    assert response.status_code == 403
    assert User.objects.get(pk=bob.pk).name == "Bob"


FOREIGN = [
    "//evil.example",
    "https:evil.example",
    "https://evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "\t//evil.example",
    "/%09/evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "https:///evil.example",
    "\x00//evil.example",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_case_78_sign_in_stays_on_the_site(target, client, bob):
    response = client.post(SIGN_IN, {**PERSON, "next": target})
    assert response.status_code == 302
    assert response["Location"] in {"/", "/%09/evil.example"}


@pytest.mark.parametrize("target", FOREIGN)
def test_case_78_choosing_a_language_stays_on_the_site(target, client, db):
    response = client.post("/language/", {"language": "da", "next": target})
    assert response["Location"] in {"/", "/%09/evil.example"}


@pytest.mark.parametrize("target", FOREIGN)
def test_case_78_signing_out_stays_on_the_site(target, client_of, bob):
    response = client_of(bob).post("/accounts/logout/", {"next": target})
    assert response["Location"] in {"/", "/%09/evil.example"}


def test_person_lands_where_they_were_going(client, bob):
    response = client.post(SIGN_IN, {**PERSON, "next": "/members/"})
    assert response["Location"] == "/members/"


@pytest.mark.django_db(transaction=True)
def test_case_74_parallel_guesses_are_counted(bob):
    def guess(number: int) -> bool:
        try:
            forged = {"X-Forwarded-For": f"10.0.0.{number}, 198.51.100.7"}
            browser = Client()
            response = browser.post(
                SIGN_IN, {"login": bob.email, "password": f"guess {number}"}, headers=forged
            )
            return "not correct" in words(response)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as people:
        checked = sum(people.map(guess, range(24)))
    assert checked <= 5


def test_case_74_person_still_signs_in_from_elsewhere(bob):
    def attempt(place: str, password: str) -> Client:
        browser = Client(REMOTE_ADDR=place)
        browser.post(SIGN_IN, {"login": bob.email, "password": password})
        return browser

    for number in range(12):
        attempt("198.51.100.7", f"guess {number}")
    assert "_auth_user_id" not in attempt("198.51.100.7", PASSWORD).session
    assert "_auth_user_id" in attempt("203.0.113.9", PASSWORD).session


def test_case_74_guesses_from_many_places_are_counted_together(bob):
    answers = []
    for number in range(60):
        browser = Client(REMOTE_ADDR=f"198.51.100.{number}")
        response = browser.post(SIGN_IN, {"login": bob.email, "password": f"guess {number}"})
        answers.append("not correct" in words(response))
    assert sum(answers) == 50


def test_sessions_that_ended_are_purged(client_of, alice, bob):
    ended, open_one = client_of(alice).session, client_of(bob).session
    ended.set_expiry(-1)
    ended.save()
    purge_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == [open_one.session_key]
