"""Addresses of single things on a board: `/journeys/7/#note-12`, `/journeys/7/#comment-33`."""

from typing import Any

from django.db.models import QuerySet

from collaboration.attention import Assignment, Notification
from collaboration.live import kinds_of_boards
from collaboration.models import Board


def with_addresses(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Rows with their boards loaded as what they are, so that addresses cost no query."""
    return rows.select_related(*(f"board__{kind}" for kind in kinds_of_boards()))


def address_of(about: Notification | Assignment) -> str:
    """Where to see what a notification or an owner is about."""
    comment = getattr(about, "comment_id", None)
    if comment:
        return item_address(about.board, "comment", comment)
    return item_address(about.board, about.target_type, about.target_id)


def item_address(board: Board, item_type: str, item_id: int) -> str:
    return f"{board.get_absolute_url()}#{item_type}-{item_id}"
