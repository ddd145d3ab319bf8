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


@pytest.fixture
def scene(journey, stages, thinks, feels, note, nordlys, as_bob):
    """All that the acts of test_page change."""
    from datetime import date

    from journeys import measuring, pictures, services
    from tests.drawn import picture_file

    services.record_emotion(stages[0], persona=None, score=-1, by=as_bob)
    shown = services.create_persona(nordlys, name="Mette", by=as_bob)
    services.attach_persona(journey, shown, by=as_bob)
    speaker = services.create_persona(nordlys, name="Erik", by=as_bob)
    services.attach_persona(journey, speaker, by=as_bob)
    for kind in ("metric", "business_goal", "backstage"):
        services.create_lane(journey, kind=kind, by=as_bob)
    metric = measuring.create_metric(stage=stages[1], name="NPS", kind="nps", target=20, by=as_bob)
    measuring.record_point(metric, day=date(2026, 1, 1), value=10, by=as_bob)
    gallery = services.create_lane(journey, kind="image", by=as_bob)
    picture = pictures.create_picture(
        stage=stages[2], lane=gallery, file=picture_file(), alt="A window", by=as_bob
    )
    return {
        "journey": journey,
        "gallery": gallery,
        "point": measuring.record_point(
            measuring.create_metric(stage=stages[4], name="Other", kind="ces", by=as_bob),
            day=date(2026, 1, 1),
            value=3,
            by=as_bob,
        ),
        "picture": picture,
        "metric": metric,
        "stages": stages,
        "thinks": thinks,
        "feels": feels,
        "note": note,
        "persona": services.create_persona(nordlys, name="Jonas", by=as_bob),
        "shown": shown,
        "speaker": speaker,
        "by": as_bob,
    }
