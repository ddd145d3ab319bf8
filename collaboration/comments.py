"""The thread about one item of a board, as a region that any board's page can draw."""

from collections import defaultdict

from django.template.loader import render_to_string

from collaboration.live import Viewer
from collaboration.models import Board, Comment


def comments_region(target_type: str, target_id: int) -> str:
    """The id of the element that shows the comments on an item."""
    return f"comments-{target_type}-{target_id}"


def draw_comments(board: Board, region: str, viewer: Viewer) -> str:
    """The threads of the item that a comments region names; one query."""
    _, target_type, target_id = region.rsplit("-", 2)
    comments = Comment.objects.filter(
        board=board.pk, target_type=target_type, target_id=int(target_id)
    ).order_by("created_at", "pk")
    replies: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        replies[comment.parent_id].append(comment)
    threads = [{"comment": comment, "replies": replies[comment.pk]} for comment in replies[None]]
    context = {
        "board": board,
        "region": region,
        "target_type": target_type,
        "target_id": int(target_id),
        "threads": threads,
        "viewer": viewer,
    }
    return render_to_string("collaboration/_comments.html", context)
