"""The time machine for programs: saved versions, going back, the difference between two states."""

from journeys.models import Note
from journeys.services import create_note, delete_stage

API = "/api/v1"


def rewrite(note, text, by):
    with note.board.editing(by=by):
        fresh = Note.objects.get(pk=note.pk)
        fresh.text = text
        fresh.save()


def saved(api, journey, label="Before"):
    return api.post(f"{API}/snapshots/", {"board": journey.pk, "label": label}).json()


def test_a_version_is_saved_under_a_name_and_gone_back_to(api_of, bob, journey, note, by_bob):
    api = api_of(bob)
    snapshot = saved(api, journey)
    assert (snapshot["label"], snapshot["automatic"]) == ("Before", False)
    rewrite(note, "Other", by_bob)
    delete_stage(note.stage, by=by_bob)

    answer = api.post(f"{snapshot['url']}restore/")

    assert answer.status_code == 200, answer.json()
    assert answer.json()["left_out"] == []
    assert Note.objects.get(pk=note.pk).text == "Asks a colleague"
    before = api.get(f"{API}/snapshots/{answer.json()['snapshot']}/").json()
    assert (before["automatic"], before["version"]) == (True, answer.json()["version"] - 1)
    again = api.post(f"{snapshot['url']}restore/")
    assert (again.status_code, again.json()["detail"]) == (409, "It is already like that.")


def test_one_item_goes_back(api_of, bob, journey, note, lane, stage, by_bob):
    api = api_of(bob)
    snapshot = saved(api, journey)
    rewrite(note, "Other", by_bob)
    create_note(stage=stage, lane=lane, text="Stays", by=by_bob)
    body = {"item": {"type": "note", "id": note.pk}}

    assert api.post(f"{snapshot['url']}restore/", body).status_code == 200

    texts = Note.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Asks a colleague", "Stays"]
    for odd in ({"type": "comment", "id": 1}, {"type": "evil", "id": 1}, "note", {}):
        assert api.post(f"{snapshot['url']}restore/", {"item": odd}).status_code == 400


def test_case_59_others_do_not_go_back(api_of, bob, carol, victor, charlie, journey, note, by_bob):
    url = saved(api_of(bob), journey)["url"]
    rewrite(note, "Other", by_bob)
    answers = [api_of(who).post(f"{url}restore/").status_code for who in (carol, victor, charlie)]
    assert answers == [403, 403, 404]
    assert Note.objects.get(pk=note.pk).text == "Other"


def test_the_difference_between_a_saved_version_and_now(
    api_of, victor, bob, journey, note, lane, by_bob
):
    snapshot = saved(api_of(bob), journey)
    rewrite(note, "Asks a friend", by_bob)
    url = f"{API}/journeys/{journey.pk}/compare/"

    answer = api_of(victor).get(url, {"from": f"snapshot:{snapshot['id']}"}).json()

    assert answer["counts"] == {"added": 0, "removed": 0, "changed": 1, "moved": 0}
    (item,) = answer["items"]
    assert item["item"] == {"type": "note", "id": note.pk}
    assert (item["stage"], item["lane"]) == (note.stage.title, "Does")
    assert item["fields"][0]["marks"] == [
        {"kind": "same", "text": "Asks a "},
        {"kind": "del", "text": "colleague"},
        {"kind": "ins", "text": "friend"},
    ]


def test_what_cannot_be_compared_is_said(api_of, bob, journey, foreign):
    api, url = api_of(bob), f"{API}/journeys/{journey.pk}/compare/"
    theirs = foreign["journeys"].pk, foreign["snapshots"].pk
    odd = ["", "2026-13-99", "version:x", "version:" + "9" * 99, f"journey:{theirs[0]}"]
    for token in [*odd, f"snapshot:{theirs[1]}", "snapshot:²", "9999-12-31x"]:
        answer = api.get(url, {"from": token})
        assert answer.status_code == 400, token
        assert set(answer.json()["errors"]) == {"from"}
        assert "secret" not in str(answer.json())
    assert api.get(url, {"from": "9999-12-31", "to": "9999-12-31"}).status_code in {200, 400}
    assert api.get(url, {"from": "0001-01-01", "to": "0001-01-01"}).status_code in {200, 400}
