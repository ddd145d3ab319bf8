"""What every request knows: language, time zone, workspace; and closed unless declared open."""

import re
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django_structlog.middlewares import RequestMiddleware
from rest_framework.views import APIView

from teams.access import Forbidden, is_htmx, log_refusal, sign_in_first
from teams.models import Membership, User

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Tokens are long; a workshop's code is short.
SECRET_IN_PATH = re.compile(r"(?<=/)[^/]{20,}|(?<=^/join/)[^/]+")

# Libraries whose views look to access themselves: sign-in has to be open.
LIBRARIES_WITH_OWN_RULES = ("allauth.",)


class RequestLog(RequestMiddleware):
    """One line a request, without query and without the secrets that stand in some addresses."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {SECRET_IN_PATH.sub('…', request.path)}"


request_log = RequestLog


def language_and_timezone(get_response: GetResponse) -> GetResponse:
    """A signed-in person's language wins over the browser's; times show in their zone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User) or request.user.is_authenticated:
            speak(request, request.user.language)
            timezone.activate(zone_of(request.user))
        try:
            return get_response(request)
        finally:
            timezone.deactivate()

    return middleware


def speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


def zone_of(user: User) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(user.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


def current_workspace(get_response: GetResponse) -> GetResponse:
    """`request.membership` and `request.workspace`: one query when first looked at.

    Both are falsy where there is none; like `request.user` they are lazy, so ask for their
    truth and not `is None`.
    """

    def middleware(request: Any) -> HttpResponseBase:
        request.membership = SimpleLazyObject(lambda: membership_of(request))
        request.workspace = SimpleLazyObject(
            lambda: request.membership.workspace if request.membership else None
        )
        return get_response(request)

    return middleware


def membership_of(request: HttpRequest) -> Membership | None:
    """In the workspace last chosen, else in the first one joined."""
    if not request.user.is_authenticated:
        return None
    chosen = Case(When(workspace=request.session.get("workspace"), then=Value(0)), default=Value(1))
    return (
        Membership.objects.filter(user=request.user)
        .select_related("workspace")
        .order_by(chosen, "pk")
        .first()
    )


class ClosedByDefault:
    """A view that declares no rule needs a sign-in; a refusal is shown and logged.

    Views of boards look by themselves: guests come on to one board without an account.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        rule = getattr(view, "access", "")
        is_open = rule == "public" or rule.startswith("board:") or has_own_rules(view)
        return None if is_open or request.user.is_authenticated else sign_in_first(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, PermissionDenied):
            return None
        log_refusal(
            request, reason="role too low" if isinstance(exception, Forbidden) else "denied"
        )
        context = {"reason": str(exception)}
        if not is_htmx(request):
            return render(request, "teams/forbidden.html", context, status=403)
        response = render(request, "teams/_forbidden.html", context, status=403)
        # Beside the page and not into it: what somebody has typed stays where it is.
        response["HX-Reswap"] = "none"
        return response


closed_by_default = ClosedByDefault


def has_own_rules(view: Callable[..., Any]) -> bool:
    """Sign-in pages are open; API views answer 401 by themselves."""
    api_view = getattr(view, "cls", None)
    if isinstance(api_view, type) and issubclass(api_view, APIView):
        return True
    return view.__module__.startswith(LIBRARIES_WITH_OWN_RULES)
