"""The mails of an invitation: the first, what changed, and that it is off."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from teams.emails import send_template_later
from teams.middleware import zone_of
from teams.models import User
from workshops.agenda_models import AgendaItem
from workshops.appointments import CANCEL, REQUEST, Appointment, Person, calendar_file
from workshops.invitation_models import WorkshopInvitation
from workshops.models import Workshop
from workshops.selectors import plan_of

SALT = "waymark.workshop-invitation"
TEMPLATES = "workshops/email"


def send_invitation(
    invitation: WorkshopInvitation, workshop: Workshop, appointment: Appointment
) -> None:
    _send("invitation", REQUEST, invitation, workshop, appointment)


def send_update(
    invitation: WorkshopInvitation, workshop: Workshop, appointment: Appointment
) -> None:
    _send("update", REQUEST, invitation, workshop, appointment)


def send_cancellation(invitation: WorkshopInvitation, workshop: Workshop) -> None:
    """Of the entry as it was told last, which is what the calendar holds."""
    told = Appointment(
        workshop_id=workshop.pk,
        version=workshop.version,
        title=workshop.title,
        starts=invitation.starts_at,
        ends=invitation.ends_at,
        location=workshop.location,
    )
    _send("cancellation", CANCEL, invitation, workshop, told)


def _send(
    template: str,
    method: str,
    invitation: WorkshopInvitation,
    workshop: Workshop,
    appointment: Appointment,
) -> None:
    reader = User.objects.filter(email__iexact=invitation.email, is_active=True).first()
    inviter = invitation.invited_by
    url = settings.SITE_URL + answer_path(invitation)
    context: dict[str, Any] = {
        "invitation": invitation,
        "workshop": workshop,
        "appointment": appointment,
        "plan": plan_of(workshop, list(AgendaItem.objects.filter(board=workshop.pk))),
        "url": url,
    }
    file = calendar_file(
        appointment,
        method=method,
        organiser=_organiser(inviter),
        attendee=Person(invitation.name, invitation.email),
        words=workshop.introduction,
        url="" if method == CANCEL else url,
    )
    with (
        translation.override(_language(reader, inviter)),
        timezone.override(_zone(reader, inviter)),
    ):
        send_template_later(
            to=invitation.email,
            template=f"{TEMPLATES}/{template}",
            context=context,
            attachments=[file],
        )


def _organiser(inviter: User | None) -> Person | None:
    return Person(str(inviter), inviter.email) if inviter else None


def _language(reader: User | None, inviter: User | None) -> str:
    """Of whoever reads it; of those without an account, who knows more than who writes to them?"""
    known = reader or inviter
    return known.language if known else settings.LANGUAGE_CODE


def _zone(reader: User | None, inviter: User | None) -> Any:
    known = reader or inviter
    return zone_of(known) if known else timezone.get_default_timezone()


# --- The link ------------------------------------------------------------------------------
def answer_path(invitation: WorkshopInvitation) -> str:
    token = signing.Signer(salt=SALT).sign_object([invitation.pk, invitation.email])
    return reverse("workshops:invitation", args=[token])


def invitation_of(token: str) -> WorkshopInvitation | None:
    """Whose link this is; None for one that we did not sign, and for one that was sent to an
    address which is not that of the invitation any more."""
    try:
        pk, email = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = WorkshopInvitation.objects.filter(pk=pk, email=email).select_related("board")
    return rows.first()
