"""Who sees a board beside its workspace: share links, and roles on one board."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from collaboration import drafts, sharing
from collaboration.api.items import BoardFilterBackend, WritesSafely
from collaboration.models import Board
from collaboration.openings import BOARD_ROLES, BoardAccess, ShareLink
from teams.api.fields import PlainNameField, Reference
from teams.api.resources import Lists, Resource, Shows, Values
from teams.api.serializers import ResourceSerializer
from teams.models import Membership, User


class ShareLinkSerializer(ResourceSerializer):
    resource = "share-links"
    fixed = ("board",)

    board = Reference(queryset=Board.objects.all())
    label = PlainNameField(max_length=80, required=False, allow_blank=True)  # type: ignore[assignment]
    password = serializers.CharField(
        write_only=True,
        required=False,
        allow_blank=True,
        max_length=200,
        trim_whitespace=False,
        help_text="Empty: none is asked for.",
    )
    has_password = serializers.SerializerMethodField()
    token = serializers.SerializerMethodField(
        help_text="On creation alone; `/s/<token>/` is the address to hand on."
    )
    embed_origins = serializers.ListField(
        child=serializers.CharField(max_length=200),
        required=False,
        help_text="Sites that may show the map inside theirs, such as `https://example.com`.",
    )

    class Meta:
        model = ShareLink
        fields = (
            "id", "url", "board", "role", "label", "expires_at", "password", "has_password",
            "embed_origins", "visits", "last_visit_at", "created_by", "token", "created_at",
            "updated_at",
        )  # fmt: skip
        read_only_fields = ("visits", "last_visit_at", "created_by")

    def get_has_password(self, link: ShareLink) -> bool:
        return bool(link.password)

    def get_token(self, link: ShareLink) -> str | None:
        return link.token if self.context.get("is_new") else None


class ShareLinkViewSet(WritesSafely, Lists, Shows, Resource):
    """Links that open one board to whoever has them. Deleting one ends it at once. Nobody
    gives more than they have, and whoever changes a link answers for it from then on."""

    model = ShareLink
    serializer_class = ShareLinkSerializer
    filter_backends = (BoardFilterBackend, *Resource.filter_backends[1:])
    filterset_fields = ("board", "role")
    ordering = ("board_id", "-created_at")
    ordering_fields = ("expires_at", "visits", "created_at", "updated_at")

    def get_queryset(self) -> QuerySet[ShareLink]:
        """Only those who may change the board know of its links."""
        if getattr(self, "swagger_fake_view", False):
            return ShareLink.objects.none()
        boards = Board.objects.editable_by(self.person)
        links: QuerySet[ShareLink] = ShareLink.objects.filter(board__in=boards, revoked_at=None)
        return links.select_related("board__workspace")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "is_new": self.action == "create"}

    def add(self, values: Values) -> ShareLink:
        board = values.pop("board")
        role = values.pop("role", "viewer")
        link, _token = sharing.make_link(board, role=role, **values, by=self.enter(board))
        return link

    def change(self, present: ShareLink, values: Values) -> None:
        sharing.change_link(present, **values, by=self.actor)

    def remove(self, present: ShareLink) -> None:
        sharing.revoke_link(present, by=self.actor)


class BoardAccessSerializer(ResourceSerializer):
    resource = "board-accesses"
    fixed = ("board", "user")

    board = Reference(queryset=Board.objects.all())
    user = serializers.PrimaryKeyRelatedField(
        queryset=User.objects.all(),
        source="membership.user",
        help_text="Somebody of the board's workspace.",
    )
    role = serializers.ChoiceField(choices=BOARD_ROLES)

    class Meta:
        model = BoardAccess
        fields = ("id", "url", "board", "user", "role", "created_at", "updated_at")

    def validate(self, values: Values) -> Values:
        if self.instance is None:
            user = values.pop("membership")["user"]
            here = Membership.objects.filter(workspace=values["board"].workspace_id)
            values["membership"] = here.filter(user=user).first()
            if values["membership"] is None:
                words = Reference.default_error_messages["does_not_exist"]
                missing = str(words).format(pk_value=user.pk)
                raise serializers.ValidationError({"user": [missing]})
        else:
            named = values.pop("membership", {"user": self.instance.membership.user})
            if named["user"].pk != self.instance.membership.user_id:
                self.refuse_fixed(["user"])
        return super().validate(values)


class BoardAccessViewSet(WritesSafely, Lists, Shows, Resource):
    """What somebody of the workspace is on one board instead of their role in the workspace;
    `none` shuts them out. Giving it again to the same person takes the earlier one's place."""

    model = BoardAccess
    serializer_class = BoardAccessSerializer
    filter_backends = (BoardFilterBackend, *Resource.filter_backends[1:])
    filterset_fields: ClassVar[tuple[str, ...]] = ("board", "role")
    ordering = ("board_id",)

    def get_queryset(self) -> QuerySet[BoardAccess]:
        """Only those who decide who sees the board know what was decided."""
        if getattr(self, "swagger_fake_view", False):
            return BoardAccess.objects.none()
        boards = Board.objects.managed_by(self.person)
        given = BoardAccess.objects.filter(board__in=boards)
        return given.select_related("board__workspace", "membership")

    def add(self, values: Values) -> BoardAccess:
        board = values.pop("board")
        return drafts.give_access(board, **values, by=self.enter(board))

    def change(self, present: BoardAccess, values: Values) -> None:
        if "role" in values:
            given = {"role": values["role"], "by": self.actor}
            drafts.give_access(present.board, present.membership, **given)

    def remove(self, present: BoardAccess) -> None:
        drafts.take_access_back(present, by=self.actor)
