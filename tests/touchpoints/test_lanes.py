"""The lane of touchpoints on the map, and the pieces that bring an open map up to date."""

import pytest

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from journeys.models import Lane
from journeys.page import grid_html
from journeys.selectors import map_of
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.models import Role
from touchpoints import services
from touchpoints.models import Touchpoint

pytestmark = pytest.mark.django_db

EDITOR = Viewer(Role.EDITOR, "en")
VIEWER = Viewer(Role.VIEWER, "en")


def grid(journey, viewer=EDITOR):
    return grid_html(map_of(journey), viewer)


def version_of(board):
    return Board.objects.get(pk=board.pk).version


def regions_since(journey, since, viewer=EDITOR):
    """The ids of the pieces, and the pieces as one text."""
    fresh = Board.objects.get(pk=journey.pk)
    html = str(render_changes(fresh, since, viewer).html)
    ids = {part.split('"')[0] for part in html.split('<hx-partial hx-target="#')[1:]}
    return ids, html


@pytest.fixture
def checkout(stages, website, by_bob):
    return services.create_touchpoint(
        stage=stages[1], title="Checkout", channel=website, moment_of_truth=True, by=by_bob
    )


def test_cell_shows_title_channel_and_moment_of_truth_in_words(journey, lane, checkout, shop):
    html = grid(journey)
    cell = html.split(f'id="cell-{checkout.stage_id}-{lane.pk}"')[1].split("</ol>")[0]
    assert "Checkout" in cell
    assert "Website" in cell
    assert "(online)" in cell
    assert "Moment of truth" in cell
    assert "#star" in cell
    assert "Street shop" not in html


def test_touchpoint_customers_do_not_use_says_so(journey, stages, shop, by_bob):
    services.create_touchpoint(
        stage=stages[0],
        title="Leaflet",
        channel=shop,
        use="not",
        why_unused="It goes to the bin.",
        by=by_bob,
    )
    html = grid(journey)
    assert "not used" in html
    assert "(offline)" in html


def test_touchpoints_are_numbered_in_their_order(journey, stages, lane, by_bob):
    last = services.create_touchpoint(stage=stages[0], title="Second", by=by_bob)
    services.create_touchpoint(stage=stages[0], title="First", before=last, by=by_bob)
    cell = grid(journey).split(f'id="cell-{stages[0].pk}-{lane.pk}"')[1].split("</ol>")[0]
    assert cell.index(">1<") < cell.index("First") < cell.index(">2<") < cell.index("Second")


def test_viewer_sees_it_without_any_way_to_change_it(journey, checkout):
    html = grid(journey, VIEWER)
    assert "Checkout" in html
    assert "hx-post" not in html
    assert f'hx-get="/journeys/{journey.pk}/touchpoints/' not in html


def test_markup_is_shown_as_text(journey, stages, nordlys, by_bob):
    evil = "<img src=x onerror=alert(1)>"
    channel = services.create_channel(nordlys, name="<b>Bold</b>", by=by_bob)
    services.create_touchpoint(stage=stages[0], title=evil, channel=channel, by=by_bob)
    html = grid(journey)
    assert "<img src=x" not in html
    assert "<b>Bold" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html


def parts_of(journey, *stages) -> set[str]:
    """What shows the touchpoints of these stages: their cells, and the emotion curve."""
    lanes = Lane.objects.filter(board=journey.pk, kind__in=("touchpoints", "emotion"))
    cells = {f"cell-{stage.pk}-{lane.pk}" for stage in stages for lane in lanes}
    return cells | {f"feelings-{stage.pk}" for stage in stages} | {"emotion-curve"}


def test_new_touchpoint_redraws_its_stages_cells_alone(journey, stages, lane, by_bob):
    since = version_of(journey)
    services.create_touchpoint(stage=stages[0], title="Advertisement", by=by_bob)
    ids, html = regions_since(journey, since)
    assert ids == parts_of(journey, stages[0])
    assert "Advertisement" in html


def test_moved_touchpoint_redraws_where_it_was_and_is(journey, stages, lane, checkout, by_bob):
    since = version_of(journey)
    services.move_touchpoint(checkout, stage=stages[2], by=by_bob)
    ids, html = regions_since(journey, since)
    assert ids == parts_of(journey, stages[1], stages[2])
    cell = html.split(f'hx-target="#cell-{stages[2].pk}-{lane.pk}"')[1].split("</hx-partial>")[0]
    assert f'id="touchpoint-{checkout.pk}"' in cell
    assert grid(journey).count(f'id="touchpoint-{checkout.pk}"') == 1


@pytest.mark.parametrize("act", ["rename", "move", "delete"])
def test_piece_of_a_change_is_what_a_reload_shows(journey, stages, checkout, by_bob, act):
    """The law of live pages."""
    since = version_of(journey)
    if act == "rename":
        checkout.title = "Paying"
        services.save_touchpoint(checkout, by=by_bob)
    elif act == "move":
        services.move_touchpoint(checkout, stage=stages[0], by=by_bob)
    else:
        services.delete_touchpoint(checkout, by=by_bob)
    reloaded = grid(journey)
    ids, html = regions_since(journey, since)
    for name in ids:
        if name.startswith("feelings-"):
            continue  # in the table, which tests/touchpoints/test_curve.py holds to the law
        start = f'<hx-partial hx-target="#{name}" hx-swap="outerMorph">'
        piece = html.split(start)[1].split("</hx-partial>")[0]
        assert piece.strip() in reloaded


def test_renamed_channel_shows_on_other_boards_too(nordlys, journey, website, checkout, by_bob):
    second = create_journey(nordlys, title="Second", starter=STARTERS["seven-stages"], by=by_bob)
    lane = Lane.objects.get(board=second.pk, kind="touchpoints")
    stage = map_of(second).stages[0]
    services.create_touchpoint(stage=stage, title="Look", channel=website, by=by_bob)
    grid(second)
    since = version_of(second)
    website.name, website.online = "Our shop online", False
    services.change_channel(website, by=by_bob)
    ids, html = regions_since(second, since)
    assert ids == {f"cell-{stage.pk}-{lane.pk}"}
    assert "Our shop online" in html
    assert "(offline)" in html
    assert "Website" not in grid(second)


def test_lane_costs_one_query(journey, stages, website, by_bob, django_assert_num_queries):
    for stage in stages:
        for number in range(3):
            services.create_touchpoint(
                stage=stage, title=f"Contact {number}", channel=website, by=by_bob
            )
    kind = Lane(kind="touchpoints").kind_of
    with django_assert_num_queries(1):
        items = list(kind.items(journey, None))
        assert [item.channel.name for item in items] == ["Website"] * 9
        assert len(kind.depends_on(items)) == 9
    with django_assert_num_queries(1):
        assert len(list(kind.items(journey, [stages[0].pk]))) == 3
    assert Touchpoint.objects.count() == 9
