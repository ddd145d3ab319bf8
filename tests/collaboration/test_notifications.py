"""What people are told, on the page and by mail."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from collaboration import notification_mail
from collaboration.assignments import assign
from collaboration.attention import Notification
from collaboration.mentions import mention
from collaboration.notification_mail import due_before, mail_waiting, unsubscribe_path
from collaboration.notifications import unread_count
from collaboration.services import create_comment, resolve_comment
from journeys.services import delete_journey
from teams.access import Actor
from teams.models import Membership, OutgoingMail, Role, User
from tests.cast import member
from tests.collaboration.scenes import small_journey, threads

GUEST = Actor(user=None, role=Role.COMMENTER, name="A guest")


def told(user):
    rows = Notification.objects.filter(user=user).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def mails():
    return [(mail.to, mail.body) for mail in OutgoingMail.objects.order_by("pk")]


def notify(user, how):
    user.notify = how
    user.save()


# --- Who is told ---------------------------------------------------------------------------------
def test_people_in_a_thread_hear_of_answers_and_of_its_end(
    journey, stage, alice, bob, carol, acting
):
    first = create_comment(journey, target=stage, body="Why?", by=acting(carol))
    create_comment(journey, target=stage, body="So.", parent=first, by=acting(bob))
    resolve_comment(first, by=acting(alice))
    assert told(carol) == ["reply", "resolved"]
    assert told(bob) == ["resolved"]
    assert told(alice) == []


def test_the_owner_of_an_item_hears_of_comments_on_it(journey, note, alice, bob, carol, acting):
    assign(journey, target=note, member=alice, by=acting(bob))
    create_comment(journey, target=note, body="Is it so?", by=acting(carol))
    assert told(alice) == ["assigned", "comment"]


def test_one_comment_tells_a_person_once_and_for_the_best_reason(
    journey, note, alice, bob, carol, acting
):
    assign(journey, target=note, member=alice, by=acting(bob))
    first = create_comment(journey, target=note, body="Hm", by=acting(alice))
    create_comment(journey, target=note, body=mention(alice), parent=first, by=acting(carol))
    assert told(alice) == ["assigned", "mention"]


def test_a_guest_without_an_account_comments_and_mentions(journey, stage, alice):
    comment = create_comment(journey, target=stage, body=f"Hello {mention(alice)}", by=GUEST)
    answered = create_comment(journey, target=stage, body="Hi", parent=comment, by=GUEST)
    assert (answered.author, answered.author_name) == (None, "A guest")
    assert told(alice) == ["mention", "reply"] or told(alice) == ["mention"]
    assert Notification.objects.filter(user=alice).first().actor is None


def test_an_act_that_fails_tells_nobody(journey, stage, alice, bob, acting):
    def act():
        with journey.editing(by=acting(bob)):
            create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert told(alice) == []


# --- On the page ---------------------------------------------------------------------------------
def test_the_list_leads_to_the_comment_and_marks_it_read(
    client_of, journey, stage, alice, bob, acting
):
    comment = create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    client = client_of(alice)
    page = client.get("/notifications/").content.decode()
    assert "Bob mentioned you: “Notice”" in page
    assert "1 new notification<" in page
    one = Notification.objects.get()
    opened = client.post(reverse("collaboration:notification_open", args=[one.pk]))
    assert opened["Location"] == f"/journeys/{journey.pk}/#comment-{comment.pk}"
    assert unread_count(alice, journey.workspace) == 0


def test_all_are_read_with_one_button(client_of, journey, stage, alice, bob, acting):
    for _ in range(3):
        create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    assert unread_count(alice, journey.workspace) == 3
    client_of(alice).post("/notifications/read/")
    assert unread_count(alice, journey.workspace) == 0


def test_nobody_opens_what_others_were_told(client_of, journey, stage, alice, bob, acting):
    create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    one = Notification.objects.get()
    address = reverse("collaboration:notification_open", args=[one.pk])
    assert client_of(bob).post(address).status_code == 404
    assert "told-open" not in client_of(bob).get("/notifications/").content.decode()


def test_case_58_the_list_names_only_the_workspace_in_use(
    client_of, journey, stage, other, alice, bob, charlie, acting
):
    Membership.objects.create(workspace=other, user=alice, role="viewer")
    theirs = small_journey(other)
    create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    create_comment(theirs, target=theirs, body=f"Secret {mention(alice)}", by=acting(charlie))
    page = client_of(alice).get("/notifications/").content.decode()
    assert page.count('class="told-open"') == 1
    assert "Secret" not in page


def test_the_list_costs_the_same_for_one_and_for_many(
    client_of, journey, stage, alice, bob, acting, django_assert_num_queries
):
    client = client_of(alice)
    create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    client.get("/notifications/")
    counts = []
    for _ in range(2):
        with connection.execute_wrapper(lambda run, *rest: counts.append(1) or run(*rest)):
            client.get("/notifications/")
        counts.append(0)
        create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    first, second = "".join(map(str, counts)).strip("0").split("0")
    assert len(first) == len(second)


# --- By mail -------------------------------------------------------------------------------------
def test_mail_goes_at_once_with_the_words_and_the_link(journey, stage, alice, bob, acting):
    comment = create_comment(journey, target=stage, body=f"Why, {mention(alice)}?", by=acting(bob))
    mail_waiting()
    [(to, body)] = mails()
    assert to == alice.email
    assert "Why, @Alice?" in body
    assert f"http://localhost:8000/journeys/{journey.pk}/#comment-{comment.pk}" in body


def test_nobody_is_mailed_who_wants_none_or_has_read_it(
    client_of, journey, stage, alice, carol, bob, acting
):
    notify(alice, User.Notify.OFF)
    body = f"{mention(alice)} {mention(carol)}"
    create_comment(journey, target=stage, body=body, by=acting(bob))
    client_of(carol).post("/notifications/read/")
    mail_waiting()
    assert mails() == []


def test_case_92_what_may_no_longer_be_read_is_not_mailed(
    journey, stage, alice, carol, victor, bob, acting
):
    """Looked at when the mail is made: a member who left, a board that is deleted."""
    body = f"Hidden {mention(carol)}"
    create_comment(journey, target=stage, body=body, by=acting(bob))
    Membership.objects.filter(user=carol).delete()
    gone = small_journey(journey.workspace)
    create_comment(gone, target=gone, body=f"Gone {mention(victor)}", by=acting(bob))
    delete_journey(gone, by=acting(alice))
    mail_waiting()
    assert mails() == []


def test_case_93_mail_goes_only_to_people_who_may_read_it(
    journey, stage, bob, alice, charlie, acting
):
    body = f"{mention(alice)} {mention(charlie)}"
    create_comment(journey, target=stage, body=body, by=acting(bob))
    mail_waiting()
    assert [to for to, _ in mails()] == [alice.email]


def test_case_58_a_digest_names_no_other_workspace(
    journey, stage, other, alice, bob, charlie, acting
):
    Membership.objects.create(workspace=other, user=alice, role="viewer")
    theirs = small_journey(other)
    create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    create_comment(theirs, target=theirs, body=mention(alice), by=acting(charlie))
    mail_waiting()
    ours, strange = (body for _, body in mails())
    assert "Bob" in ours
    assert "Charlie" not in ours
    assert "Bob" not in strange
    assert journey.workspace.name not in strange


def test_a_digest_comes_once_a_morning_in_the_readers_language(
    journey, stage, alice, bob, acting, monkeypatch
):
    alice.language, alice.notify = "da", User.Notify.DAILY
    alice.save()
    create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    mail_waiting()
    assert mails() == []
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(notification_mail.timezone, "now", lambda: tomorrow)
    mail_waiting()
    mail_waiting()
    [(to, body)] = mails()
    assert to == alice.email
    assert body.count("/#comment-") == 2
    assert not body.startswith("Hello")


def test_the_morning_is_that_of_the_reader(alice):
    alice.notify, alice.timezone = User.Notify.DAILY, "America/New_York"
    noon = timezone.now().replace(month=6, hour=10, minute=0, second=0, microsecond=0)
    assert due_before(alice, noon) == noon - timedelta(hours=23)
    assert due_before(alice, noon + timedelta(hours=2)) == noon + timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_case_41_two_beats_mail_each_thing_once(journey, stage, nordlys, bob, acting):
    people = [member(f"p{n}@nordlys.example", nordlys, "viewer") for n in range(6)]
    for person in people:
        create_comment(journey, target=stage, body=mention(person), by=acting(bob))
    with threads(mail_waiting, mail_waiting, mail_waiting):
        pass
    mail_waiting()
    assert sorted(to for to, _ in mails()) == sorted(person.email for person in people)


# --- One click ends it ------------------------------------------------------------------------------
def test_mail_says_how_to_end_it(journey, stage, alice, bob, acting):
    create_comment(journey, target=stage, body=mention(alice), by=acting(bob))
    mail_waiting()
    mail = OutgoingMail.objects.get()
    stop = f"http://localhost:8000{unsubscribe_path(alice)}"
    assert mail.headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert stop in mail.body


def test_one_click_without_signing_in_ends_the_mail(client_of, alice, bob):
    """As a mail program posts it: no cookie, no token of ours."""
    client = client_of(None)
    client.handler.enforce_csrf_checks = True
    path = unsubscribe_path(alice)
    assert client.get(path).status_code == 200
    alice.refresh_from_db()
    assert alice.notify == User.Notify.IMMEDIATELY
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    alice.refresh_from_db()
    bob.refresh_from_db()
    assert (alice.notify, bob.notify) == (User.Notify.OFF, User.Notify.IMMEDIATELY)


def test_a_forged_link_ends_nothing(client_of, alice):
    path = unsubscribe_path(alice)
    forged = re.sub(r"[^:/]+:", "Mg:", path, count=1)
    assert client_of(None).post(forged).status_code == 404
    alice.refresh_from_db()
    assert alice.notify == User.Notify.IMMEDIATELY


def test_how_often_mail_comes_is_chosen_on_the_profile(client_of, alice):
    client = client_of(alice)
    assert client.post("/profile/mail/", {"notify": "daily"}).status_code == 302
    assert client.post("/profile/mail/", {"notify": "hourly"}).status_code == 422
    alice.refresh_from_db()
    assert alice.notify == User.Notify.DAILY


def test_the_newest_stand_behind_the_bell(client_of, journey, stage, alice, bob, acting):
    for number in range(9):
        create_comment(journey, target=stage, body=f"@Alice {number}", by=acting(bob))
    address = reverse("collaboration:newest")
    shown = client_of(alice).get(address).content.decode()
    assert shown.count("told-open") == 7
    assert unread_count(alice, journey.workspace) == 9
    assert "Nothing new" in client_of(bob).get(address).content.decode()
