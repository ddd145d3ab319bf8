"""Saved views of maps."""

from django.db.models import QuerySet

from collaboration.api.items import WritesSafely
from journeys import saved_views as services
from journeys.models import Journey
from journeys.saved_views import SavedView
from teams.api.fields import Reference
from teams.api.resources import Lists, Resource, Shows, Values
from teams.api.serializers import ResourceSerializer
from teams.models import Role


class SavedViewSerializer(ResourceSerializer):
    resource = "saved-views"
    fixed = ("board",)

    board = Reference(queryset=Journey.objects.all())

    class Meta:
        model = SavedView
        fields = (
            "id", "url", "board", "name", "query", "shared", "by", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("by",)


class SavedViewViewSet(WritesSafely, Lists, Shows, Resource):
    """Views of a map under a name; `query` is what its address says. You see everybody's and
    your own. Everybody's are made by editors."""

    model = SavedView
    serializer_class = SavedViewSerializer
    write_role = Role.VIEWER
    filterset_fields = ("board", "shared")
    ordering = ("board_id", "name")
    ordering_fields = ("name", "created_at", "updated_at")

    def rows(self) -> QuerySet[SavedView]:
        return services.views_for(self.person)

    def add(self, values: Values) -> SavedView:
        board = values.pop("board")
        return services.save_view(board, **values, by=self.enter(board))

    def change(self, present: SavedView, values: Values) -> None:
        services.change_view(present, fields=values, by=self.actor)

    def remove(self, present: SavedView) -> None:
        services.delete_view(present, by=self.actor)
