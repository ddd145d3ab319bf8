"""The stream of a board: who gets one, and what it says. Cases 20, 23, 24, 25, 26, 27."""

import pytest

from collaboration.room import event
from tests.collaboration.scenes import added_note

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def write(journey, stage, lane, owner):
    """`write("text")`: one more note on the journey; returns the new version."""

    def write_note(text="Reads a review"):
        added_note(journey, stage, lane, text, owner)
        return journey.version

    return write_note


# --- What it says ----------------------------------------------------------------------------
def test_every_line_of_an_event_is_data():
    assert event("one\ntwo\r\nthree\rfour", version=7) == (
        b"id: 7\ndata: one\ndata: two\ndata: three\ndata: four\n\n"
    )


def test_an_edit_reaches_who_follows_the_board(audience, session_of, journey, bob, write):
    reader = audience.open(journey.pk, journey.version, cookie=session_of(bob))
    version = write("Asks a colleague")
    reader.wait_for_version(version, seconds=1.5)
    assert "Asks a colleague" in reader.text
    assert reader.status == 200
    assert reader.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert reader.headers["cache-control"] == "private, no-store"


def test_what_changed_meanwhile_is_sent_first(audience, session_of, journey, bob, write):
    before = journey.version
    write("First")
    version = write("Second")
    reader = audience.open(journey.pk, before, cookie=session_of(bob)).wait_for_version(version)
    assert [item.version for item in reader.events if item.version] == [version]
    assert reader.text.count("First") == reader.text.count("Second") == 1


def test_the_last_event_id_wins_over_the_address(audience, session_of, journey, bob, write):
    before = journey.version
    known = write("Known")
    version = write("New")
    reader = audience.open(
        journey.pk, before, cookie=session_of(bob), headers={"Last-Event-ID": str(known)}
    ).wait_for_version(version)
    assert [item.version for item in reader.events if item.version] == [version]


def test_who_has_the_newest_version_is_told_nothing_of_it(audience, session_of, journey, bob):
    reader = audience.open(journey.pk, journey.version, cookie=session_of(bob))
    reader.wait_for(lambda stream: stream.events != [])
    assert [item.version for item in reader.events] == [None]


@pytest.mark.parametrize("since", ["", "abc", "-1", "1e3", "99999999", "9" * 400, "%00", "1;2"])
def test_case_20_a_version_that_cannot_be_gets_one_reload_and_then_follows(
    audience, session_of, journey, bob, write, since
):
    reader = audience.open(journey.pk, since, cookie=session_of(bob))
    reader.wait_for(lambda stream: stream.named("reload") != [])
    assert reader.named("reload")[0].version == journey.version
    version = write("Goes on")
    reader.wait_for_version(version)
    assert len(reader.named("reload")) == 1
    assert "Goes on" in reader.text


def test_case_20_a_version_older_than_the_kept_changes_gets_one_reload(
    audience, session_of, journey, bob, write
):
    from collaboration.models import Change

    before = journey.version
    write("Forgotten")
    version = write("Kept")
    Change.objects.filter(board=journey, version=version - 1).delete()
    reader = audience.open(journey.pk, before, cookie=session_of(bob)).wait_for_version(version)
    assert [(item.name, item.version) for item in reader.events if item.version] == [
        ("reload", version)
    ]


# --- Who gets one ----------------------------------------------------------------------------
def test_a_stranger_finds_no_board(audience, session_of, journey, charlie):
    assert audience.open(journey.pk, 1, cookie=session_of(charlie)).status == 404


def test_without_a_session_there_is_no_board(audience, journey):
    assert audience.open(journey.pk, 1).status == 404
    assert audience.open(journey.pk, 1, cookie="a" * 32).status == 404


def test_a_deleted_board_has_no_stream(audience, session_of, journey, bob, owner):
    from django.utils import timezone

    with journey.editing(by=owner):
        journey.deleted_at = timezone.now()
        journey.save()
    assert audience.open(journey.pk, 1, cookie=session_of(bob)).status == 404


@pytest.mark.parametrize("role", ["alice", "bob", "carol", "victor"])
def test_every_member_may_follow(audience, session_of, journey, request, role):
    session = session_of(request.getfixturevalue(role))
    assert audience.open(journey.pk, journey.version, cookie=session).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"])
def test_only_get_is_answered(audience, session_of, journey, bob, method):
    reader = audience.open(journey.pk, 1, cookie=session_of(bob), method=method)
    assert (reader.status, reader.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1:1, http://127.0.0.1"},
        {"Origin": "https://evil.example", "HX-Request": "true"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "HX-Request": "true"},
    ],
    ids=str,
)
def test_case_24_another_site_gets_no_stream(audience, session_of, journey, bob, headers):
    reader = audience.open(journey.pk, 1, cookie=session_of(bob), headers=headers)
    assert reader.status == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "OURS"}, {"Sec-Fetch-Site": "", "HX-Request": "true"}], ids=str
)
def test_case_24_our_own_pages_get_one(audience, session_of, journey, bob, headers):
    headers = {name: value.replace("OURS", audience.address) for name, value in headers.items()}
    assert audience.open(journey.pk, 1, cookie=session_of(bob), headers=headers).status == 200


def test_a_foreign_host_name_is_refused(audience, session_of, journey, bob):
    reader = audience.open(journey.pk, 1, cookie=session_of(bob), headers={"Host": "evil.example"})
    assert reader.status == 400


HEAD = b"GET /live/1/ HTTP/1.1\r\nHost: localhost\r\n"
JUNK = {
    "binary": bytes(range(256)) * 8,
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "brackets": b"GET /live/" + b"[" * 100_000 + b" HTTP/1.1\r\n\r\n",
    "endless header": b"GET /live/1/ HTTP/1.1\r\nX: " + b"a" * 200_000,
    "JSON body": HEAD + b'Content-Length: 4\r\n\r\n{"a"',
    "16 MB": HEAD + b"Content-Length: 16777216\r\n\r\n" + b"x" * 70_000,
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "WebSocket": HEAD + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "cookie": HEAD + b"HX-Request: true\r\nCookie: sessionid=%00'\"\xff\r\n\r\n",
    "address": b"GET /live/%00/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "huge id": b"GET /live/" + b"9" * 500 + b"/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("junk", JUNK)
def test_case_25_junk_is_refused_with_a_line_in_the_log_and_no_traceback(
    audience, live_process, session_of, journey, bob, junk
):
    before = live_process.log
    reader = audience.send(JUNK[junk]).wait_for(lambda stream: stream.status != 0)
    assert 400 <= reader.status < 500
    said = live_process.log.removeprefix(before)
    assert ("Traceback" in said, said.count("stream_refused") <= 1) == (False, True)
    assert 1 <= len(said.splitlines()) <= 3, "one line of ours, up to two of the server's"
    assert audience.open(journey.pk, 1, cookie=session_of(bob)).status == 200


# --- How long it lasts -----------------------------------------------------------------------
def sign_out(session, **_cast):
    from django.contrib.sessions.models import Session

    Session.objects.filter(pk=session).delete()


def change_password(bob, **_cast):
    bob.set_password("another-walk-in-the-snow")
    bob.save()


def close_account(bob, **_cast):
    bob.is_active = False
    bob.save()


def remove_from_workspace(bob, **_cast):
    bob.memberships.all().delete()


def lower_role(bob, **_cast):
    bob.memberships.update(role="viewer")


def delete_board(journey, owner, **_cast):
    from django.utils import timezone

    with journey.editing(by=owner):
        journey.deleted_at = timezone.now()
        journey.save()


@pytest.mark.parametrize(
    "loss",
    [sign_out, change_password, close_account, remove_from_workspace, lower_role, delete_board],
)
def test_case_26_a_stream_ends_when_the_right_to_it_does(
    audience, session_of, journey, bob, alice, owner, loss
):
    session = session_of(bob)
    lost = audience.open(journey.pk, journey.version, cookie=session)
    kept = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    loss(session=session, bob=bob, journey=journey, owner=owner)
    lost.wait_for_end(seconds=10)
    assert lost.events[-1].name == "reload"
    if loss is not delete_board:
        assert not kept.ended
    again = audience.open(journey.pk, journey.version, cookie=session)
    assert again.status == (200 if loss is lower_role else 404)


def test_case_26_a_session_that_is_only_written_to_keeps_its_stream(
    audience, client_of, journey, bob
):
    client = client_of(bob)
    reader = audience.open(journey.pk, 1, cookie=client.cookies["sessionid"].value)
    session = client.session
    session["workspace"] = journey.workspace_id
    session.save()
    reader.wait_for(lambda stream: stream.comments >= 1, seconds=20)
    assert not reader.ended


def test_case_23_a_silent_stream_says_something_within_the_time_of_a_proxy(
    audience, session_of, journey, bob
):
    reader = audience.open(journey.pk, journey.version, cookie=session_of(bob))
    reader.wait_for(lambda stream: stream.comments >= 2, seconds=35)
    beats = [item.at for item in reader.named("beat")]
    assert beats[1] - beats[0] < 20


def test_case_23_a_cut_stream_goes_on_where_it_was(audience, session_of, journey, bob, write):
    session = session_of(bob)
    first = audience.open(journey.pk, journey.version, cookie=session)
    known = write("Before the cut")
    first.wait_for_version(known).reset()
    version = write("During the cut")
    second = audience.open(
        journey.pk, 0, cookie=session, headers={"Last-Event-ID": str(first.version)}
    ).wait_for_version(version)
    assert ("Before the cut" in second.text, "During the cut" in second.text) == (True, True)


def test_case_27_each_role_is_sent_what_its_page_shows(
    audience, session_of, journey, stage, lane, owner, alice, bob, carol, victor, write
):
    """Of an addition, a change and a deletion alike."""
    from collaboration.live import Viewer, render_changes
    from journeys.models import Note

    cast = {"owner": alice, "editor": bob, "commenter": carol, "viewer": victor}
    since = journey.version
    readers = {
        role: audience.open(journey.pk, since, cookie=session_of(user))
        for role, user in cast.items()
    }
    write("Added")
    with journey.editing(by=owner):
        note = Note.objects.get(text="Added")
        note.text = "Changed"
        note.save()
    with journey.editing(by=owner):
        note.delete()
    for role, reader in readers.items():
        reader.wait_for_version(journey.version)
        last = next(item for item in reader.events[::-1] if item.version)
        from teams.models import Role

        journey.refresh_from_db()
        delta = render_changes(journey, journey.version - 1, Viewer(Role(role), "en"))
        assert last.text == delta.html.replace("\r", "")
        if role in {"viewer", "commenter"}:
            assert "hx-post" not in reader.text
            assert "<form" not in reader.text
