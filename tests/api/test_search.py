"""Searching from a program."""

API = "/api/v1/search/"


def test_a_program_finds_what_its_person_may_see(api_of, bob, ours, nordlys):
    answer = api_of(bob).get(API, {"q": "plan", "workspace": nordlys.pk})
    assert answer.status_code == 200
    found = {(each["type"], each["id"]) for each in answer.json()["results"]}
    expected = ("journeys", "notes", "personas", "touchpoints", "insights")
    assert found >= {(name, ours[name].pk) for name in expected}


def test_case_56_a_foreign_workspace_is_not_found(api_of, bob, foreign, other):
    assert api_of(bob).get(API, {"q": "plan", "workspace": other.pk}).status_code == 404


def test_what_is_missing_is_named(api_of, bob):
    answer = api_of(bob).get(API)
    assert answer.status_code == 400
    assert {"q", "workspace"} <= set(str(answer.json()).split("'"))


def test_nobody_finds_anything(api_of, db):
    assert api_of(None).get(API, {"q": "plan", "workspace": 1}).status_code == 401
