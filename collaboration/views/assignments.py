"""Owners of items: choosing one, and the page of what is mine."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collaboration import assignments
from collaboration.access import board_view
from collaboration.deeplinks import address_of, item_address
from collaboration.live import answer, pieces
from collaboration.mentions import readers_of
from collaboration.models import Board, Recorded
from collaboration.names import name_of
from collaboration.threads import open_mentions
from collaboration.views.comments import about, target_or_404
from teams.access import Request, workspace_view
from teams.models import Role, User

PANEL = "collaboration/_owner_panel.html"


class OwnerForm(forms.Form):
    """The chosen person by id; the name is only what was typed to find them."""

    member = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=120)
    due = forms.DateField(
        label=gettext_lazy("Due"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, *args: Any, board: Board, **options: Any) -> None:
        super().__init__(*args, **options)
        self.board = board
        self.person: User | None = None

    def clean(self) -> dict[str, Any]:
        """Somebody who reads the board, by id, or by a name that only one of them has."""
        values = super().clean() or self.cleaned_data
        if pk := values.get("member"):
            found = readers_of(self.board, [pk]) if pk < 2**63 else []
        else:
            name = " ".join(values.get("name", "").split()).casefold()
            found = [one for one in readers_of(self.board) if str(one).casefold() == name]
        if len(found) != 1:
            self.add_error("name", _("Choose somebody from the list."))
        else:
            self.person = found[0]
        return values


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, members_only=True)
def owner(request: Request, board: Board) -> HttpResponse:
    """The panel that says who owns `?type=note&id=12`, and since when it is due."""
    asked = request.POST if request.method == "POST" else request.GET
    target = target_or_404(board, asked.get("type", ""), asked.get("id", ""))
    if request.method == "GET":
        return _panel(request, board, target, OwnerForm(board=board, initial=_now(board, target)))
    form = OwnerForm(request.POST, board=board)
    if not form.is_valid() or form.person is None:
        return _panel(request, board, target, form, status=422)
    with board.editing(by=request.actor) as edit:
        assignments.assign(
            board,
            target=target,
            member=form.person,
            due=form.cleaned_data["due"],
            by=request.actor,
        )
    return answer(request, edit, said=_("%(name)s owns it now.") % {"name": form.person})


@require_POST
@board_view(Role.EDITOR, members_only=True)
def no_owner(request: Request, board: Board) -> HttpResponse:
    target = target_or_404(board, request.POST.get("type", ""), request.POST.get("id", ""))
    with board.editing(by=request.actor) as edit:
        assignments.unassign(board, target=target, by=request.actor)
    if not edit.changes:
        return HttpResponse(pieces([], "outerHTML"))
    return answer(request, edit, said=_("Nobody owns it now."))


@require_GET
@workspace_view(Role.VIEWER)
def mine(request: Request) -> HttpResponse:
    """What I own and where I am asked for, on all boards of the workspace."""
    boards = with_boards(request)
    owned = assignments.owned_by(request.user, request.workspace)
    asked = open_mentions(request.user, boards)
    context = {
        "owned": [(one, address_of(one.assignment)) for one in owned],
        "mentions": [(one, item_address(one.board, "comment", one.pk)) for one in asked],
    }
    return render(request, "collaboration/mine.html", context)


def with_boards(request: Request) -> Any:
    return Board.objects.visible_to(request.user).filter(workspace=request.workspace)


def _now(board: Board, target: Recorded) -> dict[str, Any]:
    present = assignments.owner_of(board, target)
    if present is None:
        return {}
    return {"member": present.member_id, "name": present.member_name, "due": present.due}


def _panel(
    request: Request, board: Board, target: Recorded, form: OwnerForm, status: int = 200
) -> HttpResponse:
    context = {
        **about(board, target),
        "name": name_of(target),
        "form": form,
        "owner": assignments.owner_of(board, target),
    }
    return render(request, PANEL, context, status=status)
