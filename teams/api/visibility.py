"""What a person may know of: the rows of the workspaces that they belong to."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from teams.access import Actor, actor_in
from teams.models import User, Workspace

Row = TypeVar("Row", bound=Model)


def visible(rows: "QuerySet[Row]", user: User) -> "QuerySet[Row]":
    """Those of `rows` that this person may see; nothing on a deleted board is among them."""
    fields = {field.name: field for field in rows.model._meta.get_fields()}
    if rows.model is Workspace:
        return rows.filter(memberships__user=user)
    if "board" in fields:
        boards: Any = fields["board"].related_model
        return rows.filter(board__in=boards.objects.visible_to(user))
    if hasattr(rows, "visible_to"):
        seen: QuerySet[Row] = rows.visible_to(user)
        return seen
    return rows.filter(workspace__memberships__user=user)


def workspace_of(row: Any) -> Workspace:
    """The workspace that a row belongs to, itself or through its board."""
    if isinstance(row, Workspace):
        return row
    owner = row.board if hasattr(row, "board_id") else row
    workspace: Workspace = owner.workspace
    return workspace


def actor_at(row: Any, user: User) -> Actor:
    """What this person is where the row belongs, on its board or in its workspace; Http404
    for those who may not see it."""
    place = row.board if hasattr(row, "board_id") else row
    is_board = hasattr(place, "actor_for")
    actor = place.actor_for(user) if is_board else actor_in(user, workspace_of(row))
    if actor is None:
        raise Http404
    return actor
