"""Whom a reminder can reach: those who take part in a workshop, and members by their name."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from collaboration.models import Board
from teams.models import Membership, User, Workspace
from workshops.models import Action, Participant, Workshop
from workshops.reminder_models import Unreminded


@dataclass(frozen=True)
class Address:
    """Where somebody is reached; `user` is None for those without an account."""

    email: str
    name: str
    user: User | None = None

    def language(self, workspace: Workspace) -> str:
        if self.user:
            return self.user.language
        return workspace.language or settings.LANGUAGE_CODE


class AddressBook:
    """Everybody who can be reminded of what lies on some workshops; five queries.

    It leaves out who wants no reminders, and accounts that may not see the workshop any more.
    """

    def __init__(self, board_ids: Collection[int]) -> None:
        self._participants: dict[int, list[Participant]] = defaultdict(list)
        people = Participant.objects.filter(board__in=board_ids).select_related("user")
        for person in people.order_by("pk"):
            self._participants[person.board_id].append(person)
        boards = Board.objects.filter(pk__in=board_ids).values_list("pk", "workspace_id")
        self._workspaces = dict(boards)
        self._members = self._load_members()
        self._users = self._load_users()
        self._unwanted = self._load_unwanted()
        self._readers: dict[int, set[int]] = {}

    def _load_members(self) -> dict[int, list[User]]:
        found: dict[int, list[User]] = defaultdict(list)
        workspaces = set(self._workspaces.values())
        rows = Membership.objects.filter(workspace__in=workspaces, user__is_active=True)
        for row in rows.select_related("user").order_by("user"):
            found[row.workspace_id].append(row.user)
        return found

    def _load_users(self) -> dict[str, User]:
        """Accounts of the participants, by their address in small letters."""
        found = {user.email.lower(): user for some in self._members.values() for user in some}
        for people in self._participants.values():
            found |= {one.user.email.lower(): one.user for one in people if one.user}
        return found

    def _load_unwanted(self) -> set[tuple[int, str]]:
        rows = Unreminded.objects.filter(workspace__in=set(self._workspaces.values()))
        return {(pk, email.lower()) for pk, email in rows.values_list("workspace", "email")}

    def address_of(self, action: Action) -> Address | None:
        """Of whoever is responsible: the one who takes part under that name, else the one member
        called so; None where there is nobody, or more than one."""
        board, name = action.board_id, action.owner
        taking_part = [one for one in self._participants[board] if _same(one.name, name)]
        if len(taking_part) == 1:
            return self._of_participant(taking_part[0])
        members = self._members[self._workspaces[board]]
        called_so = [] if taking_part else [one for one in members if _same(str(one), name)]
        return self._of_user(called_so[0], board) if len(called_so) == 1 else None

    def everybody(self, workshop: Workshop) -> list[Address]:
        """All who take part, each address once."""
        found = (self._of_participant(one) for one in self._participants[workshop.pk])
        return list({one.email.lower(): one for one in found if one}.values())

    def _of_participant(self, person: Participant) -> Address | None:
        user = person.user or self._users.get(person.email.lower())
        if user:
            return self._of_user(user, person.board_id)
        unwanted = (self._workspaces[person.board_id], person.email.lower()) in self._unwanted
        return None if unwanted or not person.email else Address(person.email, person.name)

    def _of_user(self, user: User, board_id: int) -> Address | None:
        wants = user.is_active and user.reminders
        if not wants or board_id not in self._seen_by(user):
            return None
        return Address(user.email, str(user), user)

    def _seen_by(self, user: User) -> set[int]:
        if user.pk not in self._readers:
            seen = Board.objects.visible_to(user).filter(pk__in=self._workspaces)
            self._readers[user.pk] = set(seen.values_list("pk", flat=True))
        return self._readers[user.pk]


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
