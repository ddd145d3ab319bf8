"""What every page knows of the person's notifications."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from collaboration.notifications import unread_count
from teams.models import User


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread_notifications` in the workspace in use: one query when first looked at."""
    user = getattr(request, "user", None)
    return {"unread_notifications": SimpleLazyObject(lambda: _count(request, user))}


def _count(request: HttpRequest, user: Any) -> int:
    workspace = getattr(request, "workspace", None)
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return 0
    return unread_count(user, workspace) if workspace else 0
