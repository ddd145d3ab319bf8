"""Every refusal is a problem document in words; nothing that is sent ends in a 500."""

import json

import pytest
from django.conf import settings
from django.test import Client

from config.api_urls import router
from tests.api.bodies import BODIES, PATCHES

API = "/api/v1"
RESOURCES = [prefix for prefix, _view, _name in router.registry]
JSON = "application/json"
LARGE = 10**20


def assert_problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == answer["X-Request-ID"]
    for secret in ("Traceback", "SELECT ", str(settings.BASE_DIR), ".py"):
        assert secret not in str(body)
    return body


def test_case_96_every_kind_of_refusal_is_a_problem_document(api_of, bob, victor, note):
    url = f"{API}/notes/{note.pk}/"
    editor, viewer = api_of(bob), api_of(victor)

    assert_problem(editor.patch(url, {"text": ""}), 400)
    assert_problem(api_of(None).get(url), 401)
    assert_problem(viewer.delete(url), 403)
    assert_problem(editor.get(f"{API}/notes/{2**62}/"), 404)
    assert_problem(editor.get(f"{API}/nothing/"), 404)
    assert_problem(editor.put(url, {"text": "x"}), 405)
    assert_problem(editor.get(url, headers={"Accept": "image/png"}), 406)
    assert_problem(editor.patch(url, {"text": "x"}, headers={"If-Match": '"1"'}), 412)
    assert_problem(editor.generic("PATCH", url, b"x" * 10_000_000, JSON), 413)
    assert_problem(editor.generic("PATCH", url, b"<a/>", "application/xml"), 415)


def test_an_unknown_token_is_told_how_to_sign_in(api_of, db):
    api = api_of(None)

    answer = api.get(f"{API}/journeys/", headers={"Authorization": "Bearer nothing"})

    assert_problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_each_wrong_field_is_named(api_of, bob, nordlys):
    body = {"workspace": "x", "title": "a" * 121, "perspective": "sideways", "personas": [1, "x"]}

    problem = assert_problem(api_of(bob).post(f"{API}/journeys/", body), 400)

    assert set(problem["errors"]) == {"workspace", "title", "perspective", "personas"}
    assert all(isinstance(words, list) for words in problem["errors"].values())


def test_case_96_a_fault_of_ours_shows_nothing_of_itself(api_of, bob, note, monkeypatch):
    def break_down(*_args):
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("journeys.api.items.NoteViewSet.rows", break_down)
    api = api_of(bob)
    api.raise_request_exception = False
    api.handler.raise_request_exception = False

    answer = api.get(f"{API}/notes/{note.pk}/")

    assert_problem(answer, 500)
    assert b"secret" not in answer.content


def test_case_82_numbers_that_no_page_has(api_of, bob, journey):
    api = api_of(bob)
    for query, status in {
        "page=abc": 404,
        "page=-1": 404,
        f"page={LARGE}": 404,
        "page=0": 404,
        f"limit={LARGE}": 400,
        "offset=-1": 400,
        f"board={LARGE}": 400,
        "board=abc": 400,
        "board=-1": 400,
        "board=1&board=2": 200,
        "period=sideways": 400,
        "ordering=password": 400,
        "ordering=board__workspace__name": 400,
        "board__workspace=1": 400,
        "nonsense=1": 400,
    }.items():
        answer = api.get(f"{API}/stages/?{query}")
        assert answer.status_code == status, query
        if status != 200:
            assert_problem(answer, status)


@pytest.mark.parametrize("pk", [LARGE, "1" * 5000, "-1", "0", "abc", "%00", "1%20", "%FF"])
def test_case_82_ids_that_nothing_has(pk, api_of, bob, nordlys):
    api = api_of(bob)
    for resource in RESOURCES:
        assert api.get(f"{API}/{resource}/{pk}/").status_code in {400, 404}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"12",
        b'{"text": "\xff\xfe"}',
        b'{"text": NaN}',
        b'{"text": ' + b"1" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"text": "\\u0000"}',
        b'{"text": "\\ud800"}',
        '{"text": "x"}'.encode("utf-16"),
    ],
    ids=lambda body: str(body[:12]),
)
def test_case_82_bodies_that_nobody_can_read(body, api_of, bob, ours):
    api = api_of(bob)
    for resource in BODIES:
        assert_problem(api.generic("POST", f"{API}/{resource}/", body, JSON), 400)
    if body:  # an empty PATCH changes nothing
        assert_problem(api.generic("PATCH", f"{API}/notes/{ours['notes'].pk}/", body, JSON), 400)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "multipart/form-data; boundary=x", "", "nonsense",
                     "application/x-www-form-urlencoded"]
)  # fmt: skip
def test_case_82_bodies_of_another_type(content_type, api_of, bob, note):
    answer = api_of(bob).generic("PATCH", f"{API}/notes/{note.pk}/", b"text=x", content_type)

    assert_problem(answer, 415)


def test_case_82_ten_million_bytes(api_of, bob, note):
    body = json.dumps({"text": "x" * 10_000_000})

    answer = api_of(bob).generic("PATCH", f"{API}/notes/{note.pk}/", body, JSON)

    assert_problem(answer, 413)


WRONG = [None, True, LARGE, 1.5, "x" * 5000, "\u0000", [[]], {"id": {}}]


READ_ONLY = {"id", "url", "created_at", "updated_at", "version", "position", "author", "rank",
             "author_name", "user", "progress", "error", "file"}  # fmt: skip


def test_wrong_types_in_every_field_are_never_a_fault(api_of, bob, ours):
    """Whatever is put into whichever field: an answer below 500, mostly a named error."""
    api = api_of(bob)
    for resource in sorted(set(BODIES) - {"workspaces"}):
        body = BODIES[resource](ours)
        shown = api.get(f"{API}/{resource}/{ours[resource].pk}/").json()
        for name in {*body, *shown} - READ_ONLY:
            for value in WRONG:
                answer = api.post(f"{API}/{resource}/", body | {name: value})
                assert answer.status_code < 500, (resource, name, value)
                if answer.status_code == 400:
                    assert answer.json()["errors"], (resource, name, value)


PAYLOADS = ["'", "{{7*7}}", "%s", "{0.__class__}", "<script>alert(1)</script>", "%%%%", "\\",
            '<b hx-get="/x">', "\u202ereversed", "😀" * 50]  # fmt: skip


@pytest.mark.parametrize("text", PAYLOADS)
def test_case_81_text_is_text(text, api_of, bob, ours):
    api = api_of(bob)
    for resource, field in {
        "notes": "text", "stages": "title", "personas": "summary", "comments": "body",
        "contributions": "text", "insights": "quote", "touchpoints": "thinks",
    }.items():  # fmt: skip
        answer = api.post(f"{API}/{resource}/", BODIES[resource](ours) | {field: text})
        assert answer.status_code == 201, answer.json()
        assert answer.json()[field] == text
    assert api.get(f"{API}/personas/", {"name": text}).json()["count"] == 0


def test_case_77_a_session_writes_only_with_its_token_against_forgery(bob, note):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    url = f"{API}/notes/{note.pk}/"

    assert client.get(url).status_code == 200
    refused = client.patch(url, {"text": "Forged"}, content_type=JSON)
    assert_problem(refused, 403)

    client.get(f"{API}/docs/")
    token = client.get(f"{API}/docs/").context["csrf_token"]
    headers = {"X-CSRFToken": str(token)}
    written = client.patch(url, {"text": "Mine"}, content_type=JSON, headers=headers)
    assert (written.status_code, written.json()["text"]) == (200, "Mine")


def test_words_come_in_the_language_of_the_person(api_of, bob, note):
    bob.language = "da"
    bob.save()
    api = api_of(bob)

    assert api.get(f"{API}/notes/{2**62}/")["Content-Language"] == "da"
    asked = api.get(f"{API}/notes/{2**62}/", headers={"Accept-Language": "nl"})
    assert asked["Content-Language"] == "nl"


def test_the_rules_hold_for_a_patch_as_for_a_post(api_of, bob, ours):
    api = api_of(bob)
    for resource, body in PATCHES.items():
        if resource in {"workspaces", "memberships"}:
            continue
        for name in body:
            url = f"{API}/{resource}/{ours[resource].pk}/"
            assert_problem(api.patch(url, {name: {"not": "one"}}, format="json"), 400)
