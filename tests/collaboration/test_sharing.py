"""Share links and guests. Cases 61, 63, 66 to 70, and 26, 27, 55 to 60 for guests."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from collaboration import drafts, sharing
from collaboration.admission import Ticket, admitted
from collaboration.editing import Refused
from collaboration.models import Change, Comment
from collaboration.openings import ShareLink
from journeys.models import Note, Stage
from teams.access import Forbidden
from teams.models import Membership, Role

pytestmark = pytest.mark.django_db

DOOR = "/s/"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


@pytest.fixture
def share(journey, acting, bob):
    """`share(role=…, password=…)`: a link of Bob's and its token."""

    def make(*, by=None, **fields):
        return sharing.make_link(journey, **{"role": "viewer", **fields}, by=acting(by or bob))

    return make


@pytest.fixture
def guest(client_of, share):
    """`guest("editor")`: a browser that came in by a link of that role."""

    def come_in(role="viewer", name="Gerda", **fields):
        link, token = share(role=role, **fields)
        browser = client_of(None)
        answer = enter(browser, token, name=name, password=fields.get("password", ""))
        assert answer.status_code == 302, answer.content.decode()
        browser.link = link
        return browser

    return come_in


def enter(browser, token, **sent):
    browser.get(f"/s/{token}/")
    return browser.post(DOOR, {"name": "Gerda", **sent})


def page(journey):
    return f"/journeys/{journey.pk}/"


# --- Coming in -----------------------------------------------------------------------------
def test_a_guest_sees_the_map_under_its_plain_address(guest, journey, note):
    answer = guest().get(page(journey))

    assert answer.status_code == 200
    assert note.text in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_case_66_the_token_is_random_hashed_and_leaves_the_address_at_once(
    share, client_of, journey, caplog
):
    _link, token = share()
    assert len(token) >= 43
    kept = {name: str(value) for name, value in vars(ShareLink.objects.get()).items()}
    assert not [name for name, value in kept.items() if token in value]
    browser = client_of(None)
    with caplog.at_level("INFO"):
        first = browser.get(f"/s/{token}/")
        door = browser.get(first["Location"])
        inside = browser.post(DOOR, {"name": "Gerda"}, follow=True)
    assert (first.status_code, first["Location"]) == (302, "/s/")
    assert first["Referrer-Policy"] == "no-referrer"
    assert token not in str(dict(browser.session))
    for answer in (door, inside):
        assert token not in answer.content.decode() + str(answer.headers)
    assert inside.redirect_chain == [(page(journey), 302)]
    assert token not in caplog.text


def test_case_66_the_address_can_be_copied_again_until_the_key_changes(share, settings):
    link, token = share()

    assert ShareLink.objects.get().token == token
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert ShareLink.objects.get().token == token
    settings.SECRET_KEY_FALLBACKS = []
    assert ShareLink.objects.get().token == ""
    assert ShareLink.objects.open().with_secret(token).get() == link


def closed_links(share, made_by):
    """A token for each reason why a door stays shut, with a password that is not right."""
    expired, revoked, wrong = share(), share(), share(password="open sesame")
    ShareLink.objects.filter(pk=expired[0].pk).update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )
    sharing.revoke_link(revoked[0], by=made_by)
    return {
        "unknown": "x" * 43, "expired": expired[1], "revoked": revoked[1], "wrong": wrong[1],
    }  # fmt: skip


def test_case_67_what_does_not_open_says_the_same(share, client_of, acting, bob):
    answers = {}
    for reason, token in closed_links(share, acting(bob)).items():
        browser = client_of(None)
        first = browser.get(f"/s/{token}/")
        door = browser.get(DOOR)
        tried = browser.post(DOOR, {"name": "Gerda", "password": "open tahini"})
        answers[reason] = [
            (answer.status_code, without_csrf(answer)) for answer in (first, door, tried)
        ]

    assert answers["unknown"][2][0] == 404
    assert [answers[reason] for reason in answers] == [answers["unknown"]] * 4


def test_case_67_what_does_not_open_costs_one_password_hash(
    share, client_of, acting, bob, monkeypatch
):
    """So it takes the same time: hashing outweighs all else there by far."""
    from collaboration import door

    door._no_password()
    hashed = []
    true_check = door.check_password
    monkeypatch.setattr(
        door, "check_password", lambda *args: hashed.append(args[1]) or true_check(*args)
    )
    for token in closed_links(share, acting(bob)).values():
        enter(client_of(None), token, password="open tahini")

    assert len(hashed) == 4
    assert {text.split("$")[0] for text in hashed} == {hashed[0].split("$")[0]}


def without_csrf(answer):
    text = answer.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r'"X-CSRFToken": "\w+"', "", text)


def test_a_password_opens_and_a_new_one_shuts_those_inside_out(guest, journey, acting, bob):
    browser = guest(password="open sesame")
    assert browser.get(page(journey)).status_code == 200

    sharing.change_link(browser.link, password="another", by=acting(bob))

    assert browser.get(page(journey)).status_code == 404


def test_case_68_wrong_passwords_are_slowed_by_place_and_by_link(share, client_of, rf, acting, bob):
    from collaboration import door

    link, token = share(password="open sesame")

    def attempt(place, password):
        browser = client_of(None, REMOTE_ADDR=place, HTTP_X_FORWARDED_FOR=place)
        return enter(browser, token, password=password).status_code

    one_place = [attempt("10.0.0.1", "wrong") for _ in range(25)]
    assert one_place == [404] * 20 + [429] * 5
    assert attempt("10.0.0.1", "open sesame") == 429
    assert attempt("10.0.0.2", "open sesame") == 302, "from elsewhere it opens"

    many_places = [attempt(f"10.0.1.{number}", "wrong") for number in range(50)]
    assert many_places == [404] * 40 + [429] * 10
    assert attempt("10.0.0.3", "open sesame") == 429
    request = rf.post("/")
    door.unlock(request, link)
    assert attempt("10.0.0.3", "open sesame") == 302, "an owner can unlock it"


def test_visits_are_counted(guest):
    link = guest().link

    link.refresh_from_db()
    assert link.visits == 1
    assert timezone.now() - link.last_visit_at < timedelta(minutes=1)


# --- Names ---------------------------------------------------------------------------------
HOSTILE = {
    "Alice": "Guest: Alice",
    "Al\u202eice\u200b": "Guest: Alice",
    "<img src=x onerror=alert(1)>": "Guest: <img src=x onerror=alert(1)>",
    "  Gerda \x00 Groß ": "Guest: Gerda Groß",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_case_70_a_guest_is_shown_as_one(name, guest, journey, stage, alice):
    browser = guest("commenter", name=name.replace("\x00", "\x01"))

    browser.post(
        f"/boards/{journey.pk}/comments/new/", {"type": "stage", "id": stage.pk, "body": "Hm"}
    )

    comment = Comment.objects.get()
    assert (comment.author, comment.author_name) == (None, HOSTILE[name])
    assert Change.objects.last().actor_name == HOSTILE[name]
    shown = browser.get(f"/boards/{journey.pk}/comments/?type=stage&id={stage.pk}")
    assert "<img" not in shown.content.decode()


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 51, "x" * 10_000])
def test_case_70_a_name_that_is_none_is_asked_for_again(name, share, client_of):
    _link, token = share()

    answer = enter(client_of(None), token, name=name)

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode() or "field-errors" in answer.content.decode()


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


# --- Inside other sites --------------------------------------------------------------------
def test_an_embedded_map_is_drawn_for_its_sites_alone(share, client_of, journey, note):
    _link, token = share(embed_origins=["https://Intranet.example.com/", "https://b.example:8443"])
    browser = client_of(None)

    answer = browser.get(f"/embed/{token}/")

    assert answer.status_code == 200
    assert note.text in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors https://intranet.example.com https://b.example:8443" in policy
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    text = answer.content.decode()
    assert "<script" not in text
    assert "hx-post" not in text
    assert "/personas/" not in text


def test_nothing_else_is_embedded(share, client_of, journey, guest):
    _link, token = share()
    _link, with_password = share(password="open sesame")
    browser = client_of(None)
    for closed in (token, with_password, "x" * 43):
        answer = browser.get(f"/embed/{closed}/")
        assert answer.status_code == 404
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    inside = guest().get(page(journey))
    assert "frame-ancestors 'none'" in inside["Content-Security-Policy"]
    assert inside["X-Frame-Options"] == "DENY"


def test_an_embedded_map_ends_with_its_link(share, client_of, acting, bob):
    link, token = share(embed_origins=["https://a.example"])

    sharing.revoke_link(link, by=acting(bob))

    assert client_of(None).get(f"/embed/{token}/").status_code == 404


@pytest.mark.parametrize(
    "site",
    [
        "*", "https://*", "http://a.example", "https://a.example/path", "https://a.example?x",
        "https://u:p@a.example", "'none'", "https://a.example; script-src *", "javascript:x",
        "https://", "https://a.example:99999", "data:text/html,x", "https://a b.example",
        "//a.example", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(site, share):
    with pytest.raises(Refused, match="not the address of a site"):
        share(embed_origins=[site])


def test_a_password_and_embedding_exclude_each_other(share):
    with pytest.raises(Refused, match="cannot ask for a password"):
        share(password="open sesame", embed_origins=["https://a.example"])


# --- What is written down ------------------------------------------------------------------
def test_case_65_links_leave_lines_in_the_log_without_secrets(
    share, client_of, acting, bob, caplog
):
    with caplog.at_level("INFO"):
        link, token = share(password="open sesame")
        enter(client_of(None), token, password="open tahini")
        sharing.revoke_link(link, by=acting(bob))

    for event in ("share_link_made", "share_link_refused", "share_link_revoked"):
        assert event in caplog.text
    for secret in (token, "open sesame", "open tahini", link.secret_hash, link.password):
        assert secret not in caplog.text
