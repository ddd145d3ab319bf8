"""What participants may do on a workshop's board while an activity runs: a rule of the one door."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused
from collaboration.models import Board, Change
from teams.access import Actor
from teams.models import Role
from workshops.agenda_models import Act, AgendaItem

OPENED_BY = {
    "contribution": Act.ADD,
    "comment": Act.COMMENT,
    "proposal": Act.PROPOSE,
    "vote": Act.VOTE,
    "rating": Act.RATE,
    "cluster": Act.GROUP,
}
"""What has to be open for a change of each type of item."""

GROUPING = {"cluster_id"}
"""The fields of a contribution that change when it is put into a group."""

WITHOUT_AGENDA = frozenset({Act.ADD, Act.COMMENT, Act.VOTE, Act.RATE})


class NotNow(Refused):
    """The running activity does not allow what a participant wants to do; says so in words."""


def require_open(edit: Edit) -> None:
    """Refuse with NotNow what the running activity does not allow to participants.

    Editors lead and may always act.
    """
    if edit.actor.may(Role.EDITOR):
        return
    wanted = {act_of(one) for one in edit.changes if one.item_type in OPENED_BY}
    if wanted - open_acts(edit.board):
        raise closed()


def require_act(running: AgendaItem, act: Act, by: Actor) -> None:
    """The same for what leaves no change on the board."""
    if not by.may(Role.EDITOR) and not running.allows(act):
        raise closed()


def closed() -> NotNow:
    return NotNow(_("This is closed right now. The facilitator opens it."))


def act_of(change: Change) -> Act:
    """Which act this change belongs to."""
    if change.item_type == "contribution" and change.after.keys() == GROUPING:
        return Act.GROUP
    return OPENED_BY[change.item_type]


def running_item(workshop: Board) -> AgendaItem | None:
    return AgendaItem.objects.filter(AgendaItem.RUNNING, board=workshop.pk).first()


def is_anonymous_now(workshop: Board) -> bool:
    """Whether what is written now carries no name."""
    running = running_item(workshop)
    return running is not None and running.anonymous


def open_acts(workshop: Board) -> frozenset[Act]:
    """All that participants may do on the board now; one query."""
    return acts_on_board(list(AgendaItem.objects.filter(board=workshop.pk)))


def acts_on_board(agenda: Sequence[AgendaItem]) -> frozenset[Act]:
    """What is open where all see it: while they write in silence, nobody adds to the board."""
    running = next((item for item in agenda if item.is_running), None)
    return acts_of(agenda) - ({Act.ADD} if running and running.silent else set())


def acts_of(agenda: Sequence[AgendaItem]) -> frozenset[Act]:
    """What the running activity opens; nothing while none runs. Without an agenda, participants
    add, comment, vote and rate whenever they like."""
    if not agenda:
        return WITHOUT_AGENDA
    running = next((item for item in agenda if item.is_running), None)
    return frozenset(running.allowed) if running else frozenset()
