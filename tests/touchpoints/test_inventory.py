"""The inventory: one table of all touchpoints, edited in its cells, filled from a spreadsheet."""

import pytest
from django.urls import reverse

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys.models import Journey, Stage
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from touchpoints import services
from touchpoints.inventory import COLUMNS, inventory_html, inventory_of
from touchpoints.models import Touchpoint
from touchpoints.pasting import WrongRows, paste_touchpoints

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(stages, website, by_bob):
    """Made in another order than they are met in."""
    return [
        services.create_touchpoint(stage=stages[n], title=title, channel=website, by=by_bob)
        for n, title in ((1, "Checkout"), (0, "Advertisement"), (0, "Search"))
    ]


def page(journey):
    viewer = Viewer(Role.EDITOR, "en", view="inventory")
    return (
        f"<main>{inventory_html(inventory_of(Journey.objects.get(pk=journey.pk)), viewer)}</main>"
    )


def url(name, journey, *ids):
    return reverse(f"touchpoints:{name}", args=[journey.pk, *ids])


def test_rows_stand_in_the_order_in_which_they_are_met(journey, made):
    rows = [
        (stage.stage.title, row.number, row.item.title)
        for stage in inventory_of(journey).stages
        for row in stage.rows
    ]
    first, second = (stage.stage.title for stage in inventory_of(journey).stages[:2])
    assert rows == [(first, 1, "Advertisement"), (first, 2, "Search"), (second, 1, "Checkout")]


def test_page_costs_as_many_queries_for_many_as_for_few(
    client_of, victor, journey, stages, made, website, by_bob, django_assert_max_num_queries
):
    client = client_of(victor)
    client.get(url("inventory", journey))
    for number in range(30):
        services.create_touchpoint(
            stage=stages[2], title=f"Contact {number}", channel=website, by=by_bob
        )
    with django_assert_max_num_queries(14):
        assert "Contact 29" in client.get(url("inventory", journey)).content.decode()


def test_viewer_reads_and_finds_nothing_to_press(client_of, victor, journey, made):
    html = client_of(victor).get(url("inventory", journey)).content.decode()
    assert "Advertisement" in html
    assert "hx-post" not in html
    assert url("inventory_cell", journey, made[0].pk) not in html


@pytest.mark.parametrize("column", [column.key for column in COLUMNS])
def test_every_cell_has_a_form_of_its_own_fields(client_of, bob, journey, made, column):
    answer = client_of(bob).get(url("inventory_cell", journey, made[0].pk), {"column": column})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="column" value="{column}"' in html
    assert ('name="title"' in html) == (column == "title")


def test_a_cell_is_saved_and_its_row_comes_back(client_of, bob, journey, made):
    response = client_of(bob).post(
        url("inventory_cell", journey, made[0].pk),
        {"column": "importance", "importance": "4", "initial-importance": ""},
        headers={"Board-View": "inventory"},
    )
    assert response.status_code == 200
    assert f'hx-target="#inventory-row-{made[0].pk}"' in response.content.decode()
    stored = Touchpoint.objects.get(pk=made[0].pk)
    assert (stored.importance, stored.title, stored.channel) == (4, "Checkout", made[0].channel)


def test_two_people_in_one_cell_see_both_values(client_of, bob, journey, made, by_bob):
    made[0].importance = 5
    services.save_touchpoint(made[0], by=by_bob)
    sent = {"column": "importance", "importance": "2", "initial-importance": ""}
    response = client_of(bob).post(url("inventory_cell", journey, made[0].pk), sent)
    assert response.status_code == 409
    assert Touchpoint.objects.get(pk=made[0].pk).importance == 5


def test_unknown_column_is_no_page(client_of, bob, journey, made):
    address = url("inventory_cell", journey, made[0].pk)
    assert client_of(bob).get(address, {"column": "secrets"}).status_code == 404


def test_adding_from_the_table(client_of, bob, journey, stages, website, foreign_stage):
    client, address = client_of(bob), url("inventory_add", journey)
    sent = {"stage": stages[2].pk, "title": "Newsletter", "channel": website.pk}
    assert client.post(address, sent).status_code == 200
    made = Touchpoint.objects.get()
    assert (made.stage, made.title, made.channel) == (stages[2], "Newsletter", website)
    assert client.post(address, {**sent, "stage": foreign_stage.pk}).status_code == 422
    assert Touchpoint.objects.count() == 1


# --- The law of live pages -----------------------------------------------------------------
def _rename(made, stages, by):
    made[0].title = "Paying"
    services.save_touchpoint(made[0], by=by)


def _rename_stage(made, stages, by):
    with stages[0].board.editing(by=by):
        stage = Stage.objects.get(pk=stages[0].pk)
        stage.title = "Looking"
        stage.save()


ACTS = {
    "rename": _rename,
    "move": lambda made, stages, by: services.move_touchpoint(made[0], stage=stages[2], by=by),
    "step": lambda made, stages, by: services.step_touchpoint(made[1], direction="down", by=by),
    "delete": lambda made, stages, by: services.delete_touchpoint(made[1], by=by),
    "create": lambda made, stages, by: services.create_touchpoint(
        stage=stages[2], title="New", by=by
    ),
    "rename_stage": _rename_stage,
}


@pytest.mark.parametrize("act", ACTS)
def test_the_table_with_its_pieces_is_the_table_reloaded(journey, stages, made, by_bob, act):
    before, since = page(journey), Board.objects.get(pk=journey.pk).version
    ACTS[act](made, stages, by_bob)
    board = Board.objects.get(pk=journey.pk)
    viewer = Viewer(Role.EDITOR, "en", view="inventory")
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page(journey)))
    assert text_of(patched) != text_of(tree_of(before))


# --- Rows of a spreadsheet -----------------------------------------------------------------
def test_rows_with_heads_become_touchpoints_in_one_edit(journey, stages, website, by_bob):
    text = (
        f"Touchpoint\tStage\tCHANNEL\tuse\twhy_unused\timportance\tmoment of truth\n"
        f"Search\t{stages[0].title}\twebsite\tMainly\t\t5\tyes\n"
        f"Leaflet\t{stages[1].title.upper()}\t\tnot\tGoes to the bin\t1\t\n"
    )
    version = Board.objects.get(pk=journey.pk).version
    paste_touchpoints(journey, text, by=by_bob)
    found = Touchpoint.objects.order_by("stage__position")
    assert [
        (t.title, t.stage, t.channel, t.use, t.importance, t.moment_of_truth) for t in found
    ] == [
        ("Search", stages[0], website, "mainly", 5, True),
        ("Leaflet", stages[1], None, "not", 1, False),
    ]
    board = Board.objects.get(pk=journey.pk)
    assert board.version == version + 1
    undo(board, board.version, by=by_bob)
    assert not Touchpoint.objects.exists()


def test_rows_of_a_file_opened_as_text_have_semicolons(journey, stages, by_bob):
    text = f'Touchpoint;Stage;strengths\n"Search; and find";{stages[0].title};Quick\n'
    made = paste_touchpoints(journey, text, by=by_bob)
    assert [(t.title, t.stage, t.strengths) for t in made] == [
        ("Search; and find", stages[0], "Quick")
    ]
    tabs = paste_touchpoints(journey, f"{stages[1].title}\tPhone; mail", by=by_bob)
    assert [t.title for t in tabs] == ["Phone; mail"]


def test_rows_without_heads_keep_the_usual_order(journey, stages, website, by_bob):
    paste_touchpoints(journey, "\tSearch\tWebsite\tsometimes\n", stage=stages[2], by=by_bob)
    made = Touchpoint.objects.get()
    assert (made.stage, made.title, made.channel, made.use) == (
        stages[2], "Search", website, "sometimes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("\tSearch", "names no stage"),
        ("Nowhere\tSearch", "no stage “Nowhere”"),
        ("{stage}\tSearch\tGossip", "no channel “Gossip”"),
        ("{stage}\t", "cannot be blank"),
        ("{stage}\tSearch\t\toften", "says nothing of use"),
        ("{stage}\tSearch\t\tnot", "Say why"),
        ("{stage}\tSearch\t\t\t\t9", "less than or equal to 5"),
        ("{stage}\t" + "x" * 121, "at most 120 characters"),
    ],
)
def test_one_wrong_row_adds_none(journey, stages, by_bob, row, words):
    good = f"{stages[0].title}\tAdvertisement\n"
    with pytest.raises(WrongRows, match=words) as refusal:
        paste_touchpoints(journey, good + row.format(stage=stages[0].title), by=by_bob)
    assert refusal.value.lines[0].startswith("Row 2:")
    assert not Touchpoint.objects.exists()


def test_pasting_from_the_page(client_of, bob, journey, stages):
    client, address = client_of(bob), url("inventory_paste", journey)
    sent = {"text": "Stage\tTouchpoint\n\tSearch", "stage": stages[0].pk}
    response = client.post(address, sent, headers={"Board-View": "inventory"})
    assert response.status_code == 200
    assert "1 touchpoint is added." in response.content.decode()
    refused = client.post(address, {"text": "Nowhere\tSearch"})
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "no stage “Nowhere”" in html
    assert 'aria-invalid="true"' in html
    assert "Nowhere\tSearch</textarea>" in html
    assert Touchpoint.objects.count() == 1
