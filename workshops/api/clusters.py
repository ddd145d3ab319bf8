"""Groups of contributions, for programs."""

from collaboration.api.items import BOARD_ITEM, BoardItemSerializer, BoardItemViewSet
from teams.api.resources import Values
from teams.models import Role
from workshops import clustering
from workshops.collecting_models import Cluster
from workshops.models import Workshop


class ClusterSerializer(BoardItemSerializer):
    resource = "clusters"
    board_model = Workshop

    class Meta:
        model = Cluster
        fields = (*BOARD_ITEM, "name")
        read_only_fields = ("version",)


class ClusterViewSet(BoardItemViewSet):
    """Groups of contributions that are about the same thing; a contribution names its group in
    `cluster`. Participants group while the running activity lets them."""

    model = Cluster
    serializer_class = ClusterSerializer
    write_role = Role.COMMENTER
    filterset_fields = ("board",)
    ordering_fields = ("name", "created_at", "updated_at")

    def add(self, values: Values) -> Cluster:
        workshop = values.pop("board")
        return clustering.create_cluster(workshop, **values, by=self.enter(workshop))

    def change(self, present: Cluster, values: Values) -> None:
        clustering.change_cluster(present, fields=values, by=self.actor)

    def remove(self, present: Cluster) -> None:
        clustering.delete_cluster(present, by=self.actor)
