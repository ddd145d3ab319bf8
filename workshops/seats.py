"""Who is which participant: members by their account, guests by the seat that they took."""

from collections.abc import Collection

from django.db.models import OuterRef, Q, Subquery

from collaboration.guests import SEAT, Entry, Given
from collaboration.models import Board
from teams.access import Actor
from teams.models import Role, hash_of_secret
from workshops.door_models import Seat
from workshops.models import Participant


def participant_of(workshop: Board, actor: Actor) -> Participant | None:
    """The actor's own place among the participants: by the account, or the seat of a guest."""
    if actor.user is not None:
        whose = Q(user=actor.user)
    elif actor.is_guest:
        seats = Seat.objects.filter(board=workshop.pk, secret_hash=hash_of_secret(actor.guest))
        whose = Q(pk__in=seats.values("participant_id"))
    else:
        return None
    return Participant.objects.filter(whose, board=workshop.pk).first()


def given_to_seats(entries: Collection[Entry]) -> dict[Entry, Given]:
    """What these seats give now: a commenter's rights on one board, which the agenda narrows.

    One query. Those who wait at the door, or were removed, have none.
    """
    seated = Participant.objects.filter(pk=OuterRef("participant_id"), board=OuterRef("board_id"))
    by_hash = {hash_of_secret(entry.key): entry for entry in entries if entry.link_id == SEAT}
    rows = Seat.objects.filter(secret_hash__in=by_hash).annotate(
        shown=Subquery(seated.values("name"))
    )
    found = rows.exclude(shown=None).values_list("secret_hash", "board_id", "shown")
    return {
        by_hash[digest]: Given(Role.COMMENTER, name)
        for digest, board_id, name in found
        if by_hash[digest].board_id == board_id
    }
