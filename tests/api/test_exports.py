"""Files of maps through the API."""

import pytest

from collaboration import exporting
from collaboration.models import Export
from journeys.models import Stage

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
