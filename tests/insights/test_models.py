"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from collaboration.editing import OutsideEditing
from collaboration.ordering import positions
from insights.models import Evidence, Insight, Source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"quote": ""}, "insight_says_something"),
        ({"strength": 0}, "insight_strength_1_to_3"),
        ({"strength": 4}, "insight_strength_1_to_3"),
        ({"kind": "gossip"}, "insight_of_a_known_kind"),
    ],
)
def test_database_refuses_insight(nordlys, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Insight.objects.create(workspace=nordlys, **{"quote": "Too dear.", **values})


def test_database_refuses_same_source_name_in_other_capitals(nordlys, other, interviews):
    Source.objects.create(workspace=other, name="interviews in SPRING")
    for name, kind, constraint in (
        ("interviews in SPRING", "survey", "source_name_once"),
        ("", "survey", "source_has_a_name"),
        ("Rumours", "rumour", "source_of_a_known_kind"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Source.objects.create(workspace=nordlys, name=name, kind=kind)


def test_database_refuses_an_insight_twice_on_a_stage(journey, stages, evidence, by_bob):
    again = Evidence(
        board=journey, stage=stages[1], insight=evidence.insight, position=positions(9)[-1]
    )
    with (
        pytest.raises(IntegrityError, match="insight_once_a_place"),
        journey.editing(by=by_bob),
    ):
        again.save()


def test_evidence_is_written_only_through_its_board(evidence, stages):
    evidence.stage = stages[0]
    with pytest.raises(OutsideEditing):
        evidence.save()
    with pytest.raises(OutsideEditing):
        evidence.delete()


def test_workspace_goes_with_its_library_and_maps(nordlys, evidence):
    nordlys.delete()
    assert not Evidence.objects.exists()
    assert not Insight.objects.exists()
    assert not Source.objects.exists()
