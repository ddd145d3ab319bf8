"""What a person may know of: the rows of the workspaces that they belong to."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from teams.access import Actor, actor_in
from teams.models import User, Workspace

Row = TypeVar("Row", bound=Model)


def visible(rows: "QuerySet[Row]", user: User) -> "QuerySet[Row]":
    """Those of `rows` that this person may see; nothing on a deleted board is among them."""
    names = {field.name for field in rows.model._meta.get_fields()}
    if rows.model is Workspace:
        return rows.filter(memberships__user=user)
    if "board" in names:
        return rows.filter(board__deleted_at=None, board__workspace__memberships__user=user)
    if "deleted_at" in names:
        rows = rows.filter(deleted_at=None)
    return rows.filter(workspace__memberships__user=user)


def workspace_of(row: Any) -> Workspace:
    """The workspace that a row belongs to, itself or through its board."""
    if isinstance(row, Workspace):
        return row
    owner = row.board if hasattr(row, "board_id") else row
    workspace: Workspace = owner.workspace
    return workspace


def actor_at(row: Any, user: User) -> Actor:
    """What this person is where the row belongs; Http404 for a stranger."""
    actor = actor_in(user, workspace_of(row))
    if actor is None:
        raise Http404
    return actor
