"""A program of somebody who takes part in a workshop does what the running activity opens."""

import pytest

from tests.api.bodies import BODIES, PATCHES
from tests.api.test_access import API
from tests.workshops.test_endpoints import ACTS, run_with, writes_of
from workshops.agenda_models import Act

pytestmark = pytest.mark.django_db

RESOURCES_OPENED = {
    Act.ADD: {"contributions"},
    Act.COMMENT: set(),
    Act.PROPOSE: {"proposals"},
    Act.VOTE: {"votes"},
    Act.RATE: {"ratings"},
    Act.GROUP: {"clusters"},
}
ON_WORKSHOPS = sorted(
    {
        "action-goals", "actions", "agenda-items", "clusters", "contributions", "participants",
        "proposals", "ratings", "shown-cases", "votes", "workshops",
    }
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_a_members_program_writes_only_what_the_running_activity_opens(
    act,
    api_of,
    ours,
    by_bob,
    carol,
):
    """Everything is Bob's, so of Carol's acts only those that make something new are open."""
    run_with(ours["workshops"], act, by_bob)
    program, made, changed = api_of(carol), set(), set()
    for resource in ON_WORKSHOPS:
        one = f"{API}/{resource}/{ours[resource].pk}/"
        if resource != "workshops":
            body = BODIES[resource](ours)
            answer, _written = writes_of(program.post, f"{API}/{resource}/", body)
            made |= {resource} if answer.status_code < 400 else set()
        for ask, *rest in ((program.patch, PATCHES.get(resource, {})), (program.delete,)):
            _answer, written = writes_of(ask, one, *rest)
            changed |= {resource} if written else set()

    assert made <= RESOURCES_OPENED.get(act, set())
    assert changed - {"clusters"} == set()
