"""Rows of a workspace's library that boards show: a persona, a channel, an insight."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from collaboration.editing import BoardGone, Edit
from collaboration.models import Board
from teams.access import Actor


@transaction.atomic
def touch_everywhere(items: QuerySet[Any], *, by: Actor) -> list[Edit]:
    """Count these items as changed on every living board, so that each board redraws them.

    Returns one edit a board.
    The boards are locked in the order of their ids. Call it before the library's own row is
    written: whoever edits a board locks that board first and the library's row second.
    """
    edits = []
    boards = Board.objects.alive().filter(pk__in=items.order_by().values("board"))
    for board in boards.order_by("pk"):
        with suppress(BoardGone), board.editing(by=by) as edit:
            for item in items.filter(board=board.pk).order_by("pk"):
                edit.touch(item)
            edits.append(edit)
    return edits
