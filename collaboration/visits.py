"""What changed on a board since somebody was there last."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from collaboration.attention import BoardVisit
from collaboration.models import Board, Change, Comment
from teams.models import User, Workspace

MOST_MARKED = 500


@dataclass
class News:
    """What others changed since the version that somebody saw last."""

    since: int
    count: int
    items: list[str]


def record_visit(user: User, board: Board, *, version: int) -> None:
    """Note how far somebody has seen; never less than before, nor more than there is."""
    seen = min(version, board.version)
    visit, is_first = BoardVisit.objects.get_or_create(
        user=user, board=board, defaults={"version": seen}
    )
    if not is_first:
        BoardVisit.objects.filter(pk=visit.pk).update(
            version=Greatest(F("version"), seen), at=timezone.now()
        )


def news_for(user: User, board: Board) -> News | None:
    """None for the first visit; three queries at most."""
    visit = BoardVisit.objects.filter(user=user, board=board).first()
    if visit is None:
        return None
    changes = _by_others(user, Change.objects.filter(board=board, version__gt=visit.version))
    touched = dict.fromkeys(changes.values_list("item_type", "item_id"))
    newest = list(touched)[-MOST_MARKED:]
    return News(visit.version, len(touched), _places(newest))


def _by_others(user: User, changes: "QuerySet[Change]") -> "QuerySet[Change]":
    mine = Q(actor=user)
    touch = Q(action=Change.Action.UPDATE, before={}, after={})
    return changes.exclude(mine).exclude(touch).order_by("version", "pk")


def _places(items: Collection[tuple[str, int]]) -> list[str]:
    """Where to mark: a comment stands for the item that it is about."""
    said = [pk for kind, pk in items if kind == "comment"]
    about = Comment.objects.filter(pk__in=said).values_list("target_type", "target_id")
    places = [pair for pair in items if pair[0] != "comment"] + (list(about) if said else [])
    return [f"{kind}-{pk}" for kind, pk in dict.fromkeys(places)]


def unread_boards(user: User, workspace: Workspace) -> set[int]:
    """Ids of the boards that others have changed since this person saw them; one query.

    A board where somebody has never been counts as unread when others made it.
    """
    seen = BoardVisit.objects.filter(user=user, board=OuterRef("board")).values("version")[:1]
    boards = Board.objects.visible_to(user).filter(workspace=workspace).values("pk")
    changes = Change.objects.filter(board__in=boards).exclude(actor=user)
    changes = changes.exclude(action=Change.Action.UPDATE, before={}, after={})
    changes = changes.annotate(seen=Subquery(seen)).filter(Q(seen=None) | Q(version__gt=F("seen")))
    return set(changes.order_by().values_list("board", flat=True).distinct())
