"""What belongs to others: another workspace, another board (cases 56 to 58)."""

from config.api_urls import router
from tests.api.bodies import BODIES

API = "/api/v1"
RESOURCES = [prefix for prefix, _view, _name in router.registry]


def test_case_56_what_is_foreign_does_not_exist(api_of, bob, ours, foreign):
    """Not in the path, not in a list; and it says what a missing one says."""
    for resource in RESOURCES:
        foreign_is_missing(api_of(bob), resource, foreign)


def foreign_is_missing(api, resource, foreign):
    url, missing = f"{API}/{resource}/{foreign[resource].pk}/", f"{API}/{resource}/{2**62}/"

    for method in (api.get, api.patch, api.delete):
        answer, none = method(url), method(missing)
        assert answer.status_code in {404, 405}
        assert said(answer) == said(none)
    listed = api.get(f"{API}/{resource}/?page_size=200").json()
    assert listed["count"] > 0
    assert foreign[resource].pk not in [row["id"] for row in listed["results"]]
    assert "secret" not in str(listed)


def test_case_58_filters_tell_nothing_of_other_workspaces(api_of, bob, ours, foreign):
    api = api_of(bob)
    for resource in RESOURCES:
        for name, value in {
            "board": foreign["journeys"].pk,
            "stage": foreign["stages"].pk,
            "workspace": foreign["workspaces"].pk,
            "channel": foreign["channels"].pk,
        }.items():
            there = api.get(f"{API}/{resource}/?{name}={value}")
            nowhere = api.get(f"{API}/{resource}/?{name}={2**62}")
            assert (
                there.content.replace(str(value).encode(), b"")
                == nowhere.content.replace(str(2**62).encode(), b"")
                or there.status_code == nowhere.status_code == 400
            )
            assert b"secret" not in there.content


def test_case_56_foreign_ids_in_a_body_are_refused(api_of, bob, ours, foreign):
    """Each field that refers to something, replaced by the foreign one."""
    api = api_of(bob)
    for resource, body in BODIES.items():
        right, wrong = body(ours), body(foreign)
        references = [name for name in right if right[name] != wrong[name]]
        for name in references:
            answer = api.post(f"{API}/{resource}/", right | {name: wrong[name]})
            assert answer.status_code == 400, (resource, name, answer.json())
            assert "secret" not in str(answer.json())
        assert references or resource == "workspaces"


OPTIONAL_REFERENCES = [
    ("journeys", "personas", "personas"),
    ("journeys", "based_on", "journeys"),
    ("stages", "before", "stages"),
    ("notes", "before", "notes"),
    ("lanes", "before", "lanes"),
    ("emotions", "persona", "personas"),
    ("touchpoint-emotions", "persona", "personas"),
    ("touchpoints", "channel", "channels"),
    ("touchpoints", "before", "touchpoints"),
    ("walk-steps", "stage", "stages"),
    ("walk-steps", "touchpoint", "touchpoints"),
    ("insights", "source", "sources"),
    ("insights", "stages", "stages"),
    ("workshops", "scope_stages", "stages"),
    ("workshops", "follows", "workshops"),
    ("contributions", "stage", "stages"),
    ("contributions", "participant", "participants"),
    ("proposals", "solves", "contributions"),
    ("proposals", "stage", "stages"),
    ("votes", "participant", "participants"),
    ("ratings", "participant", "participants"),
    ("actions", "proposal", "proposals"),
    ("comments", "parent", "comments"),
]
MANY = {"personas", "stages", "scope_stages"}


def test_case_56_foreign_ids_in_optional_fields_are_refused(api_of, bob, ours, foreign):
    """In the same words as an id that nothing has."""
    api = api_of(bob)
    for resource, field, of in OPTIONAL_REFERENCES:
        url, body = f"{API}/{resource}/", BODIES[resource](ours)
        theirs, nobodys = foreign[of].pk, 2**62
        answers = [
            api.post(url, body | {field: [pk] if field in MANY else pk}) for pk in (theirs, nobodys)
        ]
        there, nowhere = (answer.json()["errors"] for answer in answers)
        assert {answer.status_code for answer in answers} == {400}, resource
        assert {name.split(".")[0] for name in there} == {field}, resource
        assert str(there).replace(str(theirs), "") == str(nowhere).replace(str(nobodys), "")
        changed = api.patch(
            f"{url}{ours[resource].pk}/", {field: [theirs] if field in MANY else theirs}
        )
        assert changed.status_code == 400, resource


def test_case_57_an_item_is_not_moved_to_a_foreign_board(api_of, bob, ours, foreign):
    api = api_of(bob)
    for resource, place in {
        "stages": {"before": "stages"},
        "lanes": {"before": "lanes"},
        "notes": {"stage": "stages"},
        "touchpoints": {"stage": "stages"},
        "contributions": {"before": "contributions"},
        "proposals": {"before": "proposals"},
    }.items():
        url = f"{API}/{resource}/{ours[resource].pk}/move/"
        body = {name: foreign[of].pk for name, of in place.items()}
        assert api.post(url, body).status_code == 400, resource


def test_case_57_nor_to_another_board_of_ours(api_of, bob, ours, nordlys, by_bob):
    """What one may see is not for that reason in the right place."""
    from tests.api.conftest import one_of_everything

    beside = one_of_everything(nordlys, by_bob, "Beside it")
    api = api_of(bob)
    note = f"{API}/notes/{ours['notes'].pk}/move/"

    assert api.post(note, {"stage": beside["stages"].pk}).status_code == 400
    assert api.post(note, {"lane": beside["lanes"].pk}).status_code == 400
    assert api.post(note, {"before": beside["notes"].pk}).status_code == 400
    mixed = {"stage": ours["stages"].pk, "lane": beside["lanes"].pk, "text": "Between two maps"}
    assert api.post(f"{API}/notes/", mixed).status_code == 400
    wrong_board = BODIES["notes"](ours) | {"board": beside["journeys"].pk}
    assert api.post(f"{API}/notes/", wrong_board).status_code == 400


def test_a_workshop_is_not_a_journey(api_of, bob, ours):
    body = {"board": ours["workshops"].pk, "title": "A stage in the wrong place"}

    assert api_of(bob).post(f"{API}/stages/", body).status_code == 400


def said(answer):
    if not answer.content:
        return None
    return {name: value for name, value in answer.json().items() if name != "request_id"}
