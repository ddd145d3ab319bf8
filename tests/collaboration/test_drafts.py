"""Hidden drafts, and roles on one board: the one place that knows who is what (case 55)."""

import pytest

from collaboration import drafts
from collaboration.admission import Ticket, admitted
from collaboration.editing import Refused
from collaboration.models import Board
from collaboration.openings import BoardAccess
from journeys.models import Journey
from journeys.services import create_journey
from journeys.starters import STARTERS
from teams.access import Forbidden
from teams.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_by_bob(nordlys, bob, acting):
    return create_journey(nordlys, title="A plan", starter=STARTERS["seven-stages"], by=acting(bob))


@pytest.fixture
def people(alice, bob, carol, victor, charlie):
    return {"owner": alice, "editor": bob, "commenter": carol, "viewer": victor, "other": charlie}


def roles(board, people):
    """What everybody is on a board, from the list and from the board itself."""
    one_by_one = {name: board.actor_for(user) for name, user in people.items()}
    found = {name: actor and str(actor.role) for name, actor in one_by_one.items()}
    listed = {
        name: Board.objects.visible_to(user).filter(pk=board.pk).first()
        for name, user in people.items()
    }
    assert {name: row and row.role_here for name, row in listed.items()} == found
    return found


def hide(board, by):
    drafts.hide_board(board, hidden=True, by=by)


def give(board, user, role, by):
    membership = Membership.objects.get(workspace=board.workspace, user=user)
    return drafts.give_access(board, membership, role=role, by=by)


AS_IN_THE_WORKSPACE = {
    "owner": "owner", "editor": "editor", "commenter": "commenter", "viewer": "viewer",
    "other": None,
}  # fmt: skip


def test_a_board_is_for_the_workspace_unless_somebody_says_otherwise(made_by_bob, people):
    assert roles(made_by_bob, people) == AS_IN_THE_WORKSPACE


def test_case_55_a_hidden_draft_is_for_its_maker_and_the_owners(made_by_bob, people, acting, bob):
    hide(made_by_bob, acting(bob))

    expected = AS_IN_THE_WORKSPACE | {"commenter": None, "viewer": None}
    assert roles(made_by_bob, people) == expected


def test_a_role_on_the_board_comes_before_that_in_the_workspace(
    made_by_bob, people, acting, bob, carol, victor
):
    give(made_by_bob, carol, "none", acting(bob))
    give(made_by_bob, victor, "editor", acting(bob))

    expected = AS_IN_THE_WORKSPACE | {"commenter": None, "viewer": "editor"}
    assert roles(made_by_bob, people) == expected
    hide(made_by_bob, acting(bob))
    assert roles(made_by_bob, people) == expected


def test_a_role_that_is_taken_back_leaves_what_was(made_by_bob, people, acting, bob, victor):
    access = give(made_by_bob, victor, "editor", acting(bob))

    drafts.take_access_back(access, by=acting(bob))

    assert roles(made_by_bob, people) == AS_IN_THE_WORKSPACE


def test_whoever_leaves_the_workspace_loses_the_role_on_its_boards(
    made_by_bob, people, acting, bob, victor
):
    give(made_by_bob, victor, "editor", acting(bob))

    victor.memberships.all().delete()

    assert roles(made_by_bob, people)["viewer"] is None
    assert not BoardAccess.objects.exists()


def test_a_closed_account_is_nobody(made_by_bob, people, acting, bob, victor):
    give(made_by_bob, victor, "editor", acting(bob))
    victor.is_active = False
    victor.save()

    assert roles(made_by_bob, people)["viewer"] is None


def test_a_workshop_is_as_open_as_its_journey(made_by_bob, people, acting, bob, victor):
    from workshops.services import create_workshop

    workshop = create_workshop(made_by_bob, title="Morning", by=acting(bob))
    hide(made_by_bob, acting(bob))
    give(made_by_bob, victor, "commenter", acting(bob))

    assert roles(workshop, people) == roles(made_by_bob, people)
    with pytest.raises(Refused, match="as open as the journey"):
        hide(workshop, acting(bob))


def test_case_61_nobody_gives_more_than_they_have(made_by_bob, acting, alice, bob, victor, carol):
    with pytest.raises(Forbidden):
        give(made_by_bob, victor, "owner", acting(bob))
    with pytest.raises(Refused, match="Somebody else"):
        give(made_by_bob, bob, "owner", acting(bob))
    with pytest.raises(Refused, match="Owners of the workspace"):
        give(made_by_bob, alice, "none", acting(bob))
    for low in (carol, victor):
        with pytest.raises(Forbidden):
            hide(made_by_bob, acting(low))
        with pytest.raises(Forbidden):
            give(made_by_bob, victor, "viewer", acting(low))
    assert not BoardAccess.objects.exists()


def test_an_editor_does_not_decide_who_sees_what_another_made(nordlys, acting, alice, bob, victor):
    plan = create_journey(nordlys, title="Hers", starter=STARTERS["empty"], by=acting(alice))

    with pytest.raises(Forbidden):
        hide(plan, acting(bob))
    with pytest.raises(Forbidden):
        give(plan, victor, "viewer", acting(bob))


def test_case_61_strangers_cannot_be_named(made_by_bob, acting, bob, charlie):
    membership = charlie.memberships.get()

    with pytest.raises(Refused, match="Only people of the workspace"):
        drafts.give_access(made_by_bob, membership, role="viewer", by=acting(bob))


def test_whoever_was_lowered_does_not_raise_themselves(made_by_bob, acting, alice, bob):
    give(made_by_bob, bob, "viewer", made_by_bob.actor_for(alice))

    with pytest.raises(Forbidden):
        give(made_by_bob, bob, "editor", made_by_bob.actor_for(bob))
    with pytest.raises(Forbidden):
        drafts.take_access_back(BoardAccess.objects.get(), by=made_by_bob.actor_for(bob))


def test_hiding_is_in_the_history_and_not_in_undo(made_by_bob, acting, bob):
    from collaboration.models import Change
    from collaboration.undo import next_undo

    hide(made_by_bob, acting(bob))

    change = Change.objects.filter(board=made_by_bob).last()
    assert (change.before, change.after) == ({"hidden": False}, {"hidden": True})
    assert next_undo(made_by_bob, bob) is None


def test_case_26_streams_follow_the_same_rule(
    made_by_bob, acting, session_of, alice, bob, carol, victor, charlie
):
    hide(made_by_bob, acting(bob))
    give(made_by_bob, victor, "commenter", acting(bob))
    tickets = {
        user.name: Ticket(session_of(user), made_by_bob.pk)
        for user in (alice, bob, carol, victor, charlie)
    }

    found = admitted(tickets.values())

    assert {
        name: found[ticket].viewer.role for name, ticket in tickets.items() if ticket in found
    } == {"Alice": Role.OWNER, "Bob": Role.EDITOR, "Victor": Role.COMMENTER}


def test_lists_cost_the_same_however_many_boards(
    nordlys, acting, alice, carol, django_assert_num_queries
):
    from journeys.selectors import cards_of

    def make(count):
        for number in range(count):
            plan = create_journey(
                nordlys, title=f"Plan {number}", starter=STARTERS["seven-stages"], by=acting(alice)
            )
            drafts.hide_board(plan, hidden=bool(number % 2), by=acting(alice))

    make(2)
    with django_assert_num_queries(6):
        cards_of(nordlys, carol)
    make(8)
    with django_assert_num_queries(6):
        assert len(cards_of(nordlys, carol)) == 1 + 4
    assert Journey.objects.count() == 10


def test_case_58_a_refusal_does_not_name_a_hidden_map(made_by_bob, acting, alice, bob, nordlys):
    from journeys.models import Stage
    from teams.access import actor_in
    from touchpoints import services as meeting

    stage = Stage.objects.filter(board=made_by_bob).first()
    channel = meeting.create_channel(nordlys, name="Telephone", by=acting(bob))
    meeting.create_touchpoint(stage=stage, title="Calls", channel=channel, by=acting(bob))
    hide(made_by_bob, acting(bob))
    Membership.objects.filter(user=alice).update(role="editor")

    with pytest.raises(Refused, match="a map that you do not see"):
        meeting.delete_channel(channel, by=actor_in(alice, nordlys))
    with pytest.raises(Refused, match="A plan"):
        meeting.delete_channel(channel, by=acting(bob))
