"""Every fault ends in words, in the form that the asker can show."""

import json

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config import urls

FAULTS = {
    "bad": SuspiciousOperation("secret detail"),
    "refused": PermissionDenied("secret detail"),
    "missing": Http404("secret detail"),
    "large": RequestDataTooBig("secret detail"),
    "value": DataError("secret detail"),
    "broken": ZeroDivisionError("secret detail"),
    "away": OperationalError("secret detail"),
}
STATUSES = {
    "bad": 400,
    "refused": 403,
    "missing": 404,
    "large": 413,
    "value": 400,
    "broken": 500,
    "away": 503,
}


def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise FAULTS[name]


fail.access = "public"
urlpatterns = [
    *urls.urlpatterns,
    path("fail/<name>/", fail),
    path("api/v1/fail/<name>/", fail),
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


# What a refusal says is written for people (teams.access.Forbidden).
WITHOUT_REFUSED = [name for name in FAULTS if name != "refused"]


@pytest.mark.parametrize("name", WITHOUT_REFUSED)
def test_case_96_page_says_what_happened_and_tells_no_secret(client, name):
    response = client.get(f"/fail/{name}/")
    assert response.status_code == STATUSES[name]
    assert response["Content-Type"].startswith("text/html")
    assert "<h1>" in response.text
    assert "secret detail" not in response.text
    assert response["X-Request-ID"] in response.text


@pytest.mark.parametrize("name", WITHOUT_REFUSED)
def test_case_96_api_answers_with_a_problem_document(client, name):
    response = client.get(f"/api/v1/fail/{name}/")
    assert response["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem.keys() == {"type", "title", "status", "detail", "request_id"}
    assert problem["status"] == response.status_code == STATUSES[name]
    assert problem["request_id"] == response["X-Request-ID"]
    assert "secret detail" not in response.text


@pytest.mark.parametrize("name", WITHOUT_REFUSED)
def test_case_96_htmx_gets_a_toast_and_the_form_stays(client, name):
    response = client.get(f"/fail/{name}/", headers={"HX-Request": "true"})
    assert response.status_code == STATUSES[name]
    assert response["HX-Reswap"] == "none"
    assert response.text.startswith('<hx-partial hx-target="#toasts"')
    assert "secret detail" not in response.text


def test_database_that_is_away_says_when_to_try_again(client):
    assert client.get("/fail/away/")["Retry-After"] == "10"


def test_case_46_fault_in_the_middleware_is_503_too(client, alice, client_of):
    """The session is read long before the view; the page of words asks nothing more."""
    signed_in = client_of(alice, raise_request_exception=False)

    def no_connection(*_args, **_options):
        raise OperationalError("couldn't get a connection after 5.00 sec")

    with connection.execute_wrapper(no_connection):
        response = signed_in.get("/fail/missing/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")


@pytest.mark.parametrize(
    "address",
    ["/journeys/%00/", "/?q=%00", "/?q=%ff", "/api/v1/journeys/?search=a%00b"],
)
def test_case_82_nul_bytes_and_broken_letters_are_refused_in_words(client, address):
    response = client.get(address)
    assert response.status_code == 400


@pytest.mark.parametrize("address", ["/gr%c3%b8d/", "/nothing/%ff/", "/nothing/?q=gr%c3%b8d"])
def test_letters_of_every_language_and_broken_paths_are_only_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("kind", "size"),
    [("application/json", 10_000_000), ("multipart/form-data; boundary=x", 30_000_000)],
)
def test_case_82_body_that_is_too_large_is_413_before_it_is_read(client, kind, size):
    response = client.generic(
        "POST", "/api/v1/fail/missing/", b"{}", content_type=kind, CONTENT_LENGTH=str(size)
    )
    assert response.status_code == 413
    assert json.loads(response.content)["title"] == "That is too large"


def test_case_96_id_on_the_page_is_in_the_log(client, caplog):
    response = client.get("/fail/broken/")
    events = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    failed = [event["request_id"] for event in events if event["event"] == "request_failed"]
    assert failed == [response["X-Request-ID"]]
