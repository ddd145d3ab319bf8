"""Our activities as a lane of the map, below what customers meet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys.lanes import kind_of
from journeys.models import Journey, Stage
from journeys.page import JourneyPage, grid_html
from journeys.selectors import map_of
from journeys.services import create_lane
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from touchpoints import activities, services
from touchpoints.models import Activity

pytestmark = pytest.mark.django_db

EDITOR = Viewer(Role.EDITOR, "en")
VIEWER = Viewer(Role.VIEWER, "en")


@pytest.fixture
def lane(journey, by_bob):
    return create_lane(journey, kind="activities", by=by_bob)


@pytest.fixture
def mailing(journey, lane, stages, shop, by_bob):
    return activities.create_activity(
        journey, title="Mailing", stage=stages[0], channel=shop, hours_per_month=12, by=by_bob
    )


def grid(journey, viewer=EDITOR):
    return grid_html(map_of(Journey.objects.get(pk=journey.pk)), viewer)


def page(journey, viewer):
    loaded = map_of(Journey.objects.get(pk=journey.pk))
    drawn = JourneyPage().draw(loaded.journey, {"journey-head", "marks"}, viewer)
    return f"<main>{drawn['journey-head']}{grid_html(loaded, viewer)}{drawn['marks']}</main>"


def stored(activity):
    return Activity.objects.get(pk=activity.pk)


def url(name, journey, *ids):
    return reverse(f"touchpoints:{name}", args=[journey.pk, *ids])


def test_a_cell_shows_what_we_do_there_and_what_it_takes(journey, lane, mailing, stages, by_bob):
    activities.decide_activity(mailing, decision="drop", reason="Nobody reads it", by=by_bob)
    activities.create_activity(journey, title="Tied to nothing", by=by_bob)
    cell = grid(journey).split(f'id="cell-{stages[0].pk}-{lane.pk}"')[1].split("</ul>")[0]
    for words in ("Mailing", "Street shop", "12 h a month", "Drop"):
        assert words in cell
    assert "Tied to nothing" not in grid(journey)


def test_viewers_see_it_without_any_way_to_change_it(journey, mailing):
    html = grid(journey, VIEWER)
    assert "Mailing" in html
    assert "hx-get" not in html.split('class="doing"')[1].split("</li>")[0]


def rename(mailing, by):
    activity = stored(mailing)
    activity.title = "Newsletter"
    activities.save_activity(activity, by=by)


def untie(mailing, by):
    activity = stored(mailing)
    activity.stage = None
    activities.save_activity(activity, by=by)


ACTS = {
    "create": lambda m, s, by: activities.create_activity(
        m.board.specific, title="Call", stage=s[1], by=by
    ),
    "create without a stage": lambda m, s, by: activities.create_activity(
        m.board.specific, title="Call", by=by
    ),
    "rename": lambda m, s, by: rename(m, by),
    "untie": lambda m, s, by: untie(m, by),
    "move": lambda m, s, by: activities.move_activity(m, stage=s[2], by=by),
    "step": lambda m, s, by: activities.step_activity(m, direction="right", by=by),
    "decide": lambda m, s, by: activities.decide_activity(
        m, decision="keep", reason="It works", by=by
    ),
    "delete": lambda m, s, by: activities.delete_activity(m, by=by),
}


@pytest.mark.parametrize("viewer", [EDITOR, VIEWER])
@pytest.mark.parametrize("act", ACTS)
def test_the_map_with_its_pieces_is_the_map_reloaded(act, viewer, journey, mailing, stages, by_bob):
    before = page(journey, viewer)
    since = Board.objects.get(pk=journey.pk).version
    ACTS[act](stored(mailing), stages, by_bob)
    board = Board.objects.get(pk=journey.pk)
    assert board.version > since
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page(journey, viewer)))
    undo(Journey.objects.get(pk=journey.pk), board.version, by=by_bob)
    assert text_of(tree_of(page(journey, viewer))) == text_of(tree_of(before))


def test_it_is_added_edited_moved_and_deleted_on_the_map(client_of, bob, journey, lane, stages):
    client = client_of(bob)
    where = url("activity_cell_create", journey, stages[1].pk, lane.pk)
    assert f'<option value="{stages[1].pk}" selected>' in client.get(where).content.decode()
    data = {"title": "Fair", "stage": stages[1].pk, "hours_per_month": "8"}
    answer = client.post(where, data)
    assert f'hx-target="#cell-{stages[1].pk}-{lane.pk}"' in answer.content.decode()
    fair = Activity.objects.get()
    assert (fair.stage, fair.hours_per_month) == (stages[1], 8)

    sent = {**data, "title": "Trade fair", "initial-title": "Fair", "initial-hours_per_month": "8",
            "initial-stage": stages[1].pk}  # fmt: skip
    assert client.post(url("activity_cell_edit", journey, fair.pk), sent).status_code == 200
    assert stored(fair).title == "Trade fair"
    client.post(url("activity_cell_move", journey, fair.pk), {"direction": "left"})
    assert stored(fair).stage == stages[0]
    client.post(url("activity_cell_move", journey, fair.pk), {"direction": "left"})
    assert stored(fair).stage == stages[0]
    client.post(url("activity_cell_move", journey, fair.pk), {"stage": stages[2].pk})
    assert stored(fair).stage == stages[2]
    client.post(url("activity_cell_delete", journey, fair.pk))
    assert not Activity.objects.exists()


def test_a_decision_without_its_reason_comes_back_with_words(client_of, bob, journey, mailing):
    sent = {"title": "Mailing", "decision": "drop", "initial-decision": ""}
    answer = client_of(bob).post(url("activity_cell_edit", journey, mailing.pk), sent)
    assert answer.status_code == 422
    assert "Give the reason of the decision." in answer.content.decode()
    assert stored(mailing).decision == ""


def test_a_stage_of_strangers_is_not_found(client_of, bob, journey, mailing, foreign_stage):
    where = url("activity_cell_move", journey, mailing.pk)
    assert client_of(bob).post(where, {"stage": foreign_stage.pk}).status_code == 404


def test_a_renamed_channel_shows_in_the_lane(journey, mailing, shop, by_bob):
    assert "Street shop" in grid(journey)
    with services.editing_channel(shop, by=by_bob) as channel:
        channel.name = "Corner shop"
        services.save_channel(channel)
    assert "Corner shop" in grid(journey)
    assert "Street shop" not in grid(journey)


def test_the_lane_costs_one_query_however_many_there_are(journey, lane, stages, by_bob):
    counts = []
    for number in (1, 12):
        for one in range(number):
            activities.create_activity(
                journey, title=f"{number} {one}", stage=stages[one % 3], by=by_bob
            )
        with CaptureQueriesContext(connection) as queries:
            map_of(journey)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_files_say_channel_hours_and_decision(journey, mailing, by_bob):
    activities.decide_activity(mailing, decision="keep", reason="It works", by=by_bob)
    loaded = map_of(Journey.objects.get(pk=journey.pk))
    [plain] = kind_of("activities").plain(loaded, [stored(mailing)])
    assert (plain.text, plain.detail, plain.marks) == (
        "Mailing", "Street shop (offline) · 12 h a month", ("Keep",),
    )  # fmt: skip
    assert ("Hours a month", 12.0) in plain.facts
    assert Stage.objects.filter(board=journey.pk).count() == 3
