"""Choosing where to learn about a stage, before anything was learnt there."""

from insights.models import ChosenSource
from journeys.models import Stage
from teams.access import Actor


def choose_source(stage: Stage, *, kind: str, by: Actor) -> ChosenSource:
    """Choose a kind of source for a stage; the same twice is one."""
    with stage.board.editing(by=by):
        rows = ChosenSource.objects.filter(stage=stage, kind=kind)
        chosen: ChosenSource | None = rows.first()
        if chosen is None:
            chosen = ChosenSource(board_id=stage.board_id, stage=stage, kind=kind)
            chosen.save()
    return chosen


def drop_source(chosen: ChosenSource, *, by: Actor) -> None:
    """Choose it no longer; what was learnt by it stays."""
    with chosen.board.editing(by=by):
        chosen.delete()
