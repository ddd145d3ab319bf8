"""The lane of insights on the map, and the pieces that bring an open map up to date."""

import pytest

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from insights import services
from journeys.models import Lane
from journeys.page import grid_html
from journeys.selectors import map_of
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.models import Role

pytestmark = pytest.mark.django_db

EDITOR = Viewer(Role.EDITOR, "en")
VIEWER = Viewer(Role.VIEWER, "en")


def grid(journey, viewer=EDITOR):
    return grid_html(map_of(journey), viewer)


def version_of(board):
    return Board.objects.get(pk=board.pk).version


def pieces_since(journey, since):
    """The pieces by the id of the element that each replaces."""
    fresh = Board.objects.get(pk=journey.pk)
    html = str(render_changes(fresh, since, EDITOR).html)
    parts = html.split('<hx-partial hx-target="#')[1:]
    return {part.split('"')[0]: part.split(">", 1)[1].split("</hx-partial>")[0] for part in parts}


def test_cell_shows_quote_kind_and_source(journey, lane, evidence, foreign_insight):
    html = grid(journey)
    cell = html.split(f'id="cell-{evidence.stage_id}-{lane.pk}"')[1].split("</ul>")[0]
    assert "<q>I typed my card number three times.</q>" in cell
    assert "What holds them back" in cell
    assert "Interviews in spring" in cell
    assert "Nobody may read this." not in html


def test_insight_without_a_quote_shows_our_words(journey, stages, by_bob):
    services.collect_insight(stage=stages[0], text="Style comes first", by=by_bob)
    assert "Style comes first" in grid(journey)
    assert "Style comes first" in grid(journey, VIEWER)


def test_viewer_sees_it_without_any_way_to_change_it(journey, evidence):
    html = grid(journey, VIEWER)
    assert "<blockquote>I typed my card number three times.</blockquote>" in html
    assert "hx-post" not in html
    assert "/insights/new/" not in html


def test_markup_is_shown_as_text(nordlys, journey, stages, by_bob):
    source = services.create_source(nordlys, name="<b>Bold</b>", kind="survey", by=by_bob)
    evil = "<img src=x onerror=alert(1)>"
    services.collect_insight(stage=stages[0], quote=evil, source=source, by=by_bob)
    html = grid(journey)
    assert "<img src=x" not in html
    assert "<b>Bold" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize("act", ["attach", "move", "detach", "change", "rename_source"])
def test_piece_of_a_change_is_what_a_reload_shows(journey, stages, lane, evidence, by_bob, act):
    """The law of live pages."""
    since = version_of(journey)
    first, second = (f"cell-{stage.pk}-{lane.pk}" for stage in stages[:2])
    insight, source = evidence.insight, evidence.insight.source
    if act == "attach":
        services.attach_insight(insight, stage=stages[0], by=by_bob)
    elif act == "move":
        services.move_evidence(evidence, stage=stages[0], by=by_bob)
    elif act == "detach":
        services.detach_evidence(evidence, by=by_bob)
    elif act == "change":
        insight.quote = "Paying is a struggle."
        services.change_insight(insight, by=by_bob)
    else:
        source.name = "Interviews in May"
        services.change_source(source, by=by_bob)
    reloaded, pieces = grid(journey), pieces_since(journey, since)
    expected = {"attach": {first}, "move": {first, second}}.get(act, {second})
    assert pieces.keys() == expected
    for piece in pieces.values():
        assert piece.strip() in reloaded


def test_changed_insight_shows_on_other_boards_too(nordlys, journey, insight, evidence, by_bob):
    second = create_journey(nordlys, title="Second", starter=STARTERS["seven-stages"], by=by_bob)
    lane = Lane.objects.get(board=second.pk, kind="insights")
    stage = map_of(second).stages[0]
    services.attach_insight(insight, stage=stage, by=by_bob)
    grid(second)
    since = version_of(second)
    insight.quote = "Paying is a struggle."
    services.change_insight(insight, fields=["quote"], by=by_bob)
    pieces = pieces_since(second, since)
    assert pieces.keys() == {f"cell-{stage.pk}-{lane.pk}"}
    assert "Paying is a struggle." in "".join(pieces.values())
    assert "card number" not in grid(second)


def test_lane_costs_one_query(journey, stages, interviews, by_bob, django_assert_num_queries):
    for stage in stages:
        for number in range(3):
            services.collect_insight(
                stage=stage, quote=f"Quote {number}", source=interviews, by=by_bob
            )
    kind = Lane(kind="insights").kind_of
    with django_assert_num_queries(1):
        items = list(kind.items(journey, None))
        assert [item.insight.source.name for item in items] == ["Interviews in spring"] * 9
        assert len(kind.depends_on(items)) == 9
    with django_assert_num_queries(1):
        assert len(list(kind.items(journey, [stages[0].pk]))) == 3
