"""The API's door: personal tokens."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from teams.models import ApiToken, Scope, User

LAST_USED_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; the token acts as the person who made it."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = token_with(secret.strip())
        if token is None:
            raise AuthenticationFailed(_("This token is unknown or has been revoked."))
        if token.has_expired:
            raise AuthenticationFailed(_("This token has expired. Make a new one."))
        if token.scope == Scope.READ and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This token may only read. Make one that may write."))
        note_use(token)
        return token.user, token

    def authenticate_header(self, _request: Request) -> str:
        return 'Bearer realm="api"'


def token_with(secret: bytes) -> ApiToken | None:
    """The live token of an active account."""
    tokens = ApiToken.objects.with_secret(secret.decode("ascii", "replace"))
    found: ApiToken | None = tokens.filter(user__is_active=True).select_related("user").first()
    return found


def note_use(token: ApiToken) -> None:
    """Remember when the token was used, at most once a minute."""
    now = timezone.now()
    rarely = Q(last_used_at=None) | Q(last_used_at__lt=now - LAST_USED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - LAST_USED_EVERY:
        ApiToken.objects.filter(rarely, pk=token.pk).update(last_used_at=now)
