"""Workspaces, and who belongs to them."""

from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from rest_framework import serializers

from teams import services
from teams.api.fields import PlainNameField
from teams.api.resources import Changes, Conflict, Creates, Lists, Removes, Resource, Shows, Values
from teams.api.serializers import ResourceSerializer
from teams.models import Membership, Role, Workspace


class WorkspaceSerializer(ResourceSerializer):
    resource = "workspaces"
    fixed = ("slug",)

    name = PlainNameField(max_length=80)
    role = serializers.ChoiceField(
        choices=Role.choices, read_only=True, help_text="What you are in this workspace."
    )

    class Meta:
        model = Workspace
        fields = (
            "id", "url", "name", "slug", "language", "reminders", "role", "created_at",
            "updated_at",
        )  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "slug": {"required": False, "help_text": "Found by itself when it is left out."}
        }


class WorkspaceViewSet(Lists, Shows, Creates, Changes, Resource):
    """Workspaces that you belong to. Whoever creates one becomes its first owner."""

    model = Workspace
    serializer_class = WorkspaceSerializer
    write_role = Role.OWNER
    filterset_fields = ("slug",)
    ordering_fields = ("name", "created_at", "updated_at")

    def rows(self) -> QuerySet[Workspace]:
        mine = Membership.objects.filter(workspace=OuterRef("pk"), user=self.person)
        return Workspace.objects.annotate(role=Subquery(mine.values("role")))

    def add(self, values: Values) -> Workspace:
        reminders = values.pop("reminders", True)
        workspace = services.create_workspace(**values, by=self.person)
        if not reminders:
            self.enter(workspace)
            self.change(workspace, {"reminders": reminders})
        return workspace

    def change(self, present: Workspace, values: Values) -> None:
        names = ("name", "language", "reminders")
        present_values = {name: getattr(present, name) for name in names}
        if wanted := {name: values[name] for name in present_values if name in values}:
            services.change_workspace(present, **(present_values | wanted), by=self.actor)


class MembershipSerializer(ResourceSerializer):
    resource = "memberships"

    name = serializers.CharField(source="user.name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)

    class Meta:
        model = Membership
        fields = (
            "id", "url", "workspace", "user", "name", "email", "role", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("workspace", "user")


class MembershipViewSet(Lists, Shows, Changes, Removes, Resource):
    """Who belongs to your workspaces, in which role. People join by invitation."""

    model = Membership
    serializer_class = MembershipSerializer
    write_role = Role.OWNER
    filterset_fields = ("workspace", "user", "role")
    ordering_fields = ("role", "created_at", "updated_at")

    def rows(self) -> QuerySet[Membership]:
        return Membership.objects.select_related("user", "workspace")

    def enter(self, row: Any, role: Role | None = None) -> Any:
        """Everybody may end their own membership."""
        leaves = self.action == "destroy" and row.user_id == self.request.user.pk
        return super().enter(row, Role.VIEWER if leaves else role)

    def change(self, present: Membership, values: Values) -> None:
        if "role" not in values:
            return
        try:
            services.change_role(present, role=Role(values["role"]), by=self.actor)
        except services.LastOwner as fault:
            raise _needs_owner() from fault

    def remove(self, present: Membership) -> None:
        try:
            services.remove_member(present, by=self.actor)
        except services.LastOwner as fault:
            raise _needs_owner() from fault


def _needs_owner() -> Conflict:
    return Conflict(_("A workspace needs an owner. Make somebody else owner first."))
