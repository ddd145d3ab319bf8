"""A map of Nordlys with a lane of touchpoints, a map of strangers beside it, and who acts."""

import pytest


@pytest.fixture
def by_bob(bob, nordlys):
    from teams.access import actor_in

    return actor_in(bob, nordlys)


@pytest.fixture
def by_charlie(charlie, other):
    from teams.access import actor_in

    return actor_in(charlie, other)


@pytest.fixture
def journey(nordlys, by_bob):
    from journeys.services import create_journey
    from journeys.starters import STARTERS

    starter = STARTERS["before-during-after"]
    return create_journey(nordlys, title="Buying sunglasses", starter=starter, by=by_bob)


@pytest.fixture
def stages(journey):
    from journeys.models import Stage

    return list(Stage.objects.filter(board=journey.pk).order_by("position"))


@pytest.fixture
def lane(journey):
    from journeys.models import Lane

    return Lane.objects.get(board=journey.pk, kind="touchpoints")


@pytest.fixture
def foreign_journey(other, by_charlie):
    from journeys.services import create_journey
    from journeys.starters import STARTERS

    starter = STARTERS["before-during-after"]
    return create_journey(other, title="A secret of strangers", starter=starter, by=by_charlie)


@pytest.fixture
def foreign_stage(foreign_journey):
    from journeys.models import Stage

    return Stage.objects.filter(board=foreign_journey.pk).order_by("position").first()


@pytest.fixture
def website(nordlys, by_bob):
    from touchpoints.services import create_channel

    return create_channel(nordlys, name="Website", by=by_bob)


@pytest.fixture
def shop(nordlys, by_bob):
    from touchpoints.services import create_channel

    return create_channel(nordlys, name="Street shop", online=False, by=by_bob)


@pytest.fixture
def foreign_channel(other, by_charlie):
    from touchpoints.services import create_channel

    return create_channel(other, name="Secret channel", by=by_charlie)
