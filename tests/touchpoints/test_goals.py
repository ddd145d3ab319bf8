"""Ranked goals of both sides, what serves them, and the page that holds them side by side."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from collaboration.editing import Refused
from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys.copies import copy_journey
from journeys.models import Journey
from journeys.reshape import merge_stages
from journeys.services import delete_stage
from teams.access import actor_in
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from touchpoints.activities import create_activity, delete_activity
from touchpoints.goal_page import Serves, goals_html, tension_of
from touchpoints.goals import (
    create_goal,
    delete_goal,
    goals_of,
    move_goal,
    release_goal,
    save_goal,
    serve_goal,
    step_goal,
)
from touchpoints.models import ActivityGoal, Goal

pytestmark = pytest.mark.django_db


def url(name, journey, *ids):
    return reverse(f"touchpoints:{name}", args=[journey.pk, *ids])


@pytest.fixture
def style(journey, by_bob):
    return create_goal(journey, side="customer", text="Suits my style", by=by_bob)


@pytest.fixture
def margin(journey, by_bob):
    return create_goal(journey, side="business", text="Better lens, higher margin", by=by_bob)


@pytest.fixture
def mailing(journey, stages, by_bob):
    return create_activity(journey, title="Mailing", stage=stages[0], hours_per_month=12, by=by_bob)


def stored(goal):
    return Goal.objects.get(pk=goal.pk)


def ranks(journey, side):
    return [goal.text for goal in goals_of(journey) if goal.side == side]


def serves(journey):
    found = tension_of(Journey.objects.get(pk=journey.pk))
    return {one.effort.title: one.serves for one in found.efforts}


def test_each_side_has_an_order_of_its_own(journey, style, margin, by_bob):
    fast = create_goal(journey, side="customer", text="Before the weekend", by=by_bob)
    first = create_goal(journey, side="customer", text="Not to pay twice", before=style, by=by_bob)
    assert ranks(journey, "customer") == [
        "Not to pay twice", "Suits my style", "Before the weekend",
    ]  # fmt: skip
    step_goal(stored(fast), direction="up", by=by_bob)
    step_goal(stored(first), direction="up", by=by_bob)
    assert ranks(journey, "customer") == [
        "Not to pay twice", "Before the weekend", "Suits my style",
    ]  # fmt: skip
    step_goal(stored(first), direction="down", by=by_bob)
    step_goal(stored(style), direction="down", by=by_bob)
    assert ranks(journey, "customer") == [
        "Before the weekend", "Not to pay twice", "Suits my style",
    ]  # fmt: skip
    assert ranks(journey, "business") == ["Better lens, higher margin"]
    with pytest.raises(Refused, match="own side"):
        move_goal(stored(style), before=stored(margin), by=by_bob)


def test_an_activity_serves_neither_one_or_both(journey, style, margin, mailing, by_bob):
    assert serves(journey) == {"Mailing": Serves.NEITHER}
    pair = serve_goal(mailing, margin, by=by_bob)
    assert serve_goal(mailing, margin, by=by_bob) == pair
    assert serves(journey) == {"Mailing": Serves.BUSINESS}
    serve_goal(mailing, style, by=by_bob)
    found = tension_of(journey)
    (both, *others) = found.groups
    assert (both.serves, both.hours, [len(group.efforts) for group in others]) == (
        Serves.BOTH, 12, [0, 0, 0],
    )  # fmt: skip
    assert [(each.goal.text, counts) for each, counts in found.meetings] == [
        ("Suits my style", [1])
    ]
    release_goal(pair, by=by_bob)
    assert serves(journey) == {"Mailing": Serves.CUSTOMER}


def test_deleted_goal_is_served_by_nothing_and_undo_ties_it_again(
    journey, style, margin, mailing, by_bob
):
    serve_goal(mailing, style, by=by_bob)
    delete_goal(stored(style), by=by_bob)
    assert serves(journey) == {"Mailing": Serves.NEITHER}
    board = Board.objects.get(pk=journey.pk)
    undo(board, board.version, by=by_bob)
    assert serves(journey) == {"Mailing": Serves.CUSTOMER}


def test_a_stage_that_goes_leaves_its_goal_and_a_foreign_one_is_refused(
    journey, stages, style, foreign_stage, by_bob
):
    goal = stored(style)
    goal.stage = stages[0]
    save_goal(goal, by=by_bob)
    delete_stage(stages[0], by=by_bob)
    goal = stored(style)
    assert goal.stage is None
    goal.stage = foreign_stage
    with pytest.raises(Refused):
        save_goal(goal, by=by_bob)


def test_a_copy_has_its_own_goals_and_ties(journey, style, margin, mailing, by_bob):
    serve_goal(mailing, style, by=by_bob)
    copy = copy_journey(journey, title="Copy", by=by_bob)
    assert serves(copy) == {"Mailing": Serves.CUSTOMER}
    assert ActivityGoal.objects.get(board=copy).goal.board_id == copy.pk
    with pytest.raises(Refused, match="another journey"):
        serve_goal(mailing, Goal.objects.filter(board=copy).first(), by=by_bob)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"text": ""}, "goal_has_a_text"), ({"side": "nobody"}, "goal_of_a_known_side")],
)
def test_database_refuses(journey, by_bob, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        create_goal(journey, **{"side": "customer", "text": "X", **values}, by=by_bob)


@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_write_nothing(
    request, nordlys, client_of, journey, style, mailing, by_bob, who
):
    pair = serve_goal(mailing, style, by=by_bob)
    person = request.getfixturevalue(who)
    actor = actor_in(person, nordlys)
    for write in (
        lambda: create_goal(journey, side="customer", text="No", by=actor),
        lambda: save_goal(stored(style), by=actor),
        lambda: step_goal(stored(style), direction="up", by=actor),
        lambda: serve_goal(mailing, style, by=actor),
        lambda: release_goal(pair, by=actor),
        lambda: delete_goal(stored(style), by=actor),
    ):
        with pytest.raises(PermissionDenied):
            write()
    html = client_of(person).get(url("goals", journey)).content.decode()
    assert "Suits my style" in html
    assert "hx-post" not in html


# --- The page --------------------------------------------------------------------------------
def test_writing_ranking_and_deleting_on_the_page(client_of, bob, journey, stages, margin):
    client, headers = client_of(bob), {"Board-View": "goals"}
    assert client.get(url("goal_create", journey, "nobody")).status_code == 404
    sent = {"text": "Suits my style", "stage": stages[0].pk}
    drawn = client.post(url("goal_create", journey, "customer"), sent, headers=headers)
    assert 'hx-target="#goals-board"' in drawn.content.decode()
    client.post(url("goal_create", journey, "customer"), {"text": "Quick"})
    quick = Goal.objects.get(text="Quick")
    said = client.post(url("goal_move", journey, quick.pk), {"direction": "up"}, headers=headers)
    assert "“Quick” is now goal 1." in said.content.decode()
    style = Goal.objects.get(text="Suits my style")
    client.post(url("goal_move", journey, style.pk), {"before": quick.pk})
    assert ranks(journey, "customer") == ["Suits my style", "Quick"]
    client.post(
        url("goal_edit", journey, quick.pk), {"text": "Quickly done", "initial-text": "Quick"}
    )
    client.post(url("goal_delete", journey, style.pk))
    assert ranks(journey, "customer") == ["Quickly done"]


def test_what_an_activity_serves_is_ticked_and_only_what_was_ticked_is_changed(
    client_of, bob, journey, style, margin, mailing, by_bob
):
    client, where = client_of(bob), url("served", journey, f"activity-{mailing.pk}")
    assert "Suits my style" in client.get(where).content.decode()
    client.post(where, {"goals": [style.pk]})
    serve_goal(mailing, margin, by=by_bob)  # meanwhile, by somebody else
    client.post(where, {"goals": [], "seen": [style.pk]})
    assert [pair.goal for pair in ActivityGoal.objects.all()] == [margin]
    delete_activity(mailing, by=by_bob)
    assert client.post(where, {"goals": [style.pk]}).status_code == 404


def test_goals_keep_their_ranks_when_stages_are_merged(journey, stages, style, by_bob):
    for text, stage in (("Here", stages[1]), ("There", stages[0])):
        create_goal(journey, side="customer", text=text, stage=stage, before=style, by=by_bob)
    merge_stages(stages[0], by=by_bob)
    assert ranks(journey, "customer") == ["Here", "There", "Suits my style"]
    assert set(Goal.objects.values_list("stage", flat=True)) == {stages[0].pk, None}


def test_a_goal_that_was_deleted_meanwhile_does_not_keep_the_others_from_being_ticked(
    client_of, bob, journey, style, margin, mailing, by_bob
):
    serve_goal(mailing, style, by=by_bob)
    seen = style.pk
    delete_goal(style, by=by_bob)
    where = url("served", journey, f"activity-{mailing.pk}")
    client_of(bob).post(where, {"goals": [margin.pk], "seen": [seen]})
    assert [pair.goal for pair in ActivityGoal.objects.all()] == [margin]


def test_a_foreign_goal_is_no_choice(
    client_of, bob, journey, style, mailing, foreign_journey, by_charlie
):
    theirs = create_goal(foreign_journey, side="customer", text="Secret", by=by_charlie)
    where = url("served", journey, f"activity-{mailing.pk}")
    assert "Secret" not in client_of(bob).get(where).content.decode()
    assert client_of(bob).post(where, {"goals": [theirs.pk]}).status_code == 422
    assert not ActivityGoal.objects.exists()


def page(journey):
    viewer = Viewer(Role.EDITOR, "en", view="goals")
    return f"<main>{goals_html(Journey.objects.get(pk=journey.pk), viewer)}</main>"


def agree(scene):
    with scene["journey"].editing(by=scene["by"]):
        journey = Journey.objects.get(pk=scene["journey"].pk)
        journey.goal_agreement = 2
        journey.save()


ACTS = {
    "create": lambda c: create_goal(c["journey"], side="business", text="New", by=c["by"]),
    "step": lambda c: step_goal(stored(c["second"]), direction="up", by=c["by"]),
    "serve": lambda c: serve_goal(c["mailing"], c["style"], by=c["by"]),
    "delete": lambda c: delete_goal(stored(c["style"]), by=c["by"]),
    "delete_activity": lambda c: delete_activity(c["mailing"], by=c["by"]),
    "agree": agree,
}


@pytest.mark.parametrize("act", ACTS)
def test_the_page_with_its_pieces_is_the_page_reloaded(
    journey, style, margin, mailing, by_bob, act
):
    second = create_goal(journey, side="customer", text="Second", by=by_bob)
    before, since = page(journey), Board.objects.get(pk=journey.pk).version
    scene = {
        "journey": journey, "style": style, "second": second, "mailing": mailing, "by": by_bob,
    }  # fmt: skip
    ACTS[act](scene)
    board = Board.objects.get(pk=journey.pk)
    viewer = Viewer(Role.EDITOR, "en", view="goals")
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    assert text_of(patched) == text_of(tree_of(page(journey)))
    assert text_of(patched) != text_of(tree_of(before))


def test_the_page_costs_the_same_whatever_is_ranked(
    journey, style, margin, mailing, by_bob, django_assert_num_queries
):
    viewer = Viewer(Role.EDITOR, "en", view="goals")
    loaded = Journey.objects.get(pk=journey.pk)
    with django_assert_num_queries(6):
        goals_html(loaded, viewer)
    for number in range(4):
        goal = create_goal(journey, side="customer", text=f"G{number}", by=by_bob)
        made = create_activity(journey, title=f"A{number}", by=by_bob)
        serve_goal(made, goal, by=by_bob)
    with django_assert_num_queries(6):
        goals_html(loaded, viewer)
