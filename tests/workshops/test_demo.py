"""The demo workspaces: whole, the same when made again, and apart from each other."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from PIL import Image

from collaboration.models import Board, Change, Comment
from collaboration.pictures import picture_bytes
from insights.models import Evidence, Insight
from journeys.models import Emotion, Journey, Lane, MetricPoint, Note, Persona, Picture, Stage
from journeys.selectors import map_of
from teams.access import actor_in
from teams.models import Role, User, Workspace
from touchpoints.models import Touchpoint
from touchpoints.walk_models import Walk, WalkStep
from workshops.demo.build import build_demo
from workshops.demo.drawn import Face, Scene, face_file, scene_file
from workshops.demo.large import draw_large_journey
from workshops.demo.people import MEMBERS, PASSWORD, Cast
from workshops.demo.software_future import FUTURE
from workshops.models import (
    Action,
    ActionStatus,
    Contribution,
    Participant,
    Phase,
    Rating,
    ScopeStage,
    Workshop,
)

TABLES = (
    Stage, Lane, Note, Emotion, Touchpoint, Insight, Evidence, Comment, Participant, Rating, Action,
    Board, User, Workspace, Change,
)  # fmt: skip
MOST_STATEMENTS = 11_000


@pytest.fixture(scope="module")
def statements(django_db_setup, django_db_blocker):
    """Makes the demo once for this module, and takes it back; the number of SQL statements."""
    count = 0

    def counted(execute, *args):
        nonlocal count
        count += 1
        return execute(*args)

    with django_db_blocker.unblock(), transaction.atomic():
        with connection.execute_wrapper(counted):
            build_demo()
        yield count
        transaction.set_rollback(True)


@pytest.fixture
def demo(statements, db) -> Workspace:
    return Workspace.objects.get(slug="demo")


def journey(workspace: Workspace, title: str) -> Journey:
    return Journey.objects.get(workspace=workspace, title=title)


def test_second_run_leaves_the_same_for_the_same_people(demo, settings, client):
    counts = {model: model.objects.count() for model in TABLES}
    people = set(User.objects.values_list("pk", "email", "name"))
    owner = User.objects.get(email="owner@demo.example")
    owner.name = "Somebody Else"
    owner.set_password("changed-by-a-visitor")
    owner.save()
    settings.DEMO = True
    call_command("demo", verbosity=0)
    assert {model: model.objects.count() for model in TABLES} == counts
    assert set(User.objects.values_list("pk", "email", "name")) == people
    assert client.login(email="owner@demo.example", password=PASSWORD)
    assert not Workspace.objects.filter(pk=demo.pk).exists()


def test_one_member_of_each_role_signs_in_with_the_known_password(demo, client):
    roles = dict(demo.memberships.values_list("user__email", "role"))
    assert roles == {account.email: account.role for account in MEMBERS.values()}
    assert set(roles.values()) == set(Role.values)
    for email in roles:
        assert client.login(email=email, password=PASSWORD)
        assert User.objects.get(email=email).emailaddress_set.get().verified


@pytest.mark.parametrize(
    ("title", "stages"), [("Buying business software", 7), ("Solbrillen: new sunglasses", 5)]
)
def test_every_lane_is_filled_in_every_stage(demo, title, stages):
    shown = map_of(journey(demo, title))
    assert len(shown.stages) == stages
    assert [
        (stage.title, lane.kind)
        for stage in shown.stages
        for lane in shown.lanes
        if not shown.cells.get((stage.pk, lane.pk))
    ] == []
    assert all(
        stage.situation and stage.customer_goal and stage.business_goal for stage in shown.stages
    )
    assert len(shown.personas) == 2
    for stage in shown.stages:
        felt = Emotion.objects.filter(stage=stage).exclude(reason="")
        assert {emotion.persona_id for emotion in felt} == {one.pk for one in shown.personas}


def test_touchpoints_have_channels_and_some_are_not_used_for_a_reason(demo):
    touchpoints = Touchpoint.objects.filter(board=journey(demo, "Buying business software").pk)
    assert not touchpoints.filter(channel=None).exists()
    assert touchpoints.filter(moment_of_truth=True).count() >= 5
    unused = touchpoints.filter(use="not")
    assert unused.count() >= 3
    assert all(touchpoint.why_unused for touchpoint in unused)
    assert not touchpoints.exclude(use="not").exclude(why_unused="").exists()


def test_future_state_is_based_on_the_present_one(demo):
    future = Journey.objects.get(workspace=demo, perspective="future")
    assert future.based_on == journey(demo, "Buying business software")


def test_threads_are_answered_and_some_resolved(demo):
    threads = Comment.objects.filter(board__workspace=demo, parent=None)
    assert threads.exclude(resolved_at=None).count() >= 2
    assert threads.filter(resolved_at=None).count() >= 3
    assert threads.annotate(answers=Count("replies")).filter(answers__gte=2).count() >= 3
    authors = Comment.objects.filter(board__workspace=demo).values("author").distinct()
    assert authors.count() == 3


def test_history_is_by_several_people_who_were_allowed_to(demo):
    """But for the counting of silent notes, which says nobody's name."""
    changes = Change.objects.filter(board__workspace=demo).exclude(before={}, after={})
    assert set(changes.values_list("actor__email", flat=True)) == {
        "owner@demo.example",
        "editor@demo.example",
        "commenter@demo.example",
    }


def test_walks_show_both_sides_and_what_became_of_their_findings(demo):
    walks = Walk.objects.filter(board__workspace=demo)
    assert {(walk.board.title, walk.company) for walk in walks.select_related("board")} == {
        ("Solbrillen: new sunglasses", ""),
        ("Solbrillen: new sunglasses", "Brillux"),
        ("Buying business software", "Orderline"),
    }
    assert WalkStep.objects.filter(walk__in=walks, waits=True).count() == 2
    problem = Contribution.objects.exclude(finding=None).get(board__workspace=demo)
    assert "Orderline does it better" in problem.text
    assert problem.stage.title == "Purchase decision"
    for step in WalkStep.objects.filter(walk__in=walks).exclude(photo=""):
        assert picture_bytes(step.photo)


def test_one_workshop_is_over_and_the_next_one_follows_it(demo):
    finished = Workshop.objects.get(workspace=demo, phase=Phase.CLOSE)
    coming = Workshop.objects.get(workspace=demo, phase=Phase.PREPARE)
    assert finished.starts_at < timezone.now()
    ahead = coming.starts_at.date() - timezone.localdate()
    assert timedelta(days=14) <= ahead <= timedelta(days=16)
    assert coming.follows == finished
    departments = Participant.objects.filter(board=finished.pk).values("department").distinct()
    assert departments.count() >= 5
    for stage in ScopeStage.objects.filter(board=finished.pk):
        assert stage.contributions.count() >= 2
    decided = Action.objects.filter(board=finished.pk)
    assert decided.count() >= 5
    assert all(action.owner and action.due for action in decided)
    assert Participant.objects.filter(board=coming.pk).exists()


def test_stranger_shares_nothing_with_the_demo(demo):
    stranger = User.objects.get(email="outsider@demo.example")
    theirs = Board.objects.visible_to(stranger)
    assert [board.title for board in theirs] == ["A week on a charter boat"]
    for email in (account.email for account in MEMBERS.values()):
        assert not (Board.objects.visible_to(User.objects.get(email=email)) & theirs).exists()


def test_large_journey_is_as_large_as_promised(demo):
    owner = User.objects.get(email="owner@demo.example")
    editor = User.objects.get(email="editor@demo.example")
    actors = {"owner": actor_in(owner, demo), "editor": actor_in(editor, demo)}
    large = draw_large_journey(1, Cast(demo, actors))
    shown = map_of(large)
    assert (len(shown.stages), len(shown.lanes)) == (12, 10)
    assert Note.objects.filter(board=large.pk).count() == 300
    assert all(
        shown.cells.get((stage.pk, lane.pk)) for stage in shown.stages for lane in shown.lanes
    )


def test_making_it_takes_a_bounded_number_of_statements(statements):
    assert 0 < statements < MOST_STATEMENTS


def test_the_future_map_is_a_copy_whose_every_stage_and_note_knows_its_original(demo):
    future = Journey.objects.get(workspace=demo, perspective="future")
    today = journey(demo, "Buying business software")
    for model in (Stage, Lane, Note, Touchpoint):
        origins = list(model.objects.filter(board=future.pk).values_list("origin_id", flat=True))
        assert origins
        assert set(origins) <= set(
            model.objects.filter(board=today.pk).values_list("pk", flat=True)
        )
    titles = Stage.objects.filter(board=future.pk).order_by("position").values_list("title")
    assert [title for (title,) in titles] == [stage.title for stage in FUTURE.stages]
    said = set(Note.objects.filter(board=future.pk).values_list("text", flat=True))
    told = {text for stage in FUTURE.stages for texts in stage.notes.values() for text in texts}
    assert told <= said
    met = Touchpoint.objects.filter(board=future.pk).values_list("title", flat=True)
    assert set(met) == {one.title for stage in FUTURE.stages for one in stage.touchpoints}
    assert not MetricPoint.objects.filter(board=future.pk).exists()


def test_personas_have_faces_and_a_lane_has_pictures_that_say_what_they_show(demo):
    named = [*Persona.objects.filter(workspace=demo).values_list("portrait", flat=True)]
    pictures = Picture.objects.filter(board=journey(demo, "Buying business software").pk)
    assert len(named) == 4
    assert pictures.count() == 7
    assert all(picture.alt for picture in pictures)
    for name in [*named, *pictures.values_list("stored", flat=True)]:
        with Image.open(BytesIO(picture_bytes(name))) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 20)) > 8


def test_its_pictures_are_drawn_the_same_each_time():
    scene = Scene("", (1, 6), 2, (0.4, 0.3, 0.5))
    assert scene_file(scene).read() == scene_file(scene).read()
    face = Face("#dbe9f4", "#f1c9a5", "#8a5a2b", "#1d5b8f", glasses=True)
    assert face_file(face).read() == face_file(face).read()


def test_decisions_have_helpers_proof_and_one_that_was_dropped_asks_again(demo):
    actions = Action.objects.filter(board__workspace=demo, board__title="Where do we lose them?")
    assert not actions.filter(helpers="").exists()
    assert set(actions.values_list("status", flat=True)) == set(ActionStatus.values)
    dropped = actions.get(status="dropped")
    asked = Comment.objects.get(pk=dropped.question)
    assert asked.board == journey(demo, "Buying business software").board_ptr
    assert asked.target_type == "stage"
    proven = actions.get(status="kept")
    assert proven.proof_link
    assert picture_bytes(proven.picture)
