"""Programs that speak for the cast, and a journey to speak about."""

import pytest
from rest_framework.test import APIClient

from teams.access import actor_in


@pytest.fixture
def api_of():
    """`api_of(alice)`: a program with a token of Alice; `api_of(None)`: one without."""
    from teams.services import create_token

    def sign_in(user=None) -> APIClient:
        client = APIClient()
        if user is not None:
            _token, secret = create_token(name="Script", by=user)
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return sign_in


@pytest.fixture
def by_bob(bob, nordlys):
    return actor_in(bob, nordlys)


@pytest.fixture
def journey(by_bob, nordlys):
    """With three stages and the standard lanes."""
    from journeys.services import create_journey
    from journeys.starters import STARTERS

    starter = STARTERS["before-during-after"]
    return create_journey(nordlys, title="A first order", starter=starter, by=by_bob)


@pytest.fixture
def stage(journey):
    from journeys.models import Stage

    return Stage.objects.filter(board=journey).first()


@pytest.fixture
def lane(journey):
    from journeys.models import Lane

    return Lane.objects.get(board=journey, kind="does")


@pytest.fixture
def note(stage, lane, by_bob):
    from journeys.services import create_note

    return create_note(stage=stage, lane=lane, text="Asks a colleague", by=by_bob)


@pytest.fixture
def persona(nordlys, by_bob):
    from journeys.services import create_persona

    return create_persona(nordlys, name="Karin", by=by_bob)


@pytest.fixture
def foreign(charlie, other):
    """What Charlie has in the other workspace: a journey with one of everything."""
    from journeys import services
    from journeys.models import Lane, Stage
    from journeys.starters import STARTERS

    by = actor_in(charlie, other)
    journey = services.create_journey(
        other, title="Their secret plan", starter=STARTERS["before-during-after"], by=by
    )
    stage = Stage.objects.filter(board=journey).first()
    lane = Lane.objects.get(board=journey, kind="does")
    persona = services.create_persona(other, name="Their secret customer", by=by)
    services.attach_persona(journey, persona, by=by)
    return {
        "workspaces": other,
        "memberships": other.memberships.get(),
        "journeys": journey,
        "stages": stage,
        "lanes": lane,
        "notes": services.create_note(stage=stage, lane=lane, text="Their secret", by=by),
        "personas": persona,
        "emotions": services.record_emotion(stage, persona=persona, score=1, by=by),
    }
