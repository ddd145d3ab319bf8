"""The summary by mail: to everybody who took part, once, with the next date."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail as post
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from collaboration.models import Export
from teams.access import Forbidden
from teams.tasks import send_waiting_mail
from workshops import services
from workshops.mailing import NothingToSend, mail_summary, readers_of
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary(full_workshop, bob):
    stored = default_storage.save("exports/summary.pdf", ContentFile(b"%PDF-1.7"))
    return Export.objects.create(
        board_id=full_workshop.pk,
        requested_by=bob,
        kind=Export.Kind.SUMMARY,
        language="da",
        status=Export.Status.DONE,
        file=stored,
    )


@pytest.fixture
def people(full_workshop, as_bob, carol):
    """One with an address, one member without, one with the same address once more, one without."""
    add = services.add_participant
    add(full_workshop, name="Ida", department="Sales", email="Ida@firm.example", by=as_bob)
    add(full_workshop, name="Ida again", department="", email="ida@firm.example", by=as_bob)
    add(full_workshop, name="Carol", department="", user=carol, by=as_bob)
    return full_workshop


@pytest.fixture
def sequel(full_workshop, journey, as_bob) -> Workshop:
    return services.create_workshop(
        journey,
        title="Three months later",
        starts_at=datetime(2027, 2, 3, 9, 0, tzinfo=UTC),
        location="Aarhus",
        follows=full_workshop,
        by=as_bob,
    )


def test_readers_are_named_once_and_who_has_no_address_is_told(people, carol):
    readers = readers_of(people)
    assert readers.addresses == {carol.email: "Carol", "ida@firm.example": "Ida"}
    assert "Mette Holm" in readers.without


def test_everybody_gets_the_file_and_the_next_date_in_a_mail_of_their_own(
    people, summary, sequel, as_bob, carol
):
    assert mail_summary(people, summary, words="Thank you all!", by=as_bob) == 2
    send_waiting_mail()
    assert sorted(sent.to for sent in post.outbox) == [[carol.email], ["ida@firm.example"]]
    for sent in post.outbox:
        assert "Thank you all!" in sent.body
        pdf, entry = sent.attachments
        assert (pdf[1], pdf[2]) == (b"%PDF-1.7", "application/pdf")
        assert pdf[0].startswith("Why do trials end in silence - ")
        assert f"UID:workshop-{sequel.pk}@" in entry[1]
        assert "DTSTART:20270203T090000Z" in entry[1]


def test_case_42_who_has_the_file_does_not_get_it_again(people, summary, as_bob):
    assert mail_summary(people, summary, by=as_bob) == 2
    services.add_participant(people, name="Late", department="", email="late@x.example", by=as_bob)
    assert mail_summary(people, summary, by=as_bob) == 1
    assert mail_summary(people, summary, by=as_bob) == 0
    send_waiting_mail()
    assert len(post.outbox) == 3


def test_without_a_date_there_is_no_entry_for_the_calendar(people, summary, as_bob):
    mail_summary(people, summary, by=as_bob)
    send_waiting_mail()
    assert {len(sent.attachments) for sent in post.outbox} == {1}


def test_a_follow_up_on_another_map_is_not_told(people, summary, sequel, as_bob, secret):
    Workshop.objects.get(pk=sequel.pk)
    with sequel.editing(by=as_bob):
        sequel.hidden = True
        sequel.save()
    mail_summary(people, summary, by=as_bob)
    send_waiting_mail()
    assert all("Three months later" not in sent.body for sent in post.outbox)


def test_case_91_what_is_typed_makes_no_header(people, summary, as_bob):
    title = "Odd\r\nBcc: all@example.com"
    services.change_workshop(people, fields={"title": title}, by=as_bob)
    mail_summary(Workshop.objects.get(pk=people.pk), summary, words="\r\nBcc: x@y.z", by=as_bob)
    send_waiting_mail()
    assert post.outbox
    for sent in post.outbox:
        assert len(sent.recipients()) == 1
        assert "\n" not in sent.subject
        assert not re.search(r"[\r\n]", sent.attachments[0][0])


def test_commenters_send_nothing(people, summary, acting, carol, client_of):
    with pytest.raises(Forbidden):
        mail_summary(people, summary, by=acting(carol))
    address = f"/workshops/{people.pk}/summary/mail/"
    assert client_of(carol).post(address, {"export": summary.pk}).status_code == 403


def test_another_boards_file_or_none_is_not_sent(people, summary, workshop, as_bob):
    with pytest.raises(NothingToSend):
        mail_summary(workshop, summary, by=as_bob)
    default_storage.delete(summary.file.name)
    with pytest.raises(NothingToSend):
        mail_summary(people, summary, by=as_bob)


def test_the_dialog_shows_who_gets_it_and_says_that_it_went(people, summary, client_of, bob):
    browser, address = client_of(bob), f"/workshops/{people.pk}/summary/mail/"
    shown = browser.get(address).text
    assert "Ida" in shown
    assert "Mette Holm" in shown
    assert "2 people" in browser.post(address, {"export": summary.pk, "words": ""}).text
    assert browser.post(address, {"export": 999999}).status_code == 422


def test_a_form_and_a_language_are_chosen_for_a_file(full_workshop, client_of, bob):
    browser, address = client_of(bob), f"/workshops/{full_workshop.pk}/summary/"
    browser.post(address, {"variant": "cards", "language": "nl"})
    export = Export.objects.get(board=full_workshop.pk)
    assert (export.options, export.language) == ({"variant": "cards"}, "nl")
    assert browser.post(address, {"variant": "book", "language": "nl"}).status_code == 404
