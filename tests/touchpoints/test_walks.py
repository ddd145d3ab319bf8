"""Walks: what is written, refused, taken along and compared."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from collaboration.editing import OutsideEditing, Refused
from collaboration.models import Board
from collaboration.pictures import NotAPicture, picture_bytes
from collaboration.search import search
from collaboration.undo import undo
from collaboration.wording import Wording
from journeys.copies import copy_journey
from journeys.own_starters import save_as_template
from journeys.reshape import merge_stages
from journeys.services import delete_stage
from teams.access import actor_in
from tests.drawn import picture_file
from touchpoints.services import create_touchpoint, move_touchpoint
from touchpoints.walk_compare import compare_walks, steps_of, usual_choice, walks_of
from touchpoints.walk_models import Walk, WalkStep
from touchpoints.walks import (
    answer_step,
    delete_step,
    delete_walk,
    finish_walk,
    save_walk,
    start_walk,
    take_photo_away,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(journey, by_bob):
    return start_walk(journey, by=by_bob)


@pytest.fixture
def brillux(journey, by_bob):
    return start_walk(journey, competitor=True, company="Brillux", walker="Ida", by=by_bob)


@pytest.fixture
def shelf(stages, by_bob):
    return create_touchpoint(stage=stages[0], title="Shelf", by=by_bob)


def stored(row):
    return type(row).objects.get(pk=row.pk)


# --- Writing -------------------------------------------------------------------------------
def test_a_walk_is_walked_by_whoever_starts_it_and_a_competitor_has_a_name(own, journey, by_bob):
    assert (str(own), own.walker, own.competitor) == ("Our own company", by_bob.name, False)
    with pytest.raises(Refused, match="Name the competitor"):
        start_walk(journey, competitor=True, by=by_bob)
    own.competitor = True
    with pytest.raises(Refused, match="Name the competitor"):
        save_walk(own, by=by_bob)


def test_what_is_sent_again_with_its_key_is_the_same_step(own, stages, by_bob):
    first = answer_step(own, key="a", stage=stages[0], worked="no", by=by_bob)
    version = Board.objects.get(pk=own.board_id).version
    again = answer_step(own, key="a", stage=stages[0], worked="no", by=by_bob)
    assert (again.pk, Board.objects.get(pk=own.board_id).version) == (first.pk, version)
    answer_step(own, key="a", missing="A price", by=by_bob)
    step = WalkStep.objects.get()
    assert (step.worked, step.missing, step.stage) == ("no", "A price", stages[0])


def test_the_same_key_in_another_walk_is_another_step(own, brillux, by_bob):
    answer_step(own, key="a", score=1, by=by_bob)
    answer_step(brillux, key="a", score=5, by=by_bob)
    assert list(WalkStep.objects.order_by("pk").values_list("score", flat=True)) == [1, 5]


def test_a_touchpoint_brings_its_stage_and_takes_its_steps_along(own, stages, shelf, lane, by_bob):
    step = answer_step(own, touchpoint=shelf, stage=stages[2], score=3, by=by_bob)
    assert step.stage == stages[0]
    move_touchpoint(shelf, stage=stages[1], by=by_bob)
    assert stored(step).stage == stages[1]
    board = Board.objects.get(pk=own.board_id)
    undo(board, board.version, by=by_bob)
    assert stored(step).stage == stages[0]


def test_foreign_stages_and_touchpoints_are_refused(own, foreign_stage, by_bob, by_charlie):
    theirs = create_touchpoint(stage=foreign_stage, title="Theirs", by=by_charlie)
    for wrong in ({"stage": foreign_stage}, {"touchpoint": theirs}):
        with pytest.raises(Refused):
            answer_step(own, **wrong, score=1, by=by_bob)
    assert not WalkStep.objects.exists()


def test_a_photo_is_drawn_anew_and_taken_away(own, by_bob):
    step = answer_step(own, file=picture_file(size=(400, 200)), by=by_bob)
    assert (step.photo_width, step.photo_height) == (400, 200)
    assert picture_bytes(stored(step).photo)
    with pytest.raises(NotAPicture):
        answer_step(own, key="b", file=BytesIO(b"<svg>"), by=by_bob)
    take_photo_away(step, by=by_bob)
    assert (stored(step).photo, stored(step).photo_width) == ("", 0)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"score": 6}, "walk_step_score_1_to_5"),
        ({"score": 0}, "walk_step_score_1_to_5"),
        ({"worked": "maybe"}, "walk_step_known_answers"),
    ],
)
def test_database_refuses(own, by_bob, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        answer_step(own, **values, by=by_bob)


def test_a_step_has_its_key_once(own, by_bob):
    answer_step(own, key="a", by=by_bob)
    with pytest.raises(IntegrityError, match="walk_step_key_once"), own.board.editing(by=by_bob):
        WalkStep(board_id=own.board_id, walk=own, key="a").save()


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_walk_nothing(request, nordlys, journey, own, by_bob, who):
    step = answer_step(own, score=2, by=by_bob)
    actor = actor_in(request.getfixturevalue(who), nordlys)
    for write in (
        lambda: start_walk(journey, by=actor),
        lambda: answer_step(own, score=1, by=actor),
        lambda: finish_walk(own, by=actor),
        lambda: delete_walk(own, by=actor),
        lambda: delete_step(step, by=actor),
        lambda: take_photo_away(step, by=actor),
    ):
        with pytest.raises(PermissionDenied):
            write()
    with pytest.raises(OutsideEditing):
        step.save()


# --- What happens to the map meanwhile ---------------------------------------------------------
def test_a_stage_that_goes_leaves_what_was_met_there(own, stages, shelf, by_bob):
    step = answer_step(own, touchpoint=shelf, missing="A price", by=by_bob)
    delete_stage(stages[0], by=by_bob)
    assert (stored(step).stage, stored(step).touchpoint) == (None, None)
    board = Board.objects.get(pk=own.board_id)
    undo(board, board.version, by=by_bob)
    assert (stored(step).stage, stored(step).touchpoint) == (stages[0], shelf)


def test_merged_stages_bring_their_steps_together(own, stages, by_bob):
    step = answer_step(own, stage=stages[1], score=4, by=by_bob)
    merge_stages(stages[0], by=by_bob)
    assert stored(step).stage == stages[0]


def test_a_deleted_walk_comes_back_with_its_steps(own, by_bob):
    answer_step(own, key="a", missing="A price", by=by_bob)
    delete_walk(own, by=by_bob)
    assert not WalkStep.objects.exists()
    board = Board.objects.get(pk=own.board_id)
    undo(board, board.version, by=by_bob)
    assert WalkStep.objects.get().missing == "A price"


def test_a_copy_has_the_walks_and_a_template_has_not(journey, own, shelf, by_bob):
    answer_step(own, key="a", touchpoint=shelf, missing="A price", by=by_bob)
    copy = copy_journey(journey, title="Copy", by=by_bob)
    step = WalkStep.objects.get(board=copy.pk)
    assert (step.missing, step.walk.board_id, step.touchpoint.board_id) == (
        "A price", copy.pk, copy.pk,
    )  # fmt: skip
    template = save_as_template(journey, name="Ours", with_notes=True, by=by_bob)
    assert "walk" not in str(template.content)


def test_history_names_a_step_by_its_walk_and_place(own, stages, shelf, by_bob):
    step = answer_step(own, touchpoint=shelf, by=by_bob)
    words = Wording(own.board_id, {WalkStep: [step.pk]})
    named = set(words.name(WalkStep, step.pk).split(", "))
    assert named == {"Our own company", stages[0].title, "Shelf"}


def test_what_was_met_is_found_by_words(nordlys, bob, brillux, by_bob):
    answer_step(brillux, place="Counter", missing="Somebody who smiles", by=by_bob)
    (found,) = search("smiling", nordlys, bob)
    (hit,) = found.hits
    assert (found.kind.name, f"walk={brillux.pk}" in hit.address) == ("walks", True)


# --- Side by side ------------------------------------------------------------------------------
def test_who_is_ahead_is_said_stage_by_stage(journey, own, brillux, stages, by_bob):
    def met(walk, stage, score, **said):
        answer_step(walk, stage=stages[stage], score=score, by=by_bob, **said)

    met(own, 0, 2, worked="no")
    met(own, 0, 3)
    met(brillux, 0, 5, worked="yes")
    met(own, 1, 5)
    met(brillux, 1, 2)
    met(own, 2, 4)
    comparison = compare_walks(journey, [own, brillux])
    assert [row.verdict for row in comparison.rows] == ["behind", "ahead", ""]
    assert comparison.rows[0].said == "Brillux is ahead: 5 of 5, we 2.5"
    assert comparison.rows[0].differences == ["It works at Brillux, and not with us."]
    assert comparison.rows[1].said == "We are ahead: 5 of 5, Brillux 2"
    assert [row.stage for row in comparison.behind] == [stages[0]]
    assert [(str(walk), score, count) for walk, score, count in comparison.totals] == [
        ("Our own company", 3.5, 4), ("Brillux", 3.5, 2),
    ]  # fmt: skip


def test_half_a_point_is_the_least_that_counts(journey, own, brillux, stages, by_bob):
    for score in (4, 4, 4):
        answer_step(own, stage=stages[0], score=score, by=by_bob)
    for score in (4, 4, 5):
        answer_step(brillux, stage=stages[0], score=score, by=by_bob)
    assert compare_walks(journey, [own, brillux]).rows[0].verdict == "level"


def test_what_is_on_the_map_no_more_comes_last(journey, own, stages, by_bob):
    answer_step(own, stage=stages[0], missing="A price", by=by_bob)
    delete_stage(stages[0], by=by_bob)
    rows = compare_walks(journey, [own]).rows
    assert [row.stage for row in rows] == [stages[1], stages[2], None]
    assert rows[-1].sides[0].met[0].step.missing == "A price"


def test_the_usual_choice_is_our_latest_walk_and_the_latest_of_two_competitors(journey, by_bob):
    def walk(day, company=""):
        fields = {"competitor": bool(company), "company": company, "walked_on": f"2026-11-{day:02}"}
        return start_walk(journey, **fields, by=by_bob)

    walk(1)
    ours, old = walk(2), walk(3, "Brillux")
    nord, new, _third = walk(5, "Optik Nord"), walk(6, "brillux"), walk(4, "Third")
    assert usual_choice(list(walks_of(journey))) == [ours, new, nord]
    assert old not in usual_choice(list(walks_of(journey)))


def test_steps_without_an_answer_are_not_shown(own, stages, by_bob):
    answer_step(own, stage=stages[0], by=by_bob)
    met = answer_step(own, stage=stages[0], better="A smile", by=by_bob)
    assert steps_of([own]) == [met]


def test_the_number_of_queries_does_not_grow(
    journey, own, brillux, stages, by_bob, django_assert_num_queries
):
    for walk in (own, brillux):
        for number in range(12):
            answer_step(walk, stage=stages[number % 3], score=3, missing="A price", by=by_bob)
    with django_assert_num_queries(3):
        compare_walks(journey, [own, brillux])


def test_limits_hold(journey, own, by_bob, monkeypatch):
    from collaboration import limits

    small = limits.Limit(Walk, (), 1, "At most %(most)s.")
    monkeypatch.setitem(limits._limits, Walk, small)
    with pytest.raises(limits.LimitReached, match="At most 1"):
        start_walk(journey, by=by_bob)
