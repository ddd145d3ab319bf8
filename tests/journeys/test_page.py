"""The law of live pages: the page as it was, with the pieces of what changed, is the page now."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys import bulk, measuring, pictures, reshape, selectors, services, stepping
from journeys.models import Journey, Lane, Metric, Note, PersonaVersion, Picture, Stage
from journeys.page import JourneyPage, grid_html, kept_grid_html
from journeys.pasting import Piece
from journeys.stepping import step_note
from teams.models import Role
from tests.drawn import picture_file
from tests.pages import text_of, tree_of, with_pieces

Act = Callable[[dict[str, Any]], object]


def page_of(journey: Journey, viewer: Viewer) -> str:
    loaded = selectors.map_of(Journey.objects.get(pk=journey.pk))
    drawn = JourneyPage().draw(loaded.journey, {"journey-head", "marks"}, viewer)
    return f"<main>{drawn['journey-head']}{grid_html(loaded, viewer)}{drawn['marks']}</main>"


def rename_journey(cast):
    with cast["journey"].editing(by=cast["by"]):
        journey = Journey.objects.get(pk=cast["journey"].pk)
        journey.title, journey.customer_goal = "A new name", "Peace of mind"
        journey.save()


def rename_stage(cast):
    with cast["journey"].editing(by=cast["by"]):
        stage = Stage.objects.get(pk=cast["stages"][2].pk)
        stage.title = "Curious"
        stage.save()


def rename_lane(cast):
    with cast["journey"].editing(by=cast["by"]):
        lane = Lane.objects.get(pk=cast["thinks"].pk)
        lane.title = "Ponders"
        lane.save()


def edit_note(cast):
    with cast["journey"].editing(by=cast["by"]):
        note = Note.objects.get(pk=cast["note"].pk)
        note.text = "Other words"
        note.save()


def notes_of(cast, stage=None):
    notes = Note.objects.filter(board=cast["journey"].pk).order_by("pk")
    return list(notes.filter(stage=stage) if stage else notes)


def undo_point(cast):
    measuring.record_point(cast["metric"], day=date(2026, 3, 1), value=77, by=cast["by"])
    undo(cast["journey"], Board.objects.get(pk=cast["journey"].pk).version, by=cast["by"])


def save_metric(cast):
    metric = Metric.objects.get(pk=cast["metric"].pk)
    metric.target = 9
    measuring.save_metric(metric, by=cast["by"])


def save_picture(cast):
    picture = Picture.objects.get(pk=cast["picture"].pk)
    picture.alt = "Another window"
    pictures.save_picture(picture, by=cast["by"])


def put_back_persona(cast):
    with services.editing_persona(cast["speaker"], by=cast["by"]) as persona:
        persona.name = "Another name"
        persona.save()
    services.put_back_persona(PersonaVersion.objects.first(), by=cast["by"])


def change_text_of_stage(cast):
    with cast["journey"].editing(by=cast["by"]):
        stage = Stage.objects.get(pk=cast["stages"][2].pk)
        stage.business_goal, stage.goal_agreement = "To be thought of", 4
        stage.save()


ACTS: dict[str, Act] = {
    "rename_journey": rename_journey,
    "create_stage": lambda c: services.create_stage(c["journey"], title="New", by=c["by"]),
    "rename_stage": rename_stage,
    "move_stage": lambda c: services.move_stage(c["stages"][6], before=c["stages"][0], by=c["by"]),
    "delete_stage": lambda c: services.delete_stage(c["stages"][0], by=c["by"]),
    "create_lane": lambda c: services.create_lane(c["journey"], kind="text", by=c["by"]),
    "rename_lane": rename_lane,
    "move_lane": lambda c: services.move_lane(c["feels"], before=c["thinks"], by=c["by"]),
    "collapse_lane": lambda c: services.collapse_lane(c["thinks"], collapsed=True, by=c["by"]),
    "delete_lane": lambda c: services.delete_lane(c["thinks"], by=c["by"]),
    "create_note": lambda c: services.create_note(
        stage=c["stages"][1], lane=c["thinks"], text="New", by=c["by"]
    ),
    "edit_note": edit_note,
    "move_note": lambda c: services.move_note(
        c["note"], stage=c["stages"][3], lane=c["feels"], by=c["by"]
    ),
    "step_note": lambda c: step_note(c["note"], direction="right", by=c["by"]),
    "give_voice": lambda c: services.give_voice(c["note"], c["speaker"], by=c["by"]),
    "delete_note": lambda c: services.delete_note(c["note"], by=c["by"]),
    "record_emotion": lambda c: services.record_emotion(
        c["stages"][1], persona=None, score=2, by=c["by"]
    ),
    "attach_persona": lambda c: services.attach_persona(c["journey"], c["persona"], by=c["by"]),
    "detach_persona": lambda c: services.detach_persona(c["journey"], c["shown"], by=c["by"]),
    "change_portrait": lambda c: services.change_portrait(
        c["shown"], file=picture_file(), by=c["by"]
    ),
    "put_back_persona": put_back_persona,
    "change_persona": lambda c: services.change_persona(c["shown"], by=c["by"]),
    "delete_notes": lambda c: bulk.delete_notes(c["journey"], notes_of(c), by=c["by"]),
    "move_notes": lambda c: bulk.move_notes(
        c["journey"], [c["note"]], stage=c["stages"][3], lane=c["feels"], by=c["by"]
    ),
    "step_notes": lambda c: bulk.step_notes(
        c["journey"], notes_of(c)[:1], direction="right", by=c["by"]
    ),
    "duplicate_notes": lambda c: bulk.duplicate_notes(c["journey"], notes_of(c)[:1], by=c["by"]),
    "copy_notes": lambda c: bulk.copy_notes(
        c["journey"], [c["note"]], stage=c["stages"][3], lane=c["feels"], by=c["by"]
    ),
    "paste_notes": lambda c: bulk.paste_notes(
        c["journey"],
        [Piece(0, 0, "a"), Piece(1, 1, "b")],
        stage=c["stages"][3],
        lane=c["thinks"],
        by=c["by"],
    ),
    "split_stage": lambda c: reshape.split_stage(
        c["stages"][0], title="New", notes=notes_of(c, c["stages"][0]), by=c["by"]
    ),
    "merge_stages": lambda c: reshape.merge_stages(c["stages"][4], by=c["by"]),
    "record_point": lambda c: measuring.record_point(
        c["metric"], day=date(2026, 5, 1), value=30, by=c["by"]
    ),
    "correct_point": lambda c: measuring.record_point(
        c["metric"], day=date(2026, 1, 1), value=-3, by=c["by"]
    ),
    "undo_point": undo_point,
    "create_metric": lambda c: measuring.create_metric(
        stage=c["stages"][4], name="CSAT", kind="csat", by=c["by"]
    ),
    "save_metric": save_metric,
    "set_points": lambda c: measuring.set_points(
        c["metric"], [(date(2026, 1, 1), 11), (date(2026, 1, 2), 12)], by=c["by"]
    ),
    "step_metric": lambda c: measuring.step_metric(c["metric"], direction="right", by=c["by"]),
    "delete_point": lambda c: measuring.delete_point(c["point"], by=c["by"]),
    "create_picture": lambda c: pictures.create_picture(
        stage=c["stages"][4], lane=c["gallery"], file=picture_file(), alt="New", by=c["by"]
    ),
    "save_picture": save_picture,
    "move_picture": lambda c: pictures.move_picture(
        c["picture"], stage=c["stages"][3], lane=c["gallery"], by=c["by"]
    ),
    "step_picture": lambda c: pictures.step_picture(c["picture"], direction="left", by=c["by"]),
    "delete_picture": lambda c: pictures.delete_picture(c["picture"], by=c["by"]),
    "move_metric": lambda c: measuring.move_metric(c["metric"], stage=c["stages"][2], by=c["by"]),
    "delete_metric": lambda c: measuring.delete_metric(c["metric"], by=c["by"]),
    "change_text_of_stage": change_text_of_stage,
    "undo": lambda c: undo(c["journey"], c["note"].version, by=c["by"]),
}
NOT_ON_THE_MAP = {
    "create_journey": "makes a board; there is no page before it",
    "delete_journey": "the page is gone; streams of a deleted board end",
    "restore_journey": "the page was gone",
    "create_persona": "in the library, on no map yet",
    "editing_persona": "change_persona goes through it",
    "delete_persona": "only of a persona that no map shows",
    "journey_has_lane": "reads",
    "require_in_range": "reads",
    "require_notes": "reads",
    "require_shown": "reads",
    "step_from": "reads",
    "stage_beside": "reads",
    "next_colour": "reads",
    "in_order": "reads",
    "right_neighbour": "reads",
}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
@pytest.mark.parametrize("act", ACTS)
def test_the_page_with_its_pieces_is_the_page_reloaded(act, role, scene):
    viewer = Viewer(role, "en")
    journey = scene["journey"]
    before = page_of(journey, viewer)
    since = Board.objects.get(pk=journey.pk).version
    ACTS[act](scene)
    board = Board.objects.get(pk=journey.pk)
    assert board.version > since
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page_of(journey, viewer)))


def test_every_service_of_journeys_is_held_to_the_law():
    written = {
        name
        for module in (services, bulk, measuring, pictures, reshape, stepping)
        for name, thing in vars(module).items()
        if callable(thing) and getattr(thing, "__module__", "") == module.__name__
        if not name.startswith("_") and not isinstance(thing, type)
    }
    not_services = {
        "undo", "rename_journey", "rename_stage", "rename_lane", "edit_note", "correct_point",
        "undo_point", "change_text_of_stage",
    }  # fmt: skip
    assert written == (set(ACTS) - not_services) | set(NOT_ON_THE_MAP)


@pytest.mark.django_db(transaction=True)
def test_the_kept_grid_is_never_older_than_the_map(scene):
    viewer = Viewer(Role.EDITOR, "en")
    for name in sorted(ACTS, key=lambda name: (name.startswith("delete"), name)):
        if name in ("undo", "delete_point"):
            continue
        ACTS[name](scene)
        journey = Journey.objects.get(pk=scene["journey"].pk)
        outline = selectors.outline_of(journey)
        outline.personas = selectors.personas_of(journey)
        anew = grid_html(selectors.map_of(journey), viewer)
        assert kept_grid_html(outline, viewer) == anew, name
        assert kept_grid_html(outline, viewer) == anew, name


def test_a_piece_of_one_note_costs_the_queries_of_its_cell(scene, django_assert_max_num_queries):
    since = Board.objects.get(pk=scene["journey"].pk).version
    edit_note(scene)
    board = Board.objects.get(pk=scene["journey"].pk)
    with django_assert_max_num_queries(9):
        render_changes(board, since, Viewer(Role.EDITOR, "en"))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COMMENTER])
def test_case_27_pieces_for_readers_hold_no_way_to_edit(role, scene):
    since = Board.objects.get(pk=scene["journey"].pk).version
    for act in ("edit_note", "create_stage", "move_note"):
        ACTS[act](scene)
    board = Board.objects.get(pk=scene["journey"].pk)
    html = render_changes(board, since, Viewer(role, "en")).html
    assert "Other words" in html
    assert "hx-post" not in html
    assert "data-menu" not in html


def test_case_19_pieces_that_come_twice_or_late_change_nothing(scene):
    viewer, journey = Viewer(Role.EDITOR, "en"), scene["journey"]
    before = page_of(journey, viewer)
    first = Board.objects.get(pk=journey.pk).version
    ACTS["edit_note"](scene)
    middle = Board.objects.get(pk=journey.pk).version
    ACTS["create_stage"](scene)
    board = Board.objects.get(pk=journey.pk)
    late = render_changes(board, first, viewer).html
    newer = render_changes(board, middle, viewer).html
    patched = with_pieces(with_pieces(with_pieces(tree_of(before), newer), late), newer)
    assert text_of(patched) == text_of(tree_of(page_of(journey, viewer)))


def test_too_many_changes_draw_the_whole_map(scene, monkeypatch):
    monkeypatch.setattr("collaboration.live.MOST_CHANGES", 1)
    since = 0
    board = Board.objects.get(pk=scene["journey"].pk)
    html = render_changes(board, since, Viewer(Role.VIEWER, "en")).html
    pieces = re.findall(r'<hx-partial hx-target="#([\w-]+)"', html)
    assert sorted(pieces) == ["feelings-table", "journey-head", "map-grid", "marks", "paths-table"]


def test_pieces_speak_the_viewers_language(scene):
    since = Board.objects.get(pk=scene["journey"].pk).version
    ACTS["create_stage"](scene)
    board = Board.objects.get(pk=scene["journey"].pk)
    danish = render_changes(board, since, Viewer(Role.EDITOR, "da")).html
    english = render_changes(board, since, Viewer(Role.EDITOR, "en")).html
    assert danish != english
