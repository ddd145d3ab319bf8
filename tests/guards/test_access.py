"""Case 55: every route declares who may use it, and holds to it for everybody."""

import pytest

from tests.guards.routes import Route, routes

pytestmark = pytest.mark.django_db
ROUTES = routes()
RANKS = ["viewer", "commenter", "editor", "owner"]
PEOPLE = ["outsider", *RANKS]
REFUSED = {302, 401, 403, 404}


def name_of(route: Route) -> str:
    return route.path or "dashboard"


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_every_route_declares_its_access(route):
    known = {
        "public",
        "signed-in",
        *(f"{of}:{rank}" for of in ("workspace", "board") for rank in RANKS),
    }
    assert route.access in known


@pytest.mark.parametrize("route", [r for r in ROUTES if r.access != "public"], ids=name_of)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_signing_in(route, method, scene, client_of):
    answer = getattr(client_of(None), method)(scene.address(route))
    assert answer.status_code in {302, 405}
    if answer.status_code == 302:
        assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("route", [r for r in ROUTES if "board_id" in r.parameters], ids=name_of)
@pytest.mark.parametrize("method", ["get", "post"])
def test_case_56_a_stranger_is_told_nothing_of_a_board(route, method, scene, client_of):
    answer = getattr(client_of(scene.people["outsider"]), method)(scene.address(route))
    assert answer.status_code in {404, 405}
    assert "Nordlys" not in answer.content.decode()


def lower_roles() -> list[tuple[Route, str]]:
    return [
        (route, person)
        for route in ROUTES
        if route.access and ":" in route.access
        for person in RANKS[: RANKS.index(route.access.split(":")[1])]
    ]


@pytest.mark.parametrize(
    ("route", "person"),
    lower_roles(),
    ids=lambda part: part if isinstance(part, str) else name_of(part),
)
def test_a_lower_role_is_refused_in_words(route, person, scene, client_of):
    client = client_of(scene.people[person])
    for method in ("get", "post"):
        answer = getattr(client, method)(scene.address(route))
        assert answer.status_code in {403, 405}
        if answer.status_code == 403:
            assert answer.content.strip()


@pytest.mark.parametrize("route", [r for r in ROUTES if r.access != "public"], ids=name_of)
def test_case_77_a_get_runs_select_only(route, scene, client_of, django_assert_max_num_queries):
    client = client_of(scene.people["owner"])
    with django_assert_max_num_queries(60) as queries:
        answer = client.get(scene.address(route))
    assert answer.status_code in {200, 204, 205, 302, 403, 404, 405}
    written = [
        query["sql"]
        for query in queries.captured_queries
        if query["sql"].split(None, 1)[0] in {"INSERT", "UPDATE", "DELETE"}
        and "django_session" not in query["sql"]
    ]
    assert written == []


@pytest.mark.parametrize("route", [r for r in ROUTES if "board_id" in r.parameters], ids=name_of)
def test_case_82_huge_ids_are_not_found(route, scene, client_of):
    values = dict.fromkeys(route.parameters, 10**20)
    assert client_of(scene.people["owner"]).get(route.address(values)).status_code in {404, 405}
