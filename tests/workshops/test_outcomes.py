"""What becomes of decisions: status, proof, and questions that open again on the map."""

import pytest

from collaboration.models import Board, Comment
from collaboration.undo import undo
from journeys.measuring import create_metric, record_point
from journeys.models import Stage
from journeys.services import delete_stage
from tests.drawn import picture_file
from workshops import deciding, outcomes
from workshops.models import Action, Participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(full_workshop) -> Action:
    """It comes from a problem of the fourth stage."""
    return Action.objects.get(board=full_workshop.pk, title="Trial the evening chat for a month")


@pytest.fixture
def editor(client_of, bob):
    return client_of(bob)


def url(action, act) -> str:
    return f"/workshops/{action.board_id}/actions/{action.pk}/{act}/"


def questions(journey) -> list[Comment]:
    return list(Comment.objects.filter(board=journey.pk).order_by("pk"))


# --- The question on the map ---------------------------------------------------------------
def test_what_is_dropped_opens_its_question_where_it_came_from(action, journey, as_bob):
    deciding.change_action(action, fields={"result": "Nobody called after six."}, by=as_bob)
    outcomes.set_status(action, status="dropped", by=as_bob)
    [question] = questions(journey)
    stage = Stage.objects.filter(board=journey.pk).order_by("position")[3]
    assert (question.target_type, question.target_id) == ("stage", stage.pk)
    assert question.body == (
        "“Trial the evening chat for a month” was tried and dropped.\n"
        "Nobody called after six.\n"
        "The question is open again: Nobody answers the chat after four o'clock."
    )
    assert Action.objects.get(pk=action.pk).question == question.pk


def test_where_the_stage_is_gone_the_whole_map_is_asked(action, journey, as_bob):
    delete_stage(Stage.objects.filter(board=journey.pk).order_by("position")[3], by=as_bob)
    outcomes.set_status(action, status="dropped", by=as_bob)
    [question] = questions(journey)
    assert (question.target_type, question.target_id) == ("journey", journey.pk)


def test_a_question_that_is_open_already_is_not_asked_twice(action, journey, as_bob):
    outcomes.set_status(action, status="dropped", by=as_bob)
    outcomes.reopen_question(Action.objects.get(pk=action.pk), by=as_bob)
    outcomes.set_status(action, status="doing", by=as_bob)
    outcomes.set_status(action, status="dropped", by=as_bob)
    assert len(questions(journey)) == 1


def test_a_question_that_was_resolved_opens_again(action, journey, as_bob):
    from collaboration.services import resolve_comment

    outcomes.set_status(action, status="dropped", by=as_bob)
    resolve_comment(questions(journey)[0], by=as_bob)
    outcomes.reopen_question(Action.objects.get(pk=action.pk), by=as_bob)
    [question] = questions(journey)
    assert question.resolved_at is None


def test_where_the_journey_is_in_the_trash_it_is_dropped_all_the_same(action, journey, as_bob):
    from journeys.services import delete_journey

    delete_journey(journey, by=as_bob)
    outcomes.set_status(action, status="dropped", by=as_bob)
    assert Action.objects.get(pk=action.pk).status == "dropped"
    assert questions(journey) == []


def test_dropping_by_the_form_asks_on_the_map_too(action, journey, editor):
    answer = editor.post(url(action, "edit"), {"title": action.title, "status": "dropped"})
    assert answer.status_code == 200
    assert len(questions(journey)) == 1
    assert f"/journeys/{journey.pk}/#comment-{questions(journey)[0].pk}" in answer.text


def test_undo_takes_the_drop_back_on_the_board(action, full_workshop, as_bob):
    outcomes.set_status(action, status="dropped", by=as_bob)
    version = Board.objects.get(pk=full_workshop.pk).version
    undo(full_workshop, version, by=as_bob)
    present = Action.objects.get(pk=action.pk)
    assert (present.status, present.question) == ("doing", None)


# --- Status --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"direction": "right"}, "testing"),
        ({"direction": "left"}, "planned"),
        ({"status": "kept"}, "kept"),
    ],
)
def test_a_card_moves_by_arrows_and_by_dragging(sent, status, action, editor):
    answer = editor.post(url(action, "move"), sent)
    assert answer.status_code == 200
    assert Action.objects.get(pk=action.pk).status == status
    assert "hx-partial" in answer.text


def test_there_is_no_step_beyond_the_ends(action, editor):
    editor.post(url(action, "move"), {"status": "planned"})
    assert editor.post(url(action, "move"), {"direction": "left"}).status_code == 200
    assert Action.objects.get(pk=action.pk).status == "planned"
    assert editor.post(url(action, "move"), {"status": "forgotten"}).status_code == 404


def test_a_commenter_moves_nothing(action, client_of, carol):
    assert client_of(carol).post(url(action, "move"), {"status": "kept"}).status_code == 403


# --- The form ------------------------------------------------------------------------------
def test_who_takes_part_is_offered_as_responsible_and_departments_as_helpers(action, editor):
    html = editor.get(url(action, "edit")).text
    assert '<option value="Sofie Lund">' in html
    assert '<option value="Customer service">' in html


def test_the_form_keeps_every_field(action, journey, editor, as_bob):
    stage = Stage.objects.filter(board=journey.pk).first()
    metric = create_metric(stage=stage, name="Calls", kind="number", by=as_bob)
    sent = {
        "title": "Try the chat",
        "owner": "Ali Demir",
        "helpers": "Sales, Finance",
        "starts": "2026-12-01",
        "due": "2027-02-01",
        "status": "testing",
        "proposal": "",
        "metric": "Calls",
        "target": "A tenth less",
        "result": "Fewer calls",
        "proof_link": "example.org/report",
        "proof_metric": str(metric.pk),
    }
    assert editor.post(url(action, "edit"), sent).status_code == 200
    present = Action.objects.get(pk=action.pk)
    assert (present.helpers, present.target) == ("Sales, Finance", "A tenth less")
    assert (present.proof_link, present.proof_metric) == ("https://example.org/report", metric.pk)
    assert (str(present.starts), str(present.due)) == ("2026-12-01", "2027-02-01")


@pytest.mark.parametrize(
    ("name", "value"),
    [("due", "2026-11-30"), ("proof_link", "javascript:alert(1)"), ("proof_metric", "999999")],
)
def test_the_form_refuses_what_makes_no_sense(name, value, action, editor):
    sent = {"title": "Try", "status": "doing", "starts": "2026-12-01", name: value}
    assert editor.post(url(action, "edit"), sent).status_code == 422
    assert Action.objects.get(pk=action.pk).title == action.title


def test_a_metric_of_the_map_shows_what_came_of_it(action, journey, editor, as_bob):
    stage = Stage.objects.filter(board=journey.pk).first()
    metric = create_metric(stage=stage, name="Calls per week", kind="number", by=as_bob)
    record_point(metric, day="2026-11-01", value=41, by=as_bob)
    record_point(metric, day="2026-11-20", value=17, by=as_bob)
    deciding.change_action(action, fields={"proof_metric": metric.pk}, by=as_bob)
    html = editor.get(f"/workshops/{action.board_id}/").text
    assert "Calls per week: <strong>17</strong>" in html


# --- The picture ---------------------------------------------------------------------------
def test_a_picture_proves_it(action, editor, client_of, victor, charlie):
    answer = editor.post(url(action, "proof"), {"file": picture_file(), "alt": "An empty queue"})
    assert answer.status_code == 200
    assert 'alt="An empty queue"' in answer.text
    assert client_of(victor).get(url(action, "picture")).status_code == 200
    assert client_of(charlie).get(url(action, "picture")).status_code == 404


def test_what_is_no_picture_is_refused_in_words(action, editor):
    from django.core.files.base import ContentFile

    file = ContentFile(b"<script>", name="picture.png")
    answer = editor.post(url(action, "proof"), {"file": file, "alt": "Nothing"})
    assert answer.status_code == 422
    assert "This is no picture" in answer.text
    assert Action.objects.get(pk=action.pk).picture == ""


# --- All workshops -------------------------------------------------------------------------
def test_the_board_of_all_workshops_shows_every_action_one_may_see(
    full_workshop, secret, editor, action
):
    html = editor.get("/actions/").text
    assert action.title in html
    assert "Collect all price lists" in html
    assert "2 actions" in html
    assert html.count('class="action"') == 2


def test_it_is_narrowed_by_workshop_by_person_and_by_what_is_late(full_workshop, editor, as_bob):
    deciding.add_action(full_workshop, title="Long ago", due="2020-01-01", by=as_bob)
    assert "Long ago" in editor.get("/actions/", {"late": "on"}).text
    assert "Collect all" not in editor.get("/actions/", {"late": "on"}).text
    owned = editor.get("/actions/", {"owner": "Sofie Lund"}).text
    assert "Trial the evening chat" in owned
    assert "Long ago" not in owned
    nonsense = editor.get("/actions/", {"workshop": "999999", "owner": "Nobody"})
    assert nonsense.status_code == 200


def test_a_card_moved_there_draws_the_columns_anew(action, editor):
    answer = editor.post(url(action, "move"), {"status": "kept", "page": "all", "late": ""})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="all-actions"')
    assert Action.objects.get(pk=action.pk).status == "kept"


def test_a_viewer_may_only_look(action, client_of, victor):
    html = client_of(victor).get("/actions/").text
    assert action.title in html
    assert "data-move" not in html


def test_it_takes_as_many_queries_for_many_as_for_few(
    full_workshop, editor, as_bob, django_assert_max_num_queries
):
    for number in range(30):
        deciding.add_action(full_workshop, title=f"More {number}", owner="Ali Demir", by=as_bob)
    with django_assert_max_num_queries(14):
        editor.get("/actions/")


def test_a_removed_participant_stays_named_on_what_they_look_after(action, full_workshop, as_bob):
    from workshops.services import remove_participant

    sofie = Participant.objects.get(board=full_workshop.pk, name="Sofie Lund")
    remove_participant(sofie, by=as_bob)
    assert Action.objects.get(pk=action.pk).owner == "Sofie Lund"
