"""Owners, marks, visits and places on a board."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from collaboration import bell
from collaboration.assignments import assign, owned_by, unassign
from collaboration.attention import Assignment, BoardVisit
from collaboration.editing import Refused
from collaboration.live import Viewer, render_changes
from collaboration.marks import draw_marks, marks_of
from collaboration.mentions import mention
from collaboration.models import Board, Change
from collaboration.places import key_of, places_in
from collaboration.services import create_comment, resolve_comment
from collaboration.undo import undo
from collaboration.visits import news_for, record_visit, unread_boards
from teams.models import Role
from tests.collaboration.scenes import added_note, small_journey


def about(item):
    return {"type": item._meta.model_name, "id": item.pk}


def address(board, name, **query):
    return reverse(f"collaboration:{name}", args=[board.pk], query=query)


# --- Owners ------------------------------------------------------------------------------------------
def test_an_item_has_one_owner_and_undo_brings_the_former_back(
    journey, note, alice, bob, carol, acting
):
    assign(journey, target=note, member=alice, by=acting(bob))
    assign(journey, target=note, member=carol, by=acting(bob))
    assert [row.member for row in Assignment.objects.all()] == [carol]
    undo(journey, Board.objects.get(pk=journey.pk).version, by=acting(bob))
    assert [row.member for row in Assignment.objects.all()] == [alice]
    unassign(journey, target=note, by=acting(bob))
    assert not Assignment.objects.exists()


def test_case_56_somebody_who_cannot_read_the_board_owns_nothing_on_it(
    client_of, journey, note, bob, charlie, acting
):
    with pytest.raises(Refused):
        assign(journey, target=note, member=charlie, by=acting(bob))
    for values in ({"member": charlie.pk}, {"name": "Charlie"}, {"member": 10**20}, {}):
        posted = client_of(bob).post(address(journey, "owner"), {**about(note), **values})
        assert posted.status_code == 422
        assert "other.example" not in posted.content.decode()
    assert not Assignment.objects.exists()


def test_an_owner_is_chosen_in_the_panel(client_of, journey, note, alice, bob, carol):
    client = client_of(bob)
    values = {**about(note), "name": " alice ", "due": "2026-12-24"}
    assert client.post(address(journey, "owner"), values).status_code == 200
    owner = Assignment.objects.get()
    assert (owner.member, str(owner.due)) == (alice, "2026-12-24")
    assert client_of(carol).get(address(journey, "owner", **about(note))).status_code == 403
    assert client.post(address(journey, "no_owner"), about(note)).status_code == 200
    assert not Assignment.objects.exists()


def test_mine_lists_what_i_own_and_where_i_am_asked_for(
    client_of, journey, stage, note, alice, bob, acting
):
    assign(journey, target=note, member=alice, by=acting(bob))
    open_one = create_comment(journey, target=stage, body=f"A? {mention(alice)}", by=acting(bob))
    closed = create_comment(journey, target=stage, body=f"B? {mention(alice)}", by=acting(bob))
    resolve_comment(closed, by=acting(bob))
    page = client_of(alice).get("/mine/").content.decode()
    assert f'href="/journeys/{journey.pk}/#note-{note.pk}"' in page
    assert f'href="/journeys/{journey.pk}/#comment-{open_one.pk}"' in page
    assert f"#comment-{closed.pk}" not in page
    assert "Reads a review" not in client_of(bob).get("/mine/").content.decode()


def test_what_is_mine_goes_with_the_item_and_with_my_membership(
    journey, stage, note, alice, bob, acting
):
    assign(journey, target=note, member=alice, by=acting(bob))
    assign(journey, target=stage, member=alice, by=acting(bob))
    with journey.editing(by=acting(bob)):
        note.delete()
    assert [one.name for one in owned_by(alice, journey.workspace)] == ["Notice"]
    alice.memberships.all().delete()
    assert owned_by(alice, journey.workspace) == []


# --- Marks -------------------------------------------------------------------------------------------
def test_marks_count_open_threads_and_name_owners(journey, stage, note, alice, bob, acting):
    first = create_comment(journey, target=note, body="1", by=acting(bob))
    create_comment(journey, target=note, body="2", by=acting(bob))
    create_comment(journey, target=note, body="answer", parent=first, by=acting(bob))
    resolve_comment(first, by=acting(bob))
    assign(journey, target=stage, member=alice, by=acting(bob))
    found = {
        mark.about: (mark.comments, mark.owner and str(mark.owner)) for mark in marks_of(journey)
    }
    assert found == {f"note-{note.pk}": (1, None), f"stage-{stage.pk}": (0, "Alice")}


def test_a_comment_redraws_the_marks_and_no_cell(
    journey, stage, note, bob, acting, django_assert_max_num_queries
):
    since = Board.objects.get(pk=journey.pk).version
    create_comment(journey, target=note, body="Hm", by=acting(bob))
    board = Board.objects.get(pk=journey.pk)
    with django_assert_max_num_queries(10):
        html = render_changes(board, since, Viewer(Role.VIEWER, "en")).html
    assert f'data-about="note-{note.pk}" data-comments="1"' in html
    assert "cell-" not in html


def test_marks_cost_four_queries(
    journey, stage, note, alice, bob, acting, django_assert_num_queries
):
    for item in (stage, note, journey):
        create_comment(journey, target=item, body="Hm", by=acting(bob))
        assign(journey, target=item, member=alice, by=acting(bob))
    with django_assert_num_queries(4):
        draw_marks(journey, Viewer(Role.VIEWER, "en"))


# --- All comments ------------------------------------------------------------------------------------
@pytest.fixture
def talks(journey, stage, note, alice, bob, carol, acting):
    create_comment(journey, target=stage, body="Open one", by=acting(carol))
    done = create_comment(journey, target=note, body="Done one", by=acting(bob))
    resolve_comment(done, by=acting(bob))
    asked = create_comment(journey, target=journey, body=f"Asked {mention(alice)}", by=acting(bob))
    create_comment(journey, target=journey, body="An answer", parent=asked, by=acting(carol))


@pytest.mark.parametrize(
    ("show", "person", "seen"),
    [
        ("open", "alice", {"Open one", "Asked", "An answer"}),
        ("resolved", "alice", {"Done one"}),
        ("mine", "bob", {"Done one", "Asked", "An answer"}),
        ("mine", "carol", {"Open one", "Asked", "An answer"}),
        ("mentions", "alice", {"Asked", "An answer"}),
        ("mentions", "bob", set()),
        ("nonsense", "bob", {"Open one", "Asked", "An answer"}),
    ],
)
def test_all_comments_are_filtered(client_of, journey, talks, show, person, seen, request):
    user = request.getfixturevalue(person)
    page = client_of(user).get(address(journey, "all_comments", show=show)).content.decode()
    assert {text for text in ("Open one", "Done one", "Asked", "An answer") if text in page} == seen


def test_a_comments_address_opens_the_thread_of_its_item(client_of, journey, note, bob, acting):
    comment = create_comment(journey, target=note, body="Here", by=acting(bob))
    page = client_of(bob).get(f"/boards/{journey.pk}/comments/{comment.pk}/").content.decode()
    assert f'id="comments-note-{note.pk}"' in page
    other = small_journey(journey.workspace)
    strange = client_of(bob).get(f"/boards/{other.pk}/comments/{comment.pk}/")
    assert strange.status_code == 404


# --- Since my last visit -------------------------------------------------------------------------------
def test_what_others_changed_since_my_visit_is_marked(
    journey, stage, lane, note, alice, bob, acting
):
    assert news_for(alice, journey) is None
    record_visit(alice, journey, version=Board.objects.get(pk=journey.pk).version)
    added_note(journey, stage, lane, "Mine", acting(alice))
    theirs = added_note(journey, stage, lane, "Theirs", acting(bob))
    create_comment(journey, target=note, body="Hm", by=acting(bob))
    news = news_for(alice, journey)
    assert news.count == 2
    assert set(news.items) == {f"note-{theirs.pk}", f"note-{note.pk}"}


def test_a_visit_never_goes_back_nor_beyond_what_there_is(client_of, journey, note, alice):
    board = Board.objects.get(pk=journey.pk)
    client = client_of(alice)
    for version in (board.version, 1, 10**9, "x", ""):
        assert client.post(address(board, "visited"), {"version": version}).status_code == 204
    assert BoardVisit.objects.get().version == board.version


def test_case_77_looking_at_what_is_new_writes_nothing(client_of, journey, alice):
    client_of(alice).get(address(journey, "unread"))
    client_of(alice).get(f"/journeys/{journey.pk}/")
    assert not BoardVisit.objects.exists()


def test_unread_boards_are_those_that_others_changed(
    journey, stage, lane, nordlys, alice, bob, acting, django_assert_num_queries
):
    seen = small_journey(nordlys)
    record_visit(alice, Board.objects.get(pk=seen.pk), version=10**6)
    mine = small_journey(nordlys)
    Change.objects.filter(board=mine).update(actor=alice)
    with django_assert_num_queries(1):
        assert unread_boards(alice, nordlys) == {journey.pk}
    added_note(journey, stage, lane, "New", acting(bob))
    record_visit(alice, Board.objects.get(pk=journey.pk), version=10**6)
    assert unread_boards(alice, nordlys) == set()


# --- In which cell -------------------------------------------------------------------------------------
def test_where_somebody_is_fades(journey):
    now = timezone.now().timestamp()
    kept = [("7", json.dumps([now, "cell-1-2"])), ("8", json.dumps([now - 100, "cell-3-4"]))]
    assert places_in(kept, now) == {7: "cell-1-2"}


def test_a_place_is_a_hint_and_no_text(client_of, journey, alice, victor):
    client = client_of(victor)
    for place in ("cell-1-2", "<b>", "x" * 400, "cell-1-2 cell"):
        assert client.post(address(journey, "here"), {"place": place}).status_code == 204
    kept = bell.connection().hgetall(key_of(journey.pk))
    assert [json.loads(entry)[1] for entry in kept.values()] == ["cell-1-2"]
    client.post(address(journey, "here"), {"place": ""})
    assert bell.connection().hgetall(key_of(journey.pk)) == {}
    assert journey.version == Board.objects.get(pk=journey.pk).version
