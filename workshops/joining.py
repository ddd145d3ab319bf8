"""Coming into a workshop by its code: guests with a seat, without an account or a mail.

Who is inside stays inside, whatever becomes of the door.
"""

import secrets

from django.utils.translation import gettext as _

from collaboration.editing import Edit, Refused
from collaboration.guests import SEAT, Entry, shown_name
from collaboration.models import Board
from teams.access import Actor
from teams.models import Role, User, hash_of_secret
from workshops.door_models import CODE_LENGTH, Door, DoorState, Seat
from workshops.models import Participant, Workshop
from workshops.services import MOST_PARTICIPANTS, WorkshopFull

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1, which are read as one another; 31 letters in 6 places are 887 million
codes, which take centuries at the speed that guessing.py allows."""


class DoorLocked(Refused):
    """Nobody comes in by the code now; says so in words."""


# --- The door ------------------------------------------------------------------------------
def set_door(workshop: Workshop, *, state: DoorState, by: Actor) -> Door:
    """Lock the door, open it, or ask for each one; the first time it gets its code."""
    with workshop.editing(by=by) as edit:
        door = door_of(workshop) or Door(board_id=workshop.pk, code=_new_code())
        door.state = DoorState(state)
        door.save()
        _show(edit)
        return door


def change_code(workshop: Workshop, *, by: Actor) -> Door | None:
    """A fresh code; the earlier one opens nothing any more."""
    with workshop.editing(by=by) as edit:
        door = door_of(workshop)
        if door:
            door.code = _new_code()
            door.save()
            _show(edit)
        return door


def door_of(workshop: Board) -> Door | None:
    return Door.objects.filter(board=workshop.pk).first()


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
        if not Door.objects.filter(code=code).exists():
            return code


def _show(edit: Edit) -> None:
    """Open pages show the door and who waits there; the board's history does not."""
    edit.touch(edit.board)


def typed_code(text: str) -> str:
    """The code as it is kept: people type small letters, blanks and dashes."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)[: CODE_LENGTH + 1]


def workshop_of(code: str) -> Workshop | None:
    """The living workshop whose door has this code, locked or not."""
    doors = Door.objects.filter(code=typed_code(code))
    workshops = Workshop.objects.alive().filter(archived_at=None)
    found: Workshop | None = workshops.filter(pk__in=doors.values("board_id")).first()
    return found


# --- Seats ---------------------------------------------------------------------------------
def take_seat(workshop: Workshop, *, name: str, department: str, user: User | None = None) -> Entry:
    """Be a participant, or wait to be one where the facilitator asks; what the session keeps.

    `user` is a member of the workspace who could only look on. Raises DoorLocked, WorkshopFull.
    """
    key = secrets.token_hex(16)
    comer = Actor(user=None, role=Role.COMMENTER, name=shown_name(name), guest=key)
    if user is not None:
        comer = Actor(user=user, role=Role.COMMENTER, name=str(user))
    with workshop.editing(by=comer, needs=Role.COMMENTER) as edit:
        door = door_of(workshop)
        if door is None or door.is_locked:
            raise DoorLocked(_("The door of this workshop is locked. Ask the facilitator."))
        _require_seat(workshop)
        seat = Seat(
            board_id=workshop.pk,
            secret_hash=hash_of_secret(key),
            name=name,
            department=department,
            user=user,
        )
        _wait(seat, edit) if door.state == DoorState.ASK else _sit_down(seat)
    return Entry(workshop.pk, SEAT, "", name, key)


def _require_seat(workshop: Workshop) -> None:
    waiting = Seat.objects.filter(board=workshop.pk, participant=None).count()
    if Participant.objects.filter(board=workshop.pk).count() + waiting >= MOST_PARTICIPANTS:
        words = _("This workshop is full: it has seats for %(most)s people.")
        raise WorkshopFull(words % {"most": MOST_PARTICIPANTS})


def _wait(seat: Seat, edit: Edit) -> None:
    seat.save()
    _show(edit)


def _sit_down(seat: Seat) -> Participant:
    """A new participant; members keep the place that they may have already."""
    present = Participant.objects.filter(board=seat.board_id, user=seat.user) if seat.user else None
    participant = (present and present.first()) or Participant(
        board_id=seat.board_id, name=seat.name, user=seat.user, is_guest=seat.user is None
    )
    participant.department = seat.department or participant.department
    participant.save()
    seat.participant, seat.name, seat.department = participant, "", ""
    seat.save()
    return participant


# --- At the door ---------------------------------------------------------------------------
def waiting_at(workshop: Board) -> list[Seat]:
    """Who waits to be let in, the first first."""
    return list(Seat.objects.filter(board=workshop.pk, participant=None).order_by("pk"))


def admit(workshop: Workshop, *, seat_ids: list[int] | None = None, by: Actor) -> list[Participant]:
    """Let in those who wait: these, or all. Who has come in or gone meanwhile is passed over."""
    with workshop.editing(by=by) as edit:
        wanted = [one for one in waiting_at(workshop) if seat_ids is None or one.pk in seat_ids]
        let_in = [_sit_down(seat) for seat in wanted]
        _show(edit)
        return let_in


def turn_away(workshop: Workshop, *, seat_id: int, by: Actor) -> None:
    with workshop.editing(by=by) as edit:
        Seat.objects.filter(board=workshop.pk, participant=None, pk=seat_id).delete()
        _show(edit)


def is_waiting(entry: Entry) -> bool:
    waits = Seat.objects.filter(board=entry.board_id, participant=None)
    return waits.filter(secret_hash=hash_of_secret(entry.key)).exists()
