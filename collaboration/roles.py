"""Who is what on which board: the one place that knows, for one board and for lists of them."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from teams.models import Role, User

NO_ROLE = "none"
"""A role on a board that shuts somebody out who could see it otherwise."""


class RoleHere(models.Func):
    """RoleHere(board id, person id): what a person is on a board now, or NULL.

    The one place that knows: an owner of the workspace is owner of all its boards; a role given
    on this board comes before the one in the workspace; a hidden draft is for whoever made it.

    In SQL, because it stands in nearly every query of boards: as expressions of Django the same
    rule took longer to build than to answer.
    """

    arity = 2
    output_field = models.CharField()
    template = """(
        SELECT CASE
            WHEN member.role = 'owner' THEN member.role
            WHEN given.role IS NOT NULL THEN NULLIF(given.role, 'none')
            WHEN NOT governing.hidden OR governing.created_by_id = person.id THEN member.role
        END
        FROM (VALUES (%(expressions)s)) AS asked (board_id, person_id)
        JOIN collaboration_board governing ON governing.id = asked.board_id
        JOIN teams_user person ON person.id = asked.person_id AND person.is_active
        JOIN teams_membership member
            ON member.user_id = person.id AND member.workspace_id = governing.workspace_id
        LEFT JOIN collaboration_boardaccess given
            ON given.board_id = governing.id AND given.membership_id = member.id
    )"""


class BoardsOfPeople(models.QuerySet[Any]):
    """Boards by what somebody is on them."""

    def with_role_of(self, user: Any) -> Self:
        """Each with `role_here`: what this person is on it now, None where it is not for them.

        A workshop is as open as the journey that it is about. `user` may also be an expression
        that names one for each row.
        """
        person = Value(user.pk) if isinstance(user, User) else user
        governing = Coalesce(F("governed_by_id"), F("pk"))
        return self.annotate(role_here=RoleHere(governing, person))

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
