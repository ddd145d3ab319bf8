"""The board of all actions of a workspace, across its workshops."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from collaboration.models import Board
from teams.access import Request, workspace_view
from teams.models import Role, Workspace
from workshops import decided


@require_GET
@workspace_view(Role.VIEWER)
def index(request: Request) -> HttpResponse:
    context = _context(request, request.workspace, request.GET)
    return render(request, "workshops/actions.html", context)


def fragment(request: Request, workspace: Workspace, asked: Mapping[str, Any]) -> HttpResponse:
    """The columns alone, narrowed as they are on the page that asks."""
    return render(request, "workshops/_all_actions.html", _context(request, workspace, asked))


def _context(request: Request, workspace: Workspace, asked: Mapping[str, Any]) -> dict[str, Any]:
    form = decided.filters(workspace, request.user, asked)
    rows = decided.narrowed(decided.all_actions(workspace, request.user), form)
    boards = {row.board_id for row in rows}
    editable = Board.objects.editable_by(request.user).filter(pk__in=boards)
    return {
        "form": form,
        "statuses": decided.by_status(rows, decided.MOST_SHOWN),
        "count": len(rows),
        "late": sum(row.is_late for row in rows),
        "editable": set(editable.values_list("pk", flat=True)),
        "is_narrowed": any(form.asked.values()),
    }
