"""Tables brought in by programs."""

from base64 import b64encode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from collaboration import exporting
from collaboration.importing import working
from insights.models import Insight
from journeys.models import Stage
from touchpoints.models import Touchpoint
from touchpoints.services import create_touchpoint

pytestmark = pytest.mark.django_db
API = "/api/v1/imports/"


@pytest.fixture
def stage_title(journey):
    return Stage.objects.filter(board=journey).order_by("position").first().title


def sent(client, content, *, name="table.csv", **more):
    body = {"file": SimpleUploadedFile(name, content.encode("latin-1")), **more}
    return client.post(API, body, format="multipart")


def test_a_table_is_sent_mapped_checked_applied_and_taken_back(api_of, bob, journey, stage_title):
    client = api_of(bob)
    answer = sent(client, f"Hvor;Hvad\n{stage_title};Spørger en ven\n", kind="touchpoints", board=journey.pk)  # fmt: skip
    assert (answer.status_code, answer.json()["state"]) == (202, "uploaded")
    url, pk = answer.json()["url"], answer.json()["id"]
    working.work(pk)
    read = client.get(url).json()
    assert (read["state"], set(read["mapping"])) == ("read", {"Hvor", "Hvad"})
    early = client.post(f"{url}apply/")
    assert (early.status_code, early.headers["Content-Type"]) == (409, "application/problem+json")
    mapping = {"Hvor": "stage", "Hvad": "title"}
    assert client.post(f"{url}check/", {"mapping": mapping}, format="json").status_code == 202
    working.work(pk)
    found = client.get(url).json()
    assert (found["state"], found["found"]["new"], found["errors"]) == ("checked", 1, [])
    assert client.post(f"{url}apply/").status_code == 202
    working.work(pk)
    done = client.get(url).json()
    assert (done["state"], done["outcome"]["made"]) == ("done", 1)
    assert Touchpoint.objects.get(board=journey.pk).title == "Spørger en ven"
    assert client.post(f"{url}undo/").status_code == 202
    working.work(pk)
    assert client.get(url).json()["state"] == "undone"
    assert not Touchpoint.objects.filter(board=journey.pk).exists()


def test_with_a_mapping_the_rows_are_checked_at_once(api_of, bob, nordlys):
    client = api_of(bob)
    body = {
        "file": b64encode(b"What\nThey wait\n").decode(), "file_name": "t.csv",
        "kind": "insights", "workspace": nordlys.pk, "mapping": {"What": "text"},
    }  # fmt: skip
    answer = client.post(API, body, format="json")
    assert answer.status_code == 202, answer.json()
    working.work(answer.json()["id"])
    working.work(answer.json()["id"])
    assert client.get(answer.json()["url"]).json()["found"]["may_go"] is True
    client.post(f"{answer.json()['url']}apply/")
    working.work(answer.json()["id"])
    assert [one.text for one in Insight.objects.filter(workspace=nordlys)] == ["They wait"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "table.pdf"}, "file"), ({"kind": "stones"}, "kind"), ({"kind": "insights"}, "workspace"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_problem_document(more, field, api_of, bob, journey):
    wanted = {"kind": "touchpoints", "board": journey.pk, **more}
    answer = sent(api_of(bob), "A;B\n1;2\n", **wanted)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_wrong_rows_are_told_with_their_numbers(api_of, bob, journey, stage_title):
    client = api_of(bob)
    content = f"Stage;Touchpoint\n{stage_title};A\nNowhere;B\n"
    answer = sent(client, content, kind="touchpoints", board=journey.pk)
    working.work(answer.json()["id"])
    url = answer.json()["url"]
    client.post(f"{url}check/", {}, format="json")
    working.work(answer.json()["id"])
    assert client.get(url).json()["errors"] == [
        {"row": 3, "column": "Stage", "message": "There is no stage “Nowhere”."}
    ]
    assert client.post(f"{url}apply/").status_code == 409
    wrong = client.post(f"{url}check/", {"options": {"into": "1"}}, format="json")
    assert wrong.status_code == 400


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_all_touchpoints_are_taken_out_and_brought_in_again(
    file_format, api_of, bob, by_bob, journey
):
    stage = Stage.objects.filter(board=journey).order_by("position").first()
    create_touchpoint(stage=stage, title="=Asks a friend", by=by_bob)
    client = api_of(bob)
    wanted = {"board": journey.pk, "kind": "inventory", "format": file_format}
    export = client.post("/api/v1/exports/", wanted, format="json").json()
    exporting.make(export["id"])
    kind = {"csv": "text/csv", "xlsx": "*/*"}[file_format]
    answer = client.get(f"{export['url']}file/", headers={"Accept": kind})
    content = b"".join(answer.streaming_content)
    body = {"file": SimpleUploadedFile(f"t.{file_format}", content), "kind": "touchpoints"}
    sent_back = client.post(API, {**body, "board": journey.pk}, format="multipart").json()
    working.work(sent_back["id"])
    client.post(f"{sent_back['url']}check/", {}, format="json")
    working.work(sent_back["id"])
    assert client.get(sent_back["url"]).json()["found"] == {
        "total": 1, "new": 0, "doubles": 1, "wrong": 0, "may_go": False,
    }  # fmt: skip
