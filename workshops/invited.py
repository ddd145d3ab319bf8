"""Who was invited to a workshop and what they answered, for those who lead it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils import timezone

from workshops.agenda_models import AgendaItem
from workshops.appointments import appointment_of
from workshops.invitation_models import Answer, WorkshopInvitation
from workshops.models import Workshop


@dataclass(frozen=True)
class Invited:
    """The invitations by name, those that were withdrawn last; `untold` have to be told again."""

    rows: list[WorkshopInvitation]
    untold: list[WorkshopInvitation]

    @classmethod
    def to(cls, workshop: Workshop, agenda: Sequence[AgendaItem] | None = None) -> Self:
        """One query, and one for the agenda where it is not given."""
        found = WorkshopInvitation.objects.filter(board=workshop.pk).select_related("invited_by")
        rows = sorted(found, key=lambda one: (bool(one.cancelled_at), one.name.casefold(), one.pk))
        appointment = appointment_of(workshop, agenda)
        mark, now = appointment.mark if appointment else "", timezone.now()
        untold = [
            one
            for one in rows
            if one.cancelled_at is None
            and one.ends_at > now
            and (one.participant_id is None or one.told != mark)
        ]
        return cls(rows, untold)

    @property
    def standing(self) -> int:
        return sum(1 for one in self.rows if one.cancelled_at is None)

    @property
    def yes(self) -> int:
        return self._answered(Answer.YES)

    @property
    def no(self) -> int:
        return self._answered(Answer.NO)

    @property
    def open(self) -> int:
        return self._answered(Answer.NONE)

    def _answered(self, answer: Answer) -> int:
        rows = (one for one in self.rows if one.cancelled_at is None)
        return sum(1 for one in rows if one.answer == answer)
