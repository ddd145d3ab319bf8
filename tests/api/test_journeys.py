"""Journeys, personas, stages, lanes, notes and feelings through the API."""

import pytest

from journeys.models import Emotion, Journey, Lane, Note, Stage

API = "/api/v1"


def test_editor_creates_a_journey_from_a_template(api_of, bob, nordlys, persona):
    answer = api_of(bob).post(
        f"{API}/journeys/",
        {
            "workspace": nordlys.pk,
            "title": "Choosing a system",
            "template": "seven-stages",
            "perspective": "future",
            "personas": [persona.pk],
        },
    )

    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert answer["Location"] == body["url"]
    assert (body["title"], body["perspective"], body["personas"]) == (
        "Choosing a system", "future", [persona.pk],
    )  # fmt: skip
    assert answer["ETag"] == f'"{body["version"]}"'
    assert Stage.objects.filter(board=body["id"]).count() == 7


def test_an_empty_journey_has_nothing_on_its_map(api_of, bob, nordlys):
    api = api_of(bob)
    made = api.post(
        f"{API}/journeys/", {"workspace": nordlys.pk, "title": "Empty", "template": "empty"}
    ).json()

    body = api.get(f"{API}/journeys/{made['id']}/map/").json()

    assert body["stages"] == body["lanes"] == body["notes"] == []


def test_the_map_gives_everything_in_its_order(api_of, victor, journey, note, stage):
    answer = api_of(victor).get(f"{API}/journeys/{journey.pk}/map/")

    body = answer.json()
    assert body["journey"]["id"] == journey.pk
    assert [one["id"] for one in body["stages"]] == list(
        Stage.objects.filter(board=journey).order_by("position").values_list("pk", flat=True)
    )
    assert [one["text"] for one in body["notes"]] == ["Asks a colleague"]
    assert body["notes"][0]["stage"] == stage.pk


def test_personas_of_a_journey_are_set_as_given(api_of, bob, journey, persona, nordlys):
    api = api_of(bob)
    url = f"{API}/journeys/{journey.pk}/"

    assert api.patch(url, {"personas": [persona.pk]}).json()["personas"] == [persona.pk]
    assert api.patch(url, {"title": "Renamed"}).json()["personas"] == [persona.pk]
    assert api.patch(url, {"personas": []}).json()["personas"] == []


def test_a_deleted_journey_is_gone_with_its_items(api_of, bob, journey, stage):
    api = api_of(bob)

    assert api.delete(f"{API}/journeys/{journey.pk}/").status_code == 204
    assert api.get(f"{API}/journeys/{journey.pk}/").status_code == 404
    assert api.get(f"{API}/stages/{stage.pk}/").status_code == 404
    assert api.get(f"{API}/stages/?board={journey.pk}").json()["count"] == 0
    assert Journey.objects.get(pk=journey.pk).deleted_at is not None


def test_a_stage_is_put_before_another_and_moved_to_the_end(api_of, bob, journey, stage):
    api = api_of(bob)
    made = api.post(
        f"{API}/stages/", {"board": journey.pk, "title": "Very first", "before": stage.pk}
    )

    assert made.status_code == 201, made.json()
    url = f"{API}/stages/{made.json()['id']}/"
    assert _titles(api, journey)[0] == "Very first"
    assert api.post(f"{url}move/", {"before": None}).status_code == 200
    assert _titles(api, journey)[-1] == "Very first"
    assert api.post(f"{url}move/", {"before": stage.pk}).status_code == 200
    assert _titles(api, journey)[0] == "Very first"


def _titles(api, journey):
    answer = api.get(f"{API}/stages/?board={journey.pk}").json()
    return [stage["title"] for stage in answer["results"]]


def test_lanes_are_added_renamed_folded_and_deleted(api_of, bob, journey):
    api = api_of(bob)
    made = api.post(
        f"{API}/lanes/", {"board": journey.pk, "kind": "text", "title": "Ours", "collapsed": True}
    ).json()
    url = f"{API}/lanes/{made['id']}/"

    assert made["collapsed"] is True
    body = api.patch(url, {"title": "Theirs", "collapsed": False}).json()
    assert (body["title"], body["collapsed"], body["kind"]) == ("Theirs", False, "text")
    assert api.delete(url).status_code == 204
    assert not Lane.objects.filter(pk=made["id"]).exists()


def test_a_second_lane_of_a_drawn_kind_is_refused_in_words(api_of, bob, journey):
    answer = api_of(bob).post(f"{API}/lanes/", {"board": journey.pk, "kind": "emotion"})

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "This map already has that lane."


def test_a_note_is_written_moved_and_deleted(api_of, bob, journey, stage, lane):
    api = api_of(bob)
    made = api.post(f"{API}/notes/", {"stage": stage.pk, "lane": lane.pk, "text": "Looks around"})
    assert made.status_code == 201, made.json()
    url = f"{API}/notes/{made.json()['id']}/"
    elsewhere = Lane.objects.get(board=journey, kind="thinks")

    moved = api.post(f"{url}move/", {"lane": elsewhere.pk}).json()

    assert (moved["lane"], moved["stage"], moved["board"]) == (elsewhere.pk, stage.pk, journey.pk)
    assert api.delete(url).status_code == 204
    assert not Note.objects.filter(text="Looks around").exists()


def test_a_feeling_given_again_takes_the_earlier_ones_place(api_of, bob, stage, journey):
    api = api_of(bob)
    first = api.post(f"{API}/emotions/", {"stage": stage.pk, "score": -2, "reason": "Lost"}).json()
    again = api.post(f"{API}/emotions/", {"stage": stage.pk, "score": 1})

    assert again.status_code == 201
    assert again.json()["id"] == first["id"]
    assert Emotion.objects.filter(board=journey).values_list("score", flat=True).get() == 1


def test_a_feeling_is_of_a_persona_that_the_journey_shows(api_of, bob, stage, persona):
    answer = api_of(bob).post(
        f"{API}/emotions/", {"stage": stage.pk, "persona": persona.pk, "score": 1}
    )

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["persona"]


def test_a_persona_that_is_shown_is_not_deleted(api_of, bob, journey, persona):
    api = api_of(bob)
    api.patch(f"{API}/journeys/{journey.pk}/", {"personas": [persona.pk]})

    answer = api.delete(f"{API}/personas/{persona.pk}/")

    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("A journey still shows this persona.")


@pytest.mark.parametrize("score", [-3, 3, 10**20, "much", None, [], {}])
def test_a_score_out_of_range_names_its_field(api_of, bob, stage, score):
    answer = api_of(bob).post(f"{API}/emotions/", {"stage": stage.pk, "score": score})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["score"]


def test_what_is_set_on_creation_is_not_changed_later(api_of, bob, note, journey):
    api = api_of(bob)
    url = f"{API}/notes/{note.pk}/"
    other_lane = Lane.objects.get(board=journey, kind="thinks")

    same = api.patch(url, {"lane": note.lane_id, "text": "Same place"})
    elsewhere = api.patch(url, {"lane": other_lane.pk, "text": "Elsewhere"})

    assert (same.status_code, same.json()["text"]) == (200, "Same place")
    assert (elsewhere.status_code, list(elsewhere.json()["errors"])) == (400, ["lane"])


def test_times_are_utc_whatever_the_persons_zone(api_of, bob, journey):
    body = api_of(bob).get(f"{API}/journeys/{journey.pk}/").json()

    assert body["created_at"].endswith("Z")
    assert body["updated_at"].endswith("Z")


def test_a_note_is_the_voice_of_a_persona_that_the_journey_shows(api_of, bob, note, persona):
    from journeys.services import attach_persona
    from teams.access import actor_in

    client, address = api_of(bob), f"/api/v1/notes/{note.pk}/"
    refused = client.patch(address, {"persona": persona.pk}, format="json")
    assert refused.status_code == 400
    attach_persona(note.board, persona, by=actor_in(bob, persona.workspace))
    answer = client.patch(address, {"persona": persona.pk}, format="json")
    assert answer.json()["persona"] == persona.pk
    found = client.get("/api/v1/notes/", {"persona": persona.pk}).json()
    assert [one["id"] for one in found["results"]] == [note.pk]


def test_a_metric_takes_all_its_points_at_once(api_of, bob, stage):
    points = [{"date": "2026-01-31", "value": 12.0}, {"date": "2026-02-28", "value": 31.0}]
    client = api_of(bob)
    body = {"stage": stage.pk, "name": "NPS", "target": 40, "points": points}
    made = client.post("/api/v1/metrics/", body, format="json")
    assert made.status_code == 201
    assert (made.json()["kind"], made.json()["points"]) == ("nps", points)
    address = f"/api/v1/metrics/{made.json()['id']}/"
    kept = client.patch(address, {"points": points[1:]}, format="json").json()
    assert kept["points"] == points[1:]
    assert kept["version"] > made.json()["version"]
    assert client.patch(address, {"points": []}, format="json").json()["points"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"target": 101}, "target"),
        ({"points": [{"date": "2026-01-31", "value": -101}]}, "points"),
        ({"points": [{"date": "2026-01-31", "value": "NaN"}]}, "points"),
        ({"points": [{"date": "soon", "value": 1}]}, "points"),
        ({"points": {"date": "2026-01-31"}}, "points"),
        ({"kind": "mood"}, "kind"),
    ],
)
def test_a_metric_out_of_its_range_is_refused_by_field(api_of, bob, stage, wrong, field):
    body = {"stage": stage.pk, "name": "NPS", **wrong}
    answer = api_of(bob).post("/api/v1/metrics/", body, format="json")
    assert answer.status_code == 400
    assert any(name.split(".")[0] == field for name in answer.json()["errors"])


def test_a_picture_is_sent_as_a_file_and_fetched_again(api_of, bob, journey, stage):
    from journeys.services import create_lane
    from teams.access import actor_in
    from tests.drawn import picture_file

    lane = create_lane(journey, kind="image", by=actor_in(bob, journey.workspace))
    client = api_of(bob)
    body = {"stage": stage.pk, "lane": lane.pk, "alt": "A red square", "file": picture_file()}
    made = client.post("/api/v1/pictures/", body, format="multipart")
    assert made.status_code == 201
    assert made.json()["width"] == 40
    answer = client.get(made.json()["content"])
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("sent", ["not base64!", "PHN2Zz48L3N2Zz4=", 7, None, ["x"]])
def test_what_is_no_picture_is_refused_by_field(api_of, bob, journey, stage, sent):
    from journeys.services import create_lane
    from teams.access import actor_in

    lane = create_lane(journey, kind="image", by=actor_in(bob, journey.workspace))
    body = {"stage": stage.pk, "lane": lane.pk, "alt": "x", "file": sent}
    answer = api_of(bob).post("/api/v1/pictures/", body, format="json")
    assert answer.status_code == 400
    assert "file" in answer.json()["errors"]
