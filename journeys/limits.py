"""How much a map holds; what comes back by an undo or from an old version is held to it too."""

from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import gettext as _

from collaboration.editing import Edit
from collaboration.models import Change
from journeys.models import JourneyPersona, Lane, Note, Stage
from journeys.services import (
    MOST_LANES,
    MOST_NOTES_IN_A_CELL,
    MOST_PERSONAS,
    MOST_STAGES,
    LimitReached,
)


def require_room_on_map(edit: Edit) -> None:
    """Raises LimitReached where what the edit brought makes a map larger than it may be."""
    brought = {change.item_type for change in edit.changes if change.action == "create"}
    limits = (
        (Stage, MOST_STAGES, _("A journey has at most %(most)s stages.")),
        (Lane, MOST_LANES, _("A journey has at most %(most)s lanes.")),
        (JourneyPersona, MOST_PERSONAS, _("A map shows at most %(most)s personas.")),
    )
    for model, most, words in limits:
        if (
            model.type_name() in brought
            and model.objects.filter(board=edit.board.pk).count() > most
        ):
            raise LimitReached(words % {"most": most})
    _require_room_in_cells(edit.board.pk, edit.changes)


def _require_room_in_cells(board_id: int, changes: Iterable[Change]) -> None:
    put = {change.item_id for change in changes if _puts_note(change)}
    if not put:
        return
    notes = Note.objects.filter(board=board_id).order_by().values("stage", "lane")
    full = notes.annotate(count=Count("pk")).filter(count__gt=MOST_NOTES_IN_A_CELL)
    touched = Note.objects.filter(pk__in=put).values_list("stage", "lane")
    if {(row["stage"], row["lane"]) for row in full} & set(touched):
        raise LimitReached(
            _("A cell holds at most %(most)s notes.") % {"most": MOST_NOTES_IN_A_CELL}
        )


def _puts_note(change: Change) -> bool:
    return change.item_type == "note" and bool({"stage_id", "lane_id"} & change.after.keys())
