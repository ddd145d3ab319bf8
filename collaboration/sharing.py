"""Making, changing and ending share links; every act leaves a line in the log."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collaboration.drafts import manages
from collaboration.editing import Refused
from collaboration.models import Board
from collaboration.openings import ShareLink
from teams.access import Actor, Forbidden
from teams.models import Role

MOST_LINKS = 50
MOST_SITES = 10
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
logger = structlog.get_logger(__name__)


@transaction.atomic
def make_link(  # noqa: PLR0913 - what a link is, named wherever one is made
    board: Board,
    *,
    role: str,
    label: str = "",
    expires_at: datetime | None = None,
    password: str = "",
    embed_origins: Iterable[str] = (),
    by: Actor,
) -> tuple[ShareLink, str]:
    """A new link and its token. Nobody gives more than they have."""
    by.must(Role.EDITOR)
    if by.user is None:
        raise PermissionError("A person answers for a link.")
    if board.governed_by_id is not None:
        raise Refused(_("Only maps are shared by a link."))
    if ShareLink.objects.filter(board=board.pk, revoked_at=None).count() >= MOST_LINKS:
        raise Refused(_("A map has at most %(most)s links.") % {"most": MOST_LINKS})
    link = ShareLink(board_id=board.pk, created_by=by.user)
    token = link.new_secret()
    _set(link, by, role=role, label=label, expires_at=expires_at, embed_origins=embed_origins)
    _set_password(link, password)
    link.save()
    _log("share_link_made", link, by)
    return link, token


@transaction.atomic
def change_link(link: ShareLink, *, password: str | None = None, by: Actor, **fields: Any) -> None:
    """Set the given fields; `password` None leaves it, "" removes it.

    Whoever changes a link answers for it from then on: it gives at most what they have.
    """
    must_keep(link, by)
    _set(link, by, **{"role": link.role, **fields})
    if password is not None:
        _set_password(link, password)
    _refuse_password_and_sites(link)
    link.created_by = by.user
    link.save()
    _log("share_link_changed", link, by)


@transaction.atomic
def revoke_link(link: ShareLink, *, by: Actor) -> None:
    """End a link, for those who are inside too."""
    must_keep(link, by)
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at", "updated_at"])
    _log("share_link_revoked", link, by)


def must_keep(link: ShareLink, by: Actor) -> None:
    """A link is changed by whoever made it, and by those who decide who sees the board."""
    by.must(Role.EDITOR)
    is_own = by.user is not None and link.created_by_id == by.user.pk
    if not is_own and not manages(link.board, by):
        raise Forbidden(Role.OWNER)


def _set(link: ShareLink, by: Actor, *, role: str, **fields: Any) -> None:
    if role == Role.OWNER:
        raise Forbidden(Role.OWNER)
    by.must(Role(role))
    link.role = role
    if "embed_origins" in fields:
        fields["embed_origins"] = origins_of(fields["embed_origins"])
    for name, value in fields.items():
        setattr(link, name, value)


def _set_password(link: ShareLink, password: str) -> None:
    link.password = make_password(password) if password else ""
    _refuse_password_and_sites(link)


def _refuse_password_and_sites(link: ShareLink) -> None:
    if link.password and link.embed_origins:
        raise Refused(_("A map inside another site cannot ask for a password. Choose one of both."))


def origins_of(texts: Iterable[str]) -> list[str]:
    """Addresses of sites as browsers name them, `https://host[:port]`; Refused for anything else."""
    found: dict[str, None] = {}
    for text in texts:
        found[_origin_of(text.strip())] = None
    if len(found) > MOST_SITES:
        raise Refused(_("A link is embedded on at most %(most)s sites.") % {"most": MOST_SITES})
    return list(found)


def _origin_of(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_site = parts.port is None or parts.port > 0
    except ValueError:
        is_site = False
    if is_site:
        host = parts.netloc.lower().encode("idna").decode() if parts.netloc.isascii() else ""
        is_local = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
        is_whole = parts.path in {"", "/"} and not (parts.query or parts.fragment)
        if HOST.fullmatch(host) and is_whole and (parts.scheme == "https" or is_local):
            return f"{parts.scheme}://{host}"
    words = _("“%(text)s” is not the address of a site, such as https://intranet.example.com.")
    raise Refused(words % {"text": text[:200]})


def _log(event: str, link: ShareLink, by: Actor) -> None:
    logger.info(
        event,
        link_id=link.pk,
        board_id=link.board_id,
        role=link.role,
        has_password=bool(link.password),
        expires_at=link.expires_at and link.expires_at.isoformat(),
        user_id=by.user and by.user.pk,
    )
