"""Who wrote something, where no name may say so.

A writer is known by a keyed digest: with the server's key one can ask whether this person wrote
that, and there is no way back from the digest to the person. What carries no name has a mark of its
own, with salt, so that two items of one writer cannot be told to be that.
"""

import secrets
from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from collaboration.editing import Edit
from collaboration.models import Board
from collaboration.unnamed import forget_who
from teams.access import Actor
from workshops.models import Contribution

NAMED = "workshops.writer"


def writer_on(board: Board, actor: Actor) -> str:
    """The same for all that this person writes on this board, and nothing else."""
    return _digest(NAMED, f"{board.pk}:{_identity(actor)}")


def new_mark(board: Board, actor: Actor) -> str:
    """A mark by which this person is known as the writer of one item alone."""
    salt = secrets.token_hex(8)
    return f"{salt}:{_digest(salt, f'{board.pk}:{_identity(actor)}')}"


def is_writer(contribution: Contribution, actor: Actor) -> bool:
    """Whether this person wrote it, under their name or without one."""
    if actor.user is not None and actor.user.pk == contribution.author_id:
        return True
    if not contribution.mark:
        return False
    salt, _colon, digest = contribution.mark.rpartition(":")
    mine = _digest(salt or NAMED, f"{contribution.board_id}:{_identity(actor)}")
    return constant_time_compare(digest, mine)


def write_unnamed(edit: Edit) -> None:
    """From here on the edit says nobody's name, and its answer is kept nowhere."""
    with translation.override(edit.board.workspace.language or settings.LANGUAGE_CODE):
        name = _("Anonymous")
    edit.actor = replace(edit.actor, user=None, name=name, guest="")
    forget_who()


def _identity(actor: Actor) -> str:
    return f"user:{actor.user.pk}" if actor.user else f"guest:{actor.guest}"


def _digest(salt: str, value: str) -> str:
    return salted_hmac(salt, value, algorithm="sha256").hexdigest()
