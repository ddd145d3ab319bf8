"""Doors: who passes, where the others are sent, and what the log says of it."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path
from structlog.testing import capture_logs

from teams.access import public, signed_in, workspace_view
from teams.models import Membership, Role


def undeclared(request):
    return HttpResponse("inside")


@public
def open_to_all(request):
    return HttpResponse("open")


@signed_in
def for_people(request):
    return HttpResponse("people")


@workspace_view(Role.EDITOR)
def for_editors(request, number=0):
    return HttpResponse(f"{request.actor.name} is {request.actor.role} in {request.workspace}")


urlpatterns = [
    path("", include(settings.ROOT_URLCONF)),
    path("test/undeclared/", undeclared),
    path("test/open/", open_to_all),
    path("test/people/", for_people),
    path("test/editors/", for_editors),
    path("test/editors/<int:number>/<str:token>/", for_editors, name="secretive"),
]
SECRET = "S3cretS3cretS3cretS3cretS3cretS3cretS3cretS"
pytestmark = pytest.mark.urls(__name__)


def test_declared_rule_is_written_on_the_view():
    rules = [view.access for view in (open_to_all, for_people, for_editors)]
    assert rules == ["public", "signed-in", "workspace:editor"]


@pytest.mark.parametrize("address", ["undeclared", "people", "editors"])
def test_nobody_is_sent_to_sign_in_and_back(client, address):
    response = client.get(f"/test/{address}/?a=1")
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next=/test/{address}/%3Fa%3D1"


@pytest.mark.parametrize("address", ["undeclared", "people", "editors"])
def test_htmx_is_told_to_leave_for_the_sign_in_page(client, address):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/journeys/3/"}
    response = client.post(f"/test/{address}/", headers=headers)
    assert (response.status_code, response.content) == (401, b"")
    assert response["HX-Redirect"] == (
        "/accounts/login/?next=http%3A%2F%2Ftestserver%2Fjourneys%2F3%2F"
    )


def test_case_78_htmx_from_a_foreign_page_comes_back_to_the_start(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/"}
    response = client.get("/test/people/", headers=headers)
    assert response["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_public_view_is_open(client):
    assert client.get("/test/open/").content == b"open"


def test_undeclared_view_opens_for_whoever_signed_in(client_of, charlie):
    assert client_of(charlie).get("/test/undeclared/").content == b"inside"


def test_editor_passes(client_of, bob):
    response = client_of(bob).get("/test/editors/")
    assert response.content == b"Bob is editor in Nordlys Software"


@pytest.mark.parametrize("who", ["victor", "carol"])
def test_too_low_a_role_is_refused_in_words(who, client_of, request):
    response = client_of(request.getfixturevalue(who)).get("/test/editors/")
    assert response.status_code == 403
    assert "You need the role “Editor” for this." in response.content.decode()


def test_htmx_gets_the_refusal_as_a_fragment(client_of, victor):
    response = client_of(victor).get("/test/editors/", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert response["HX-Reswap"] == "none"
    assert 'hx-target="#toasts"' in response.content.decode()


def test_person_without_a_workspace_is_led_to_create_one(client_of, newcomer):
    response = client_of(newcomer).get("/test/editors/")
    assert (response.status_code, response["Location"]) == (302, "/workspaces/new/")


def test_removed_member_is_out_at_once(client_of, bob):
    browser = client_of(bob)
    assert browser.get("/test/editors/").status_code == 200
    Membership.objects.all().delete()
    assert browser.get("/test/editors/")["Location"] == "/workspaces/new/"


def test_closed_account_is_out_at_once(client_of, bob):
    browser = client_of(bob)
    bob.is_active = False
    bob.save()
    assert browser.get("/test/people/").status_code == 302


def test_case_64_new_password_ends_the_other_sessions(client_of, bob):
    browser = client_of(bob)
    bob.set_password("something else entirely")
    bob.save()
    assert browser.get("/test/people/")["Location"].startswith("/accounts/login/")


def test_workspace_costs_one_query(client_of, bob, django_assert_num_queries):
    browser = client_of(bob)
    with django_assert_num_queries(3):  # session, person, membership with workspace
        browser.get("/test/editors/")


def test_page_that_needs_no_workspace_asks_for_none(client_of, bob, django_assert_num_queries):
    browser = client_of(bob)
    with django_assert_num_queries(2):
        browser.get("/test/people/")


def test_case_65_refusal_is_logged_without_the_secret(client_of, victor, caplog):
    with capture_logs() as lines:
        client_of(victor).get(f"/test/editors/7/{SECRET}/?key=hush")
    [line] = [line for line in lines if line["event"] == "access_refused"]
    assert line == {
        "event": "access_refused",
        "log_level": "warning",
        "reason": "role too low",
        "user_id": victor.pk,
        "method": "GET",
        "view": "secretive",
        "ids": {"number": 7},
    }
    everything = str(lines) + caplog.text
    assert SECRET not in everything
    assert "hush" not in everything


def test_case_65_request_without_sign_in_is_logged(client):
    with capture_logs() as lines:
        client.get("/test/people/")
    [line] = [line for line in lines if line["event"] == "access_refused"]
    assert (line["reason"], line["user_id"]) == ("not signed in", None)


def test_signed_in_view_refuses_without_the_middleware():
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/test/people/")
    request.user = AnonymousUser()
    assert for_people(request).status_code == 302
