"""Owners of items: who looks after what, on every board of a workspace."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from collaboration.attention import Assignment
from collaboration.editing import Refused
from collaboration.mentions import readers_of
from collaboration.models import Board, Recorded
from collaboration.names import names_of
from collaboration.notifications import tell_owner
from teams.access import Actor
from teams.models import User, Workspace


def assign(
    board: Board, *, target: Recorded, member: User, due: dt.date | None = None, by: Actor
) -> Assignment:
    """Make somebody the owner of an item; there is one owner at most, the former one gives way.

    Raises Refused for somebody who may not read the board.
    """
    with board.editing(by=by):
        if not readers_of(board, [member.pk]):
            raise Refused(_("Only people who can see this map can own something on it."))
        assignment = owner_of(board, target) or Assignment(
            board_id=board.pk, target_type=target.type_name(), target_id=target.pk
        )
        is_new_owner = assignment.member_id != member.pk
        assignment.member, assignment.member_name, assignment.due = member, str(member)[:80], due
        assignment.save()
        if is_new_owner:
            tell_owner(board, target=target, member=member, by=by)
    return assignment


def unassign(board: Board, *, target: Recorded, by: Actor) -> None:
    """Leave an item without an owner; one that has none stays so."""
    with board.editing(by=by):
        if assignment := owner_of(board, target):
            assignment.delete()


def owner_of(board: Board, target: Recorded) -> Assignment | None:
    rows: Any = Assignment.objects.filter(board=board.pk)
    found: Assignment | None = rows.filter(
        target_type=target.type_name(), target_id=target.pk
    ).first()
    return found


@dataclass
class Owned:
    """An item that somebody owns, with its name."""

    assignment: Assignment
    board: Board
    name: str


def owned_by(user: User, workspace: Workspace) -> list[Owned]:
    """What somebody owns on the living boards of a workspace, what is due first on top.

    One query, and one for each type of item.
    """
    boards = Board.objects.visible_to(user).filter(workspace=workspace)
    rows = list(
        Assignment.objects.filter(member=user, board__in=boards)
        .select_related("board")
        .order_by("due", "board", "pk")
    )
    names = names_of((row.target_type, row.target_id) for row in rows)
    return [
        Owned(row, row.board, names[row.target_type, row.target_id])
        for row in rows
        if (row.target_type, row.target_id) in names
    ]
