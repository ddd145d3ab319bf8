"""The door of a share link: who is let in, with the same work and words for all who are not.

A token that is unknown, expired or revoked, and a wrong password, cost one look-up and one
password hash each, so neither the answer nor its time tells them apart. Wrong answers are
counted by place and by link, for minutes, never for ever.
"""

from functools import cache

import structlog
from allauth.core import ratelimit
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from collaboration.openings import ShareLink
from teams.models import hash_of_secret

HELD = "share_link"
BY_PLACE, BY_LINK = "share_password", "share_password_of_link"
logger = structlog.get_logger(__name__)


def hold(request: HttpRequest, token: str) -> None:
    """Keep which link is asked for in the session, so that its token leaves the address."""
    request.session[HELD] = hash_of_secret(token)


def held_link(request: HttpRequest) -> ShareLink | None:
    """The open link that this session asked for."""
    digest = request.session.get(HELD, "")
    link: ShareLink | None = (
        ShareLink.objects.open().select_related("board").filter(secret_hash=digest).first()
    )
    return link


def opened(request: HttpRequest, link: ShareLink | None, password: str) -> ShareLink | None:
    """The link when the password opens it, after the work that any other answer costs."""
    if link is not None and not link.password:
        return link
    is_right = check_password(password, link.password if link else _no_password())
    if link is not None and is_right:
        return link
    _count(request)
    logger.warning("share_link_refused", link_id=link.pk if link else None)
    return None


@cache
def _no_password() -> str:
    """What a password is compared with where there is no link."""
    return make_password("nobody's")


# --- Attempts ------------------------------------------------------------------------------
def is_throttled(request: HttpRequest) -> bool:
    """Whether too many wrong passwords came from this place, or for this link."""
    digest = request.session.get(HELD, "")
    return not (
        ratelimit.consume(request, action=BY_PLACE, dry_run=True)
        and ratelimit.consume(request, action=BY_LINK, key=digest, dry_run=True)
    )


def _count(request: HttpRequest) -> None:
    ratelimit.consume(request, action=BY_PLACE)
    ratelimit.consume(request, action=BY_LINK, key=request.session.get(HELD, ""))


def unlock(request: HttpRequest, link: ShareLink) -> None:
    """Forget the wrong passwords for this link, from wherever they came."""
    ratelimit.clear(request, action=BY_LINK, key=link.secret_hash)
