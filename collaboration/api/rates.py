"""How often a token may ask: counted a minute, in Redis, for all processes together.

Every answer to a token says what is left of it, in the header fields of the IETF's draft
"RateLimit header fields for HTTP"; what is too much is a 429 that says how long to wait. While
Redis does not answer, nobody is refused.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from redis import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from collaboration import bell
from teams.models import ApiToken

WINDOW_SECONDS = 60
KEPT_AS = "waymark.api_rate"


class Rate(NamedTuple):
    """Where a token stands: requests a window, those left of it, seconds to the next one."""

    limit: int
    left: int
    reset: int


class TooOften(Throttled):
    def __init__(self, rate: Rate) -> None:
        words = ngettext(
            "This token has asked too often. Wait %(seconds)s second.",
            "This token has asked too often. Wait %(seconds)s seconds.",
            rate.reset,
        )
        super().__init__(detail=words % {"seconds": rate.reset})
        self.wait = rate.reset


class TokenRate(BaseThrottle):
    """Counts the requests of a token; people in their browser are not counted here."""

    def allow_request(self, request: Request, _view: object) -> bool:
        if not isinstance(request.auth, ApiToken):
            return True
        rate, is_over = counted(request.auth)
        request.META[KEPT_AS] = rate
        if is_over:
            raise TooOften(rate)
        return True


def counted(token: ApiToken) -> tuple[Rate, bool]:
    """Count one request now; whether it is one too many."""
    now = time.time()
    limit, reset = settings.API_REQUESTS_PER_MINUTE, WINDOW_SECONDS - int(now) % WINDOW_SECONDS
    key = f"waymark:rate:{token.secret_hash[:32]}:{int(now) // WINDOW_SECONDS}"
    try:
        with bell.line() as client:
            pipe = client.pipeline()
            pipe.incr(key)
            pipe.expire(key, 2 * WINDOW_SECONDS)
            asked = int(pipe.execute()[0])
    except (RedisError, OSError):
        asked = 1
    return Rate(limit, max(limit - asked, 0), reset), asked > limit


def rate_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: says in the answer to a token how much it may still ask."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        rate: Rate | None = request.META.get(KEPT_AS)
        if rate:
            response["RateLimit-Limit"] = str(rate.limit)
            response["RateLimit-Remaining"] = str(rate.left)
            response["RateLimit-Reset"] = str(rate.reset)
        return response

    return answer
