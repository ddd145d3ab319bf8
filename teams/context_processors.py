"""What every template knows about the person and their workspaces."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from teams.models import Workspace


def workspace(request: HttpRequest) -> dict[str, Any]:
    """`workspace` and `membership` in use, and all `workspaces` of the person, by name."""
    return {
        "workspace": getattr(request, "workspace", None),
        "membership": getattr(request, "membership", None),
        "workspaces": SimpleLazyObject(lambda: workspaces_of(request)),
    }


def workspaces_of(request: HttpRequest) -> list[Workspace]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return list(user.workspaces.order_by("name", "pk"))
