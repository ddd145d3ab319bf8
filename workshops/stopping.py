"""One click in a reminder that ends reminders, without signing in."""

from typing import Any

from django.core import signing
from django.urls import reverse

from teams.models import User, Workspace
from teams.services import choose_reminders
from workshops.addresses import Address
from workshops.reminder_models import Unreminded

SALT = "waymark.reminders"


def stop_path(workspace: Workspace, address: Address) -> str:
    """Of an account it ends all reminders; of a bare address those of this workspace."""
    whose: dict[str, Any] = {"workspace": workspace.pk, "email": address.email}
    if address.user:
        whose = {"user": address.user.pk}
    return reverse("workshops:stop_reminders", args=[signing.dumps(whose, salt=SALT)])


def whose(token: str) -> dict[str, Any] | None:
    """Whose link this is; None for one that we did not sign, or of who is gone."""
    try:
        said: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    model, pk = (User, said["user"]) if "user" in said else (Workspace, said["workspace"])
    return said if model._default_manager.filter(pk=pk).exists() else None


def stop(said: dict[str, Any]) -> None:
    """Done twice is once."""
    if "user" in said:
        choose_reminders(User.objects.get(pk=said["user"]), wanted=False)
        return
    email, workspace = said["email"], said["workspace"]
    rows = Unreminded.objects.filter(workspace=workspace, email__iexact=email)
    if not rows.exists():
        Unreminded.objects.bulk_create(
            [Unreminded(workspace_id=workspace, email=email)], ignore_conflicts=True
        )
