"""What a starter puts on an empty map."""

from collaboration.editing import Edit
from collaboration.ordering import positions
from collaboration.packing import unpack
from journeys.models import Lane, Note, Stage
from journeys.starters import Starter


def put_on_map(starter: Starter, edit: Edit) -> None:
    """Everything of a starter, in the language in force, on the board of an edit."""
    if starter.items:
        unpack(starter.items, edit)
        return
    stages = [
        Stage(
            board_id=edit.board.pk,
            title=str(stage.title),
            period=stage.period,
            situation=str(stage.situation),
            customer_goal=str(stage.customer_goal),
            business_goal=str(stage.business_goal),
            position=position,
        )
        for stage, position in zip(starter.stages, positions(len(starter.stages)), strict=True)
    ]
    lanes = [
        Lane(board_id=edit.board.pk, kind=lane.kind, title=str(lane.title), position=position)
        for lane, position in zip(starter.lanes, positions(len(starter.lanes)), strict=True)
    ]
    edit.create(stages)
    edit.create(lanes)
    edit.create(_notes(starter, stages, lanes))


def _notes(starter: Starter, stages: list[Stage], lanes: list[Lane]) -> list[Note]:
    """The texts of a starter in their cells, in its order."""
    order = positions(len(starter.notes))
    return [
        Note(
            board_id=stages[note.stage].board_id,
            stage=stages[note.stage],
            lane=lanes[note.lane],
            text=str(note.text),
            position=position,
        )
        for note, position in zip(starter.notes, order, strict=True)
    ]
