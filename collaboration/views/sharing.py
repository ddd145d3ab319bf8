"""The Share dialog of a map: who sees it, and the links that open it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration import door, drafts, sharing
from collaboration.access import board_view
from collaboration.editing import Refused
from collaboration.models import Board
from collaboration.openings import BoardAccess, ShareLink
from collaboration.share_forms import AccessForm, LinkForm
from collaboration.shared import links_of, people_of
from teams.access import Request
from teams.models import Membership, Role

TEMPLATE = "collaboration/_share.html"


@require_GET
@board_view(Role.EDITOR, members_only=True)
def show(request: Request, board: Board) -> HttpResponse:
    return _panel(request, board)


# --- Links ---------------------------------------------------------------------------------
@require_POST
@board_view(Role.EDITOR, members_only=True)
def make(request: Request, board: Board) -> HttpResponse:
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _panel(request, board, status=422, new_form=form)
    values = form.values
    try:
        link, _token = sharing.make_link(board, **values, by=request.actor)
    except Refused as reason:
        form.add_error(None, str(reason))
        return _panel(request, board, status=422, new_form=form)
    return _panel(request, board, made=link.pk)


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, members_only=True)
def change(request: Request, board: Board, link_id: int) -> HttpResponse:
    link = link_or_404(board, link_id)
    sharing.must_keep(link, request.actor)
    if request.method == "GET":
        return _panel(request, board, changed=link.pk, form=LinkForm.of(link))
    form = LinkForm(request.POST, link=link)
    if not form.is_valid():
        return _panel(request, board, status=422, changed=link.pk, form=form)
    try:
        sharing.change_link(link, **form.values, by=request.actor)
    except Refused as reason:
        form.add_error(None, str(reason))
        return _panel(request, board, status=422, changed=link.pk, form=form)
    return _panel(request, board)


@require_POST
@board_view(Role.EDITOR, members_only=True)
def revoke(request: Request, board: Board, link_id: int) -> HttpResponse:
    sharing.revoke_link(link_or_404(board, link_id), by=request.actor)
    return _panel(request, board)


@require_POST
@board_view(Role.EDITOR, members_only=True)
def unlock(request: Request, board: Board, link_id: int) -> HttpResponse:
    """Let people try the password again after many wrong ones."""
    link = link_or_404(board, link_id)
    sharing.must_keep(link, request.actor)
    door.unlock(request, link)
    return _panel(request, board, unlocked=link.pk)


def link_or_404(board: Board, link_id: int) -> ShareLink:
    link: ShareLink | None = ShareLink.objects.filter(
        board=board.pk, revoked_at=None, pk=link_id
    ).first()
    if link is None:
        raise Http404
    link.board = board
    return link


# --- People --------------------------------------------------------------------------------
@require_POST
@board_view(Role.EDITOR, members_only=True)
def hide(request: Request, board: Board) -> HttpResponse:
    drafts.hide_board(board.specific, hidden=bool(request.POST.get("hidden")), by=request.actor)
    board.refresh_from_db()
    return _panel(request, board)


@require_POST
@board_view(Role.EDITOR, members_only=True)
def people(request: Request, board: Board) -> HttpResponse:
    form = AccessForm(request.POST)
    if not form.is_valid():
        raise Http404
    members = Membership.objects.filter(workspace=board.workspace_id)
    member = members.filter(pk=form.cleaned_data["member"]).first()
    if member is None:
        raise Http404
    if role := form.cleaned_data["role"]:
        drafts.give_access(board, member, role=role, by=request.actor)
    elif access := BoardAccess.objects.filter(board=board.pk, membership=member).first():
        drafts.take_access_back(access, by=request.actor)
    return _panel(request, board)


def _panel(request: Request, board: Board, *, status: int = 200, **more: Any) -> HttpResponse:
    manages = drafts.manages(board, request.actor)
    context = {
        "board": board,
        "manages": manages,
        "people": people_of(board) if manages else [],
        "roles": drafts.roles_to_give(request.actor),
        "links": links_of(board, request.actor),
        "new_form": LinkForm(initial={"role": Role.VIEWER}),
        **more,
    }
    response = render(request, TEMPLATE, context, status=status)
    response.shows_tokens = True  # type: ignore[attr-defined]
    return response
