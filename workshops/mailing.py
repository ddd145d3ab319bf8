"""The summary by mail: one letter to each participant, with the file and the next date."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from collaboration.models import Export
from collaboration.views.exports import file_name
from teams.access import Actor
from teams.emails import Attachment, send_to_all_later
from teams.middleware import zone_of
from teams.models import Role
from workshops.appointments import appointment_of, calendar_file
from workshops.mailing_models import SentSummary
from workshops.models import Participant, Workshop
from workshops.summary.sequel import next_of

TEMPLATE = "workshops/email/summary"
MOST_WORDS = 2000


class NothingToSend(LookupError):
    """The file is no summary of this workshop, or not made yet, or gone."""


@dataclass(frozen=True)
class Readers:
    """Whom a summary can be sent to: names by address, and who has none."""

    addresses: dict[str, str]
    without: list[str]


def readers_of(workshop: Workshop) -> Readers:
    """Everybody who took part; a member's own address stands in for one that was left out."""
    addresses: dict[str, str] = {}
    without = []
    people = Participant.objects.filter(board=workshop.pk).select_related("user")
    for person in people.order_by("name", "pk"):
        email = person.email or (person.user.email if person.user else "")
        if email:
            addresses.setdefault(email.strip().lower(), person.name)
        else:
            without.append(person.name)
    return Readers(addresses, without)


def summaries_of(workshop: Workshop) -> list[Export]:
    """The files that are ready, the newest first."""
    done = Export.objects.filter(
        board=workshop.pk, kind=Export.Kind.SUMMARY, status=Export.Status.DONE
    )
    return list(done.select_related("board", "requested_by")[:20])


def mail_summary(workshop: Workshop, export: Export, *, words: str = "", by: Actor) -> int:
    """Send a file to all participants with an address who have not got it; how many these are.

    Raises NothingToSend.
    """
    by.must(Role.EDITOR)
    with transaction.atomic():
        locked = Export.objects.select_for_update(of=("self",)).select_related("board")
        file = locked.filter(pk=export.pk, board=workshop.pk, kind=Export.Kind.SUMMARY).first()
        if file is None or not (file.file.name and default_storage.exists(file.file.name)):
            raise NothingToSend
        had = set(SentSummary.objects.filter(export=file).values_list("email", flat=True))
        fresh = [email for email in readers_of(workshop).addresses if email not in had]
        if fresh:
            _send(workshop, file, fresh, words.strip()[:MOST_WORDS], by)
    return len(fresh)


def _send(workshop: Workshop, file: Export, addresses: list[str], words: str, by: Actor) -> None:
    SentSummary.objects.bulk_create(
        SentSummary(board=file.board, export=file, email=email, sent_by_name=by.name)
        for email in addresses
    )
    with translation.override(file.language), timezone.override(zone_of(file.requested_by)):
        sequel = next_of(workshop)
        context = {"workshop": workshop, "sequel": sequel, "words": words, "sender": by.name}
        send_to_all_later(
            addresses,
            subject=render_to_string(f"{TEMPLATE}_subject.txt", context),
            body=render_to_string(f"{TEMPLATE}_message.txt", context).strip() + "\n",
            attachments=[_document(file), *_date_of(sequel)],
        )


def _document(file: Export) -> Attachment:
    return Attachment(file_name(file), "application/pdf", stored=str(file.file.name))


def _date_of(sequel: Workshop | None) -> list[Attachment]:
    """The follow-up for a calendar, where it has a date."""
    appointment = appointment_of(sequel) if sequel else None
    if sequel is None or appointment is None:
        return []
    address = f"{settings.SITE_URL}{sequel.get_absolute_url()}"
    named: dict[str, Any] = {"words": sequel.introduction, "url": address}
    return [calendar_file(appointment, **named)]
