"""The thread about one item of a board, as a region that any board's page can draw."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.translation import override

from collaboration.itemtypes import item_models
from collaboration.live import Viewer
from collaboration.models import Board, BoardItem, Comment, Recorded


@dataclass
class Thread:
    """A comment with the answers to it, oldest first."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


def target_of(board: Board, target_type: str, target_id: int) -> Recorded | None:
    """What can be commented on: an item of this board, or the board itself."""
    model = item_models().get(target_type)
    if model is None or model in (Board, Comment):
        return None
    if issubclass(model, BoardItem):
        return model._default_manager.filter(board=board.pk, pk=target_id).first()
    return model._default_manager.filter(pk=board.pk).first() if target_id == board.pk else None


def threads_of(board: Board, target_type: str, target_id: int) -> list[Thread]:
    """The threads about an item, the newest last; one query."""
    comments = (
        Comment.objects.filter(board=board.pk, target_type=target_type, target_id=target_id)
        .select_related("author")
        .order_by("created_at", "pk")
    )
    replies: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        replies[comment.parent_id].append(comment)
    return [Thread(comment, replies[comment.pk]) for comment in replies[None]]


def comments_region(target_type: str, target_id: int) -> str:
    """The id of the element that shows the comments on an item."""
    return f"comments-{target_type}-{target_id}"


def draw_comments(board: Board, region: str, viewer: Viewer) -> str | None:
    """The threads that a comments region names, or None when there is no such item.

    Two queries, whatever the number of threads. ValueError when it names no region.
    """
    _, target_type, target_id = region.rsplit("-", 2)
    if target_of(board, target_type, int(target_id)) is None:
        return None
    context = {
        "board": board,
        "region": region,
        "threads": threads_of(board, target_type, int(target_id)),
        "viewer": viewer,
    }
    with override(viewer.language):
        return render_to_string("collaboration/_comments.html", context)
