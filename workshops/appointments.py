"""When and where a workshop is held, as it stands in people's calendars (RFC 5545).

The entry of a workshop keeps its UID for good, and its SEQUENCE is the version of the board: so
calendars know each later mail as news about the same entry.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from icalendar import Calendar, Event, vCalAddress, vText

from teams.emails import Attachment
from workshops.agenda_models import AgendaItem
from workshops.models import Workshop
from workshops.selectors import plan_of

WITHOUT_AGENDA = timedelta(hours=2)
"""How long a workshop is taken to last of which no agenda says it."""

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Appointment:
    """What a calendar shows of a workshop."""

    workshop_id: int
    version: int
    title: str
    starts: datetime
    ends: datetime
    location: str

    @property
    def mark(self) -> str:
        """Changes when somebody who was invited has to be told."""
        told = (self.title, self.starts.isoformat(), self.ends.isoformat(), self.location)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    @property
    def uid(self) -> str:
        return f"workshop-{self.workshop_id}@{urlsplit(settings.SITE_URL).hostname}"


def appointment_of(workshop: Workshop, agenda: Sequence[AgendaItem] | None = None) -> Appointment | None:  # fmt: skip
    """None for a workshop without a date, or one that was deleted."""
    if workshop.starts_at is None or workshop.deleted_at is not None:
        return None
    if agenda is None:
        agenda = list(AgendaItem.objects.filter(board=workshop.pk))
    starts = workshop.starts_at
    return Appointment(
        workshop_id=workshop.pk,
        version=workshop.version,
        title=workshop.title,
        starts=starts,
        ends=plan_of(workshop, agenda).ends or starts + WITHOUT_AGENDA,
        location=workshop.location,
    )


@dataclass(frozen=True)
class Person:
    name: str
    email: str

    def as_address(self, role: str = "") -> vCalAddress:
        address = vCalAddress(f"mailto:{self.email}")
        address.params["CN"] = vText(_one_line(self.name))
        if role:
            address.params["ROLE"] = vText(role)
            address.params["RSVP"] = vText("FALSE")
        return address


def calendar_file(
    appointment: Appointment,
    *,
    method: str = PUBLISH,
    organiser: Person | None = None,
    attendee: Person | None = None,
    words: str = "",
    url: str = "",
) -> Attachment:
    """The entry as a file that goes with a mail. CANCEL takes the entry out of a calendar."""
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.version)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", appointment.starts.astimezone(UTC))
    event.add("dtend", appointment.ends.astimezone(UTC))
    event.add("summary", _one_line(appointment.title))
    event.add("location", _one_line(appointment.location))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    if words:
        event.add("description", words)
    if url:
        event.add("url", url)
    if organiser:
        event.add("organizer", organiser.as_address())
    if attendee:
        event.add("attendee", attendee.as_address("REQ-PARTICIPANT"), encode=False)
    return Attachment(
        name="workshop.ics",
        content_type=f"text/calendar; method={method}",
        words=_calendar(event, method),
    )


def _calendar(event: Event, method: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", f"-//Waymark//{get_language()}//")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())
