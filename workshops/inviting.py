"""Invitations to a workshop: sent by mail with an entry for the calendar, told again when the date
changes, cancelled when there is none any more, and answered by a link without an account."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.models import Change
from teams.access import Actor
from teams.models import Role
from workshops import invitation_mail
from workshops.appointments import Appointment, appointment_of
from workshops.invitation_models import Answer, WorkshopInvitation
from workshops.invited import Invited
from workshops.models import Participant, Workshop
from workshops.services import require_same_board

QUIET_FOR = timedelta(minutes=10)
"""A date is often set in several steps, and taken back; so long nobody touches it before all who
were invited are told by themselves."""

WAYMARK = Actor.system("Waymark")


class NoDate(Refused):
    """Nobody can be invited to a workshop without a date, or to one that is over."""


# --- Inviting ------------------------------------------------------------------------------
def invite(
    workshop: Workshop,
    *,
    participants: Iterable[Participant] | None = None,
    by_mail: bool = True,
    by: Actor,
) -> list[WorkshopInvitation]:
    """Invite those participants, or all, who have an address and no invitation that stands; one
    mail to each. It cannot be undone, as a mail cannot. Without `by_mail` it is only noted.

    Raises NoDate where the workshop has no date to come.
    """
    with workshop.editing(by=by, lasting=True):
        appointment = _appointment_to_come(workshop)
        wanted = list(participants) if participants is not None else None
        require_same_board(workshop, *(wanted or []))
        asked = uninvited(workshop) if wanted is None else _without(workshop, wanted)
        return [_invite(person, workshop, appointment, by, by_mail=by_mail) for person in asked]


def uninvited(workshop: Workshop) -> list[Participant]:
    """Who has an address and no invitation that stands, by name."""
    people = Participant.objects.filter(board=workshop.pk).exclude(email="")
    return _without(workshop, people.order_by("name", "pk"))


def _without(workshop: Workshop, people: Iterable[Participant]) -> list[Participant]:
    standing = WorkshopInvitation.objects.filter(board=workshop.pk, cancelled_at=None)
    told = set(standing.values_list("participant", "email"))
    return [one for one in people if one.email and (one.pk, one.email) not in told]


def _appointment_to_come(workshop: Workshop) -> Appointment:
    appointment = appointment_of(Workshop.objects.get(pk=workshop.pk))
    if appointment is None:
        raise NoDate(_("Give the workshop a date first: it stands in the invitation."))
    if appointment.starts < timezone.now():
        raise NoDate(_("This workshop has begun already. Nobody can be invited to it any more."))
    return appointment


def _invite(
    person: Participant,
    workshop: Workshop,
    appointment: Appointment,
    by: Actor,
    *,
    by_mail: bool,
) -> WorkshopInvitation:
    """A new invitation, or the former one again; an address that it left is told so."""
    rows = WorkshopInvitation.objects.filter(participant=person)
    invitation: WorkshopInvitation = rows.first() or WorkshopInvitation(
        board_id=workshop.pk, participant=person
    )
    moved = invitation.pk and not invitation.cancelled_at and invitation.email != person.email
    if moved and by_mail:
        invitation_mail.send_cancellation(invitation, workshop)
    invitation.name, invitation.email, invitation.invited_by = person.name, person.email, by.user
    invitation.answer, invitation.answered_at, invitation.cancelled_at = "", None, None
    _note(invitation, appointment)
    invitation.save()
    if by_mail:
        invitation_mail.send_invitation(invitation, workshop, appointment)
    return invitation


def _note(invitation: WorkshopInvitation, appointment: Appointment) -> None:
    invitation.sent_at = timezone.now()
    invitation.told = appointment.mark
    invitation.starts_at, invitation.ends_at = appointment.starts, appointment.ends


# --- Answering -----------------------------------------------------------------------------
def answer_invitation(invitation: WorkshopInvitation, *, answer: str, by: Actor) -> None:
    """What the invited person says; another answer takes the place of the earlier one."""
    with invitation.board.editing(by=by, needs=Role.COMMENTER, lasting=True):
        invitation.answer = Answer(answer)
        invitation.answered_at = timezone.now() if answer else None
        invitation.save()


def invited_person(invitation: WorkshopInvitation) -> Actor:
    """Who answers by the link of their mail."""
    return Actor(user=None, role=Role.COMMENTER, name=invitation.name)


def withdraw_invitation(invitation: WorkshopInvitation, *, by: Actor) -> None:
    """Tell somebody that they are not expected; the invitation no longer stands."""
    workshop = Workshop.objects.get(pk=invitation.board_id)
    with workshop.editing(by=by, lasting=True):
        _cancel(invitation, workshop)


# --- Telling again -------------------------------------------------------------------------
def tell_again(workshop: Workshop, *, by: Actor) -> int:
    """Tell all who were invited what has changed since: a new date, or that there is none. How
    many were told."""
    with workshop.editing(by=by, lasting=True):
        present = Workshop.objects.get(pk=workshop.pk)
        behind = Invited.to(present).untold
        for invitation in behind:
            _tell(invitation, present)
    return len(behind)


def _tell(invitation: WorkshopInvitation, workshop: Workshop) -> None:
    appointment = appointment_of(workshop)
    if appointment is None or invitation.participant_id is None:
        _cancel(invitation, workshop)
        return
    invitation_mail.send_update(invitation, workshop, appointment)
    _note(invitation, appointment)
    invitation.answer, invitation.answered_at = "", None
    invitation.save()


def _cancel(invitation: WorkshopInvitation, workshop: Workshop) -> None:
    if invitation.cancelled_at is None:
        invitation_mail.send_cancellation(invitation, workshop)
        invitation.cancelled_at = timezone.now()
        invitation.save()


def tell_everybody() -> None:
    """Beat calls it often, perhaps twice at once: the board's lock lets one of them tell."""
    standing = WorkshopInvitation.objects.filter(cancelled_at=None, ends_at__gt=timezone.now())
    boards = standing.order_by().values("board").distinct()
    for workshop in Workshop.objects.filter(pk__in=boards).order_by("pk"):
        if Invited.to(workshop).untold and _is_quiet(workshop):
            with transaction.atomic():
                tell_again(workshop, by=WAYMARK)


def _is_quiet(workshop: Workshop) -> bool:
    lately = Change.objects.filter(board=workshop.pk, at__gt=timezone.now() - QUIET_FOR)
    return not lately.filter(item_type__in=("workshop", "agendaitem", "participant")).exists()
