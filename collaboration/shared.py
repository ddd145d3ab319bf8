"""What the Share dialog shows: people with their roles on a map, and its links."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from collaboration.drafts import manages
from collaboration.models import Board
from collaboration.openings import BoardAccess, ShareLink
from teams.access import Actor
from teams.models import Membership
from teams.selectors import members_of


@dataclass(frozen=True)
class Person:
    """A member of the workspace, and the role that was given on this board, if one was."""

    membership: Membership
    given: str


def people_of(board: Board) -> list[Person]:
    """Everybody of the workspace whose role here can differ: all but its owners."""
    given = dict(BoardAccess.objects.filter(board=board.pk).values_list("membership", "role"))
    members = members_of(board.workspace).exclude(role="owner")
    return [Person(member, given.get(member.pk, "")) for member in members]


@dataclass(frozen=True)
class SharedLink:
    """A link as the dialog shows it; the addresses are empty for those who may not hand it on."""

    link: ShareLink
    is_ones_own: bool

    @property
    def address(self) -> str:
        return self._address("collaboration:open_link")

    @property
    def embed_address(self) -> str:
        return self._address("collaboration:embed") if self.link.embed_origins else ""

    @property
    def has_ended(self) -> bool:
        return self.link.expires_at is not None and self.link.expires_at <= timezone.now()

    @property
    def has_no_maker(self) -> bool:
        """Whoever made it may no longer see the board, so the link opens nothing."""
        return getattr(self.link, "maker_role", None) is None

    def _address(self, name: str) -> str:
        token = self.link.token if self.is_ones_own else ""
        return f"{settings.SITE_URL}{reverse(name, args=[token])}" if token else ""


def links_of(board: Board, actor: Actor) -> list[SharedLink]:
    """The links that nobody has ended, the newest first."""
    links = ShareLink.objects.with_maker().filter(board=board.pk, revoked_at=None)
    everything = manages(board, actor)
    own = actor.user.pk if actor.user else None
    return [
        SharedLink(link, everything or link.created_by_id == own)
        for link in links.select_related("created_by")
    ]
