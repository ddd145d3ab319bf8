"""A library of Nordlys, one of strangers, and a map to put insights on."""

import pytest

from tests.touchpoints.conftest import (  # noqa: F401
    by_bob,
    by_charlie,
    foreign_journey,
    foreign_stage,
    journey,
    stages,
    website,
)


@pytest.fixture
def lane(journey):  # noqa: F811
    from journeys.models import Lane

    return Lane.objects.get(board=journey.pk, kind="insights")


@pytest.fixture
def interviews(nordlys, by_bob):  # noqa: F811
    from insights.services import create_source

    return create_source(nordlys, name="Interviews in spring", kind="interview", by=by_bob)


@pytest.fixture
def foreign_source(other, by_charlie):  # noqa: F811
    from insights.services import create_source

    return create_source(other, name="Secret interviews", kind="interview", by=by_charlie)


@pytest.fixture
def insight(nordlys, interviews, by_bob):  # noqa: F811
    from insights.services import create_insight

    return create_insight(
        nordlys,
        kind="barrier",
        quote="I typed my card number three times.",
        source=interviews,
        by=by_bob,
    )


@pytest.fixture
def foreign_insight(other, by_charlie):  # noqa: F811
    from insights.services import create_insight

    return create_insight(other, kind="need", quote="Nobody may read this.", by=by_charlie)


@pytest.fixture
def evidence(insight, stages, by_bob):  # noqa: F811
    """The insight on the second stage of the map."""
    from insights.services import attach_insight

    return attach_insight(insight, stage=stages[1], by=by_bob)
