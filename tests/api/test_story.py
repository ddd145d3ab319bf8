"""The closing list of the first issue, walked by two programs."""

import io

import pytest
from pypdf import PdfReader

from tests.processes import wait_until

API = "/api/v1"


@pytest.mark.django_db(transaction=True)
def test_an_editor_and_a_commenter_walk_the_whole_way(
    api_of, bob, carol, nordlys, celery_worker_process
):
    editor, commenter = api_of(bob), api_of(carol)

    journey = made(editor, "journeys", workspace=nordlys.pk, title="Choosing a system",
                   template="seven-stages")  # fmt: skip
    page = editor.get(f"{journey['url']}map/").json()
    stage, lane = page["stages"][3], page["lanes"][0]
    assert len(page["stages"]) == 7

    # Both see the same map, and what changed on it.
    note = made(editor, "notes", stage=stage["id"], lane=lane["id"], text="Compares three")
    seen = commenter.get(f"{journey['url']}map/").json()
    assert [one["text"] for one in seen["notes"]] == ["Compares three"]
    since = f"{API}/changes/?board={journey['id']}&since={page['journey']['version']}"
    assert [one["item"]["type"] for one in commenter.get(since).json()["results"]] == ["note"]

    # A comment on a stage, an answer, closed.
    target = {"type": "stage", "id": stage["id"]}
    comment = made(commenter, "comments", board=journey["id"], target=target, body="Only three?")
    made(editor, "comments", board=journey["id"], target=target, body="So they said.",
         parent=comment["id"])  # fmt: skip
    assert editor.post(f"{comment['url']}resolve/").json()["resolved"] is True

    # Two write one note at once; the slower one is shown what is there, and nothing is lost.
    version = editor.get(note["url"])["ETag"]
    first = editor.patch(note["url"], {"text": "Compares four"}, headers={"If-Match": version})
    late = editor.patch(note["url"], {"text": "Compares five"}, headers={"If-Match": version})
    assert (first.status_code, late.status_code) == (200, 412)
    assert late.json()["present"]["text"] == "Compares four"
    assert commenter.patch(note["url"], {"text": "May not"}).status_code == 403

    # Taken back.
    url = f"{API}/changes/?board={journey['id']}&version={first.json()['version']}"
    (change,) = editor.get(url).json()["results"]
    assert editor.post(f"{change['url']}undo/").status_code == 200
    assert editor.get(note["url"]).json()["text"] == "Compares three"

    # The workshop.
    workshop = made(editor, "workshops", journey=journey["id"], title="Morning with sales")
    assert commenter.post(f"{workshop['url']}join/", {"department": "Support"}).status_code == 200
    problem = made(commenter, "contributions", board=workshop["id"], stage=stage["id"],
                   kind="problem", text="Nobody explains the price")  # fmt: skip
    proposal = made(editor, "proposals", board=workshop["id"], solves=problem["id"],
                    title="Put the price on the page")  # fmt: skip
    made(commenter, "ratings", proposal=proposal["id"], feasibility=4, effect=5)
    made(editor, "actions", board=workshop["id"], proposal=proposal["id"], title="Write it")

    # Its summary, made by a worker.
    asked = editor.post(f"{API}/exports/", {"board": workshop["id"], "kind": "summary"})
    assert asked.status_code == 202
    export = finished(editor, asked["Location"], celery_worker_process)
    assert (export["status"], export["progress"]) == ("done", 100), export["error"]
    assert commenter.get(export["url"]).status_code == 404
    file = editor.get(export["file"], headers={"Accept": "application/pdf"})
    assert file["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(whole(file)).pages)
    for words in ("Morning with sales", "Nobody explains the price", "Put the price on the page"):
        assert words in text


def made(api, resource, **body):
    answer = api.post(f"{API}/{resource}/", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def finished(api, url, worker):
    """Looks at the export until it has ended, as a program would."""
    wait_until(lambda: api.get(url).json()["status"] not in {"queued", "running"}, worker)
    return api.get(url).json()


def whole(file):
    return io.BytesIO(b"".join(file.streaming_content))
