"""Invitations by mail: what is sent, what calendars understand of it, and what is answered."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as post
from django.utils import timezone
from icalendar import Calendar

from collaboration.live import Viewer
from collaboration.models import Board, Change
from teams.models import OutgoingMail, Role
from teams.tasks import send_waiting_mail
from workshops import inviting, services
from workshops.agenda import use_agenda
from workshops.agendas import NINETY_MINUTES
from workshops.appointments import Appointment, Person, calendar_file
from workshops.invitation_mail import answer_path
from workshops.invitation_models import WorkshopInvitation
from workshops.models import Workshop
from workshops.page import WorkshopPage

pytestmark = pytest.mark.django_db
DAY = datetime(2036, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture
def planned(journey, as_bob):
    """A workshop with a date, an agenda, and two who can be reached of three."""
    workshop = services.create_workshop(
        journey, title="First session", starts_at=DAY, location="Room Skagen", by=as_bob
    )
    use_agenda(workshop, NINETY_MINUTES, by=as_bob)
    for name, email in (("Mette", "mette@x.example"), ("Ali", "ali@x.example"), ("Jo", "")):
        services.add_participant(workshop, name=name, email=email, by=as_bob)
    return workshop


def entry_of(letter):
    """The calendar file of a mail, read by the library: (method, event)."""
    [file] = letter.attachments
    name, words, content_type = file if isinstance(file, tuple) else (file["name"], file["words"], file["content_type"])  # fmt: skip
    assert name == "workshop.ics"
    calendar = Calendar.from_ical(words)
    assert content_type == f"text/calendar; method={calendar['method']}"
    [event] = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def letters():
    return list(OutgoingMail.objects.order_by("pk"))


def calm(workshop):
    """As if the last edit was a while ago."""
    Change.objects.filter(board=workshop.pk).update(at=timezone.now() - inviting.QUIET_FOR)


# --- What is sent --------------------------------------------------------------------------
def test_all_with_an_address_get_one_mail_each_with_the_entry(planned, as_bob):
    asked = inviting.invite(planned, by=as_bob)
    assert [one.name for one in asked] == ["Ali", "Mette"]
    assert [letter.to for letter in letters()] == ["ali@x.example", "mette@x.example"]
    method, event = entry_of(letters()[0])
    assert method == "REQUEST"
    assert event["uid"] == f"workshop-{planned.pk}@localhost"
    assert (event.decoded("dtstart"), event["location"]) == (DAY, "Room Skagen")
    assert event.decoded("dtend") == DAY + timedelta(minutes=90)
    assert event["attendee"] == "mailto:ali@x.example"
    assert event["organizer"] == "mailto:bob@nordlys.example"
    body = letters()[0].body
    assert "First session" in body
    assert "Room Skagen" in body
    assert answer_path(asked[0]) in body
    assert "mette" not in body.lower()
    assert inviting.invite(planned, by=as_bob) == []
    assert len(letters()) == 2


def test_the_mail_that_leaves_holds_the_entry_as_a_calendar(planned, as_bob):
    inviting.invite(planned, by=as_bob)
    send_waiting_mail()
    sent = post.outbox[0].message()
    part = next(one for one in sent.walk() if one.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert b"BEGIN:VEVENT" in part.get_payload(decode=True)


def test_nobody_is_invited_without_a_date_or_after_it(workshop, as_bob, journey):
    services.add_participant(workshop, name="Mette", email="mette@x.example", by=as_bob)
    with pytest.raises(inviting.NoDate):
        inviting.invite(workshop, by=as_bob)
    over = timezone.now() - timedelta(hours=1)
    services.change_workshop(workshop, fields={"starts_at": over}, by=as_bob)
    with pytest.raises(inviting.NoDate):
        inviting.invite(workshop, by=as_bob)
    assert letters() == []


def test_case_91_names_with_line_breaks_add_no_line_to_mail_or_entry(planned, as_bob):
    words = "Session\r\nBcc: all@x.example\r\nATTACH:http://evil.example/"
    services.change_workshop(planned, fields={"title": words}, by=as_bob)
    inviting.invite(planned, by=as_bob)
    letter = letters()[0]
    assert "\n" not in letter.subject
    lines = letter.attachments[0]["words"].replace("\r\n ", "").splitlines()
    assert not any(line.startswith(("Bcc", "ATTACH")) for line in lines)
    send_waiting_mail()
    assert post.outbox[0].recipients() == ["ali@x.example"]


def test_an_entry_survives_long_words_and_every_script():
    title = "Ældre og øl, " * 30 + "漢字; 🙂, \\n"
    wanted = Appointment(7, 3, title, DAY, DAY + timedelta(hours=1), "Ø")
    file = calendar_file(wanted, attendee=Person('A "quoted" name; B', "a@x.example"))
    _method, event = entry_of(type("Letter", (), {"attachments": [vars(file)]}))
    assert str(event["summary"]) == title.strip()
    assert all(len(line.encode()) <= 75 for line in file.words.split("\r\n"))


# --- What is told again --------------------------------------------------------------------
def test_another_date_is_told_once_under_the_same_uid(planned, as_bob):
    inviting.invite(planned, by=as_bob)
    first = entry_of(letters()[0])[1]
    later = DAY + timedelta(days=7)
    services.change_workshop(planned, fields={"starts_at": later}, by=as_bob)
    inviting.tell_everybody()
    assert len(letters()) == 2  # somebody may still be choosing the date
    calm(planned)
    inviting.tell_everybody()
    inviting.tell_everybody()
    assert len(letters()) == 4
    method, event = entry_of(letters()[2])
    assert (method, event["uid"]) == ("REQUEST", first["uid"])
    assert event.decoded("dtstart") == later
    assert int(event["sequence"]) > int(first["sequence"])


def test_a_date_that_was_set_back_is_told_to_nobody(planned, as_bob):
    inviting.invite(planned, by=as_bob)
    for day in (DAY + timedelta(days=7), DAY):
        services.change_workshop(planned, fields={"starts_at": day}, by=as_bob)
    calm(planned)
    inviting.tell_everybody()
    assert len(letters()) == 2


def test_a_new_date_asks_for_a_new_answer(planned, as_bob):
    [invitation, _other] = inviting.invite(planned, by=as_bob)
    inviting.answer_invitation(invitation, answer="yes", by=inviting.invited_person(invitation))
    services.change_workshop(planned, fields={"starts_at": DAY + timedelta(days=7)}, by=as_bob)
    inviting.tell_again(planned, by=as_bob)
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answered_at) == ("", None)


@pytest.mark.parametrize("end", ["deleted", "no date"])
def test_a_workshop_that_is_off_is_taken_out_of_calendars_once(end, planned, as_bob):
    inviting.invite(planned, by=as_bob)
    if end == "deleted":
        services.delete_workshop(planned, by=as_bob)
    else:
        services.change_workshop(planned, fields={"starts_at": None}, by=as_bob)
    calm(planned)
    inviting.tell_everybody()
    inviting.tell_everybody()
    assert len(letters()) == 4
    method, event = entry_of(letters()[2])
    assert (method, event["status"]) == ("CANCEL", "CANCELLED")
    assert event.decoded("dtstart") == DAY


def test_who_is_taken_off_the_list_is_told_and_nobody_else(planned, as_bob):
    [ali, _mette] = inviting.invite(planned, by=as_bob)
    services.remove_participant(ali.participant, by=as_bob)
    calm(planned)
    inviting.tell_everybody()
    assert [letter.to for letter in letters()[2:]] == ["ali@x.example"]
    assert entry_of(letters()[2])[0] == "CANCEL"


def test_a_workshop_that_is_over_is_no_news(planned, as_bob):
    inviting.invite(planned, by=as_bob)
    with planned.editing(by=as_bob):
        for one in WorkshopInvitation.objects.filter(board=planned.pk):
            one.ends_at = timezone.now() - timedelta(minutes=1)
            one.save()
    services.change_workshop(planned, fields={"location": "Elsewhere"}, by=as_bob)
    calm(planned)
    inviting.tell_everybody()
    assert len(letters()) == 2


def test_another_address_is_invited_and_the_former_is_told(planned, as_bob):
    [ali, _mette] = inviting.invite(planned, by=as_bob)
    services.change_participant(ali.participant, fields={"email": "new@x.example"}, by=as_bob)
    inviting.invite(planned, by=as_bob)
    assert [(letter.to, entry_of(letter)[0]) for letter in letters()[2:]] == [
        ("ali@x.example", "CANCEL"),
        ("new@x.example", "REQUEST"),
    ]


# --- What is answered ----------------------------------------------------------------------
def test_somebody_without_an_account_answers_by_the_link(planned, as_bob, client_of):
    [ali, _mette] = inviting.invite(planned, by=as_bob)
    client, address = client_of(None), answer_path(ali)
    page = client.get(address)
    assert page.status_code == 200
    assert "First session" in page.content.decode()
    assert "Mette" not in page.content.decode()
    ali.refresh_from_db()
    assert ali.answer == ""
    assert client.post(address, {"answer": "yes"}).status_code == 200
    ali.refresh_from_db()
    assert (ali.answer, ali.answered_at is not None) == ("yes", True)
    assert Change.objects.filter(board=planned.pk).last().actor_name == "Ali"
    client.post(address, {"answer": "no"})
    ali.refresh_from_db()
    assert ali.answer == "no"
    assert client.post(address, {"answer": "perhaps"}).status_code == 404


def test_case_66_a_link_that_we_did_not_sign_opens_nothing(planned, as_bob, client_of):
    [ali, _mette] = inviting.invite(planned, by=as_bob)
    client, address = client_of(None), answer_path(ali)
    for wrong in (address[:-2] + "x/", "/invited/1/", f"/invited/{ali.pk}/"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong, {"answer": "yes"}).status_code == 404
    ali.refresh_from_db()
    assert ali.answer == ""


def test_a_link_ends_with_its_invitation(planned, as_bob, client_of):
    [ali, mette] = inviting.invite(planned, by=as_bob)
    client = client_of(None)
    inviting.withdraw_invitation(ali, by=as_bob)
    assert client.post(answer_path(ali), {"answer": "yes"}).status_code == 410
    services.delete_workshop(planned, by=as_bob)
    assert client.post(answer_path(mette), {"answer": "yes"}).status_code == 410
    assert set(WorkshopInvitation.objects.values_list("answer", flat=True)) == {""}


def test_answers_are_for_those_who_lead(planned, as_bob):
    [ali, _mette] = inviting.invite(planned, by=as_bob)
    inviting.answer_invitation(ali, answer="no", by=inviting.invited_person(ali))
    seen = {
        role: WorkshopPage().draw(
            Workshop.objects.get(pk=planned.pk), {"invited"}, Viewer(role, "en")
        )["invited"]
        for role in (Role.COMMENTER, Role.EDITOR)
    }
    assert "Ali" not in seen[Role.COMMENTER]
    assert "Cannot come" in seen[Role.EDITOR]


# --- Pages ---------------------------------------------------------------------------------
def test_an_editor_invites_those_who_are_ticked(planned, bob, client_of):
    client = client_of(bob)
    address = f"/workshops/{planned.pk}/invitations/"
    form = client.get(address).content.decode()
    ticks = re.findall(r'name="participant" value="(\d+)"', form)
    assert len(ticks) == 2
    assert "Jo" in form
    answer = client.post(address, {"participant": ticks[:1]})
    assert answer.status_code == 200
    assert [letter.to for letter in letters()] == ["ali@x.example"]


def test_case_56_nobody_of_another_board_is_invited(planned, secret, bob, client_of):
    theirs = services.Participant.objects.filter(board=secret.pk).first()
    before = len(letters())
    client_of(bob).post(f"/workshops/{planned.pk}/invitations/", {"participant": [theirs.pk]})
    assert len(letters()) == before


def test_commenters_invite_nobody(planned, carol, client_of):
    client = client_of(carol)
    for path in ("", "tell/"):
        assert client.post(f"/workshops/{planned.pk}/invitations/{path}").status_code == 403
    assert letters() == []
    assert Board.objects.get(pk=planned.pk).version > 0
