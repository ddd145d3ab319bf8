"""Lists: pages, filters, order, and a number of queries that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.api_urls import router
from journeys import services
from journeys.models import Stage

API = "/api/v1"
VIEWS = {prefix: view for prefix, view, _name in router.registry}
RESOURCES = list(VIEWS)


@pytest.fixture
def queries():
    def of(api, url):
        with CaptureQueriesContext(connection) as captured:
            answer = api.get(url)
        assert answer.status_code == 200, answer.json()
        return len(captured), answer.json()

    return of


def test_a_list_comes_in_pages(api_of, bob, journey):
    api = api_of(bob)

    first = api.get(f"{API}/stages/?page_size=2").json()
    second = api.get(first["next"]).json()

    assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
    assert (second["count"], len(second["results"]), second["next"]) == (3, 1, None)
    ids = [row["id"] for row in [*first["results"], *second["results"]]]
    assert ids == list(Stage.objects.order_by("position").values_list("pk", flat=True))


def test_a_page_is_never_larger_than_we_can_bear(api_of, bob, journey):
    answer = api_of(bob).get(f"{API}/stages/?page_size=99999999999999999999")

    assert answer.status_code == 200
    assert answer.json()["count"] == 3


def test_lists_are_filtered_and_ordered(api_of, bob, ours, nordlys):
    api = api_of(bob)
    board = ours["journeys"].pk

    during = api.get(f"{API}/stages/?board={board}&period=during").json()["results"]
    by_title = api.get(f"{API}/stages/?board={board}&ordering=-title").json()["results"]
    everywhere = api.get(f"{API}/stages/?workspace={nordlys.pk}").json()["count"]

    assert [stage["period"] for stage in during] == ["during"]
    titles = [stage["title"] for stage in by_title]
    assert titles == sorted(titles, reverse=True)
    assert everywhere == 3


def test_changes_since_a_version(api_of, bob, journey):
    api = api_of(bob)
    board = api.get(f"{API}/journeys/{journey.pk}/").json()
    url = f"{API}/changes/?board={journey.pk}&since={board['version']}"

    assert api.get(url).json()["count"] == 0
    api.patch(f"{API}/journeys/{journey.pk}/", {"title": "Renamed"})

    (change,) = api.get(url).json()["results"]
    assert change["item"] == {"type": "journey", "id": journey.pk}
    assert (change["before"], change["after"]) == (
        {"title": "A first order"}, {"title": "Renamed"},
    )  # fmt: skip
    assert change["actor_name"] == "Bob"


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_list_has_only_ways_of_ordering_that_work(resource, api_of, bob, nordlys):
    view = VIEWS[resource]
    api = api_of(bob)

    for name in view.ordering_fields:
        assert api.get(f"{API}/{resource}/?ordering=-{name}").status_code == 200, name


def test_lists_take_the_same_number_of_queries_with_3_and_with_30_rows(
    api_of, bob, ours, by_bob, queries
):
    api = api_of(bob)
    urls = [f"{API}/{resource}/?page_size=200" for resource in RESOURCES]
    urls.append(f"{API}/journeys/{ours['journeys'].pk}/map/")
    api.get(f"{API}/")  # the token's first use is noted
    before = {url: queries(api, url) for url in urls}

    thirty_more(ours, by_bob)

    for url in urls:
        count, body = queries(api, url)
        assert count == before[url][0], url
        assert count <= (24 if "map" in url else 5), url
        if "notes" in url:
            assert body["count"] == before[url][1]["count"] + 30


def thirty_more(ours, by):
    from collaboration.services import create_comment
    from insights import services as learning
    from touchpoints import services as meeting
    from touchpoints.walks import answer_step, start_walk
    from workshops import deciding
    from workshops import services as working

    stage, lane, workshop = ours["stages"], ours["lanes"], ours["workshops"]
    workspace = ours["workspaces"]
    with stage.board.editing(by=by), workshop.editing(by=by):
        for number in range(30):
            words = f"Number {number}"
            services.create_note(stage=stage, lane=lane, text=words, by=by)
            services.create_stage(ours["journeys"], title=words, by=by)
            services.create_persona(workspace, name=words, by=by)
            channel = meeting.create_channel(workspace, name=words, by=by)
            meeting.create_touchpoint(stage=stage, title=words, channel=channel, by=by)
            answer_step(start_walk(ours["journeys"], by=by), stage=stage, score=3, by=by)
            source = learning.create_source(workspace, name=words, kind="visit", by=by)
            learning.collect_insight(stage=stage, source=source, text=words, by=by)
            create_comment(ours["journeys"], target=stage, body=words, by=by,
                           parent=ours["comments"])  # fmt: skip
            working.add_participant(workshop, name=words, by=by)
            problem = working.add_contribution(workshop, text=words, by=by)
            proposal = deciding.add_proposal(workshop, title=words, solves=problem, by=by)
            deciding.rate_proposal(proposal, feasibility=1, effect=2, by=by)
            deciding.add_action(workshop, title=words, proposal=proposal, by=by)


def test_a_get_writes_nothing(api_of, bob, ours):
    """But for the day on which a token was used last, and who read an interview."""
    api = api_of(bob)
    api.get(f"{API}/journeys/")
    urls = [f"{API}/{resource}/" for resource in RESOURCES]
    urls += [f"{API}/{resource}/{ours[resource].pk}/" for resource in RESOURCES]

    for url in [*urls, f"{API}/", f"{API}/journeys/{ours['journeys'].pk}/map/"]:
        with CaptureQueriesContext(connection) as captured:
            api.get(url)
        read_log = 'INSERT INTO "insights_interviewreading"'
        written = [
            one["sql"] for one in captured if not one["sql"].startswith(("SELECT", read_log))
        ]
        assert written == [], url
