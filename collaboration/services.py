"""Writing comments: on any item of a board, by anybody who may comment."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.comments import target_of
from collaboration.editing import Refused
from collaboration.guests import number_among_those_here
from collaboration.mentions import true_mentions
from collaboration.models import Board, Comment, Recorded
from collaboration.notifications import (
    tell_of_comment,
    tell_of_new_mentions,
    tell_of_resolved,
)
from teams.access import Actor
from teams.models import Role


def create_comment(
    board: Board, *, target: Recorded, body: str, parent: Comment | None = None, by: Actor
) -> Comment:
    """Say something about an item; with `parent`, in answer to that comment's thread."""
    with board.editing(by=by, needs=Role.COMMENTER):
        comment = Comment(
            board_id=board.pk,
            target_type=target.type_name(),
            target_id=target.pk,
            parent=parent and (parent.parent or parent),
            author=by.user,
            author_name=by.name,
            author_guest=number_among_those_here(by) if by.is_guest else None,
            body=true_mentions(board, body),
        )
        comment.save()
        tell_of_comment(comment, target=target, by=by)
    return comment


def edit_comment(comment: Comment, *, body: str, by: Actor) -> None:
    """Change one's own words; raises PermissionDenied for anybody else's.

    Who is mentioned now and was not before is told.
    """
    board = comment.board
    with board.editing(by=by, needs=Role.COMMENTER):
        must_be_author(comment, by)
        before = Comment.objects.filter(pk=comment.pk).values_list("body", flat=True).first()
        comment.body = true_mentions(board, body)
        comment.save()
        target = target_of(board, comment.target_type, comment.target_id)
        tell_of_new_mentions(comment, before=before or "", target=target, by=by)


def delete_comment(comment: Comment, *, by: Actor) -> None:
    """Delete one's own comment; an owner may delete anybody's, with the answers to it.

    Raises Refused when others have answered it.
    """
    with comment.board.editing(by=by, needs=Role.COMMENTER):
        if not by.may(Role.OWNER):
            must_be_author(comment, by)
            if any(not wrote(by, reply) for reply in comment.replies.all()):
                raise Refused(_("Others have answered this comment, so it stays. You can edit it."))
        comment.delete()


def resolve_comment(comment: Comment, *, by: Actor) -> None:
    """Close the comment's thread; resolving twice changes nothing."""
    with comment.board.editing(by=by, needs=Role.COMMENTER):
        first = comment.parent or comment
        if first.resolved_at is None:
            first.resolved_at, first.resolved_by_name = timezone.now(), by.name
            first.save()
            target = target_of(first.board, first.target_type, first.target_id)
            tell_of_resolved(first, target=target, by=by)


def reopen_comment(comment: Comment, *, by: Actor) -> None:
    with comment.board.editing(by=by, needs=Role.COMMENTER):
        first = comment.parent or comment
        first.resolved_at, first.resolved_by_name = None, ""
        first.save()


def wrote(actor: Actor, comment: Comment) -> bool:
    """Guests are told apart by their visit: who comes again by the link is somebody new."""
    known = actor.user is not None or actor.is_guest
    return known and comment.writer == number_among_those_here(actor)


def must_be_author(comment: Comment, actor: Actor) -> None:
    """Raises PermissionDenied for everybody but the person who wrote the comment."""
    if not wrote(actor, comment):
        raise PermissionDenied(_("Only the person who wrote a comment can change it."))
