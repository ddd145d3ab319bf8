"""Paths: what is refused, how they are drawn, and that no cycle ever loops anything."""

from itertools import combinations, permutations

import pytest
from django.db import IntegrityError
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration.editing import Refused
from collaboration.limits import LimitReached
from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys import selectors, services
from journeys.arrows import PORTS_FROM, PORTS_TO, arrows_of
from journeys.models import Journey, Path, Stage
from journeys.page import grid_html
from journeys.path_regions import paths_table_html
from journeys.paths import create_path, delete_path, save_path, with_kinds
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces


@pytest.fixture
def path(stages, as_bob):
    return create_path(
        from_stage=stages[0], to_stage=stages[3], share=0.2, reason="In a hurry", by=as_bob
    )


def page_of(journey, viewer):
    loaded = selectors.map_of(Journey.objects.get(pk=journey.pk))
    return f"<main>{grid_html(loaded, viewer)}{paths_table_html(loaded, viewer)}</main>"


def change(path, **values):
    def act(by):
        with path.board.editing(by=by):
            present = Path.objects.get(pk=path.pk)
            for name, value in values.items():
                setattr(present, name, value)
            save_path(present, by=by)

    return act


def rename(stage):
    def act(by):
        with stage.board.editing(by=by):
            present = Stage.objects.get(pk=stage.pk)
            present.title = "Curious"
            present.save()

    return act


ACTS = {
    "create": lambda s, p: lambda by: create_path(from_stage=s[3], to_stage=s[0], by=by),
    "change": lambda s, p: change(p, share=0.5, to_stage=s[5]),
    "delete": lambda s, p: lambda by: delete_path(p, by=by),
    "delete a stage": lambda s, p: lambda by: services.delete_stage(s[3], by=by),
    "move a stage": lambda s, p: lambda by: services.move_stage(s[3], before=s[0], by=by),
    "rename a stage": lambda s, p: rename(s[0]),
}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
@pytest.mark.parametrize("act", ACTS)
def test_arrows_and_table_with_their_pieces_are_the_page_reloaded(
    act, role, journey, stages, path, as_bob
):
    viewer = Viewer(role, "en")
    before, since = page_of(journey, viewer), Board.objects.get(pk=journey.pk).version
    ACTS[act](stages, path)(as_bob)
    board = Board.objects.get(pk=journey.pk)
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    after = page_of(journey, viewer)
    assert after != before
    assert text_of(patched) == text_of(tree_of(after))
    undo(board, board.version, by=as_bob)
    assert text_of(tree_of(page_of(journey, viewer))) == text_of(tree_of(before))


def test_a_path_to_its_own_stage_is_refused_by_service_and_database(stages, as_bob):
    with pytest.raises(Refused):
        create_path(from_stage=stages[0], to_stage=stages[0], by=as_bob)
    circle = Path(board_id=stages[0].board_id, from_stage=stages[0], to_stage=stages[0])
    with pytest.raises(IntegrityError), stages[0].board.editing(by=as_bob):
        circle.save()


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_the_database_refuses_a_share_that_is_none(share, stages, as_bob):
    path = Path(board_id=stages[0].board_id, from_stage=stages[0], to_stage=stages[1], share=share)
    with pytest.raises(IntegrityError), stages[0].board.editing(by=as_bob):
        path.save()


def test_there_is_one_path_each_way(stages, path, as_bob):
    create_path(from_stage=stages[3], to_stage=stages[0], by=as_bob)
    with pytest.raises(Refused, match="already"):
        create_path(from_stage=stages[0], to_stage=stages[3], by=as_bob)
    assert Path.objects.count() == 2


def test_the_kind_follows_from_the_order_of_the_stages(journey, stages, as_bob):
    ways = {"forward": (0, 1), "skip": (0, 2), "back": (2, 0)}
    for start, end in ways.values():
        create_path(from_stage=stages[start], to_stage=stages[end], by=as_bob)

    def kinds():
        drawn = arrows_of(selectors.outline_of(journey).stages, selectors.paths_of(journey))
        by_database = {path.pk: path.kind for path in with_kinds(Path.objects.all())}
        assert by_database == {arrow.path.pk: arrow.kind.value for arrow in drawn.arrows}
        return sorted(by_database.values())

    assert kinds() == ["back", "forward", "skip"]
    services.move_stage(stages[2], before=stages[0], by=as_bob)
    assert kinds() == ["back", "forward", "forward"]


def test_cyclic_paths_are_drawn_and_their_stages_deleted_and_brought_back(journey, stages, as_bob):
    for start, end in permutations(stages[:4], 2):
        create_path(from_stage=start, to_stage=end, by=as_bob)
    viewer = Viewer(Role.EDITOR, "en")
    before = page_of(journey, viewer)
    services.delete_stage(stages[1], by=as_bob)
    assert Path.objects.count() == 6
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=as_bob)
    assert Path.objects.count() == 12
    assert page_of(journey, viewer) == before


def test_a_journey_has_at_most_sixty_paths(nordlys, as_bob):
    journey = Journey(workspace=nordlys, title="Many")
    journey.start(by=as_bob)
    with journey.editing(by=as_bob):
        stages = [services.create_stage(journey, title=str(n), by=as_bob) for n in range(9)]
        for start, end in list(permutations(stages, 2))[:60]:
            create_path(from_stage=start, to_stage=end, by=as_bob)
    with pytest.raises(LimitReached, match="60"):
        create_path(from_stage=stages[8], to_stage=stages[7], by=as_bob)


# --- The drawing ---------------------------------------------------------------------------
@st.composite
def mazes(draw):
    count = draw(st.integers(2, 30))
    stages = [Stage(pk=number + 1, title=str(number)) for number in range(count)]
    ways = st.tuples(st.integers(1, count), st.integers(1, count)).filter(lambda w: w[0] != w[1])
    pairs = draw(st.lists(ways, max_size=40, unique=True))
    paths = [
        Path(pk=number, from_stage_id=start, to_stage_id=end, share=0.5)
        for number, (start, end) in enumerate(pairs, start=1)
    ]
    return stages, paths


@settings(max_examples=150, deadline=None)
@given(mazes())
def test_no_arrow_runs_through_a_label_or_along_another(maze):
    stages, paths = maze
    arrows = arrows_of(stages, paths).arrows
    assert len(arrows) == len(paths)
    wide = 100 / len(stages)
    half_a_label = wide * min(PORTS_FROM, 1 - PORTS_TO)
    ports = [x for arrow in arrows for x in (arrow.left, arrow.right)]
    for arrow in arrows:
        left, right = sorted((arrow.left, arrow.right))
        assert left < arrow.label < right
        assert all(abs(arrow.label - x) >= half_a_label - 0.01 for x in ports)
        assert 0 < arrow.y < arrow.foot
    for one, two in combinations(arrows, 2):
        assert len({one.left, one.right, two.left, two.right}) == 4
        if one.track == two.track:
            (a, b), (c, d) = sorted((one.left, one.right)), sorted((two.left, two.right))
            assert b < c or d < a
            assert one.label != two.label


# --- The pages -----------------------------------------------------------------------------
def test_a_path_is_added_changed_and_deleted_from_the_page(client_of, bob, journey, stages):
    client = client_of(bob)
    create = reverse("journeys:path_create", args=[journey.pk])
    assert "Loyalty" in client.get(create).content.decode()
    data = {"from_stage": stages[0].pk, "to_stage": stages[2].pk, "share": "12.5", "reason": "A"}
    answer = client.post(create, data)
    assert answer.status_code == 200
    assert 'hx-target="#map-paths"' in answer.content.decode()
    path = Path.objects.get()
    assert path.share == 0.125
    edit = reverse("journeys:path_edit", args=[journey.pk, path.pk])
    assert 'value="12.5"' in client.get(edit).content.decode()
    assert "data-editing" in client.get(edit, {"table": ""}).content.decode()
    assert client.post(edit, {**data, "share": "40", "initial-share": "12.5"}).status_code == 200
    path.refresh_from_db()
    assert (path.share, path.reason) == (0.4, "A")
    assert (
        client.post(reverse("journeys:path_delete", args=[journey.pk, path.pk])).status_code == 200
    )
    assert not Path.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"share": "101"}, {"share": "-1"}, {"share": "nan"}, {"to_stage": "x"}, {"circle": ""}],
)
def test_a_wrong_path_comes_back_with_what_is_wrong(wrong, client_of, bob, journey, stages):
    create = reverse("journeys:path_create", args=[journey.pk])
    data = {"from_stage": stages[0].pk, "to_stage": stages[2].pk, **wrong}
    if "circle" in wrong:
        data["to_stage"] = stages[0].pk
    answer = client_of(bob).post(create, data)
    assert answer.status_code == 422
    assert not Path.objects.exists()


def test_a_path_begins_at_the_stage_whose_menu_was_opened(client_of, bob, journey, stages):
    address = reverse("journeys:path_create", args=[journey.pk])

    def ends(start):
        form = client_of(bob).get(address, {"from": start} if start else {}).context["form"]
        return form.initial["from_stage"], form.initial["to_stage"]

    assert ends(stages[1].pk) == (stages[1].pk, stages[2].pk)
    assert ends(stages[-1].pk) == (stages[-1].pk, stages[0].pk)
    assert ends("") == ends("nonsense") == (stages[0].pk, stages[-1].pk)


def test_the_same_path_twice_is_refused_in_words(client_of, bob, journey, stages, path):
    create = reverse("journeys:path_create", args=[journey.pk])
    data = {"from_stage": stages[0].pk, "to_stage": stages[3].pk}
    answer = client_of(bob).post(create, data)
    assert answer.status_code == 422
    assert "There is already a path between these two stages." in answer.content.decode()


def test_case_56_a_stage_of_another_journey_is_no_end_of_a_path(
    client_of, bob, journey, stages, secret
):
    elsewhere = Stage.objects.filter(board=secret.pk).first()
    create = reverse("journeys:path_create", args=[journey.pk])
    answer = client_of(bob).post(create, {"from_stage": stages[0].pk, "to_stage": elsewhere.pk})
    assert answer.status_code == 422


def test_case_1_two_people_changing_one_reason_both_keep_their_words(
    client_of, alice, bob, journey, path
):
    edit = reverse("journeys:path_edit", args=[journey.pk, path.pk])
    ends = {"from_stage": path.from_stage_id, "to_stage": path.to_stage_id, "share": "20"}
    seen = {"initial-reason": "In a hurry", **ends}
    assert client_of(bob).post(edit, {"reason": "Bob's", **seen}).status_code == 200
    second = client_of(alice).post(edit, {"reason": "Alice's", **seen})
    assert second.status_code == 409
    assert "Alice&#x27;s" in second.content.decode()


def test_the_table_lists_every_path_for_readers_too(client_of, victor, journey, path):
    page = client_of(victor).get(reverse("journeys:paths", args=[journey.pk])).content.decode()
    for words in ("Not active", "Active evaluation", "In a hurry", "20 %", "Skips ahead"):
        assert words in page
    assert "hx-post" not in page
