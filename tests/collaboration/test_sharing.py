"""What guests of a share link may do, and its end. Cases 26, 27, 55 to 61, 63, 69 for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collaboration import drafts, sharing
from collaboration.admission import Ticket, admitted
from collaboration.models import Comment
from collaboration.openings import ShareLink
from journeys.models import Note, Stage
from teams.access import Forbidden
from teams.models import Membership, Role
from tests.collaboration.doors import DOOR, enter, page

pytestmark = pytest.mark.django_db


# --- What a guest may do -------------------------------------------------------------------
def test_case_55_what_guests_of_each_role_may_do(guest, journey, stage, lane, note):
    def acts(browser):
        comment = browser.post(
            f"/boards/{journey.pk}/comments/new/", {"type": "stage", "id": stage.pk, "body": "Hm"}
        )
        edited = browser.post(
            f"/journeys/{journey.pk}/notes/{note.pk}/edit/",
            {"text": "Anew", "initial-text": note.text},
        )
        return browser.get(page(journey)).status_code, comment.status_code, edited.status_code

    assert {role: acts(guest(role)) for role in ("viewer", "commenter", "editor")} == {
        "viewer": (200, 403, 403),
        "commenter": (200, 200, 403),
        "editor": (200, 200, 200),
    }
    assert Note.objects.get(pk=note.pk).text == "Anew"


def test_case_56_a_guest_of_one_board_knows_no_other(guest, journey, nordlys, acting, alice):
    from tests.collaboration.scenes import small_journey

    beside = small_journey(nordlys)
    browser = guest("editor")

    assert browser.get(page(beside)).status_code == 404
    for address in ("/", "/personas/", "/insights/", "/workshops/", "/members/"):
        assert browser.get(address).status_code == 302
    assert browser.get("/api/v1/journeys/").status_code == 401


def test_case_58_a_guest_is_told_nothing_of_the_workspace(guest, journey, alice, bob):
    text = guest("editor").get(page(journey)).content.decode()

    for secret in (alice.email, bob.email, "/personas/", "/workshops/", "/insights/", "history/"):
        assert secret not in text


@pytest.mark.parametrize(
    "address",
    ["share/", "share/links/", "history/", "undo/", "redo/", "exports/", "changes/1/undo/"],
)
def test_case_59_what_is_for_members_is_refused_in_words(address, guest, journey):
    browser = guest("editor")
    answer = browser.post(f"/boards/{journey.pk}/{address}")
    if answer.status_code == 405:
        answer = browser.get(f"/boards/{journey.pk}/{address}")

    assert answer.status_code == 403
    assert "not for guests" in answer.content.decode()


def test_case_5_a_guests_post_that_is_sent_twice_is_done_once(guest, journey, stage):
    browser, other = guest("commenter"), guest("commenter")
    sent = {"type": "stage", "id": stage.pk, "body": "Hm", "idempotency_key": "the same"}

    answers = [browser.post(f"/boards/{journey.pk}/comments/new/", sent) for _ in range(2)]
    other.post(f"/boards/{journey.pk}/comments/new/", sent)

    assert answers[0].content == answers[1].content
    assert Comment.objects.count() == 2, "one of each guest"


def test_case_77_a_guests_post_needs_its_own_token(guest, journey, stage):
    browser = guest("commenter")
    browser.handler.enforce_csrf_checks = True

    answer = browser.post(
        f"/boards/{journey.pk}/comments/new/", {"type": "stage", "id": stage.pk, "body": "Hm"}
    )

    assert answer.status_code == 403
    assert not Comment.objects.exists()


def test_case_63_guests_and_members_do_not_share_fragments(guest, journey, client_of, bob):
    member = client_of(bob).get(page(journey))
    visitor = guest("editor").get(page(journey))

    assert member["Cache-Control"] == visitor["Cache-Control"] == "private, no-store"
    assert "data-undo" in member.content.decode()
    assert "data-undo" not in visitor.content.decode()


# --- Ends ----------------------------------------------------------------------------------
def revoked(link, by):
    sharing.revoke_link(link, by=by)


def expired(link, by):
    ShareLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def without_its_maker(link, by):
    by.user.memberships.all().delete()


def with_a_hidden_board(link, by):
    """Somebody else's draft: then its maker does not see it either."""
    membership = Membership.objects.get(user=by.user)
    from collaboration.models import Actor

    owner = Actor(user=None, role=Role.OWNER, name="Owner")
    drafts.give_access(link.board, membership, role="none", by=owner)


@pytest.mark.parametrize("end", [revoked, expired, without_its_maker, with_a_hidden_board])
def test_case_69_and_26_a_link_that_ends_ends_for_those_inside(
    end, guest, journey, note, acting, bob
):
    browser = guest("editor")
    ticket = Ticket(browser.session.session_key, journey.pk)
    assert admitted([ticket])[ticket].viewer.is_guest

    end(browser.link, acting(bob))

    answer = browser.post(
        f"/journeys/{journey.pk}/notes/{note.pk}/edit/", {"text": "Anew", "initial-text": note.text}
    )
    assert answer.status_code == 404
    assert Note.objects.get(pk=note.pk).text == note.text
    assert admitted([ticket]) == {}


def test_case_61_a_link_gives_no_more_than_its_maker_has(guest, share, journey, acting, bob, carol):
    browser = guest("editor")
    with pytest.raises(Forbidden):
        share(by=carol)
    with pytest.raises(Forbidden):
        share(role="owner")

    bob.memberships.update(role="commenter")

    assert browser.get(page(journey)).status_code == 200
    edited = browser.post(f"/journeys/{journey.pk}/stages/", {"title": "Another"})
    assert edited.status_code == 403
    assert not Stage.objects.filter(title="Another").exists()


def test_case_61_an_editor_does_not_change_anothers_link(share, acting, alice, bob, journey):
    link, _token = share(by=alice)

    with pytest.raises(Forbidden):
        sharing.change_link(link, role="editor", by=acting(bob))
    with pytest.raises(Forbidden):
        sharing.revoke_link(link, by=acting(bob))


def test_whoever_changes_a_link_answers_for_it(share, acting, alice):
    link, token = share()

    sharing.change_link(link, label="For the board", by=acting(alice))

    assert link.created_by == alice
    assert link.label == "For the board"
    assert ShareLink.objects.open().with_secret(token).exists()


# --- People with an account ----------------------------------------------------------------
def test_members_keep_their_own_role_where_it_is_higher(share, client_of, journey, bob, victor):
    _link, low = share(role="viewer")
    editor = client_of(bob)
    editor.get(f"/s/{low}/")
    assert editor.get(DOOR)["Location"] == page(journey), "nothing is asked"

    _link, high = share(role="commenter")
    viewer = client_of(victor)
    assert enter(viewer, high).status_code == 302
    body = {"type": "stage", "id": Stage.objects.first().pk, "body": "Hm"}
    assert viewer.post(f"/boards/{journey.pk}/comments/new/", body).status_code == 200
    assert Comment.objects.get().author == victor


def test_somebody_of_another_workspace_is_a_guest(share, client_of, journey, stage, charlie):
    _link, token = share(role="commenter")
    browser = client_of(charlie)
    assert enter(browser, token, name="").status_code == 302

    body = {"type": "stage", "id": stage.pk, "body": "Hm"}
    assert browser.post(f"/boards/{journey.pk}/comments/new/", body).status_code == 200
    comment = Comment.objects.get()
    assert (comment.author, comment.author_name) == (None, "Guest: Charlie")


def test_a_guest_who_leaves_is_out(guest, journey):
    browser = guest()

    browser.post("/s/leave/", {"board": journey.pk})

    assert browser.get(page(journey)).status_code == 302


# --- Streams -------------------------------------------------------------------------------
def test_case_27_a_guest_follows_as_one(guest, journey):
    browser = guest("commenter", name="Gerda Groß")
    ticket = Ticket(browser.session.session_key, journey.pk, "da")

    visit = admitted([ticket])[ticket]

    assert (visit.viewer.role, visit.viewer.language) == (Role.COMMENTER, "da")
    assert visit.viewer.is_guest
    assert (visit.person.name, visit.person.initials, visit.person.is_guest) == (
        "Gerda Groß", "GG", True,
    )  # fmt: skip


def test_many_streams_are_admitted_with_five_queries(
    guest, journey, session_of, alice, bob, django_assert_max_num_queries
):
    tickets = [Ticket(guest().session.session_key, journey.pk) for _ in range(5)]
    tickets += [Ticket(session_of(user), journey.pk) for user in (alice, bob)]

    with django_assert_max_num_queries(5):
        assert len(admitted(tickets)) == 7
