"""All comments of a board, item by item, as one list that can be filtered."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from collaboration.comments import Thread
from collaboration.mentions import mentions
from collaboration.models import Board, Comment
from collaboration.names import names_of
from teams.models import User

FILTERS = ("open", "resolved", "mine", "mentions")
MOST_SHOWN = 200


@dataclass
class Talk:
    """An item with the threads about it."""

    target_type: str
    target_id: int
    name: str
    threads: list[Thread]

    @property
    def about(self) -> str:
        return f"{self.target_type}-{self.target_id}"


def talks_of(board: Board, *, show: str, user: User | None) -> list[Talk]:
    """Items with threads, what was said last on top; an item that is gone is left out.

    `mine` are threads in which I wrote, `mentions` those that mention me. Two queries, and
    one for each type of item.
    """
    firsts = _chosen(Comment.objects.filter(board=board.pk, parent=None), show, user)
    threads = [
        Thread(first)
        for first in firsts.select_related("author").order_by("-created_at", "-pk")[:MOST_SHOWN]
    ]
    by_first = {thread.comment.pk: thread for thread in threads}
    answers = Comment.objects.filter(parent__in=by_first).select_related("author")
    for answer in answers.order_by("created_at", "pk"):
        by_first[answer.parent_id].replies.append(answer)
    return _by_item(threads)


def _chosen(firsts: "QuerySet[Comment]", show: str, user: User | None) -> "QuerySet[Comment]":
    if show == "resolved":
        return firsts.exclude(resolved_at=None)
    if show == "open" or show not in FILTERS:
        return firsts.filter(resolved_at=None)
    pk = user.pk if user else 0
    wanted = Q(author=pk) if show == "mine" else mentions(pk)
    answers = Comment.objects.filter(wanted, parent=OuterRef("pk"))
    return firsts.filter(wanted | Q(Exists(answers)))


def _by_item(threads: list[Thread]) -> list[Talk]:
    names = names_of((one.comment.target_type, one.comment.target_id) for one in threads)
    found: dict[tuple[str, int], Talk] = {}
    for thread in threads:
        place = (thread.comment.target_type, thread.comment.target_id)
        if place in names:
            talk = found.setdefault(place, Talk(*place, name=names[place], threads=[]))
            talk.threads.append(thread)
    return list(found.values())


def open_mentions(user: User, boards: "QuerySet[Board]") -> list[Comment]:
    """Comments in open threads that mention somebody, the newest first."""
    waiting = Q(parent=None, resolved_at=None) | Q(parent__isnull=False, parent__resolved_at=None)
    found = Comment.objects.filter(waiting, mentions(user.pk), board__in=boards)
    return list(found.select_related("board", "author").order_by("-created_at", "-pk")[:MOST_SHOWN])
