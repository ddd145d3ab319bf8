"""Files of maps through the API."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from collaboration import exporting
from collaboration.models import Export
from collaboration.snapshots import save_snapshot
from journeys import services
from journeys.copies import copy_journey
from journeys.models import Journey, Stage
from teams.access import actor_in

pytestmark = pytest.mark.django_db

API = "/api/v1"


def ask(client, journey, **wanted):
    body = {"board": journey.pk, "kind": "map", **wanted}
    return client.post(f"{API}/exports/", body)


@pytest.mark.parametrize(
    ("file_format", "media_type"),
    [
        ("pdf", "application/pdf"),
        ("png", "image/png"),
        ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_map_is_asked_for_made_and_fetched(file_format, media_type, api_of, bob, journey):
    client = api_of(bob)
    answer = ask(client, journey, format=file_format, language="nl")
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    exporting.make(answer.json()["id"])
    done = client.get(answer.json()["url"]).json()
    assert (done["status"], done["format"], done["language"]) == ("done", file_format, "nl")
    fetched = client.get(done["file"], headers={"Accept": media_type})
    assert fetched.headers["Content-Type"] == media_type
    assert b"".join(fetched.streaming_content)
    fetched.close()


def test_options_are_kept_in_one_form(api_of, bob, journey):
    stage = Stage.objects.filter(board=journey.pk).order_by("position").first()
    wanted = {"layout": "tiles", "paper": "A3", "stages": [stage.pk]}
    assert ask(api_of(bob), journey, options=wanted).json()["options"] == wanted


@pytest.mark.parametrize("options", [{"layout": "round"}, {"stages": [0]}, {"owner": 1}, [], "x"])
def test_wrong_options_are_named(options, api_of, bob, journey):
    answer = ask(api_of(bob), journey, options=options)
    assert answer.status_code == 400
    assert "options" in str(answer.json())
    assert not Export.objects.exists()


def test_a_format_that_a_board_does_not_have_is_refused(api_of, bob, journey):
    assert ask(api_of(bob), journey, format="doc").status_code == 400
    assert ask(api_of(bob), journey, kind="summary").status_code == 400


# --- Changes -------------------------------------------------------------------------------
def ask_for_changes(client, journey, **options):
    return ask(client, journey, kind="changes", options=options)


def fetched(client, export) -> bytes:
    exporting.make(export["id"])
    done = client.get(export["url"]).json()
    assert (done["status"], done["error"], done["progress"]) == ("done", "", 100)
    answer = client.get(done["file"], headers={"Accept": "application/pdf"})
    content = b"".join(answer.streaming_content)
    answer.close()
    return content


def test_changes_since_a_saved_version_are_asked_for_watched_and_fetched(
    api_of, bob, journey, by_bob
):
    before = save_snapshot(journey, label="Before spring", by=by_bob)
    stage = Stage.objects.filter(board=journey.pk).first()
    services.record_emotion(stage, persona=None, score=-2, reason="Waited", by=by_bob)
    client = api_of(bob)
    answer = ask_for_changes(client, journey, since=f"snapshot:{before.pk}")
    assert (answer.status_code, answer.json()["kind"]) == (202, "changes")
    pages = PdfReader(BytesIO(fetched(client, answer.json()))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Since Before spring" in said
    assert "Waited" in said


@pytest.mark.parametrize("since", ["2026-01-31", "version:1", "now"])
def test_changes_are_told_since_a_day_or_an_edit(since, api_of, bob, journey):
    answer = ask_for_changes(api_of(bob), journey, since=since)
    assert (answer.status_code, answer.json()["options"]) == (202, {"since": since})


@pytest.mark.parametrize(
    "options",
    [
        {}, {"since": ""}, {"since": 7}, {"since": "yesterday"}, {"since": "snapshot:999999"},
        {"since": "version:1", "layout": "tiles"},
    ],
)  # fmt: skip
def test_case_60_changes_since_nothing_are_refused_and_named(options, api_of, bob, journey):
    answer = ask_for_changes(api_of(bob), journey, **options)
    assert answer.status_code == 400
    assert "options" in str(answer.json())
    assert not Export.objects.exists()


def test_case_56_changes_since_a_map_that_is_hidden_from_one_are_refused(
    api_of, alice, carol, nordlys, journey
):
    as_alice = actor_in(alice, nordlys)
    future = copy_journey(journey, title="Plan", as_future=True, by=as_alice)
    assert ask_for_changes(api_of(carol), journey, since=f"journey:{future.pk}").status_code == 202
    with future.editing(by=as_alice):
        future.hidden = True
        future.save()
    assert Journey.objects.get(pk=future.pk).hidden
    later = ask_for_changes(api_of(carol), journey, since=f"journey:{future.pk}")
    assert later.status_code == 400


def test_a_summary_takes_no_options(api_of, bob, workshop):
    body = {"board": workshop.pk, "kind": "summary"}
    client = api_of(bob)
    assert client.post(f"{API}/exports/", {**body, "options": {"since": "now"}}).status_code == 400
    assert client.post(f"{API}/exports/", {**body, "options": {}}).status_code == 202


def test_what_each_option_is_stands_in_the_description(api_of, bob):
    schema = api_of(bob).get(f"{API}/schema/", headers={"Accept": "application/json"}).json()
    said = schema["components"]["schemas"]["Export"]["properties"]["options"]["description"]
    for word in ("layout", "paper", "width", "stages", "lanes", "since"):
        assert f"`{word}`" in said
