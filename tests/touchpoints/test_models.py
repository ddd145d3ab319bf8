"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from collaboration.editing import OutsideEditing
from touchpoints.models import Channel, Touchpoint
from touchpoints.services import create_touchpoint

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"importance": 0}, "touchpoint_importance_1_to_5"),
        ({"importance": 6}, "touchpoint_importance_1_to_5"),
        ({"satisfaction": 0}, "touchpoint_satisfaction_1_to_5"),
        ({"satisfaction": 6}, "touchpoint_satisfaction_1_to_5"),
        ({"title": ""}, "touchpoint_has_a_title"),
    ],
)
def test_database_refuses_touchpoint(stages, by_bob, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        create_touchpoint(stage=stages[0], **{"title": "Advertisement", **values}, by=by_bob)


def test_database_refuses_two_touchpoints_in_one_position(journey, stages, by_bob):
    first = create_touchpoint(stage=stages[0], title="Advertisement", by=by_bob)
    with (
        pytest.raises(IntegrityError, match="touchpoint_position_once"),
        journey.editing(by=by_bob),
    ):
        Touchpoint(board=journey, stage=stages[0], title="Shelf", position=first.position).save()


def test_database_refuses_same_channel_name_in_other_capitals(nordlys, other, website):
    Channel.objects.create(workspace=other, name="website")
    with pytest.raises(IntegrityError, match="channel_name_once"), transaction.atomic():
        Channel.objects.create(workspace=nordlys, name="WEBSITE")
    with pytest.raises(IntegrityError, match="channel_has_a_name"), transaction.atomic():
        Channel.objects.create(workspace=nordlys, name="")


def test_touchpoint_is_written_only_through_its_board(stages, by_bob):
    touchpoint = create_touchpoint(stage=stages[0], title="Advertisement", by=by_bob)
    touchpoint.title = "Shelf"
    with pytest.raises(OutsideEditing):
        touchpoint.save()
    with pytest.raises(OutsideEditing):
        touchpoint.delete()
    with pytest.raises(OutsideEditing):
        Touchpoint.objects.filter(pk=touchpoint.pk).update(title="Shelf")


def test_touchpoint_lies_in_the_period_of_its_stage(stages, by_bob):
    made = [create_touchpoint(stage=stage, title="Contact", by=by_bob) for stage in stages]
    assert [touchpoint.period for touchpoint in made] == ["before", "during", "after"]


def test_workspace_goes_with_its_maps_and_channels(nordlys, stages, website, by_bob):
    create_touchpoint(stage=stages[0], title="Advertisement", channel=website, by=by_bob)
    nordlys.delete()
    assert not Touchpoint.objects.exists()
    assert not Channel.objects.exists()
