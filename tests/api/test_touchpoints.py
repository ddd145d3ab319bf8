"""Touchpoints for programs: the inventory, and the yes or no that was there before."""

API = "/api/v1"


def test_used_is_told_and_taken_as_yes_or_no(api_of, bob, stage):
    api = api_of(bob)
    made = api.post(f"{API}/touchpoints/", {"stage": stage.pk, "title": "First call"}).json()
    assert (made["use"], made["used"]) == ("mainly", True)

    nameless = api.patch(made["url"], {"used": False})
    assert (nameless.status_code, list(nameless.json()["errors"])) == (400, ["why_unused"])

    changed = api.patch(made["url"], {"used": False, "why_unused": "Nobody answers"}).json()
    assert (changed["use"], changed["used"]) == ("not", False)
    again = api.patch(made["url"], {"used": True}).json()
    assert (again["use"], again["used"]) == ("mainly", True)


def test_yes_keeps_how_much_it_is_used(api_of, bob, stage):
    api = api_of(bob)
    body = {"stage": stage.pk, "title": "First call", "use": "sometimes"}
    made = api.post(f"{API}/touchpoints/", body).json()
    assert api.patch(made["url"], {"used": True}).json()["use"] == "sometimes"


def test_lists_are_narrowed_by_what_the_inventory_knows(api_of, bob, stage):
    api = api_of(bob)
    for title, more in {
        "Call": {},
        "Leaflet": {"use": "not", "why_unused": "Bin"},
        "Price list": {"missing": True, "party": "partner"},
    }.items():
        api.post(f"{API}/touchpoints/", {"stage": stage.pk, "title": title, **more})

    def titles(query):
        return [one["title"] for one in api.get(f"{API}/touchpoints/?{query}").json()["results"]]

    assert titles("used=false") == ["Leaflet"]
    assert titles("use=not") == ["Leaflet"]
    assert titles("missing=true") == ["Price list"]
    assert titles("used=true&party=us") == ["Call"]


def test_gap_analysis_of_a_journey(api_of, bob, charlie, nordlys, journey, stage):
    api = api_of(bob)
    site, shop = (
        api.post(f"{API}/channels/", {"workspace": nordlys.pk, "name": name}).json()["id"]
        for name in ("Site", "Shop")
    )
    place = {"stage": stage.pk, "channel": site}
    api.post(f"{API}/touchpoints/", {**place, "title": "Looks", "importance": 4})
    made = api.post(
        f"{API}/activities/",
        {
            "board": journey.pk,
            "stage": stage.pk,
            "channel": shop,
            "title": "Stand",
            "hours_per_month": 9,
        },
    )
    assert made.status_code == 201, made.json()
    url = f"{API}/journeys/{journey.pk}/gaps/"
    body = api.get(url).json()
    assert (body["alignment"], body["wasted_hours"]) == (0, 9)
    told = {"stage": stage.pk, "cost": 0}
    assert [{key: row[key] for key in row if key != "reason"} for row in body["rows"]] == [
        {
            **told, "channel": shop, "customer": False, "company": True, "verdict": "waste",
            "importance": None, "hours": 9, "advice": "drop",
        },
        {
            **told, "channel": site, "customer": True, "company": False, "verdict": "gap",
            "importance": 4, "hours": 0, "advice": "start",
        },
    ]  # fmt: skip
    assert api.get(f"{url}?period=after").json()["rows"] == []
    assert api.get(f"{url}?period=never").status_code == 400
    assert api_of(charlie).get(url).status_code == 404
    assert api_of(None).get(url).status_code == 401


def test_a_decision_by_a_program_needs_its_reason(api_of, bob, journey):
    api = api_of(bob)
    body = {"board": journey.pk, "title": "Stand", "decision": "drop"}
    refused = api.post(f"{API}/activities/", body)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["decision_reason"])
    assert api.post(f"{API}/activities/", {**body, "decision_reason": "Waste"}).status_code == 201


USUAL = {"importance": 3, "dissatisfaction": 3, "moment": 2, "goals": 2}


def ranked(api, stage):
    """By the usual weights: 100 x (3 x 1 + 3 x 0.75 + 2 + 2 x 0.5) / 10 = 82.5, and 0."""
    body = {"stage": stage.pk}
    for more in (
        {"title": "Leaflet", "importance": 1},
        {
            "title": "Checkout", "importance": 5, "satisfaction": 2, "moment_of_truth": True,
            "our_importance": 3,
        },
    ):  # fmt: skip
        assert api.post(f"{API}/touchpoints/", {**body, **more}).status_code == 201


def test_priorities_are_ranked_and_each_score_told_by_its_parts(
    api_of, bob, victor, charlie, journey, stage
):
    ranked(api_of(bob), stage)
    url = f"{API}/journeys/{journey.pk}/priorities/"
    body = api_of(victor).get(url).json()
    assert body["weights"] == {"version": 0, **USUAL}
    assert [(row["rank"], row["title"], row["score"]) for row in body["rows"]] == [
        (1, "Checkout", 82.5), (2, "Leaflet", 0),
    ]  # fmt: skip
    assert (body["rows"][0]["stage"], body["rows"][0]["channel"]) == (stage.pk, None)
    assert body["rows"][0]["parts"] == [
        {"name": "importance", "value": 1, "weight": 3, "points": 30, "reason": "5 of 5"},
        {
            "name": "dissatisfaction", "value": 0.75, "weight": 3, "points": 22.5,
            "reason": "works 2 of 5",
        },
        {"name": "moment", "value": 1, "weight": 2, "points": 20, "reason": "yes"},
        {"name": "goals", "value": 0.5, "weight": 2, "points": 10, "reason": "3 of 5"},
    ]  # fmt: skip
    assert body["rows"][1]["parts"][3]["value"] is None
    assert api_of(charlie).get(url).status_code == 404
    assert api_of(None).get(url).status_code == 401


def test_weights_are_changed_by_editors_one_by_one(api_of, bob, victor, charlie, journey, stage):
    api, url = api_of(bob), f"{API}/journeys/{journey.pk}/priorities/weights/"
    ranked(api, stage)
    assert api.patch(url, {}).json() == {"version": 0, **USUAL}
    seen = api.get(url)
    changed = api.patch(url, {"importance": 0, "moment": 0}, headers={"If-Match": seen["ETag"]})
    body = changed.json()
    assert body == {"version": body["version"], **USUAL, "importance": 0, "moment": 0}
    assert changed["ETag"] == f'"{body["version"]}"' != seen["ETag"]
    rows = api.get(f"{API}/journeys/{journey.pk}/priorities/").json()["rows"]
    assert rows[0]["score"] == 65  # 100 x (3 x 0.75 + 2 x 0.5) / 5

    stale = api.patch(url, {"goals": 9}, headers={"If-Match": seen["ETag"]})
    assert (stale.status_code, stale.json()["present"]) == (412, body)
    refused = api.patch(url, {"goals": 11, "moment": -1})
    assert (refused.status_code, set(refused.json()["errors"])) == (400, {"goals", "moment"})
    assert api_of(victor).patch(url, {"goals": 9}).status_code == 403
    assert api_of(charlie).patch(url, {"goals": 9}).status_code == 404
    assert api.get(url).json() == body
