"""What holds for every answer."""

import pytest

pytestmark = pytest.mark.django_db

CSP = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def test_case_63_no_cache_keeps_an_answer_and_fragments_are_told_from_pages(client):
    response = client.get("/accounts/login/")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert {"Cookie", "HX-Request"} <= set(response["Vary"].split(", "))


def test_case_79_content_policy_allows_only_our_own_files(client):
    response = client.get("/accounts/login/")
    assert set(response["Content-Security-Policy"].split("; ")) == CSP


def test_answer_has_the_id_that_a_proxy_gave(client):
    given = "a-proxy-gave-this-1"
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "with space inside", "x" * 65, "<script>alert()"])
def test_id_that_is_no_plain_id_is_replaced(client, given):
    found = client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"]
    assert found != given
    assert len(found) == 36


def test_static_files_may_be_cached(client):
    response = client.get("/static/img/logo.svg")
    assert "public" in response["Cache-Control"]
    assert response.has_header("X-Request-ID")
    response.close()
