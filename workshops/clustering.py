"""Putting together what is about the same thing.

Several people do it at once: each act is about one contribution and the group as it is now, so
that none takes back another's.
"""

from collections.abc import Mapping
from typing import Any

from teams.access import Actor
from teams.models import Role
from workshops.collecting_models import Cluster
from workshops.models import Contribution, Workshop
from workshops.services import require_same_board, set_fields


def create_cluster(workshop: Workshop, *, name: str = "", by: Actor) -> Cluster:
    with workshop.editing(by=by, needs=Role.COMMENTER):
        cluster = Cluster(board_id=workshop.pk, name=name)
        cluster.save()
        return cluster


def put_in_cluster(contribution: Contribution, *, cluster: Cluster | None, by: Actor) -> None:
    """Into this group, out of the one it was in; None: into none."""
    with contribution.board.editing(by=by, needs=Role.COMMENTER):
        require_same_board(contribution.board, cluster)
        set_fields(contribution, {"cluster": cluster})


def begin_cluster(contribution: Contribution, *, name: str = "", by: Actor) -> Cluster:
    """A new group with this contribution in it."""
    workshop: Any = contribution.board.specific
    with workshop.editing(by=by, needs=Role.COMMENTER):
        cluster = create_cluster(workshop, name=name, by=by)
        put_in_cluster(contribution, cluster=cluster, by=by)
        return cluster


def change_cluster(cluster: Cluster, *, fields: Mapping[str, Any], by: Actor) -> None:
    """Set the given fields: name."""
    with cluster.board.editing(by=by, needs=Role.COMMENTER):
        set_fields(cluster, fields)


def delete_cluster(cluster: Cluster, *, by: Actor) -> None:
    """What was in it stays, in no group."""
    with cluster.board.editing(by=by, needs=Role.COMMENTER):
        cluster.delete()
