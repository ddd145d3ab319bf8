"""Whatever a participant asks for: nothing outside the workshop, and nothing that the running
activity does not open. Every address and every resource, in a table."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.api.test_access import API, RESOURCES
from tests.guards.routes import routes, values_on
from tests.workshops.doors import join, open_door
from workshops.agenda import add_agenda_item
from workshops.agenda_models import Act
from workshops.leading import start_activity
from workshops.models import Contribution, Workshop

pytestmark = pytest.mark.django_db
OUTSIDE = {302, 401, 403, 404, 405}
WRITES = ("INSERT", "UPDATE", "DELETE")
OF_THE_REQUEST = ("django_session", "idempotentanswer", "shared_cache")

OPENS = {
    Act.ADD: {
        "workshops/<int:board_id>/columns/<int:key>/add/",
        "workshops/<int:board_id>/contributions/<int:contribution_id>/edit/",
        "workshops/<int:board_id>/contributions/<int:contribution_id>/move/",
        "workshops/<int:board_id>/contributions/<int:contribution_id>/delete/",
        "workshops/<int:board_id>/mine/<str:kind>/add/",
        "workshops/<int:board_id>/mine/<str:kind>/<int:number>/edit/",
        "workshops/<int:board_id>/mine/<str:kind>/<int:number>/delete/",
    },
    Act.COMMENT: {"boards/<int:board_id>/comments/new/"},
    Act.PROPOSE: {
        "workshops/<int:board_id>/proposals/add/",
        "workshops/<int:board_id>/mine/propose/",
    },
    Act.VOTE: {"workshops/<int:board_id>/contributions/<int:contribution_id>/vote/"},
    Act.RATE: {"workshops/<int:board_id>/proposals/<int:proposal_id>/rate/"},
    Act.GROUP: {
        "workshops/<int:board_id>/contributions/<int:contribution_id>/group/",
        "workshops/<int:board_id>/clusters/add/",
        "workshops/<int:board_id>/clusters/<int:cluster_id>/edit/",
        "workshops/<int:board_id>/clusters/<int:cluster_id>/delete/",
    },
}
"""The addresses at which a participant writes while an activity opens this act and nothing else."""

ACTS = [None, *Act]


def run_with(workshop, act, by):
    """An activity runs that opens this act to participants, and no other."""
    opened = {f"may_{one.value}": one == act for one in Act}
    item = add_agenda_item(workshop, kind="collect", **opened, by=by)
    start_activity(item, by=by)


@pytest.fixture
def guest(full_workshop, as_bob, client_of):
    """A phone in the workshop, with a note of its own."""
    browser = client_of(None)
    assert join(browser, open_door(full_workshop, as_bob)).status_code == 302
    sent = {"kind": "problem", "text": "My own"}
    assert browser.post(f"/workshops/{full_workshop.pk}/columns/0/add/", sent).status_code == 200
    return browser


@pytest.fixture
def values(guest, full_workshop):
    """Of the notes the guest's own."""
    own = Contribution.objects.get(text="My own")
    mine = {"kind": "notes", "number": own.pk, "key": 0, "contribution_id": own.pk}
    return values_on(full_workshop) | mine


@pytest.fixture
def sent(values, full_workshop):
    """What satisfies every form."""
    return {
        "kind": "problem", "text": "Other", "initial-text": "My own", "initial-kind": "problem",
        "title": "Other", "name": "Other", "department": "Other", "body": "Other",
        "type": "contribution", "id": values["contribution_id"], "direction": "up",
        "feasibility": "3", "effect": "3", "phase": "rate", "state": "open", "minutes": "5",
        "act": "pause", "status": "kept", "stage": "", "starts_at": "2026-12-01T10:00",
        "seat": "", "count": "1", "about": "on", "cluster": "", "role": "owner", "label": "Mine",
    }  # fmt: skip


def writes_of(ask, *about):
    """(the answer, whether anything was written); then all is as before."""
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        answer = ask(*about)
        transaction.set_rollback(True)
    written = any(
        query["sql"].startswith(WRITES) and not any(name in query["sql"] for name in OF_THE_REQUEST)
        for query in queries.captured_queries
    )
    return answer, written and answer.status_code < 400


def is_of_boards(route) -> bool:
    return route.path.startswith(("workshops/<int:board_id>", "boards/<int:board_id>"))


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_a_guest_writes_only_what_the_running_activity_opens(
    act, guest, values, sent, full_workshop, as_bob
):
    run_with(full_workshop, act, as_bob)
    version = Workshop.objects.get(pk=full_workshop.pk).version
    wrote, failed = set(), []
    for route in [route for route in routes() if is_of_boards(route)]:
        answer, written = writes_of(guest.post, route.address(values), sent)
        failed += [(route.path, answer.status_code)] if answer.status_code >= 500 else []
        wrote |= {route.path} if written else set()

    assert failed == []
    assert wrote <= OPENS.get(act, set())
    assert act not in {Act.ADD, Act.COMMENT, Act.PROPOSE, Act.GROUP} or wrote
    assert Workshop.objects.get(pk=full_workshop.pk).version == version


def test_a_guest_reads_without_a_trace(guest, values, full_workshop, as_bob):
    for route in [route for route in routes() if is_of_boards(route)]:
        answer, written = writes_of(guest.get, route.address(values))
        assert answer.status_code in {200, 204, 205, 302, 400, 403, 404, 405}, route.path
        assert not written, route.path


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guest_does_nothing_outside_the_workshop(method, guest, journey, sent, full_workshop):
    """No page of the workspace, of its journey, or of anything else than what all may see."""
    values = values_on(journey)
    found = {}
    for route in routes():
        if route.access == "public":
            continue
        answer, written = writes_of(getattr(guest, method), route.address(values), sent)
        if answer.status_code not in OUTSIDE or written:
            found[route.path] = answer.status_code
    assert found == {}


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_guest_has_no_program(resource, guest):
    for method in ("get", "post"):
        assert getattr(guest, method)(f"{API}/{resource}/").status_code == 401
