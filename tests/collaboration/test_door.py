"""Coming in by a share link: tokens, passwords, names. Cases 65 to 68 and 70."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from collaboration import sharing
from collaboration.models import Change, Comment
from collaboration.openings import ShareLink
from collaboration.services import create_comment, delete_comment
from tests.collaboration.doors import DOOR, enter, page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


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


def test_a_guest_changes_and_deletes_their_own_words_and_nobody_elses(
    guest, client_of, journey, stage, bob, acting
):
    gerda, gustav = guest("commenter", name="Gerda"), guest("commenter", name="Gustav")
    about = {"type": "stage", "id": stage.pk}
    new = reverse("collaboration:comment_create", args=[journey.pk])
    gerda.post(new, {**about, "body": "Hm"}, headers={"HX-Request": "true"})
    said = Comment.objects.get()
    edit = reverse("collaboration:comment_edit", args=[journey.pk, said.pk])
    delete = reverse("collaboration:comment_delete", args=[journey.pk, said.pk])
    for other in (gustav, client_of(bob)):
        assert other.get(edit).status_code == 403
        assert other.post(edit, {"body": "Ha"}).status_code == 403
        assert other.post(delete).status_code == 403
    assert gerda.post(edit, {"body": "Hmm", "initial-body": "Hm"}).status_code == 200
    said.refresh_from_db()
    assert (said.body, said.author_name) == ("Hmm", "Guest: Gerda")

    mine = gerda.get(page(journey)).content.decode()
    shown = gerda.get(reverse("collaboration:comments", args=[journey.pk]), about).content.decode()
    number = re.search(r'<body[^>]* data-user="(-[0-9]+)"', mine)[1]
    assert f'data-author="{number}"' in shown

    answer = create_comment(journey, target=stage, body="Why?", parent=said, by=acting(bob))
    assert gerda.post(delete).status_code == 409
    answer.refresh_from_db()
    delete_comment(answer, by=acting(bob))
    assert gerda.post(delete).status_code == 200
    assert not Comment.objects.exists()
