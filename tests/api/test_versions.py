"""ETag and If-Match: nobody overwrites what they have not seen, unless they choose to."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from config.api_urls import router
from journeys.models import Note
from tests.api.bodies import PATCHES

API = "/api/v1"
RESOURCES = [prefix for prefix, _view, _name in router.registry]


def test_every_object_tells_its_version(api_of, bob, ours):
    api = api_of(bob)
    for resource in RESOURCES:
        answer = api.get(f"{API}/{resource}/{ours[resource].pk}/")
        body = answer.json()
        assert answer["ETag"].strip('"').isdigit()
        if "version" in body and resource != "snapshots":
            assert answer["ETag"] == f'"{body["version"]}"'
        assert {"id", "url", "created_at", "updated_at"} <= set(body), resource
        assert api.get(body["url"]).json() == body


def test_who_has_seen_the_present_version_writes(api_of, bob, note):
    api, url = api_of(bob), f"{API}/notes/{note.pk}/"
    seen = api.get(url)["ETag"]

    answer = api.patch(url, {"text": "Mine"}, headers={"If-Match": seen})

    assert (answer.status_code, answer.json()["text"]) == (200, "Mine")
    assert answer["ETag"] != seen


def test_case_20_who_has_not_is_shown_what_it_is_now(api_of, alice, bob, note):
    url = f"{API}/notes/{note.pk}/"
    seen = api_of(bob).get(url)["ETag"]
    api_of(alice).patch(url, {"text": "Alice was faster"})

    answer = api_of(bob).patch(url, {"text": "Bob was slower"}, headers={"If-Match": seen})

    assert answer.status_code == 412
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["present"] == api_of(bob).get(url).json()
    assert answer.json()["present"]["text"] == "Alice was faster"
    assert Note.objects.get(pk=note.pk).text == "Alice was faster"


def test_if_match_guards_every_resource_that_changes(api_of, alice, bob, ours):
    for resource, body in PATCHES.items():
        api = api_of(alice if resource in {"workspaces", "memberships"} else bob)
        url = f"{API}/{resource}/{ours[resource].pk}/"
        before = api.get(url).json()
        assert api.patch(url, body, headers={"If-Match": '"0"'}).status_code == 412, resource
        assert api.delete(url, headers={"If-Match": '"0"'}).status_code in {412, 405}, resource
        assert api.get(url).json() == before
        seen = api.get(url)["ETag"]
        assert api.patch(url, body, headers={"If-Match": seen}).status_code == 200, resource


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        ("*", 200),
        ("{seen}", 200),
        ('"{seen}"', 200),
        ('"0", "{seen}"', 200),
        ('W/"{seen}"', 412),
        ('"{seen}0"', 412),
        ("none", 412),
        ('"unclosed', 412),
        ("", 412),
    ],
)
def test_the_forms_of_if_match(tag, status, api_of, bob, note):
    api, url = api_of(bob), f"{API}/notes/{note.pk}/"
    seen = api.get(url)["ETag"].strip('"')

    answer = api.patch(url, {"text": "Mine"}, headers={"If-Match": tag.format(seen=seen)})

    assert answer.status_code == status


def test_a_move_and_a_deletion_look_at_if_match_too(api_of, bob, note):
    api, url = api_of(bob), f"{API}/notes/{note.pk}/"
    old = {"If-Match": '"1"'}

    assert api.post(f"{url}move/", {}, headers=old).status_code == 412
    assert api.delete(url, headers=old).status_code == 412
    assert Note.objects.filter(pk=note.pk).exists()


def test_without_it_the_last_writer_wins_field_by_field(api_of, alice, bob, stage):
    url = f"{API}/stages/{stage.pk}/"
    api_of(alice).patch(url, {"title": "Alice's title"})

    body = api_of(bob).patch(url, {"situation": "Bob's situation"}).json()

    assert (body["title"], body["situation"]) == ("Alice's title", "Bob's situation")


@pytest.mark.django_db(transaction=True)
def test_case_21_of_two_at_once_with_one_version_only_one_writes(api_of, alice, bob, note):
    url = f"{API}/notes/{note.pk}/"
    programs = [(api_of(alice), "Alice"), (api_of(bob), "Bob")]
    seen = programs[0][0].get(url)["ETag"]

    def write(program):
        api, name = program
        try:
            return api.patch(url, {"text": name}, headers={"If-Match": seen}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(write, programs))

    assert sorted(answers) == [200, 412]
    winner = programs[answers.index(200)][1]
    assert Note.objects.get(pk=note.pk).text == winner


def test_a_request_with_a_key_is_done_once(api_of, bob, stage, lane):
    api, key = api_of(bob), {"Idempotency-Key": "a-key-of-the-program"}
    body = {"stage": stage.pk, "lane": lane.pk, "text": "Once"}

    first = api.post(f"{API}/notes/", body, headers=key)
    again = api.post(f"{API}/notes/", body, headers=key)
    elsewhere = api.post(f"{API}/stages/", {"board": stage.board_id, "title": "X"}, headers=key)

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first["Location"] == again["Location"]
    assert Note.objects.filter(text="Once").count() == 1
    assert elsewhere.status_code == 422
    assert elsewhere["Content-Type"] == "application/problem+json"
