"""What participants may do on a workshop's board while an activity runs: a rule of the one door."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused
from collaboration.models import Board
from teams.models import Role
from workshops.agenda_models import Act, AgendaItem

OPENED_BY = {
    "contribution": Act.ADD,
    "comment": Act.COMMENT,
    "proposal": Act.PROPOSE,
    "rating": Act.RATE,
}
"""What has to be open for a change of each type of item."""

WITHOUT_AGENDA = frozenset({Act.ADD, Act.COMMENT, Act.RATE})


class NotNow(Refused):
    """The running activity does not allow what a participant wants to do; says so in words."""


def require_open(edit: Edit) -> None:
    """Refuse with NotNow what the running activity does not allow to participants.

    Editors lead and may always act.
    """
    if edit.actor.may(Role.EDITOR):
        return
    wanted = {OPENED_BY[one.item_type] for one in edit.changes if one.item_type in OPENED_BY}
    if wanted - open_acts(edit.board):
        raise NotNow(_("This is closed right now. The facilitator opens it."))


def running_item(workshop: Board) -> AgendaItem | None:
    return AgendaItem.objects.filter(AgendaItem.RUNNING, board=workshop.pk).first()


def open_acts(workshop: Board) -> frozenset[Act]:
    """All that participants may do now; one query."""
    return acts_of(list(AgendaItem.objects.filter(board=workshop.pk)))


def acts_of(agenda: Sequence[AgendaItem]) -> frozenset[Act]:
    """What the running activity opens; nothing while none runs. Without an agenda, participants
    add, comment and rate whenever they like."""
    if not agenda:
        return WITHOUT_AGENDA
    running = next((item for item in agenda if item.is_running), None)
    return frozenset(running.allowed) if running else frozenset()
