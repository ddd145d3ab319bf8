"""What people are told: written with the act itself, so that both stand or neither."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from collaboration.attention import Assignment, Notification
from collaboration.mentions import mentioned_in, readers_of
from collaboration.models import Board, Comment, Recorded
from collaboration.names import name_of
from teams.access import Actor
from teams.models import User, Workspace

Kind = Notification.Kind


def tell_of_comment(comment: Comment, *, target: Recorded, by: Actor) -> None:
    """Tell those who are mentioned, who are in the thread, and who own the item; each once."""
    wanted: dict[int, Kind] = {}
    for pk in _owners(comment):
        wanted[pk] = Kind.COMMENT
    for pk in _in_thread(comment):
        wanted[pk] = Kind.REPLY
    for pk in mentioned_in(comment.body):
        wanted[pk] = Kind.MENTION
    _tell(comment.board, wanted, target=target, comment=comment, by=by)


def tell_of_new_mentions(
    comment: Comment, *, before: str, target: Recorded | None, by: Actor
) -> None:
    """Tell those whom the changed words mention and the former words did not."""
    known = set(mentioned_in(before))
    wanted = {pk: Kind.MENTION for pk in mentioned_in(comment.body) if pk not in known}
    if target is not None:
        _tell(comment.board, wanted, target=target, comment=comment, by=by)


def tell_of_resolved(comment: Comment, *, target: Recorded | None, by: Actor) -> None:
    """Tell those who talked in the thread that it is closed."""
    wanted = dict.fromkeys(_in_thread(comment), Kind.RESOLVED)
    if target is not None:
        _tell(comment.board, wanted, target=target, comment=comment, by=by)


def tell_owner(board: Board, *, target: Recorded, member: User, by: Actor) -> None:
    _tell(board, {member.pk: Kind.ASSIGNED}, target=target, comment=None, by=by)


def tell_of_wording(board: Board, *, target: Recorded, members: Iterable[int], by: Actor) -> None:
    """Tell the owners of an item that something has changed with which it must agree."""
    wanted = dict.fromkeys(members, Kind.WORDING)
    _tell(board, wanted, target=target, comment=None, by=by)


def owners_of(board_id: int, target_type: str, ids: Iterable[int]) -> dict[int, list[int]]:
    """The people who own items of this type, by item; one query."""
    rows = Assignment.objects.filter(
        board=board_id, target_type=target_type, target_id__in=list(ids)
    ).exclude(member=None)
    found: dict[int, list[int]] = {}
    for pk, member in rows.values_list("target_id", "member"):
        found.setdefault(pk, []).append(member)
    return found


def _owners(comment: Comment) -> Iterable[int]:
    owners = Assignment.objects.filter(
        board=comment.board_id, target_type=comment.target_type, target_id=comment.target_id
    )
    return [pk for pk in owners.values_list("member", flat=True) if pk]


def _in_thread(comment: Comment) -> Iterable[int]:
    first = comment.parent_id or comment.pk
    thread = Comment.objects.filter(pk=first) | Comment.objects.filter(parent=first)
    return [pk for pk in thread.order_by("pk").values_list("author", flat=True) if pk]


def _tell(
    board: Board,
    wanted: dict[int, Kind],
    *,
    target: Recorded,
    comment: Comment | None,
    by: Actor,
) -> None:
    """Write it down for those of them who may read the board, but not for who did it."""
    from collaboration.notification_mail import send_soon

    wanted = {pk: kind for pk, kind in wanted.items() if by.user is None or pk != by.user.pk}
    if not wanted:
        return
    readers = readers_of(board, wanted)
    Notification.objects.bulk_create(
        Notification(
            user=person,
            board=board,
            kind=wanted[person.pk],
            actor=by.user,
            actor_name=by.name[:80],
            comment=comment,
            target_type=target.type_name(),
            target_id=target.pk,
            about=name_of(target),
        )
        for person in readers
    )
    if any(person.notify == User.Notify.IMMEDIATELY for person in readers):
        send_soon()


# --- Reading -----------------------------------------------------------------------------------
def notifications_of(user: User, workspace: Workspace | None) -> "QuerySet[Notification]":
    """What somebody was told about boards of this workspace that they may still read."""
    boards = Board.objects.visible_to(user).filter(workspace=workspace)
    return Notification.objects.filter(user=user, board__in=boards)


def unread_count(user: User, workspace: Workspace | None) -> int:
    return notifications_of(user, workspace).filter(read_at=None).count()


def mark_read(notifications: "QuerySet[Notification]") -> int:
    """Returns how many were unread."""
    now = timezone.now()
    return notifications.filter(read_at=None).update(read_at=now, updated_at=now)
