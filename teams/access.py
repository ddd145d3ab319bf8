"""Who may do what: every view declares its rule with one decorator from here.

`view.access` holds the declared rule ("public", "signed-in", "workspace:editor", …); a view
without one is closed (teams.middleware.closed_by_default) and fails the guard tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Self

import structlog
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from teams.models import Membership, Role, User, Workspace

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """What a guarded view may count on (the annotations; the class is never made)."""

    user: User
    membership: Membership
    workspace: Workspace
    actor: "Actor"


logger = structlog.get_logger(__name__)


class Forbidden(PermissionDenied):
    """Somebody may see the thing, but their role is too low for the act."""

    def __init__(self, needs: Role) -> None:
        self.needs = needs
        super().__init__(_("You need the role “%(role)s” for this.") % {"role": needs.label})


@dataclass(frozen=True)
class Actor:
    """Who acts, in which role, under which name; `user` is None for guests and the system.

    `guest` names the visit of somebody who came by a share link; it is empty for all others.
    """

    user: User | None
    role: Role
    name: str
    guest: str = ""

    @classmethod
    def system(cls, name: str) -> Self:
        return cls(user=None, role=Role.OWNER, name=name)

    @property
    def is_guest(self) -> bool:
        return bool(self.guest)

    def may(self, role: Role) -> bool:
        return self.role.includes(role)

    def must(self, role: Role) -> None:
        """Refuse with Forbidden unless the role is enough."""
        if not self.may(role):
            raise Forbidden(role)


def actor_in(user: User | AnonymousUser | None, workspace: Workspace) -> Actor | None:
    """The actor that a user is in a workspace now; None for strangers and disabled accounts."""
    if not isinstance(user, User) or user.pk is None:
        return None
    membership = (
        Membership.objects.filter(user=user, workspace=workspace, user__is_active=True)
        .only("role")
        .first()
    )
    return actor_of(user, membership) if membership else None


def actor_of(user: User, membership: Membership) -> Actor:
    return Actor(user=user, role=Role(membership.role), name=str(user))


def public(view: View) -> View:
    """Anybody may open it; the view itself looks at any token or code."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return declare(opened, "public")


def signed_in(view: View) -> View:
    """Whoever has signed in, member of a workspace or not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return view(request, *args, **kwargs)

    return declare(guarded, "signed-in")


def workspace_view(role: Role) -> Callable[[View], View]:
    """Members of the current workspace with at least this role; sets `request.actor`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not request.membership:
                return go_to(request, reverse("teams:create_workspace"))
            request.workspace = request.membership.workspace
            request.actor = actor_of(request.user, request.membership)
            request.actor.must(role)
            return view(request, *args, **kwargs)

        return declare(guarded, f"workspace:{role.value}")

    return decorate


def declare(view: View, access: str) -> View:
    """Write the rule on the view, where the middleware and the guard tests read it."""
    view.access = access  # type: ignore[attr-defined]
    return view


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; htmx is told to leave the page (401)."""
    log_refusal(request, reason="not signed in")
    if not is_htmx(request):
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
        return redirect_to_login(back)
    response = HttpResponse(status=401)
    response["HX-Redirect"] = f"{resolve_url('account_login')}?{urlencode({'next': page(request)})}"
    return response


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect of the whole page, for a plain request and for htmx alike."""
    if not is_htmx(request):
        return redirect(url)
    response = HttpResponse()
    response["HX-Redirect"] = url
    return response


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def page(request: HttpRequest) -> str:
    """The address of the page that htmx asked from, or the start page."""
    url = request.headers.get("HX-Current-URL", "")
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
    return url if safe else "/"


def log_refusal(request: HttpRequest, *, reason: str) -> None:
    """One line for each refused access: who, what, when; never a token out of the address."""
    match = request.resolver_match
    ids = {
        name: value for name, value in (match.kwargs if match else {}).items() if name != "token"
    }
    logger.warning(
        "access_refused",
        reason=reason,
        user_id=request.user.pk if hasattr(request, "user") else None,
        method=request.method,
        view=match.view_name if match else None,
        ids={name: value for name, value in ids.items() if isinstance(value, int)},
    )
