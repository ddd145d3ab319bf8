"""Who is what on which board: the one place that knows, for one board and for lists of them."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from teams.models import Membership, Role, User

NO_ROLE = "none"
"""A role on a board that shuts somebody out who could see it otherwise."""


class BoardsOfPeople(models.QuerySet[Any]):
    """Boards by what somebody is on them."""

    def with_role_of(self, user: Any) -> Self:
        """Each with `role_here`: what this person is on it now, None where it is not for them.

        The one place that knows: an owner of the workspace is owner of all its boards; a role
        given on this board comes before the one in the workspace; a hidden draft is for
        whoever made it. A workshop is as open as the journey that it is about. `user` may
        also be an expression that names one for each row.
        """
        person = user.pk if isinstance(user, User) else user
        member = Membership.objects.filter(
            workspace=OuterRef("workspace"), user=_seen_inside(person), user__is_active=True
        )
        given = apps.get_model("collaboration", "BoardAccess").objects.filter(
            board=Coalesce(OuterRef("governed_by_id"), OuterRef("pk")),
            membership__user=_seen_inside(person),
        )
        known = self.alias(
            role_in_workspace=Subquery(member.values("role")),
            role_given=Subquery(given.values("role")),
            is_hidden=Coalesce(F("governed_by__hidden"), F("hidden")),
            maker=Coalesce(F("governed_by__created_by_id"), F("created_by_id")),
        )
        return known.annotate(
            role_here=Case(
                When(
                    Q(role_in_workspace=None) | Q(role_in_workspace=Role.OWNER),
                    then=F("role_in_workspace"),
                ),
                When(~Q(role_given=None), then=NullIf(F("role_given"), Value(NO_ROLE))),
                When(Q(is_hidden=False) | Q(maker=person), then=F("role_in_workspace")),
                default=None,
            )
        )

    def seen_by(self, user: Any) -> Self:
        """The boards that somebody may see, deleted ones too; each with `role_here`."""
        return self.with_role_of(user).filter(role_here__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """The living boards that somebody may see; each with `role_here`."""
        return self.seen_by(user).filter(deleted_at=None)

    def editable_by(self, user: Any) -> Self:
        """The living boards that somebody may change."""
        return self.visible_to(user).filter(role_here__in=[Role.EDITOR, Role.OWNER])

    def managed_by(self, user: User) -> Self:
        """The living boards whose access somebody decides: owners, and editors of their own."""
        own = Q(role_here=Role.EDITOR, created_by=user)
        return self.visible_to(user).filter(Q(role_here=Role.OWNER) | own)


def people_on(board: Any) -> models.QuerySet[User]:
    """Everybody of the workspace who may see this board; without the guests of share links."""
    boards = apps.get_model("collaboration", "Board").objects
    here = boards.visible_to(OuterRef("pk")).filter(pk=board.pk)
    members = User.objects.filter(memberships__workspace=board.workspace_id)
    return members.filter(Exists(here))


def _seen_inside(person: Any) -> Any:
    """An expression of the outer query, as a subquery names it."""
    if isinstance(person, OuterRef):
        return OuterRef(person)
    return OuterRef(person.name) if isinstance(person, F) else person  # type: ignore[attr-defined]
