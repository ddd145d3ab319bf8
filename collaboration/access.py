"""Who may do what on a board: one function resolves, one decorator guards."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from collaboration.editing import BoardGone, ItemGone, Refused
from collaboration.idempotency import answered_once
from collaboration.inplace import refused, typed_text
from collaboration.models import Board
from collaboration.retry import tried_again
from teams.access import Actor, View, actor_in, declare, sign_in_first, workspace_view
from teams.models import Role, User


def board_for(user: User, board_id: int, model: type[Board] = Board) -> tuple[Any, Actor]:
    """The living board and what this user is on it; Http404 when they may not see it."""
    board = model.objects.alive().select_related("workspace").filter(pk=board_id).first()
    actor = actor_in(user, board.workspace) if board else None
    if board is None or actor is None:
        raise Http404
    return board, actor


def board_view(role: Role, model: type[Board] = Board) -> Callable[[View], View]:
    """Guard a view of a board: `def rename(request, board, ...)`, with request.actor set.

    The address names the board as `board_id`. Not signed in: to the sign-in page. Not
    visible: 404. Visible, but the role does not include `role`: 403 in words.
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
            if not request.user.is_authenticated:
                return sign_in_first(request)
            board, actor = board_for(request.user, board_id, model)
            request.actor = actor  # type: ignore[attr-defined]
            actor.must(role)
            return work(request, board, *args, **kwargs)

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
