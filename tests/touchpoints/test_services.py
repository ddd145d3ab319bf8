import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from collaboration.limits import LimitReached
from collaboration.models import Change
from collaboration.undo import next_undo, undo
from journeys.services import create_journey, delete_journey
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.collaboration.scenes import at_most
from touchpoints import services
from touchpoints.models import Channel, Touchpoint
from touchpoints.selectors import channels_of, channels_with_use

pytestmark = pytest.mark.django_db


def titles(stage):
    return list(stage.touchpoints.order_by("position").values_list("title", flat=True))


@pytest.fixture
def three(stages, by_bob):
    return [
        services.create_touchpoint(stage=stages[0], title=title, by=by_bob)
        for title in ("Advertisement", "Search", "Friend")
    ]


# --- Touchpoints ---------------------------------------------------------------------------
def test_touchpoint_is_recorded_with_who_made_it(journey, stages, website, by_bob):
    touchpoint = services.create_touchpoint(
        stage=stages[1], title="Checkout", channel=website, moment_of_truth=True, by=by_bob
    )
    change = Change.objects.get(board=journey.pk, item_type="touchpoint")
    assert (change.action, change.item_id, change.actor) == ("create", touchpoint.pk, by_bob.user)
    assert change.after["channel_id"] == website.pk
    assert change.after["moment_of_truth"] is True


def test_touchpoint_goes_before_another_or_last(stages, three, by_bob):
    services.create_touchpoint(stage=stages[0], title="First", before=three[0], by=by_bob)
    services.create_touchpoint(stage=stages[0], title="Last", by=by_bob)
    assert titles(stages[0]) == ["First", "Advertisement", "Search", "Friend", "Last"]


def test_moving_within_a_stage_writes_one_row(journey, stages, three, by_bob):
    services.move_touchpoint(three[2], stage=stages[0], before=three[0], by=by_bob)
    journey.refresh_from_db()
    assert titles(stages[0]) == ["Friend", "Advertisement", "Search"]
    changes = Change.objects.filter(board=journey.pk, version=journey.version)
    assert [(change.item_id, list(change.after)) for change in changes] == [
        (three[2].pk, ["position"])
    ]


def test_moving_to_another_stage_and_back_by_undo(journey, stages, three, by_bob):
    services.move_touchpoint(three[0], stage=stages[2], by=by_bob)
    assert (titles(stages[0]), titles(stages[2])) == (["Search", "Friend"], ["Advertisement"])
    journey.refresh_from_db()
    undo(journey, journey.version, by=by_bob)
    assert (titles(stages[0]), titles(stages[2])) == (["Advertisement", "Search", "Friend"], [])


@pytest.mark.parametrize(
    ("index", "direction", "expected"),
    [
        (0, "down", ["Search", "Advertisement", "Friend"]),
        (1, "down", ["Advertisement", "Friend", "Search"]),
        (2, "down", ["Advertisement", "Search", "Friend"]),
        (0, "up", ["Advertisement", "Search", "Friend"]),
        (2, "up", ["Advertisement", "Friend", "Search"]),
        (0, "left", ["Advertisement", "Search", "Friend"]),
        (0, "right", ["Search", "Friend"]),
    ],
)
def test_stepping_with_the_keyboard(stages, three, by_bob, index, direction, expected):
    services.step_touchpoint(three[index], direction=direction, by=by_bob)
    assert titles(stages[0]) == expected


def test_deleting_can_be_undone(journey, stages, three, by_bob):
    services.delete_touchpoint(three[1], by=by_bob)
    assert titles(stages[0]) == ["Advertisement", "Friend"]
    journey.refresh_from_db()
    undo(journey, journey.version, by=by_bob)
    assert titles(stages[0]) == ["Advertisement", "Search", "Friend"]


def test_stage_is_full_at_its_limit(stages, by_bob, monkeypatch):
    at_most(monkeypatch, Touchpoint, 1)
    services.create_touchpoint(stage=stages[0], title="Advertisement", by=by_bob)
    with pytest.raises(LimitReached, match="at most 1 touchpoints"):
        services.create_touchpoint(stage=stages[0], title="Search", by=by_bob)
    assert titles(stages[0]) == ["Advertisement"]


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_write_nothing(request, nordlys, stages, three, website, who):
    actor = actor_in(request.getfixturevalue(who), nordlys)
    writes = [
        lambda: services.create_touchpoint(stage=stages[0], title="No", by=actor),
        lambda: services.save_touchpoint(three[0], by=actor),
        lambda: services.move_touchpoint(three[0], stage=stages[1], by=actor),
        lambda: services.step_touchpoint(three[0], direction="right", by=actor),
        lambda: services.delete_touchpoint(three[0], by=actor),
        lambda: services.starter_channels(nordlys, by=actor),
        lambda: services.create_channel(nordlys, name="No", by=actor),
        lambda: services.change_channel(website, by=actor),
        lambda: services.delete_channel(website, by=actor),
    ]
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()
    assert titles(stages[0]) == ["Advertisement", "Search", "Friend"]
    assert [channel.name for channel in channels_of(nordlys)] == ["Website"]


# --- Channels ------------------------------------------------------------------------------
def test_starter_channels_come_once_and_in_the_language_in_force(nordlys, by_bob):
    with translation.override("en"):
        first = services.starter_channels(nordlys, by=by_bob)
        again = services.starter_channels(nordlys, by=by_bob)
    assert first == again
    assert ("Website", True) in [(channel.name, channel.online) for channel in first]
    assert ("Phone", False) in [(channel.name, channel.online) for channel in first]


def test_workspace_with_channels_gets_no_starters(nordlys, website, by_bob):
    assert services.starter_channels(nordlys, by=by_bob) == [website]


def test_channel_name_is_taken_in_any_capitals(nordlys, other, website, by_bob, by_charlie):
    with pytest.raises(services.NameTaken):
        services.create_channel(nordlys, name="webSITE", by=by_bob)
    services.create_channel(other, name="webSITE", by=by_charlie)
    assert channels_of(nordlys).count() == 1


def test_renaming_a_channel_redraws_it_on_every_map(nordlys, journey, stages, website, by_bob):
    second = create_journey(nordlys, title="Second", starter=STARTERS["seven-stages"], by=by_bob)
    untouched = create_journey(nordlys, title="Third", starter=STARTERS["seven-stages"], by=by_bob)
    gone = create_journey(nordlys, title="Fourth", starter=STARTERS["seven-stages"], by=by_bob)
    shown = {}
    for board in (journey, second, gone):
        shown[board] = services.create_touchpoint(
            stage=first_stage(board), title="Look around", channel=website, by=by_bob
        )
    delete_journey(gone, by=by_bob)
    boards = (journey, second, untouched, gone)
    before = versions_of(boards)
    website.name = "Our shop online"
    services.change_channel(website, by=by_bob)
    assert versions_of(boards) == [before[0] + 1, before[1] + 1, before[2], before[3]]
    assert Touchpoint.objects.get(pk=shown[second].pk).version == before[1] + 1
    assert Channel.objects.get(pk=website.pk).name == "Our shop online"


def test_undo_passes_by_what_a_renamed_channel_touched(journey, stages, website, by_bob):
    services.create_touchpoint(stage=stages[0], title="Look", channel=website, by=by_bob)
    journey.refresh_from_db()
    created = journey.version
    website.name = "Our shop online"
    services.change_channel(website, by=by_bob)
    assert next_undo(journey, by_bob.user) == created


def test_renaming_to_a_name_in_use_changes_nothing(journey, stages, website, shop, by_bob):
    services.create_touchpoint(stage=stages[0], title="Look", channel=website, by=by_bob)
    before = versions_of([journey])
    website.name = "STREET SHOP"
    with pytest.raises(services.NameTaken):
        services.change_channel(website, by=by_bob)
    assert versions_of([journey]) == before
    assert Channel.objects.get(pk=website.pk).name == "Website"


def test_channel_in_use_is_not_deleted(journey, stages, website, shop, by_bob):
    services.create_touchpoint(stage=stages[0], title="Look", channel=website, by=by_bob)
    with pytest.raises(services.ChannelInUse, match=r"Website.*Buying sunglasses"):
        services.delete_channel(website, by=by_bob)
    services.delete_channel(shop, by=by_bob)
    assert list(Channel.objects.all()) == [website]


def test_channel_used_only_on_a_map_in_the_trash_is_not_deleted(journey, stages, website, by_bob):
    services.create_touchpoint(stage=stages[0], title="Look", channel=website, by=by_bob)
    delete_journey(journey, by=by_bob)
    with pytest.raises(services.ChannelInUse, match="in the trash"):
        services.delete_channel(website, by=by_bob)


def test_channel_deleted_meanwhile_is_told_in_words(journey, stages, website, by_bob):
    touchpoint = services.create_touchpoint(stage=stages[0], title="Look", by=by_bob)
    touchpoint.channel = website
    Channel.objects.filter(pk=website.pk).delete()
    with pytest.raises(services.Refused, match="just been deleted"):
        services.save_touchpoint(touchpoint, by=by_bob)


def test_uses_count_living_maps_alone(nordlys, journey, stages, website, shop, by_bob):
    for title in ("One", "Two"):
        services.create_touchpoint(stage=stages[0], title=title, channel=website, by=by_bob)
    assert {channel.name: channel.uses for channel in channels_with_use(nordlys)} == {
        "Street shop": 0,
        "Website": 2,
    }
    delete_journey(journey, by=by_bob)
    assert {channel.uses for channel in channels_with_use(nordlys)} == {0}


def first_stage(board):
    from journeys.models import Stage

    return Stage.objects.filter(board=board.pk).order_by("position").first()


def versions_of(boards):
    from collaboration.models import Board

    return [Board.objects.get(pk=board.pk).version for board in boards]
