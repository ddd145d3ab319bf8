"""Our own activities: what the service refuses, what the page shows, what is undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from collaboration.editing import OutsideEditing, Refused
from collaboration.live import Viewer, render_changes
from collaboration.models import Board, Change
from collaboration.undo import undo
from journeys.models import Journey
from journeys.reshape import merge_stages
from journeys.services import delete_stage
from teams.access import actor_in
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from touchpoints import services as touchpoint_services
from touchpoints.activities import (
    create_activity,
    decide_activity,
    delete_activity,
    save_activity,
)
from touchpoints.activity_page import activities_html, effort_of
from touchpoints.models import Activity

pytestmark = pytest.mark.django_db


def url(name, journey, *ids):
    return reverse(f"touchpoints:{name}", args=[journey.pk, *ids])


@pytest.fixture
def mailing(journey, stages, shop, by_bob):
    return create_activity(
        journey, title="Mailing", stage=stages[0], channel=shop, hours_per_month=12, by=by_bob
    )


def stored(activity):
    return Activity.objects.get(pk=activity.pk)


def page(journey):
    found = Journey.objects.get(pk=journey.pk)
    viewer = Viewer(Role.EDITOR, "en", view="activities")
    return f"<main>{activities_html(found, effort_of(found), viewer)}</main>"


def test_effort_is_summed_by_stage_and_what_is_planned_is_not_counted(
    journey, stages, mailing, by_bob
):
    more = {"stage": stages[0], "by": by_bob}
    create_activity(journey, title="Stand", hours_per_month=8.5, cost_per_month=400, **more)
    create_activity(
        journey, title="Films", hours_per_month=40, decision="start", decision_reason="Gap", **more
    )
    create_activity(journey, title="Newsletter", hours_per_month=3, by=by_bob)
    effort = effort_of(journey)
    assert [(group.stage, group.hours, group.cost) for group in effort.groups] == [
        (stages[0], 20.5, 400), (stages[1], 0, 0), (stages[2], 0, 0), (None, 3, 0),
    ]  # fmt: skip
    assert effort.hours == 23.5


def test_a_decision_needs_its_reason_and_stands_in_the_history(journey, mailing, by_bob):
    with pytest.raises(Refused, match="reason"):
        decide_activity(mailing, decision="drop", reason="", by=by_bob)
    activity = stored(mailing)
    decide_activity(activity, decision="drop", reason="Nobody reads it", by=by_bob)
    change = Change.objects.filter(item_type="activity").last()
    assert change.after == {"decision": "drop", "decision_reason": "Nobody reads it"}
    decide_activity(activity, decision="", reason="ignored", by=by_bob)
    assert (stored(activity).decision, stored(activity).decision_reason) == ("", "")


def test_stage_that_goes_leaves_its_activities_and_undo_ties_them_again(
    journey, stages, mailing, by_bob
):
    delete_stage(stages[0], by=by_bob)
    assert stored(mailing).stage is None
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=by_bob)
    assert stored(mailing).stage == stages[0]


def test_merged_stages_bring_their_activities_together(journey, stages, by_bob):
    made = create_activity(journey, title="Mailing", stage=stages[1], by=by_bob)
    merge_stages(stages[0], by=by_bob)
    assert stored(made).stage == stages[0]


def test_foreign_stage_and_channel_are_refused(
    journey, foreign_stage, foreign_channel, mailing, by_bob
):
    mailing.stage = foreign_stage
    with pytest.raises(Refused):
        save_activity(mailing, by=by_bob)
    mailing.stage, mailing.channel = None, foreign_channel
    with pytest.raises(Refused):
        save_activity(mailing, by=by_bob)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"title": ""}, "activity_has_a_title"),
        ({"hours_per_month": -1}, "activity_hours_not_less_than_none"),
        ({"cost_per_month": -1}, "activity_money_not_less_than_none"),
    ],
)
def test_database_refuses(journey, by_bob, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        create_activity(journey, **{"title": "Mailing", **values}, by=by_bob)


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_write_nothing(request, nordlys, journey, mailing, who):
    actor = actor_in(request.getfixturevalue(who), nordlys)
    for write in (
        lambda: create_activity(journey, title="No", by=actor),
        lambda: save_activity(mailing, by=actor),
        lambda: decide_activity(mailing, decision="drop", reason="No", by=actor),
        lambda: delete_activity(mailing, by=actor),
    ):
        with pytest.raises(PermissionDenied):
            write()
    with pytest.raises(OutsideEditing):
        mailing.save()


def test_channel_of_an_activity_is_not_deleted_and_its_new_name_redraws(
    journey, mailing, shop, by_bob
):
    with pytest.raises(touchpoint_services.ChannelInUse, match="Buying sunglasses"):
        touchpoint_services.delete_channel(shop, by=by_bob)
    before = Board.objects.get(pk=journey.pk).version
    shop.name = "Shop in town"
    touchpoint_services.change_channel(shop, by=by_bob)
    assert stored(mailing).version == before + 1


# --- The page --------------------------------------------------------------------------------
def test_adding_and_editing_on_the_page(client_of, bob, journey, stages, shop):
    client = client_of(bob)
    sent = {"title": "Stand", "stage": stages[1].pk, "channel": shop.pk, "hours_per_month": "6.5"}
    headers = {"Board-View": "activities"}
    answer = client.post(url("activity_create", journey), sent, headers=headers)
    made = Activity.objects.get()
    assert 'hx-target="#activities"' in answer.content.decode()
    assert (made.title, made.stage, made.hours_per_month) == ("Stand", stages[1], 6.5)
    client.post(
        url("activity_edit", journey, made.pk),
        {"title": "Stand at the fair", "initial-title": "Stand"},
    )
    assert stored(made).title == "Stand at the fair"
    assert stored(made).stage == stages[1]
    undecided = client.post(
        url("activity_edit", journey, made.pk), {"decision": "keep", "initial-decision": ""}
    )
    assert undecided.status_code == 422
    assert "Give the reason" in undecided.content.decode()


def test_foreign_stage_is_no_choice(client_of, bob, journey, foreign_stage):
    sent = {"title": "Stand", "stage": foreign_stage.pk}
    assert client_of(bob).post(url("activity_create", journey), sent).status_code == 422
    assert not Activity.objects.exists()


def test_viewer_reads_and_finds_nothing_to_press(client_of, victor, journey, mailing):
    html = client_of(victor).get(url("activities", journey)).content.decode()
    assert "Mailing" in html
    assert "hx-post" not in html


ACTS = {
    "create": lambda c: create_activity(c["journey"], title="New", by=c["by"]),
    "decide": lambda c: decide_activity(c["mailing"], decision="drop", reason="Why", by=c["by"]),
    "delete": lambda c: delete_activity(c["mailing"], by=c["by"]),
    "delete_stage": lambda c: delete_stage(c["stages"][0], by=c["by"]),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_page_with_its_pieces_is_the_page_reloaded(journey, stages, mailing, by_bob, act):
    before, since = page(journey), Board.objects.get(pk=journey.pk).version
    ACTS[act]({"journey": journey, "stages": stages, "mailing": mailing, "by": by_bob})
    board = Board.objects.get(pk=journey.pk)
    viewer = Viewer(Role.EDITOR, "en", view="activities")
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page(journey)))
    assert text_of(patched) != text_of(tree_of(before))
