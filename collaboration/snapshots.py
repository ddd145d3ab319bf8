"""Saved versions: names that people give to a version of a board."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collaboration.editing import Refused
from collaboration.models import Board, Snapshot
from teams.access import Actor
from teams.models import Role

MOST_SNAPSHOTS = 200


def snapshots_of(board: Board) -> "QuerySet[Snapshot]":
    """The saved versions of a board, the latest first."""
    return Snapshot.objects.filter(board=board.pk).order_by("-version", "-pk")


def save_snapshot(
    board: Board, *, label: str, note: str = "", automatic: bool = False, by: Actor
) -> Snapshot:
    """Name the board's present version; raises Refused when it has too many names already."""
    by.must(Role.EDITOR)
    if not automatic and snapshots_of(board).filter(automatic=False).count() >= MOST_SNAPSHOTS:
        words = _("A map keeps at most %(most)s saved versions. Delete one that you do not need.")
        raise Refused(words % {"most": MOST_SNAPSHOTS})
    version = Board.objects.values_list("version", flat=True).get(pk=board.pk)
    return Snapshot.objects.create(
        board_id=board.pk,
        label=label,
        note=note,
        version=version,
        automatic=automatic,
        created_by=by.user,
        created_by_name=by.name,
    )


def change_snapshot(snapshot: Snapshot, *, label: str, note: str, by: Actor) -> None:
    """Give a saved version another name or note; it is then nobody's automatic one any more."""
    by.must(Role.EDITOR)
    snapshot.label, snapshot.note, snapshot.automatic = label, note, False
    snapshot.save(update_fields=["label", "note", "automatic", "updated_at"])


def delete_snapshot(snapshot: Snapshot, *, by: Actor) -> None:
    """Forget a name; the version itself stays in the history."""
    by.must(Role.EDITOR)
    snapshot.delete()
