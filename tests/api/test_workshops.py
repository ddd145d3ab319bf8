"""Workshops through the API: scope, contributions, proposals with their rank, decisions."""

from base64 import b64encode

import pytest

from journeys.models import Stage
from tests.drawn import picture_file
from touchpoints.services import create_touchpoint
from workshops.agenda import add_agenda_item
from workshops.leading import start_activity
from workshops.services import add_participant, create_workshop

API = "/api/v1"


@pytest.fixture
def stages(journey):
    return list(Stage.objects.filter(board=journey).order_by("position"))


def test_a_workshop_works_on_the_stages_that_were_chosen(api_of, bob, journey, stages):
    api = api_of(bob)
    body = {"journey": journey.pk, "title": "Morning", "starts_at": "2027-03-01T09:00:00+01:00",
            "scope_stages": [stages[1].pk]}  # fmt: skip

    made = api.post(f"{API}/workshops/", body)

    assert made.status_code == 201, made.json()
    workshop = made.json()
    assert workshop["scope_stages"] == [stages[1].pk]
    assert workshop["starts_at"] == "2027-03-01T08:00:00Z"
    assert workshop["workspace"] == journey.workspace_id
    wider = api.patch(workshop["url"], {"scope_stages": [stages[0].pk, stages[1].pk]}).json()
    assert wider["scope_stages"] == [stages[0].pk, stages[1].pk]


def test_all_stages_are_in_scope_when_none_is_named(api_of, bob, journey, stages):
    body = {"journey": journey.pk, "title": "All of it", "phase": "collect"}

    made = api_of(bob).post(f"{API}/workshops/", body).json()

    assert made["scope_stages"] == [stage.pk for stage in stages]
    assert made["phase"] == "collect"


def test_a_commenter_contributes_to_a_stage(api_of, carol, workshop, stages):
    api = api_of(carol)
    body = {"board": workshop.pk, "stage": stages[0].pk, "kind": "problem", "text": "Too slow"}

    made = api.post(f"{API}/contributions/", body)

    assert made.status_code == 201, made.json()
    assert made.json()["stage"] == stages[0].pk
    assert made.json()["author_name"] == "Carol"
    changed = api.patch(made.json()["url"], {"text": "Far too slow"})
    assert changed.json()["text"] == "Far too slow"
    moved = api.post(f"{made.json()['url']}move/", {"stage": stages[2].pk})
    assert moved.json()["stage"] == stages[2].pk
    whole = api.post(f"{made.json()['url']}move/", {"stage": None})
    assert whole.json()["stage"] is None
    assert api.delete(made.json()["url"]).status_code == 204


def test_a_commenter_does_not_speak_for_others(api_of, carol, workshop, by_bob):
    person = add_participant(workshop, name="Erik", by=by_bob)
    body = {"board": workshop.pk, "participant": person.pk, "text": "Not my words"}

    assert api_of(carol).post(f"{API}/contributions/", body).status_code == 403


def test_a_contribution_is_put_before_another(api_of, bob, workshop):
    api = api_of(bob)
    first = api.post(f"{API}/contributions/", {"board": workshop.pk, "text": "First"}).json()
    body = {"board": workshop.pk, "text": "Before it", "before": first["id"]}
    api.post(f"{API}/contributions/", body)

    listed = api.get(f"{API}/contributions/?board={workshop.pk}").json()["results"]

    assert [one["text"] for one in listed] == ["Before it", "First"]


def test_a_stage_out_of_scope_is_refused(api_of, bob, journey, stages, by_bob):
    narrow = create_workshop(journey, title="Narrow", stage_ids=[stages[0].pk], by=by_bob)
    body = {"board": narrow.pk, "stage": stages[1].pk, "text": "Elsewhere"}

    answer = api_of(bob).post(f"{API}/contributions/", body)

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"stage": ["The workshop does not work on this stage."]}


def test_proposals_are_ranked_by_what_everybody_thinks(api_of, alice, bob, carol, workshop):
    api = api_of(bob)
    ids = {}
    for title in ("Cheap", "Bold", "Unrated"):
        body = {"board": workshop.pk, "title": title}
        ids[title] = api.post(f"{API}/proposals/", body).json()["id"]
    for person, marks in {alice: (5, 1), bob: (5, 2), carol: (4, 1)}.items():
        rate(api_of(person), ids["Cheap"], *marks)
    for person, marks in {alice: (4, 4), bob: (3, 5)}.items():
        rate(api_of(person), ids["Bold"], *marks)

    listed = api.get(f"{API}/proposals/?board={workshop.pk}").json()["results"]

    shown = [(one["title"], one["feasibility"], one["effect"], one["rank"]) for one in listed]
    assert shown == [("Cheap", 5.0, 1.0, 2), ("Bold", 3.5, 4.5, 1), ("Unrated", None, None, None)]


def test_rating_again_replaces_the_earlier_rating(api_of, carol, bob, workshop):
    proposal = api_of(bob).post(f"{API}/proposals/", {"board": workshop.pk, "title": "X"}).json()
    api = api_of(carol)
    rate(api, proposal["id"], 1, 1)

    again = rate(api, proposal["id"], 5, 4)

    assert api.get(f"{API}/ratings/").json()["count"] == 1
    changed = api.patch(again["url"], {"effect": 2}).json()
    assert (changed["feasibility"], changed["effect"]) == (5, 2)


def test_an_editor_writes_down_the_rating_of_a_guest(api_of, bob, carol, workshop, by_bob):
    guest = add_participant(workshop, name="Erik", department="Support", by=by_bob)
    api = api_of(bob)
    proposal = api.post(f"{API}/proposals/", {"board": workshop.pk, "title": "X"}).json()["id"]
    body = {"proposal": proposal, "participant": guest.pk, "feasibility": 2, "effect": 3}

    made = api.post(f"{API}/ratings/", body)

    assert made.status_code == 201
    assert made.json()["participant"] == guest.pk
    assert api.patch(made.json()["url"], {"effect": 4}).json()["effect"] == 4
    assert api_of(carol).patch(made.json()["url"], {"effect": 1}).status_code == 403


def test_a_decision_is_written_down_and_followed(api_of, bob, workshop, nordlys):
    api = api_of(bob)
    proposal = api.post(f"{API}/proposals/", {"board": workshop.pk, "title": "X"}).json()["id"]
    body = {"board": workshop.pk, "proposal": proposal, "title": "Hire", "due": "2027-01-31"}

    made = api.post(f"{API}/actions/", body).json()

    assert made["workspace"] == nordlys.pk
    done = api.patch(made["url"], {"status": "kept", "result": "Two hours faster"}).json()
    assert (done["status"], done["due"]) == ("kept", "2027-01-31")
    listed = api.get(f"{API}/actions/?status=kept&workspace={nordlys.pk}").json()
    assert listed["count"] == 1


def test_joining_twice_is_taking_part_once(api_of, carol, workshop):
    api, url = api_of(carol), f"{API}/workshops/{workshop.pk}/join/"

    api.post(url, {"department": "Sales"})
    again = api.post(url, {"department": "Support"})

    assert again.json()["department"] == "Support"
    assert api.get(f"{API}/participants/?board={workshop.pk}").json()["count"] == 1


def rate(api, proposal, feasibility, effect):
    body = {"proposal": proposal, "feasibility": feasibility, "effect": effect}
    answer = api.post(f"{API}/ratings/", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_an_action_is_proved_and_dropped_and_its_question_opens_again(
    api_of, bob, workshop, journey, by_bob
):
    api = api_of(bob)
    made = api.post(
        f"{API}/actions/",
        {"board": workshop.pk, "title": "Heavier paper", "helpers": "Sales", "starts": "2027-01-01",
         "due": "2027-02-01", "target": "Two calls", "proof_link": "https://example.org/"},
    ).json()  # fmt: skip
    assert (made["helpers"], made["starts"], made["picture"]) == ("Sales", "2027-01-01", None)

    file = b64encode(picture_file().read()).decode()
    proved = api.post(f"{made['url']}proof/", {"file": file, "alt": "A pile of paper"})
    assert proved.status_code == 200, proved.json()
    assert proved.json()["picture_alt"] == "A pile of paper"
    assert api.get(proved.json()["picture"])["Content-Type"].startswith("image/")
    nothing = api.post(f"{made['url']}proof/", {"file": b64encode(b"x").decode(), "alt": "x"})
    assert nothing.status_code == 400

    dropped = api.patch(made["url"], {"status": "dropped"}).json()
    asked = api.get(f"{API}/comments/{dropped['question']}/").json()
    assert asked["board"] == journey.pk
    assert asked["target"] == {"type": "journey", "id": journey.pk}
    again = api.post(f"{made['url']}reopen/")
    assert again.json()["question"] == dropped["question"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("due", "2026-01-01"), ("proof_metric", 999999), ("proof_link", "javascript:alert(1)")],
)
def test_an_action_with_what_makes_no_sense_is_refused(api_of, bob, workshop, field, value):
    body = {"board": workshop.pk, "title": "Try", "starts": "2027-01-01", field: value}

    refused = api_of(bob).post(f"{API}/actions/", body)

    assert refused.status_code == 400
    assert refused.json()["errors"].keys() == {field}


def test_silent_notes_are_the_writers_own_until_the_reveal(api_of, bob, carol, workshop, by_bob):
    item = add_agenda_item(workshop, kind="collect", silent=True, by=by_bob)
    start_activity(item, by=by_bob)
    notes, theirs = f"{API}/workshops/{workshop.pk}/silent-notes/", api_of(bob)

    made = api_of(carol).post(notes, {"text": "Too dear"})

    assert made.status_code == 201, made.json()
    assert [note["text"] for note in api_of(carol).get(notes).json()] == ["Too dear"]
    assert theirs.get(notes).json() == []
    assert api_of(carol).post(f"{API}/workshops/{workshop.pk}/reveal/").status_code == 403
    assert theirs.post(f"{API}/workshops/{workshop.pk}/reveal/").json() == {"shown": 1}
    shown = theirs.get(f"{API}/contributions/?board={workshop.pk}").json()["results"]
    assert [(one["text"], one["author_name"]) for one in shown] == [("Too dear", "Carol")]


def test_contributions_are_grouped_and_tied_to_a_touchpoint(api_of, bob, workshop, stages, by_bob):
    touchpoint = create_touchpoint(stage=stages[1], title="The first call", by=by_bob)
    api = api_of(bob)
    cluster = api.post(f"{API}/clusters/", {"board": workshop.pk, "name": "Prices"}).json()
    body = {"board": workshop.pk, "text": "Busy", "touchpoint": touchpoint.pk}

    made = api.post(f"{API}/contributions/", body | {"cluster": cluster["id"]}).json()

    assert (made["touchpoint_title"], made["stage"]) == ("The first call", stages[1].pk)
    assert made["cluster"] == cluster["id"]
    free = api.patch(made["url"], {"cluster": None, "discussion": "Two lines only"}).json()
    assert (free["cluster"], free["discussion"]) == (None, "Two lines only")
    refused = api.post(f"{API}/contributions/", body | {"touchpoint": 2**50})
    assert list(refused.json()["errors"]) == ["touchpoint"]


# --- Votes and rounds ------------------------------------------------------------------------
@pytest.fixture
def running(workshop, by_bob):
    """`running("rate")`: that activity, which has just been started."""

    def run(kind):
        item = add_agenda_item(workshop, kind=kind, by=by_bob)
        start_activity(item, by=by_bob)
        return item

    return run


def test_votes_are_counted_and_voting_again_replaces_the_earlier_vote(api_of, carol, bob, workshop):
    said = api_of(bob).post(f"{API}/contributions/", {"board": workshop.pk, "text": "No price"})
    api, body = api_of(carol), {"contribution": said.json()["id"], "count": 3}
    made = api.post(f"{API}/votes/", body)
    assert made.status_code == 201
    assert made.json()["count"] == 3
    assert api.post(f"{API}/votes/", body | {"count": 2}).json()["id"] == made.json()["id"]
    assert api.get(f"{API}/votes/?board={workshop.pk}").json()["results"][0]["count"] == 2
    assert api.post(f"{API}/votes/", body | {"count": 6}).status_code == 409
    assert api.delete(made.json()["url"]).status_code == 204


@pytest.mark.parametrize("resource", ["ratings", "votes"])
def test_what_is_given_in_a_round_is_seen_by_its_giver_alone_until_the_reveal(
    api_of, alice, bob, carol, workshop, running, resource
):
    leads, api = api_of(bob), api_of(carol)
    running({"ratings": "rate", "votes": "vote"}[resource])
    body = answer_to(resource, leads, workshop)
    made = api.post(f"{API}/{resource}/", body)
    assert made.status_code == 201, made.json()
    shown, url = made.json(), made.json()["url"]
    assert api.get(url).json() == shown
    for person in (alice, bob):
        assert api_of(person).get(url).status_code == 404
        assert api_of(person).patch(url, {"count": 1}).status_code == 404
        assert api_of(person).delete(url).status_code == 404
        assert api_of(person).get(f"{API}/{resource}/").json()["count"] == 0
    changed = {"ratings": {"effect": 1}, "votes": {"count": 1}}[resource]
    assert api.patch(url, changed).json() == shown | changed | {
        "updated_at": api.get(url).json()["updated_at"]
    }
    going = leads.get(f"{API}/rounds/?board={workshop.pk}").json()["results"][0]
    assert (going["answered"], going["revealed_at"]) == (1, None)
    assert api.post(f"{going['url']}reveal/").status_code == 403
    assert leads.post(f"{going['url']}reveal/").json()["answered"] == 1
    seen = leads.get(url).json()
    assert {name: seen[name] for name in changed} == changed


def answer_to(resource, api, workshop):
    if resource == "votes":
        body = {"board": workshop.pk, "text": "No price"}
        return {"contribution": api.post(f"{API}/contributions/", body).json()["id"], "count": 2}
    body = {"board": workshop.pk, "title": "Publish the price"}
    proposal = api.post(f"{API}/proposals/", body).json()["id"]
    return {"proposal": proposal, "feasibility": 2, "effect": 5}


@pytest.mark.parametrize("resource", ["ratings", "votes"])
def test_what_one_gave_in_a_round_can_be_taken_back(
    api_of, bob, carol, workshop, running, resource
):
    running({"ratings": "rate", "votes": "vote"}[resource])
    api = api_of(carol)
    url = api.post(f"{API}/{resource}/", answer_to(resource, api_of(bob), workshop)).json()["url"]
    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == 404
    assert api.get(f"{API}/rounds/").json()["results"][0]["answered"] == 0


def test_a_result_is_frozen_and_thawed(api_of, bob, carol, workshop, running):
    running("rate")
    leads = api_of(bob)
    body = answer_to("ratings", leads, workshop)
    api_of(carol).post(f"{API}/ratings/", body)
    url = leads.get(f"{API}/rounds/").json()["results"][0]["url"]
    assert leads.post(f"{url}freeze/").status_code == 409
    leads.post(f"{url}reveal/")
    assert leads.post(f"{url}freeze/").status_code == 200
    assert leads.get(f"{API}/workshops/{workshop.pk}/").json()["ratings_frozen_at"]
    rating = leads.get(f"{API}/ratings/").json()["results"][0]
    assert leads.delete(rating["url"]).status_code == 409
    assert leads.post(f"{url}again/").status_code == 409
    assert leads.post(f"{url}thaw/").status_code == 200
    again = leads.post(f"{url}again/").json()
    assert (again["number"], again["answered"]) == (2, 0)


def test_the_next_workshop_is_made_from_one_once(api_of, bob, workshop, journey):
    api = api_of(bob)
    body = {"board": workshop.pk, "kind": "problem", "text": "Nobody answers"}
    problem = api.post(f"{API}/contributions/", body).json()
    api.post(f"{API}/contributions/", {**body, "text": "Too slow"})
    address, sent = (
        f"{API}/workshops/{workshop.pk}/follow-up/",
        {"title": "Again", "starts_at": "2031-01-31T09:00:00Z", "carried": [problem["id"]]},
    )

    made = [api.post(address, sent, headers={"Idempotency-Key": "again"}) for _ in range(2)]

    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json()["id"] == made[1].json()["id"]
    assert made[0].json()["follows"] == workshop.pk
    listed = api.get(f"{API}/contributions/?board={made[0].json()['id']}").json()["results"]
    assert [one["text"] for one in listed] == ["Nobody answers"]
    assert api.post(address, {"title": "Again"}).status_code == 400
    strange = api.post(address, {**sent, "carried": [999999]})
    assert strange.status_code == 400
    assert strange.json()["errors"].keys() == {"carried"}
