"""Channels, touchpoints, sources, insights, workspaces and members through the API."""

from insights.models import Evidence
from journeys.models import Stage

API = "/api/v1"


def test_a_workspace_has_its_creator_as_owner(api_of, charlie):
    api = api_of(charlie)

    made = api.post(f"{API}/workspaces/", {"name": " Solbrillen\u200b  A/S "})

    assert made.status_code == 201
    assert (made.json()["name"], made.json()["role"]) == ("Solbrillen A/S", "owner")
    assert made.json()["slug"] == "solbrillen-as"
    taken = api.post(f"{API}/workspaces/", {"name": "Another", "slug": "solbrillen-as"})
    assert (taken.status_code, list(taken.json()["errors"])) == (400, ["slug"])
    blank = api.post(f"{API}/workspaces/", {"name": "\u200b"})
    assert (blank.status_code, list(blank.json()["errors"])) == (400, ["name"])


def test_an_owner_gives_another_role(api_of, alice, carol, nordlys):
    url = f"{API}/memberships/{carol.memberships.get().pk}/"

    answer = api_of(alice).patch(url, {"role": "editor"})

    assert answer.json()["role"] == "editor"
    assert answer.json()["email"] == "carol@nordlys.example"


def test_a_channel_of_a_name_is_there_once(api_of, bob, nordlys):
    api = api_of(bob)
    api.post(f"{API}/channels/", {"workspace": nordlys.pk, "name": "Shop", "online": False})

    again = api.post(f"{API}/channels/", {"workspace": nordlys.pk, "name": "shop"})

    assert again.status_code == 409
    assert api.get(f"{API}/channels/?online=false").json()["count"] == 1


def test_a_channel_in_use_stays(api_of, bob, nordlys, stage):
    api = api_of(bob)
    channel = api.post(f"{API}/channels/", {"workspace": nordlys.pk, "name": "Shop"}).json()
    body = {"stage": stage.pk, "channel": channel["id"], "title": "Talks to staff"}
    touchpoint = api.post(f"{API}/touchpoints/", body)
    assert touchpoint.status_code == 201, touchpoint.json()

    assert api.delete(channel["url"]).status_code == 409
    assert api.patch(touchpoint.json()["url"], {"channel": None}).json()["channel"] is None
    assert api.delete(channel["url"]).status_code == 204


def test_a_touchpoint_moves_to_another_stage(api_of, bob, journey, stage):
    api = api_of(bob)
    body = {"stage": stage.pk, "title": "First call", "importance": 5, "moment_of_truth": True}
    made = api.post(f"{API}/touchpoints/", body).json()
    last = Stage.objects.filter(board=journey).last()

    moved = api.post(f"{made['url']}move/", {"stage": last.pk}).json()

    assert (moved["stage"], moved["importance"], moved["moment_of_truth"]) == (last.pk, 5, True)
    shown = api.get(f"{API}/journeys/{journey.pk}/map/").json()["touchpoints"]
    assert [one["title"] for one in shown] == ["First call"]


def test_an_insight_rests_on_exactly_the_given_stages(api_of, bob, nordlys, journey):
    api = api_of(bob)
    first, second, _third = Stage.objects.filter(board=journey).order_by("position")
    body = {"workspace": nordlys.pk, "quote": "Nobody called back", "stages": [first.pk],
            "tags": ["service", "Service", " speed "]}  # fmt: skip

    made = api.post(f"{API}/insights/", body).json()

    assert (made["stages"], made["tags"]) == ([first.pk], ["Service", "speed"])
    changed = api.patch(made["url"], {"stages": [second.pk]}).json()
    assert (changed["stages"], changed["quote"]) == ([second.pk], "Nobody called back")
    shown = api.get(f"{API}/journeys/{journey.pk}/map/").json()["insights"]
    assert [one["id"] for one in shown] == [made["id"]]
    assert api.delete(made["url"]).status_code == 204
    assert not Evidence.objects.exists()


def test_an_insight_tells_of_exactly_the_given_touchpoints(
    api_of, bob, charlie, nordlys, journey, stage
):
    api = api_of(bob)
    first, second = (
        api.post(f"{API}/touchpoints/", {"stage": stage.pk, "title": title}).json()
        for title in ("First call", "Second call")
    )
    body = {"workspace": nordlys.pk, "quote": "Nobody answers", "touchpoints": [first["id"]]}
    made = api.post(f"{API}/insights/", body).json()
    assert (made["touchpoints"], made["stages"]) == ([first["id"]], [])
    evidence = Evidence.objects.get(touchpoint=first["id"])
    api.patch(f"{API}/evidence/{evidence.pk}/", {"stance": "contradicts"})

    both = api.patch(made["url"], {"touchpoints": [second["id"], first["id"]]}).json()

    assert both["touchpoints"] == [first["id"], second["id"]]
    evidence.refresh_from_db()
    assert evidence.stance == "contradicts"
    assert api.patch(made["url"], {"text": "Ours"}).json()["touchpoints"] == both["touchpoints"]
    assert api.patch(made["url"], {"touchpoints": [second["id"]]}).json()["touchpoints"] == [
        second["id"]
    ]
    theirs = api_of(charlie)
    foreign = theirs.post(f"{API}/workspaces/", {"name": "Theirs"}).json()["id"]
    body = {"workspace": foreign, "quote": "No", "touchpoints": [first["id"]]}
    refused = theirs.post(f"{API}/insights/", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["touchpoints"])


def test_an_insight_says_something(api_of, bob, nordlys):
    api = api_of(bob)

    empty = api.post(f"{API}/insights/", {"workspace": nordlys.pk, "kind": "pain"})
    made = api.post(f"{API}/insights/", {"workspace": nordlys.pk, "text": "Lost"}).json()

    assert empty.status_code == 400
    assert api.patch(made["url"], {"text": ""}).status_code == 400
    assert api.patch(made["url"], {"text": "", "quote": "I was lost"}).status_code == 200


def test_a_source_in_use_stays(api_of, bob, nordlys):
    api = api_of(bob)
    body = {"workspace": nordlys.pk, "name": "Hotline", "kind": "listening"}
    source = api.post(f"{API}/sources/", body).json()
    insight = {"workspace": nordlys.pk, "text": "Lost", "source": source["id"]}
    api.post(f"{API}/insights/", insight)

    answer = api.delete(source["url"])

    assert answer.status_code == 409
    assert "Hotline" in answer.json()["detail"]
    assert api.post(f"{API}/sources/", body | {"name": "hotline"}).status_code == 409


def test_a_persona_that_left_every_journey_is_deleted_with_its_feelings(
    api_of, bob, journey, persona, stage
):
    api, url = api_of(bob), f"{API}/journeys/{journey.pk}/"
    api.patch(url, {"personas": [persona.pk]})
    feeling = {"stage": stage.pk, "persona": persona.pk, "score": 1}
    assert api.post(f"{API}/emotions/", feeling).status_code == 201
    api.patch(url, {"personas": []})

    assert api.delete(f"{API}/personas/{persona.pk}/").status_code == 204
    assert api.get(f"{API}/emotions/").json()["count"] == 0


def test_a_persona_gets_a_face_and_its_earlier_versions_are_told(api_of, bob, persona):
    from tests.drawn import picture_file

    client, address = api_of(bob), f"/api/v1/personas/{persona.pk}/"
    assert client.get(address).json()["portrait"] is None
    assert client.get(f"{address}portrait/").status_code == 404
    made = client.post(f"{address}portrait/", {"file": picture_file()}, format="multipart")
    assert made.status_code == 200
    assert client.get(made.json()["portrait"])["Content-Type"] == "image/jpeg"
    wrong = client.post(f"{address}portrait/", {"file": "PHN2Zz48L3N2Zz4="}, format="json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["file"])
    client.patch(address, {"goals": "Calm"}, format="json")
    versions = client.get(f"{address}versions/").json()
    assert [version["values"]["portrait"] for version in versions] == [True, False]
    back = client.post(f"{address}put-back/", {"version": versions[-1]["id"]}, format="json")
    assert (back.json()["portrait"], back.json()["goals"]) == (None, persona.goals)
    for missing in (0, -1, 10**30):
        answer = client.post(f"{address}put-back/", {"version": missing}, format="json")
        assert answer.status_code == 400
    assert client.delete(f"{address}portrait/").status_code == 204


def test_a_strangers_persona_has_no_face_and_no_versions(api_of, charlie, persona):
    client, address = api_of(charlie), f"/api/v1/personas/{persona.pk}/"
    for part in ("portrait/", "versions/"):
        assert client.get(address + part).status_code == 404
    assert client.post(f"{address}put-back/", {"version": 1}, format="json").status_code == 404


def test_a_viewer_changes_no_face_and_puts_nothing_back(api_of, victor, persona):
    client, address = api_of(victor), f"/api/v1/personas/{persona.pk}/"
    assert client.delete(f"{address}portrait/").status_code == 403
    assert client.post(f"{address}put-back/", {"version": 1}, format="json").status_code == 403
