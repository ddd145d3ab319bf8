"""Pages beside the map: each one region of the board, drawn afresh when something in it changes."""

from typing import ClassVar, cast

from django.http import HttpRequest

from collaboration.live import BoardPage, Viewer
from collaboration.models import Board, Change
from collaboration.undo import undo_region
from journeys.models import Journey


class SidePage(BoardPage):
    """One region that shows items of these types."""

    kind: ClassVar[str] = "journey"
    region: ClassVar[str]
    shows: ClassVar[frozenset[str]]

    def regions(self, board: Board, changes: list[Change]) -> set[str]:
        touched = any(change.item_type in self.shows for change in changes)
        return {self.region} if touched else set()

    def draw(self, board: Board, regions: set[str], viewer: Viewer) -> dict[str, str]:
        if self.region not in regions:
            return {}
        return {self.region: self.whole(cast("Journey", board), viewer)}

    def whole(self, journey: Journey, viewer: Viewer) -> str:
        """The region's HTML."""
        raise NotImplementedError

    def personal(self, request: HttpRequest, board: Board) -> dict[str, str]:
        return undo_region(request, board)
