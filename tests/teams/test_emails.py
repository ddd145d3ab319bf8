"""Mail is written down first, sent once, and tried again."""

import socket
from datetime import timedelta

import pytest
from django.core import mail as post
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from teams import emails
from teams.models import OutgoingMail
from teams.tasks import send_mail, send_waiting_mail

Status = OutgoingMail.Status


@pytest.fixture
def letter(db) -> OutgoingMail:
    return emails.send_mail_later(
        to="nina@example.com", subject="Hello\r\nBcc: all@example.com", body="Open this: /x/"
    )


@pytest.fixture
def closed_mail_server(settings) -> None:
    """A port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def test_mail_is_sent_and_its_text_forgotten(letter):
    send_mail(letter.pk)
    [sent] = post.outbox
    assert (sent.to, sent.body) == (["nina@example.com"], "Open this: /x/")
    letter.refresh_from_db()
    assert (letter.status, letter.body) == (Status.SENT, "")
    assert letter.sent_at is not None


def test_case_91_line_break_makes_no_second_header(letter):
    send_mail(letter.pk)
    assert post.outbox[0].subject == "Hello Bcc: all@example.com"
    assert post.outbox[0].recipients() == ["nina@example.com"]


def test_case_42_task_that_comes_twice_sends_once(letter):
    send_mail(letter.pk)
    send_mail(letter.pk)
    send_waiting_mail()
    assert len(post.outbox) == 1


def test_case_42_mail_server_that_refuses_is_asked_again_later(letter, closed_mail_server):
    send_mail(letter.pk)
    letter.refresh_from_db()
    assert (letter.status, letter.attempts, letter.body) == (Status.WAITING, 1, "Open this: /x/")
    assert letter.due_at > timezone.now()
    assert emails.due() == []
    OutgoingMail.objects.update(due_at=timezone.now())
    assert emails.due() == [letter.pk]


def test_waits_grow_longer(letter, closed_mail_server):
    waits = []
    for _attempt in range(3):
        OutgoingMail.objects.update(due_at=timezone.now())
        send_mail(letter.pk)
        waits.append(OutgoingMail.objects.get().due_at - timezone.now())
    assert waits[0] < waits[1] < waits[2]


def test_mail_that_never_leaves_is_given_up_and_forgotten(letter, closed_mail_server):
    OutgoingMail.objects.update(attempts=emails.MOST_ATTEMPTS - 1)
    send_mail(letter.pk)
    letter.refresh_from_db()
    assert (letter.status, letter.body) == (Status.FAILED, "")


def test_case_35_sweep_sends_what_no_task_was_told_of(letter):
    send_waiting_mail()
    assert len(post.outbox) == 1


def test_case_42_mail_of_a_killed_worker_is_taken_up_with_the_same_id(letter):
    OutgoingMail.objects.update(status=Status.SENDING, due_at=timezone.now())
    send_mail(letter.pk)
    assert post.outbox == []
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    send_waiting_mail()
    [sent] = post.outbox
    assert sent.extra_headers["Message-ID"].startswith(f"<waymark-{letter.pk}-")


@pytest.mark.django_db(transaction=True)
def test_case_38_mail_of_a_transaction_that_fails_is_not_written():
    def fail_after_writing() -> None:
        with transaction.atomic():
            emails.send_mail_later(to="nina@example.com", subject="Hello", body="…")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()
    assert not OutgoingMail.objects.exists()


def test_mail_that_does_not_exist_is_no_error(db):
    send_mail(999_999)
    assert post.outbox == []


def test_files_go_with_a_mail_and_are_forgotten_with_its_text(db):
    stored = default_storage.save("exports/one.pdf", ContentFile(b"%PDF-1"))
    letter = emails.send_mail_later(
        to="nina@example.com",
        subject="Two files",
        body="Here",
        attachments=[
            emails.Attachment("day.ics", "text/calendar; method=PUBLISH", words="BEGIN:VCALENDAR"),
            emails.Attachment("one.pdf", "application/pdf", stored=stored),
        ],
    )
    send_mail(letter.pk)
    [sent] = post.outbox
    assert sent.attachments == [
        ("day.ics", "BEGIN:VCALENDAR", "text/calendar; method=PUBLISH"),
        ("one.pdf", b"%PDF-1", "application/pdf"),
    ]
    letter.refresh_from_db()
    assert letter.attachments == []
    default_storage.delete(stored)


def test_a_mail_to_many_names_each_of_them_to_nobody_else(db):
    emails.send_to_all_later(["a@example.com", "b@example.com"], subject="All", body="Words")
    send_waiting_mail()
    send_waiting_mail()
    assert [sent.to for sent in post.outbox] == [["a@example.com"], ["b@example.com"]]
