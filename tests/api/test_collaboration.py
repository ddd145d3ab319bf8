"""Comments, changes with their undo, and exports through the API."""

import pytest

from collaboration.models import Export
from journeys.models import Note

API = "/api/v1"


@pytest.fixture
def say(api_of, journey, stage):
    def comment(person, body, **more):
        about = {"board": journey.pk, "target": {"type": "stage", "id": stage.pk}}
        return api_of(person).post(f"{API}/comments/", about | {"body": body} | more)

    return comment


def test_a_comment_is_answered_closed_and_opened_again(api_of, bob, carol, say, stage):
    first = say(carol, "Are we sure?").json()
    answer = say(bob, "Yes.", parent=first["id"]).json()
    api = api_of(bob)

    assert first["target"] == {"type": "stage", "id": stage.pk}
    assert (answer["parent"], answer["author_name"]) == (first["id"], "Bob")
    assert api.post(f"{first['url']}resolve/").json()["resolved"] is True
    assert api.get(answer["url"]).json()["resolved"] is True
    assert api.post(f"{first['url']}reopen/").json()["resolved"] is False
    assert api.patch(first["url"], {"resolved": True}).json()["resolved"] is True


def test_words_are_changed_by_who_wrote_them(api_of, alice, bob, carol, say):
    comment = say(carol, "Are we sure?").json()

    assert api_of(alice).patch(comment["url"], {"body": "Not hers"}).status_code == 403
    assert api_of(carol).patch(comment["url"], {"body": "Are we?"}).json()["body"] == "Are we?"
    assert api_of(bob).delete(comment["url"]).status_code == 403
    assert api_of(alice).delete(comment["url"]).status_code == 204


@pytest.mark.parametrize(
    "target",
    [
        {"type": "stage", "id": 2**62},
        {"type": "user", "id": 1},
        {"type": "comment", "id": 1},
        {"type": "__class__", "id": 1},
        {"type": "stage"},
        {"id": 1},
        "stage",
        None,
        [],
    ],
)
def test_a_comment_is_about_something_on_the_board(target, say, carol):
    answer = say(carol, "About nothing", target=target)

    assert answer.status_code == 400
    assert {name.split(".")[0] for name in answer.json()["errors"]} == {"target"}


def test_the_target_stays_the_same(api_of, carol, say, journey):
    comment = say(carol, "Are we sure?").json()
    elsewhere = {"type": "journey", "id": journey.pk}

    same = api_of(carol).patch(comment["url"], {"target": comment["target"], "body": "Really?"})
    other = api_of(carol).patch(comment["url"], {"target": elsewhere})

    assert (same.status_code, other.status_code) == (200, 400)


def test_an_edit_is_taken_back_whole_and_again(api_of, bob, note, journey):
    api = api_of(bob)
    api.patch(f"{API}/notes/{note.pk}/", {"text": "Rewritten"})
    change = api.get(f"{API}/changes/?item_type=note&item_id={note.pk}").json()["results"][-1]

    taken_back = api.post(f"{change['url']}undo/")

    assert taken_back.status_code == 200, taken_back.json()
    assert Note.objects.get(pk=note.pk).text == "Asks a colleague"
    (redo,) = taken_back.json()["changes"]
    assert (redo["undoes"], redo["version"]) == (change["version"], taken_back.json()["version"])
    assert api.post(f"{redo['url']}undo/").status_code == 200
    assert Note.objects.get(pk=note.pk).text == "Rewritten"


def test_what_others_have_written_since_is_not_taken_back(api_of, alice, bob, note):
    api, url = api_of(bob), f"{API}/notes/{note.pk}/"
    api.patch(url, {"text": "Bob's"})
    change = api.get(f"{API}/changes/?item_type=note&item_id={note.pk}").json()["results"][-1]
    api_of(alice).patch(url, {"text": "Alice's"})

    answer = api.post(f"{change['url']}undo/")

    assert answer.status_code == 409
    assert answer.json()["detail"] == "Alice has changed this since: “Note” is now “Alice's”."
    assert Note.objects.get(pk=note.pk).text == "Alice's"


def test_an_export_is_asked_for_and_waits(api_of, carol, workshop):
    api = api_of(carol)
    body = {"board": workshop.pk, "kind": "summary", "status": "done", "file": "x"}

    made = api.post(f"{API}/exports/", body)

    assert made.status_code == 202, made.json()
    assert made["Location"] == made.json()["url"]
    assert (made.json()["status"], made.json()["file"]) == ("queued", None)
    assert api.get(f"{made.json()['url']}file/").status_code == 404
    assert api.post(f"{API}/exports/", body).json()["id"] == made.json()["id"]


def test_a_kind_that_a_board_does_not_have_is_refused(api_of, bob, journey, workshop):
    api = api_of(bob)

    summary = api.post(f"{API}/exports/", {"board": journey.pk, "kind": "summary"})
    unknown = api.post(f"{API}/exports/", {"board": workshop.pk, "kind": "tapestry"})

    assert (summary.status_code, list(summary.json()["errors"])) == (400, ["kind"])
    assert (unknown.status_code, list(unknown.json()["errors"])) == (400, ["kind"])


def test_case_92_nobody_fetches_with_rights_that_are_gone(api_of, carol, workshop, nordlys):
    api = api_of(carol)
    made = api.post(f"{API}/exports/", {"board": workshop.pk, "kind": "summary"}).json()
    Export.objects.filter(pk=made["id"]).update(status="done", file="exports/x.pdf")
    carol.memberships.update(role="viewer")

    assert api.get(f"{made['url']}file/").status_code == 403


def test_a_failed_export_is_tried_again(api_of, bob, workshop):
    api = api_of(bob)
    made = api.post(f"{API}/exports/", {"board": workshop.pk, "kind": "summary"}).json()
    Export.objects.filter(pk=made["id"]).update(status="failed", error="It broke.")

    assert api.get(made["url"]).json()["error"] == "It broke."
    assert api.post(f"{made['url']}retry/").json()["status"] == "queued"
