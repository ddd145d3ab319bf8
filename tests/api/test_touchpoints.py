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
