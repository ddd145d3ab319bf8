"""The map as outline, table and presentation: the same content, live by the same changes."""

import pytest
from django.urls import reverse

from collaboration.admission import Ticket, admitted
from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from journeys import selectors
from journeys.models import Journey, Stage
from journeys.outline import OutlinePage, TablePage
from teams.models import Role
from tests.journeys.test_page import ACTS
from tests.pages import text_of, tree_of, with_pieces

PAGES = [OutlinePage(), TablePage()]


def shown(page, journey, viewer):
    loaded = selectors.map_of(Journey.objects.get(pk=journey.pk))
    head = page.draw(loaded.journey, {"journey-head"}, viewer)["journey-head"]
    return f"<main>{head}{page.whole(loaded, viewer)}</main>"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.view)
@pytest.mark.parametrize("act", ACTS)
def test_outline_and_table_with_their_pieces_are_the_page_reloaded(act, page, scene):
    viewer = Viewer(Role.EDITOR, "en", view=page.view)
    before = shown(page, scene["journey"], viewer)
    since = Board.objects.get(pk=scene["journey"].pk).version
    ACTS[act](scene)
    board = Board.objects.get(pk=scene["journey"].pk)
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(shown(page, scene["journey"], viewer)))


@pytest.mark.parametrize("name", ["outline", "table", "present"])
def test_a_viewer_reads_but_is_offered_nothing_to_change(name, journey, note, victor, client_of):
    page = client_of(victor).get(reverse(f"journeys:{name}", args=[journey.pk])).content.decode()
    assert note.text in page
    assert "hx-post" not in page
    assert "data-menu" not in page
    assert 'role="cell"' not in page


def test_an_outline_has_a_heading_for_each_stage_and_each_lane(journey, stages, bob, client_of):
    page = tree_of(
        client_of(bob).get(reverse("journeys:outline", args=[journey.pk])).content.decode()
    )
    outline = next(each for each in page.iter() if each.get("id") == "map-grid")
    titles = ["".join(head.itertext()).split(maxsplit=1)[1] for head in outline.iter("h2")]
    assert titles == [stage.title for stage in stages]
    lanes = selectors.outline_of(journey).lanes
    assert len(list(outline.iter("h3"))) == len(stages) * len(lanes)


def test_cancelling_puts_back_a_cell_of_the_page_that_asks(journey, note, bob, client_of):
    address = reverse("collaboration:regions", args=[journey.pk])
    name = f"cell-{note.stage_id}-{note.lane_id}"
    on_the_map = client_of(bob).get(address, {"name": name}).content.decode()
    in_the_outline = client_of(bob).get(address, {"name": name}, headers={"Board-View": "outline"})
    assert 'role="cell"' in on_the_map
    assert 'role="cell"' not in in_the_outline.content.decode()


def test_an_unknown_kind_of_page_gets_the_pieces_of_the_map(journey, note, bob, client_of):
    answer = client_of(bob).get(
        f"/boards/{journey.pk}/changes/?since=0", headers={"Board-View": "nonsense"}
    )
    assert answer.status_code == 200
    assert 'role="table"' in answer.content.decode()


def test_a_presentation_has_a_slide_a_stage_and_leaves_empty_lanes_out(
    journey, stages, note, thinks, bob, client_of
):
    page = client_of(bob).get(reverse("journeys:present", args=[journey.pk])).content.decode()
    assert page.count('<section class="slide') == len(stages) + 1
    assert page.count("lane slide-lane") == 1


def test_speakers_notes_are_for_the_team_and_not_for_viewers(
    journey, stages, as_bob, bob, victor, client_of
):
    with journey.editing(by=as_bob):
        stage = Stage.objects.get(pk=stages[0].pk)
        stage.speaker_notes = "Pause here."
        stage.save()
    address = reverse("journeys:present", args=[journey.pk])
    assert "Pause here." in client_of(bob).get(address).content.decode()
    assert "Pause here." not in client_of(victor).get(address).content.decode()


def test_a_stream_is_drawn_for_the_page_that_asks(journey, bob, client_of):
    client = client_of(bob)
    key = client.session.session_key
    tickets = [Ticket(key, journey.pk), Ticket(key, journey.pk, "en", "outline")]
    visits = admitted(tickets)
    assert [visits[ticket].viewer.view for ticket in tickets] == ["map", "outline"]


def test_the_speakers_window_is_for_the_team(journey, carol, victor, client_of):
    address = reverse("journeys:speaker", args=[journey.pk])
    assert client_of(carol).get(address).status_code == 200
    assert client_of(victor).get(address).status_code == 403
