"""Reminders of due actions and of the follow-up: to the right person, once, unless not wanted."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from teams.models import OutgoingMail, Workspace
from teams.services import choose_reminders
from workshops import deciding, services
from workshops.models import Action, Participant
from workshops.reminding import remind_everybody

pytestmark = pytest.mark.django_db

TODAY = dt.date(2027, 1, 13)
NOON = dt.datetime(2027, 1, 13, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def due(full_workshop, as_bob):
    """`due("Sofie Lund", 2)`: an action of hers that is due in two days."""

    def add(owner: str, days: int, **fields) -> Action:
        day = TODAY + days * DAY
        fields = {"title": f"Ask the night shift ({days})", **fields}
        return deciding.add_action(full_workshop, owner=owner, due=day, by=as_bob, **fields)

    return add


@pytest.fixture
def reachable(full_workshop, as_bob):
    """Sofie has an address, and no account."""
    sofie = Participant.objects.get(board=full_workshop.pk, name="Sofie Lund")
    fields = {"email": "sofie@nordlys.example"}
    services.change_participant(sofie, fields=fields, by=as_bob)
    # What the workshop has decided itself is due two days later than TODAY.
    for action in Action.objects.filter(board=full_workshop.pk):
        deciding.delete_action(action, by=as_bob)
    return sofie


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "subject"))


def test_who_takes_part_is_reminded_of_what_is_due(due, reachable):
    due("Sofie Lund", 2, helpers="Sales", metric="Calls after four")
    remind_everybody(NOON)
    [mail] = OutgoingMail.objects.all()
    assert mail.to == "sofie@nordlys.example"
    assert mail.subject == "Due on 15 January 2027: Ask the night shift (2)"
    assert "Who helps: Sales" in mail.body
    assert "Measured by: Calls after four" in mail.body
    assert "/workshops/" not in mail.body.replace("/reminders/", "")


def test_several_things_are_one_mail(due, reachable):
    due("Sofie Lund", 1)
    due("sofie  lund", -2)
    remind_everybody(NOON)
    [(to, subject)] = mails()
    assert (to, subject) == ("sofie@nordlys.example", "2 reminders from Nordlys Software")


@pytest.mark.parametrize("days", [4, -8])
def test_what_is_far_away_is_not_spoken_of(days, due, reachable):
    due("Sofie Lund", days)
    remind_everybody(NOON)
    assert mails() == []


@pytest.mark.parametrize("status", ["kept", "dropped"])
def test_what_is_done_is_not_spoken_of(status, due, reachable):
    due("Sofie Lund", 1, status=status)
    remind_everybody(NOON)
    assert mails() == []


def test_each_thing_is_said_once_and_once_again_when_it_is_late(due, reachable):
    due("Sofie Lund", 2)
    for days in range(9):
        remind_everybody(NOON + days * DAY)
        remind_everybody(NOON + days * DAY)
    assert [subject[:4] for _to, subject in mails()] == ["Due ", "Late"]


def test_another_date_is_another_reminder(due, reachable, as_bob):
    action = due("Sofie Lund", 2)
    remind_everybody(NOON)
    deciding.change_action(action, fields={"due": TODAY + 3 * DAY}, by=as_bob)
    remind_everybody(NOON)
    assert len(mails()) == 2


@pytest.mark.django_db(transaction=True)
def test_case_41_two_beats_at_once_remind_once(due, reachable):
    for number in range(5):
        due("Sofie Lund", 1, title=f"One of five: {number}")

    def beat(_number):
        try:
            remind_everybody(NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(beat, range(4)))
    assert mails() == [("sofie@nordlys.example", "5 reminders from Nordlys Software")]


def test_nobody_is_woken_at_night(due, reachable):
    due("Sofie Lund", 1)
    remind_everybody(dt.datetime(2027, 1, 13, 3, tzinfo=dt.UTC))
    assert mails() == []


def test_a_member_is_found_by_name_and_led_to_the_board(due, reachable, alice):
    action = due("Alice", 1)
    remind_everybody(NOON)
    [mail] = OutgoingMail.objects.all()
    assert mail.to == alice.email
    assert f"/workshops/{action.board_id}/#action-{action.pk}" in mail.body


def test_a_name_that_two_have_reaches_nobody(due, reachable, full_workshop, as_bob):
    for email in ("one@nordlys.example", "two@nordlys.example"):
        services.add_participant(full_workshop, name="Lars", email=email, by=as_bob)
    due("Lars", 1)
    remind_everybody(NOON)
    assert mails() == []


def test_a_workspace_turns_reminders_off(due, reachable, nordlys):
    Workspace.objects.filter(pk=nordlys.pk).update(reminders=False)
    due("Sofie Lund", 1)
    remind_everybody(NOON)
    assert mails() == []


def test_a_person_turns_reminders_off(due, reachable, alice):
    choose_reminders(alice, wanted=False)
    due("Alice", 1)
    remind_everybody(NOON)
    assert mails() == []


def test_who_left_the_workspace_is_not_told(due, reachable, full_workshop, as_bob, carol):
    services.add_participant(full_workshop, name="Carol", user=carol, by=as_bob)
    carol.memberships.all().delete()
    due("Carol", 1)
    remind_everybody(NOON)
    assert mails() == []


def test_what_lies_in_the_trash_is_not_spoken_of(due, reachable, full_workshop, as_bob):
    due("Sofie Lund", 1)
    services.delete_workshop(full_workshop, by=as_bob)
    remind_everybody(NOON)
    assert mails() == []


def test_all_who_take_part_are_reminded_of_the_follow_up_once(
    journey, full_workshop, reachable, as_bob, alice
):
    follow_up = services.create_workshop(
        journey, title="Six weeks later", starts_at=NOON + DAY, follows=full_workshop, by=as_bob
    )
    for name, email in (("Sofie", "sofie@nordlys.example"), ("Also", "SOFIE@nordlys.example")):
        services.add_participant(follow_up, name=name, email=email, by=as_bob)
    services.add_participant(follow_up, name="Alice", user=alice, by=as_bob)
    services.create_workshop(journey, title="Another", starts_at=NOON + DAY, by=as_bob)
    remind_everybody(NOON)
    remind_everybody(NOON + DAY / 4)
    told = sorted(to.lower() for to, _subject in mails())
    assert told == [alice.email, "sofie@nordlys.example"]
    assert {subject for _to, subject in mails()} == {
        "Follow-up on 14 January 2027: Six weeks later"
    }
    assert "It follows “Why do trials end in silence?”." in OutgoingMail.objects.first().body


# --- One click -----------------------------------------------------------------------------
def stop_link() -> str:
    mail = OutgoingMail.objects.latest("pk")
    return re.search(r"https?://[^/]+(/reminders/stop/\S+)", mail.body)[1]


def test_one_click_ends_reminders_to_a_bare_address(due, reachable, client):
    due("Sofie Lund", 1)
    remind_everybody(NOON)
    link = stop_link()
    assert client.get(link).status_code == 200
    due("Sofie Lund", 2)
    remind_everybody(NOON)
    assert len(mails()) == 2
    assert client.post(link).status_code == 200
    assert client.post(link).status_code == 200
    due("Sofie Lund", 0)
    remind_everybody(NOON)
    assert len(mails()) == 2


def test_one_click_ends_those_of_an_account(due, reachable, client, alice):
    due("Alice", 1)
    remind_everybody(NOON)
    client.post(stop_link())
    alice.refresh_from_db()
    assert alice.reminders is False


def test_a_link_that_is_not_ours_is_not_found(client, db):
    assert client.post("/reminders/stop/nonsense/").status_code == 404


# --- Choosing ------------------------------------------------------------------------------
def test_the_choice_stands_on_the_profile_and_at_the_workspace(client_of, alice, nordlys):
    owner = client_of(alice)
    owner.post("/profile/mail/", {"notify": "daily"})
    alice.refresh_from_db()
    assert (alice.notify, alice.reminders) == ("daily", False)
    owner.post("/profile/mail/", {"notify": "daily", "reminders": "on"})
    alice.refresh_from_db()
    assert alice.reminders is True
    owner.post("/workspaces/change/", {"name": "Nordlys", "language": "da"})
    nordlys.refresh_from_db()
    assert nordlys.reminders is False


def test_it_takes_as_many_queries_for_many_people_as_for_few(
    due, reachable, full_workshop, as_bob, django_assert_max_num_queries
):
    for number in range(20):
        services.add_participant(full_workshop, name=f"Guest {number}", by=as_bob)
        due(f"Guest {number}", 1)
    with django_assert_max_num_queries(12):
        remind_everybody(NOON)
