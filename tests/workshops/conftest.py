"""A workshop on a journey of `nordlys`, who acts on it, and one that only Charlie may see."""

import pytest

from journeys.models import Journey
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.cast import member
from tests.workshops import scenes
from workshops import agenda, deciding, services
from workshops.agendas import HALF_DAY
from workshops.models import Workshop


@pytest.fixture
def acting():
    """`acting(bob)`: Bob as the actor that he is in his only workspace."""
    return lambda user: actor_in(user, user.workspaces.get())


@pytest.fixture
def as_bob(acting, bob):
    return acting(bob)


@pytest.fixture
def journey(nordlys, as_bob) -> Journey:
    return create_journey(
        nordlys, title="Buying software", starter=STARTERS["seven-stages"], by=as_bob
    )


@pytest.fixture
def workshop(journey, as_bob) -> Workshop:
    """Nothing on it but the seven stages."""
    return services.create_workshop(journey, title="First session", by=as_bob)


@pytest.fixture
def full_workshop(journey, as_bob) -> Workshop:
    scenes.feel(journey, by=as_bob)
    return scenes.full_workshop(journey, by=as_bob)


@pytest.fixture
def secret(other, charlie, acting) -> Workshop:
    """Another workspace's workshop with things that must never show."""
    by = acting(charlie)
    journey = create_journey(other, title="Secret plan", starter=STARTERS["seven-stages"], by=by)
    return scenes.full_workshop(journey, by=by)


@pytest.fixture
def as_dora(nordlys, acting):
    return acting(member("dora@nordlys.example", nordlys, "commenter"))


@pytest.fixture
def session(workshop, as_bob) -> Workshop:
    """With an agenda, three problems and two proposals."""
    agenda.use_agenda(workshop, HALF_DAY, by=as_bob)
    for text in ("No price", "No answer", "No manual"):
        services.add_contribution(workshop, text=text, by=as_bob)
    for title in ("Publish the price", "Open the chat"):
        deciding.add_proposal(workshop, title=title, by=as_bob)
    return workshop
