"""What stands ready: pairs of doubts and answers, the board, the lane, what is undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from collaboration.editing import Refused
from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from insights.doubts import State, preparation_of
from insights.models import Answer, Readiness
from insights.readiness import (
    answer_doubt,
    create_readiness,
    delete_readiness,
    move_readiness,
    save_readiness,
    step_readiness,
    take_back_answer,
)
from insights.readiness_page import readiness_html
from insights.services import attach_insight, create_insight, delete_insight
from journeys.copies import copy_journey
from journeys.models import Journey
from journeys.own_starters import save_as_template
from journeys.services import create_journey, create_lane, create_note, delete_note, delete_stage
from teams.access import actor_in
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces

pytestmark = pytest.mark.django_db


def url(name, journey, *ids):
    return reverse(f"insights:{name}", args=[journey.pk, *ids])


@pytest.fixture
def doubt(journey, stages, by_bob):
    lane = create_lane(journey, kind="doubts", by=by_bob)
    return create_note(stage=stages[0], lane=lane, text="Will it pay?", by=by_bob)


@pytest.fixture
def calculator(stages, doubt, by_bob):
    return create_readiness(
        stage=stages[0], title="Calculator", kind="tool", answers=doubt, by=by_bob
    )


def found(journey):
    return preparation_of(Journey.objects.get(pk=journey.pk))


def states(journey):
    return {doubt.text: doubt.state for doubt in found(journey).doubts}


def set_status(item, status, by):
    item = Readiness.objects.get(pk=item.pk)
    item.status = status
    save_readiness(item, by=by)


def test_a_doubt_is_open_then_prepared_then_answered(journey, stages, doubt, by_bob):
    create_note(stage=stages[1], lane=doubt.lane, text="Who helps?", by=by_bob)
    assert states(journey) == {"Will it pay?": State.OPEN, "Who helps?": State.OPEN}
    made = create_readiness(stage=stages[0], title="Calculator", answers=doubt, by=by_bob)
    assert states(journey)["Will it pay?"] is State.PREPARED
    set_status(made, "ready", by_bob)
    assert states(journey) == {"Will it pay?": State.ANSWERED, "Who helps?": State.OPEN}


def test_insights_that_are_doubts_or_needs_wait_for_an_answer_once_a_stage(
    nordlys, journey, stages, doubt, by_bob
):
    known = {"by": by_bob, "text": "They fear the roll-out"}
    insight = create_insight(nordlys, kind="doubt", **known)
    create_insight(nordlys, kind="need", text="On no map", by=by_bob)
    gain = create_insight(nordlys, kind="gain", text="They save time", by=by_bob)
    attach_insight(gain, stage=stages[0], by=by_bob)
    evidence = attach_insight(insight, stage=stages[0], by=by_bob)
    about = attach_insight(insight, stage=stages[0], about=doubt, by=by_bob)
    assert states(journey) == {
        "Will it pay?": State.OPEN, "They fear the roll-out": State.OPEN,
    }  # fmt: skip
    answer_doubt(
        about, readiness=create_readiness(stage=stages[0], title="Plan", by=by_bob), by=by_bob
    )
    assert states(journey)["They fear the roll-out"] is State.PREPARED
    delete_insight(insight, by=by_bob)
    assert not type(evidence).objects.filter(insight=insight.pk).exists()
    assert not Answer.objects.exists()


def test_stages_where_nothing_stands_ready_are_named(journey, stages, calculator, by_bob):
    assert found(journey).bare_stages == stages
    set_status(calculator, "ready", by_bob)
    assert found(journey).bare_stages == stages[1:]


def test_deleted_note_takes_its_pair_along_and_undo_brings_both(journey, doubt, calculator, by_bob):
    delete_note(doubt, by=by_bob)
    assert not Answer.objects.exists()
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=by_bob)
    assert Answer.objects.get().note_id == doubt.pk


def test_the_same_pair_is_made_once_and_another_journey_is_refused(
    journey, doubt, calculator, foreign_journey, by_bob
):
    again = answer_doubt(doubt, readiness=calculator, by=by_bob)
    assert Answer.objects.get() == again
    copy = copy_journey(journey, title="Copy", by=by_bob)
    elsewhere = Readiness.objects.get(board=copy)
    with pytest.raises(Refused, match="another journey"):
        answer_doubt(doubt, readiness=elsewhere, by=by_bob)


def test_a_copy_keeps_its_pairs_and_loses_those_whose_insight_stays_behind(
    nordlys, other, journey, stages, doubt, calculator, by_bob, by_charlie, charlie
):
    from teams.models import Membership

    insight = create_insight(nordlys, kind="doubt", text="Fear", by=by_bob)
    evidence = attach_insight(insight, stage=stages[0], by=by_bob)
    answer_doubt(evidence, readiness=calculator, by=by_bob)
    here = copy_journey(journey, title="Copy", by=by_bob)
    assert Answer.objects.filter(board=here).count() == 2
    Membership.objects.create(workspace=other, user=by_bob.user, role="editor")
    there = copy_journey(journey, title="Copy", workspace=other, by=actor_in(by_bob.user, other))
    assert [answer.note.text for answer in Answer.objects.filter(board=there)] == ["Will it pay?"]


def test_a_template_with_notes_keeps_what_stands_ready(
    nordlys, journey, stages, calculator, by_bob
):
    template = save_as_template(journey, name="Ours", with_notes=True, by=by_bob)
    made = create_journey(nordlys, title="New", starter=template.starter, by=by_bob)
    assert Readiness.objects.get(board=made).title == "Calculator"
    assert states(made) == {"Will it pay?": State.PREPARED}


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"title": ""}, "readiness_has_a_title"),
        ({"kind": "magic"}, "readiness_of_a_known_kind"),
        ({"status": "soon"}, "readiness_of_a_known_status"),
        ({"link": "javascript:alert(1)"}, "readiness_link_to_a_page"),
    ],
)
def test_database_refuses(stages, by_bob, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        create_readiness(stage=stages[0], **{"title": "X", **values}, by=by_bob)


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_write_nothing(
    request, nordlys, stages, doubt, calculator, client_of, journey, who
):
    person = request.getfixturevalue(who)
    actor = actor_in(person, nordlys)
    for write in (
        lambda: create_readiness(stage=stages[0], title="No", by=actor),
        lambda: save_readiness(calculator, by=actor),
        lambda: move_readiness(calculator, stage=stages[1], by=actor),
        lambda: answer_doubt(doubt, readiness=calculator, by=actor),
        lambda: take_back_answer(Answer.objects.get(), by=actor),
        lambda: delete_readiness(calculator, by=actor),
    ):
        with pytest.raises(PermissionDenied):
            write()
    html = client_of(person).get(url("readiness", journey)).content.decode()
    assert "Calculator" in html
    assert "hx-post" not in html
    assert '<a href="/" aria-current="true">' in html


def test_answering_is_one_step_with_something_new_or_something_there(
    client_of, bob, journey, stages, doubt, by_bob
):
    client, headers = client_of(bob), {"Board-View": "readiness"}
    address = url("answer_to", journey, f"note-{doubt.pk}")
    assert "Will it pay?" in client.get(address).content.decode()
    nothing = client.post(address, {"title": ""}, headers=headers)
    assert nothing.status_code == 422
    drawn = client.post(address, {"title": "Calculator", "status": "ready"}, headers=headers)
    assert 'hx-target="#readiness-board"' in drawn.content.decode()
    made = Readiness.objects.get()
    assert (made.stage, made.status) == (stages[0], "ready")
    other = create_note(stage=stages[1], lane=doubt.lane, text="How much?", by=by_bob)
    client.post(url("answer_to", journey, f"note-{other.pk}"), {"present": made.pk})
    assert set(states(journey).values()) == {State.ANSWERED}
    pair = Answer.objects.get(note=other)
    client.post(url("answer_delete", journey, pair.pk))
    assert states(journey)["How much?"] is State.OPEN


@pytest.mark.parametrize("doubt", ["note-0", "stage-1", "note", "evidence-x"])
def test_what_is_no_doubt_is_not_found(client_of, bob, journey, doubt):
    assert client_of(bob).get(url("answer_to", journey, doubt)).status_code == 404


def test_adding_editing_and_the_status_on_the_page(
    client_of, bob, journey, stages, website, foreign_stage
):
    client, headers = client_of(bob), {"Board-View": "readiness"}
    sent = {"stage": stages[1].pk, "title": "Guide", "kind": "information", "status": "planned",
            "channel": website.pk, "owner": "Marketing", "due": "2026-12-24",
            "link": "https://nordlys.example/guide"}  # fmt: skip
    assert client.post(url("readiness_add", journey), sent).status_code == 200
    item = Readiness.objects.get()
    assert (item.stage, item.channel, item.owner) == (stages[1], website, "Marketing")
    form = client.get(url("readiness_edit", journey, item.pk), headers=headers).content.decode()
    assert 'data-region="readiness-board"' in form
    client.post(
        url("readiness_edit", journey, item.pk), {"title": "Plain guide", "initial-title": "Guide"}
    )
    client.post(url("readiness_status", journey, item.pk), {"status": "ready"})
    item.refresh_from_db()
    assert (item.title, item.status, item.kind) == ("Plain guide", "ready", "information")
    assert (
        client.post(url("readiness_status", journey, item.pk), {"status": "x"}).status_code == 404
    )
    sent["stage"] = foreign_stage.pk
    assert client.post(url("readiness_add", journey), sent).status_code == 422


def test_the_lane_shows_what_stands_ready_and_moves_it(
    client_of, bob, journey, stages, calculator, by_bob
):
    lane = create_lane(journey, kind="readiness", by=by_bob)
    client = client_of(bob)
    page = client.get(reverse("journeys:map", args=[journey.pk])).content.decode()
    assert "Calculator" in page
    where = url("readiness_create", journey, stages[1].pk, lane.pk)
    assert client.post(where, {"title": "Second"}).status_code == 200
    step_readiness(Readiness.objects.get(pk=calculator.pk), direction="right", by=by_bob)
    order = Readiness.objects.filter(stage=stages[1]).order_by("position")
    assert [item.title for item in order] == ["Second", "Calculator"]
    answer = client.post(
        url("readiness_move", journey, calculator.pk),
        {"stage": stages[1].pk, "before": order[0].pk},
    )
    assert f'hx-target="#cell-{stages[1].pk}-{lane.pk}"' in answer.content.decode()
    assert [item.title for item in order.all()] == ["Calculator", "Second"]


def test_dragging_on_the_board_sets_the_status_with_the_place(
    client_of, bob, journey, stages, calculator
):
    where, client = url("readiness_move", journey, calculator.pk), client_of(bob)
    assert client.post(where, {"stage": stages[1].pk, "status": "soon"}).status_code == 404
    client.post(where, {"stage": stages[1].pk, "before": "", "status": "ready"})
    calculator.refresh_from_db()
    assert (calculator.stage, calculator.status) == (stages[1], "ready")


def page(journey):
    viewer = Viewer(Role.EDITOR, "en", view="readiness")
    return f"<main>{readiness_html(Journey.objects.get(pk=journey.pk), viewer)}</main>"


ACTS = {
    "create": lambda c: create_readiness(stage=c["stages"][1], title="New", by=c["by"]),
    "status": lambda c: set_status(c["calculator"], "ready", c["by"]),
    "move": lambda c: move_readiness(c["calculator"], stage=c["stages"][2], by=c["by"]),
    "take_back": lambda c: take_back_answer(Answer.objects.get(), by=c["by"]),
    "delete": lambda c: delete_readiness(c["calculator"], by=c["by"]),
    "delete_note": lambda c: delete_note(c["doubt"], by=c["by"]),
    "delete_stage": lambda c: delete_stage(c["stages"][0], by=c["by"]),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_page_with_its_pieces_is_the_page_reloaded(
    journey, stages, doubt, calculator, by_bob, act
):
    before, since = page(journey), Board.objects.get(pk=journey.pk).version
    ACTS[act]({"stages": stages, "calculator": calculator, "doubt": doubt, "by": by_bob})
    board = Board.objects.get(pk=journey.pk)
    viewer = Viewer(Role.EDITOR, "en", view="readiness")
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page(journey)))
    assert text_of(patched) != text_of(tree_of(before))


def test_the_board_costs_the_same_whatever_stands_on_it(
    journey, stages, doubt, calculator, by_bob, django_assert_num_queries
):
    viewer = Viewer(Role.EDITOR, "en", view="readiness")
    loaded = Journey.objects.get(pk=journey.pk)
    with django_assert_num_queries(5):
        readiness_html(loaded, viewer)
    for number in range(6):
        note = create_note(stage=stages[1], lane=doubt.lane, text=f"Q{number}", by=by_bob)
        create_readiness(stage=stages[1], title=f"A{number}", answers=note, by=by_bob)
    with django_assert_num_queries(5):
        readiness_html(loaded, viewer)
