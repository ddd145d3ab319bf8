"""Who sees one board: hidden drafts, and roles on it that differ from those in the workspace."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.models import Board
from collaboration.openings import BOARD_ROLES, BoardAccess
from collaboration.roles import NO_ROLE
from teams.access import Actor, Forbidden
from teams.models import Membership, Role


def manages(board: Board, actor: Actor) -> bool:
    """Whether somebody decides who sees a board: an owner, or the editor who made it."""
    is_maker = actor.user is not None and board.created_by_id == actor.user.pk
    return actor.may(Role.OWNER) or (is_maker and actor.may(Role.EDITOR))


def roles_to_give(actor: Actor) -> list[tuple[str, Any]]:
    """The roles on a board that somebody may give: none above their own."""
    return [
        (value, name) for value, name in BOARD_ROLES if value == NO_ROLE or actor.may(Role(value))
    ]


def must_manage(board: Board, actor: Actor) -> None:
    if not manages(board, actor):
        raise Forbidden(Role.OWNER)
    if board.governed_by_id is not None:
        raise Refused(_("This is as open as the journey that it is about. Set it there."))


def hide_board(board: Board, *, hidden: bool, by: Actor) -> None:
    """Make a draft of a board, or show it to the workspace; in the history, not in Undo."""
    must_manage(board, by)
    with board.editing(by=by, lasting=True):
        present = type(board).objects.get(pk=board.pk)
        present.hidden = hidden
        present.save()
    board.hidden = hidden


@transaction.atomic
def give_access(board: Board, membership: Membership, *, role: str, by: Actor) -> BoardAccess:
    """Let a member of the workspace be something else on this board; "none" shuts them out.

    Refused for owners of the workspace, who are owners everywhere, and for oneself. Nobody
    gives more than they have.
    """
    must_manage(board, by)
    if membership.workspace_id != board.workspace_id:
        raise Refused(_("Only people of the workspace can have a role on its maps."))
    if membership.role == Role.OWNER:
        raise Refused(_("Owners of the workspace see and change everything."))
    if by.user is not None and membership.user_id == by.user.pk:
        raise Refused(_("Somebody else has to change your own role."))
    if role != NO_ROLE:
        by.must(Role(role))
    access, _is_new = BoardAccess.objects.update_or_create(
        board_id=board.pk, membership=membership, defaults={"role": role}
    )
    return access


@transaction.atomic
def take_access_back(access: BoardAccess, *, by: Actor) -> None:
    """On this board the person is again what they are in the workspace, nobody on a draft."""
    must_manage(access.board, by)
    if by.user is not None and access.membership.user_id == by.user.pk:
        raise Refused(_("Somebody else has to change your own role."))
    access.delete()
