"""Who may do what on a board: one function resolves, one decorator guards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from collaboration.editing import BoardGone, ItemGone, Refused
from collaboration.guests import entries_in, entry_for, given_to, guest_of
from collaboration.idempotency import answered_once
from collaboration.inplace import refused, typed_text
from collaboration.models import Board
from collaboration.retry import tried_again
from teams.access import Actor, View, declare, is_htmx, sign_in_first, workspace_view
from teams.models import Role, User


def board_for(
    request: HttpRequest, board_id: int, model: type[Board] = Board
) -> tuple[Any, Actor] | None:
    """The living board and what this session is on it, or None where it may not see it.

    Members keep their own role, unless a share link that they came by gives more; whoever sees
    the board by a link alone is a guest.
    """
    entry = entry_for(request.session, board_id)
    given = given_to([entry]).get(entry) if entry else None
    if request.user.is_authenticated:
        boards = model.objects.visible_to(request.user).select_related("workspace")
        if board := boards.filter(pk=board_id).first():
            own = Role(board.role_here)
            role = given.role if given and given.role.includes(own) else own
            return board, Actor(user=request.user, role=role, name=str(request.user))
    if entry is None or given is None:
        return None
    shared = model.objects.alive().select_related("workspace").filter(pk=board_id).first()
    return (shared, guest_of(entry, given)) if shared else None


def actor_on(board: Board, user: User) -> Actor:
    """What somebody is on a board; Http404 when they may not see it."""
    actor = board.actor_for(user)
    if actor is None:
        raise Http404
    return actor


def enter(request: HttpRequest, board_id: int, model: type[Board], *, members_only: bool) -> Any:
    """The board, with request.actor set; Http404 or PermissionDenied for those outside."""
    found = board_for(request, board_id, model)
    if found is None:
        raise Http404
    board, actor = found
    request.actor = actor  # type: ignore[attr-defined]
    if members_only and actor.is_guest:
        raise PermissionDenied(_("This is for people of the workspace, not for guests."))
    return board


def is_nobody(request: HttpRequest) -> bool:
    """Neither signed in nor the guest of any board."""
    return not request.user.is_authenticated and not entries_in(request.session)


def board_view(
    role: Role, model: type[Board] = Board, *, members_only: bool = False
) -> Callable[[View], View]:
    """Guard a view of a board: `def rename(request, board, ...)`, with request.actor set.

    The address names the board as `board_id`. Not signed in: to the sign-in page. Not
    visible: 404. Visible, but the role does not include `role`: 403 in words; guests of a
    share link likewise where a view is for `members_only`, as what shows the library, other
    boards, the past or people has to be.
    Refused inside the view: 409 in words. A POST with a key it has seen is answered from
    memory; one that a deadlock ended is tried again.
    """

    def guard(view: View) -> View:
        work = _in_words(answered_once(view))

        @wraps(view)
        @tried_again
        def guarded(
            request: HttpRequest, board_id: int, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if is_nobody(request):
                return sign_in_first(request)
            board = enter(request, board_id, model, members_only=members_only)
            actor: Actor = request.actor  # type: ignore[attr-defined]
            actor.must(role)
            response = work(request, board, *args, **kwargs)
            if request.method == "GET" and is_htmx(request):
                # The piece may be older than the page by the time it is put in place.
                response.headers.setdefault("Board-Version", str(board.version))
            if actor.is_guest:
                response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        guarded.members_only = members_only  # type: ignore[attr-defined]
        return declare(guarded, f"board:{role.value}")

    return guard


def library_view(role: Role) -> Callable[[View], View]:
    """Guard a view that changes rows which boards show: as `workspace_view`, and what is refused,
    gone, sent twice or ended by a deadlock is answered as in a board's view."""

    def guard(view: View) -> View:
        return workspace_view(role)(tried_again(_in_words(answered_once(view))))

    return guard


def _in_words(view: View) -> View:
    """What a write can meet is said in words; what was typed is given back."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as reason:
            return refused(request, str(reason))
        except IntegrityError as missing:
            # What it belongs to was deleted between the look and the write.
            return typed_text(request, missing)
        except (BoardGone, ItemGone) as missing:
            raise Http404 from missing

    return answered
