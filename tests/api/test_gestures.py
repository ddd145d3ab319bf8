"""What is done with many notes or two stages at once."""

import pytest

from collaboration.models import Board
from journeys.models import Note, Stage

API = "/api/v1"


@pytest.fixture
def api(api_of, bob):
    return api_of(bob)


def texts(stage):
    return [note.text for note in Note.objects.filter(stage=stage).order_by("lane", "position")]


def test_many_notes_are_duplicated_moved_and_deleted(api, journey, stage, lane, note):
    sent = {"board": journey.pk, "act": "duplicate", "notes": [note.pk]}
    body = api.post(f"{API}/notes/bulk/", sent, format="json").json()
    assert (len(body["notes"]), texts(stage)) == (1, ["Asks a colleague"] * 2)
    other = Stage.objects.filter(board=journey).last()
    both = [note.pk, *body["notes"]]
    sent = {"board": journey.pk, "act": "move", "notes": both}
    assert api.post(f"{API}/notes/bulk/", sent, format="json").status_code == 400
    sent |= {"stage": other.pk, "lane": lane.pk}
    assert api.post(f"{API}/notes/bulk/", sent, format="json").status_code == 200
    assert texts(other) == ["Asks a colleague"] * 2
    before = Board.objects.get(pk=journey.pk).version
    sent = {"board": journey.pk, "act": "delete", "notes": both}
    assert api.post(f"{API}/notes/bulk/", sent, format="json").status_code == 200
    assert not Note.objects.exists()
    assert Board.objects.get(pk=journey.pk).version == before + 1


def test_case_56_foreign_notes_do_not_exist(api, journey, note, foreign):
    sent = {"board": journey.pk, "act": "delete", "notes": [note.pk, foreign["notes"].pk]}
    assert api.post(f"{API}/notes/bulk/", sent, format="json").status_code == 400
    sent["board"] = foreign["journeys"].pk
    assert api.post(f"{API}/notes/bulk/", sent, format="json").status_code == 400
    assert Note.objects.count() == 2


def test_a_table_is_pasted_once_for_a_key(api, journey, stage, lane):
    sent = {"board": journey.pk, "stage": stage.pk, "lane": lane.pk, "text": "a\tb\tc\td\ne"}
    for _twice in range(2):
        answer = api.post(
            f"{API}/notes/paste/", sent, format="json", headers={"Idempotency-Key": "k"}
        )
        assert answer.json() == {
            "notes": list(Note.objects.order_by("pk").values_list("pk", flat=True)),
            "rows_left_out": 0,
            "columns_left_out": 1,
        }
    assert Note.objects.count() == 4
    refused = api.post(f"{API}/notes/paste/", sent | {"text": "x\n" * 10_000}, format="json")
    assert refused.status_code == 409


def test_a_stage_is_split_and_merged_again(api, journey, stage, note):
    sent = {"title": "Wakes up", "notes": [note.pk]}
    body = api.post(f"{API}/stages/{stage.pk}/split/", sent, format="json").json()
    assert body["title"] == "Wakes up"
    assert texts(body["id"]) == ["Asks a colleague"]
    answer = api.post(f"{API}/stages/{stage.pk}/merge/", {"title": "Start"}, format="json")
    assert answer.json()["title"] == "Start"
    assert texts(stage) == ["Asks a colleague"]
    assert Stage.objects.filter(board=journey).count() == 3


def test_a_commenter_may_do_none_of_it(api_of, carol, journey, stage, lane, note):
    api = api_of(carol)
    sent = {"board": journey.pk, "stage": stage.pk, "lane": lane.pk, "text": "a"}
    assert api.post(f"{API}/notes/paste/", sent, format="json").status_code == 403
    sent = {"board": journey.pk, "act": "delete", "notes": [note.pk]}
    assert api.post(f"{API}/notes/bulk/", sent, format="json").status_code == 403
    assert api.post(f"{API}/stages/{stage.pk}/merge/", {}, format="json").status_code == 403


def test_a_journey_is_copied_and_its_future_made(api, journey, note, foreign):
    sent = {"title": "Better", "future": True}
    body = api.post(f"{API}/journeys/{journey.pk}/copy/", sent, format="json").json()
    assert (body["perspective"], body["based_on"]) == ("future", journey.pk)
    copied = api.get(f"{API}/notes/?board={body['id']}").json()["results"]
    assert [one["origin"] for one in copied] == [note.pk]
    sent = {"title": "Mine", "workspace": foreign["workspaces"].pk}
    answer = api.post(f"{API}/journeys/{journey.pk}/copy/", sent, format="json")
    assert answer.status_code == 400


def test_a_plan_is_put_beside_a_map(api, journey, nordlys, foreign):
    sent = {"workspace": nordlys.pk, "title": "Plan", "perspective": "lifecycle"}
    plan = api.post(f"{API}/journeys/", sent | {"pair": journey.pk}, format="json").json()
    assert plan["pair"] == journey.pk
    address = f"{API}/journeys/{plan['id']}/"
    wrong = api.patch(address, {"pair": foreign["journeys"].pk}, format="json")
    assert wrong.status_code == 400
    assert api.patch(address, {"pair": None}, format="json").json()["pair"] is None


def test_a_lane_is_copied_to_another_map(api, api_of, carol, journey, nordlys, lane, note, foreign):
    sent = {"workspace": nordlys.pk, "title": "Next year", "starter": "seven-stages"}
    other = api.post(f"{API}/journeys/", sent, format="json").json()
    address = f"{API}/lanes/{lane.pk}/copy/"
    made = api.post(address, {"board": other["id"]}, format="json")
    assert (made.status_code, made.json()["board"]) == (201, other["id"])
    copied = api.get(f"{API}/notes/?lane={made.json()['id']}").json()["results"]
    assert [one["text"] for one in copied] == [note.text]
    hidden = api.post(address, {"board": foreign["journeys"].pk}, format="json")
    assert hidden.status_code == 400
    assert api_of(carol).post(address, {"board": other["id"]}, format="json").status_code == 403
