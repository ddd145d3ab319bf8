"""A small journey of `nordlys`, and one that only Charlie may see."""

import pytest

from journeys.models import Journey, Lane, Stage
from journeys.services import create_journey, create_note
from journeys.starters import STARTERS
from teams.access import actor_in


@pytest.fixture
def as_bob(bob, nordlys):
    return actor_in(bob, nordlys)


@pytest.fixture
def as_alice(alice, nordlys):
    return actor_in(alice, nordlys)


@pytest.fixture
def journey(nordlys, as_bob) -> Journey:
    return create_journey(
        nordlys, title="Buying software", starter=STARTERS["seven-stages"], by=as_bob
    )


@pytest.fixture
def stages(journey) -> list[Stage]:
    return list(Stage.objects.filter(board=journey.pk).order_by("position"))


@pytest.fixture
def thinks(journey) -> Lane:
    return Lane.objects.get(board=journey.pk, kind="thinks")


@pytest.fixture
def feels(journey) -> Lane:
    return Lane.objects.get(board=journey.pk, kind="feels")


@pytest.fixture
def note(stages, thinks, as_bob):
    return create_note(stage=stages[0], lane=thinks, text="Do we need this?", by=as_bob)


@pytest.fixture
def secret(other, charlie) -> Journey:
    """Another workspace's journey with a note that must never show."""
    by = actor_in(charlie, other)
    journey = create_journey(other, title="Secret plan", starter=STARTERS["seven-stages"], by=by)
    stage = Stage.objects.filter(board=journey.pk).first()
    lane = Lane.objects.filter(board=journey.pk, kind="thinks").first()
    create_note(stage=stage, lane=lane, text="Secret thought", by=by)
    return journey
